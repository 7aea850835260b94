/** A parsed piece of a text, walked from the root: children by index, and the small parts (paths, types, patterns) as plain data. */
import type { Span } from "../../base/span.ts";
import type { Attributes, FunctionItem, Item, Literal, Path, Pattern, Type } from "../ast.ts";
import { attributesAt } from "../lower/attributes.ts";
import { lowerNode } from "../lower/index.ts";
import { literalAt } from "../lower/literals.ts";
import { Lowering } from "../lower/lowering.ts";
import { parametersIn } from "../lower/patterns.ts";
import { emptyPath } from "../lower/types.ts";
import { parseBlock, parseStrayStatements } from "../syntax/bodies.ts";
import { type Paired, paired } from "../syntax/brackets.ts";
import { lex } from "../syntax/lexer.ts";
import { Nodes } from "../syntax/nodes.ts";
import { State } from "../syntax/state.ts";
import type { Macros } from "./expander.ts";

interface Around {
  /** Where the text of the tokens starts in its file. */
  readonly shift: number;
  readonly macros: Macros;
}

export class Tree {
  readonly tokens: Paired;
  readonly nodes: Nodes;
  readonly lowering: Lowering;
  readonly macros: Macros;
  /** Where the subtree of each node begins. */
  readonly #firsts: Int32Array;

  constructor(tokens: Paired, nodes: Nodes, { shift, macros }: Around) {
    this.tokens = tokens;
    this.nodes = nodes;
    this.macros = macros;
    const text = (span: Span): string => tokens.text.slice(span.start - shift, span.end - shift);
    const nothing = () => undefined;
    this.lowering = new Lowering({ shift, text, macro: nothing, block: nothing, value: nothing }, tokens, nodes);
    this.#firsts = firstsOf(nodes);
  }

  /** Parses at a token of the same text. */
  parse(at: number, parse: (state: State) => void): Tree {
    return treeAt(this.tokens, at, this, parse);
  }

  /** What a macro call makes, where its macro is here: a block. */
  expansion(call: number): Tree | undefined {
    const bracket = this.data(call);
    const made = this.macros.expansion(this.lowering.span(bracket, bracket + 1).start);
    return made && treeAt(paired(lex(made.text)), 0, { shift: made.at, macros: this.macros }, parseBlock);
  }

  get shift(): number {
    return this.lowering.source.shift;
  }

  kind(at: number): number {
    return this.nodes.kinds[at] ?? 0;
  }

  flags(at: number): number {
    return this.nodes.flags[at] ?? 0;
  }

  data(at: number): number {
    return this.nodes.data[at] ?? -1;
  }

  /** The first token. */
  from(at: number): number {
    return this.nodes.from[at] ?? 0;
  }

  span(at: number): Span {
    return this.lowering.spanOf(at);
  }

  /** The first node of what a node is made of. */
  first(at: number): number {
    return this.#firsts[at] ?? at;
  }

  children(at: number): number[] {
    const found: number[] = new Array(this.nodes.arities[at] ?? 0);
    let child = at - 1;
    for (let index = found.length - 1; index >= 0; index--) {
      found[index] = child;
      child = (this.#firsts[child] ?? 0) - 1;
    }
    return found;
  }

  attributes(at: number): Attributes {
    return attributesAt(this.lowering, this.from(at));
  }

  literal(at: number): Literal {
    return literalAt(this.tokens, this.from(at), this.nodes.to[at] ?? 0, this.shift);
  }

  path(at: number): Path {
    this.#lower(at);
    return this.lowering.paths.pop() ?? emptyPath(this.span(at).start);
  }

  type(at: number): Type {
    this.#lower(at);
    return this.lowering.types.pop() ?? { kind: "other", span: this.span(at) };
  }

  generics(at: number): readonly Type[] {
    this.#lower(at);
    return this.lowering.generics.pop()?.types ?? [];
  }

  pattern(at: number): Pattern {
    this.#lower(at);
    return this.lowering.patterns.pop() ?? { kind: "other", span: this.span(at) };
  }

  parameters(at: number): FunctionItem["parameters"] {
    this.#lower(at);
    return parametersIn(this.lowering.parameterLists.pop() ?? []);
  }

  /** With its signature; its body stays where it is. */
  item(at: number): Item | undefined {
    this.#lower(at);
    return this.lowering.items.pop();
  }

  #lower(at: number): void {
    for (let index = this.#firsts[at] ?? at; index <= at; index++) lowerNode(this.lowering, index);
  }
}

export function treeAt(tokens: Paired, at: number, around: Around, parse: (state: State) => void): Tree {
  const state = new State(tokens, new Nodes(), parseStrayStatements);
  state.at = at;
  parse(state);
  return new Tree(tokens, state.nodes, around);
}

function firstsOf({ count, arities }: Nodes): Int32Array {
  const firsts = new Int32Array(count);
  const open: number[] = [];
  for (let at = 0; at < count; at++) {
    const arity = arities[at] ?? 0;
    let first = at;
    for (let child = 0; child < arity; child++) first = open.pop() ?? first;
    firsts[at] = first;
    open.push(first);
  }
  return firsts;
}
