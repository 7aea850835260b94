/** The tokens of a text, or of the right side of a rule of `macro_rules!`, with what is parsed and lowered of them on demand. */
import type { Span } from "../../base/span.ts";
import type { Attributes, Block, Expression, Item } from "../ast.ts";
import { DEEPEST_ARGUMENTS } from "../bounds.ts";
import { parseBlock, parseExpression, parseMacroTokens, parseStrayStatements } from "../syntax/bodies.ts";
import { type Paired, paired } from "../syntax/brackets.ts";
import { parseItems } from "../syntax/items.ts";
import { lex } from "../syntax/lexer.ts";
import { Nodes } from "../syntax/nodes.ts";
import { State } from "../syntax/state.ts";
import { withoutDollars } from "../syntax/template.ts";
import * as token from "../syntax/tokens.ts";
import { innerAttributesAt } from "./attributes.ts";
import { lower } from "./index.ts";
import { Lowering, type MacroTokens, type Source } from "./lowering.ts";
import { macroTokens } from "./macros.ts";

export interface ItemsOfText {
  readonly items: readonly Item[];
  /** Inner ones. */
  readonly attributes: Attributes;
}

export class Text implements Source {
  readonly shift: number;
  readonly paired: Paired;
  /** Macro calls around it. */
  readonly #level: number;

  private constructor(tokens: Paired, shift: number, level: number) {
    this.paired = tokens;
    this.shift = shift;
    this.#level = level;
  }

  /** `shift`: where it starts in its file. */
  static of(text: string, shift = 0): Text {
    return new Text(paired(lex(text)), shift, 0);
  }

  items(): ItemsOfText {
    const state = this.#state(0);
    parseItems(state);
    const { items } = lower(this, this.paired, state.nodes);
    return { items, attributes: innerAttributesAt(new Lowering(this, this.paired, state.nodes), 0) };
  }

  /** Of everything in it, bodies included: what is wrong, and what nests too deep. */
  whole(): { readonly errors: Span[]; readonly tooDeep: Span[] } {
    const state = this.#state(0);
    parseItems(state);
    for (let next = 0; next < state.deferred.length; next++) {
      state.nodes.count = 0;
      state.at = state.deferred[next] ?? 0;
      if (state.kinds[state.at - 1] === token.EQUALS) {
        parseExpression(state);
        if (state.kind() !== token.SEMICOLON) state.error();
      } else parseBlock(state);
    }
    return { errors: this.#spans([...this.paired.errors, ...state.errors]), tooDeep: this.#spans(state.tooDeep) };
  }

  text(span: Span): string {
    return this.paired.text.slice(span.start - this.shift, span.end - this.shift);
  }

  macro(at: number): MacroTokens | undefined {
    if (this.#level >= DEEPEST_ARGUMENTS) return undefined;
    const { tokens, bracket } = withoutDollars(this.paired, at);
    const inside = new Text(tokens, this.shift, this.#level + 1);
    const state = inside.#state(bracket);
    const separators = parseMacroTokens(state);
    return macroTokens(lower(inside, tokens, state.nodes), bracket, separators, this.#spans([...tokens.errors, ...state.errors]));
  }

  block(brace: number): Block | undefined {
    const state = this.#state(brace);
    parseBlock(state);
    return lower(this, this.paired, state.nodes).blocks[0];
  }

  value(first: number): Expression | undefined {
    const state = this.#state(first);
    parseExpression(state);
    return lower(this, this.paired, state.nodes).expressions[0];
  }

  #state(at: number): State {
    const state = new State(this.paired, new Nodes(), parseStrayStatements);
    state.at = at;
    return state;
  }

  #spans(places: readonly number[]): Span[] {
    const found: Span[] = [];
    for (let at = 0; at < places.length; at += 2) {
      found.push({ start: (places[at] ?? 0) + this.shift, end: (places[at + 1] ?? 0) + this.shift });
    }
    return found;
  }
}
