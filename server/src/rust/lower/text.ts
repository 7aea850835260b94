/** A text, or what stands in a macro call, with what is parsed and lowered of it on demand. */
import type { Span } from "../../base/span.ts";
import type { Attributes, Block, Expression, Item } from "../ast.ts";
import { parseBlock, parseExpression, parseStrayStatements } from "../syntax/bodies.ts";
import { type Paired, paired } from "../syntax/brackets.ts";
import { parseItems } from "../syntax/items.ts";
import { lex } from "../syntax/lexer.ts";
import { Nodes } from "../syntax/nodes.ts";
import { State } from "../syntax/state.ts";
import * as token from "../syntax/tokens.ts";
import { innerAttributesAt } from "./attributes.ts";
import { lower } from "./index.ts";
import { Lowering, type MacroTokens, type Source } from "./lowering.ts";
import { Macros } from "./macros.ts";

export interface ItemsOfText {
  readonly items: readonly Item[];
  /** Inner ones. */
  readonly attributes: Attributes;
}

export class Text implements Source {
  readonly shift: number;
  readonly paired: Paired;
  readonly #macros: Macros;
  /** Macro calls around it. */
  readonly #level: number;

  constructor(text: string, shift = 0, macros = new Macros(text.length), level = 0) {
    this.shift = shift;
    this.paired = paired(lex(text));
    this.#macros = macros;
    this.#level = level;
  }

  items(): ItemsOfText {
    const state = this.#state(0);
    parseItems(state);
    const { items } = lower(this, this.paired, state.nodes);
    return { items, attributes: innerAttributesAt(new Lowering(this, this.paired, state.nodes), 0) };
  }

  /** Of everything in it, bodies included. */
  errors(): Span[] {
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
    return this.#spans([...this.paired.errors, ...state.errors]);
  }

  /** All of it as one block in braces, and what is wrong there. */
  fragment(): { readonly block: Block; readonly errors: readonly Span[] } {
    const state = this.#state(0);
    parseBlock(state);
    const [block = { span: { start: this.shift, end: this.shift }, statements: [], items: [] }] = lower(
      this,
      this.paired,
      state.nodes,
    ).blocks;
    return { block, errors: this.#spans([...this.paired.errors, ...state.errors]) };
  }

  text(span: Span): string {
    return this.paired.text.slice(span.start - this.shift, span.end - this.shift);
  }

  tokens(tokens: Span, macro: string): MacroTokens | undefined {
    return this.#macros.read(tokens, macro, this.text(tokens), this.#level, (inside, at) => {
      return new Text(`{${inside}\n}`, at - 1, this.#macros, this.#level + 1).fragment();
    });
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
