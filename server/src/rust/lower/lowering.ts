/**
 * From nodes to plain data (`ast.ts`). Nodes come children first, so that each finds what its children became on stacks, one for
 * each sort of thing: a loop, whatever the depth.
 */
import type { Span } from "../../base/span.ts";
import type {
  Block,
  EnumItem,
  Expression,
  FieldDeclaration,
  FieldValue,
  FunctionItem,
  GenericParameter,
  Item,
  MatchArm,
  Parameter,
  Path,
  Pattern,
  Statement,
  Type,
} from "../ast.ts";
import type { Paired } from "../syntax/brackets.ts";
import type { Nodes } from "../syntax/nodes.ts";
import * as token from "../syntax/tokens.ts";

/** What stands between the delimiters of a macro call or in a rule of `macro_rules!`, read as Rust. */
export interface MacroTokens {
  readonly block: Block;
  /** Where commas separate: one expression each. */
  readonly arguments: readonly Expression[];
  /** Whether the tokens are a list of arguments rather than statements or items. */
  readonly list: boolean;
}

/** What lowering needs of the text around it. */
export interface Source {
  /** Where its text starts in the file: all spans are of the file. */
  readonly shift: number;
  text(span: Span): string;
  /** What stands in the brackets of a macro call, or of a rule of `macro_rules!`; undefined where that is too deep. */
  macro(bracket: number): MacroTokens | undefined;
  /** The block at a brace, the value at its first token. */
  block(brace: number): Block | undefined;
  value(token: number): Expression | undefined;
}

export class Lowering {
  readonly source: Source;
  readonly tokens: Paired;
  readonly nodes: Nodes;

  readonly generics: { readonly from: number; readonly to: number; readonly types: readonly Type[] }[] = [];
  readonly paths: Path[] = [];
  readonly types: Type[] = [];
  readonly typeParameters: GenericParameter[] = [];
  readonly predicates: GenericParameter[] = [];
  readonly patterns: Pattern[] = [];
  readonly patternFields: { readonly name: string; readonly pattern: Pattern }[] = [];
  readonly parameters: (Parameter | { readonly receiver: NonNullable<FunctionItem["receiver"]> })[] = [];
  readonly parameterLists: (readonly (Parameter | { readonly receiver: NonNullable<FunctionItem["receiver"]> })[])[] = [];
  readonly typeParameterLists: (readonly GenericParameter[])[] = [];
  readonly expressions: Expression[] = [];
  readonly fieldValues: (FieldValue | { readonly base: Expression })[] = [];
  readonly arms: MatchArm[] = [];
  readonly blocks: Block[] = [];
  readonly statements: Statement[] = [];
  readonly declarations: FieldDeclaration[] = [];
  readonly variants: EnumItem["variants"][number][] = [];
  readonly items: Item[] = [];

  constructor(source: Source, tokens: Paired, nodes: Nodes) {
    this.source = source;
    this.tokens = tokens;
    this.nodes = nodes;
  }

  /** Of tokens, the last left out. */
  span(from: number, to: number): Span {
    const { starts, ends } = this.tokens;
    const { shift } = this.source;
    if (to > from) return { start: (starts[from] ?? 0) + shift, end: (ends[to - 1] ?? 0) + shift };
    const place = (from === 0 ? (starts[0] ?? 0) : (ends[from - 1] ?? 0)) + shift;
    return { start: place, end: place };
  }

  spanOf(at: number): Span {
    return this.span(this.nodes.from[at] ?? 0, this.nodes.to[at] ?? 0);
  }

  kind(tokenAt: number): number {
    return this.tokens.kinds[tokenAt] ?? token.END;
  }

  text(tokenAt: number): string {
    const { text, starts, ends } = this.tokens;
    return text.slice(starts[tokenAt], ends[tokenAt]);
  }

  /** Without the `r#` of raw identifiers, and `_name` for `$name`; empty for no token. */
  name(tokenAt: number): string {
    if (tokenAt < 0) return "";
    const text = this.text(tokenAt);
    if (text.startsWith("$")) return `_${text.slice(1)}`;
    return text.startsWith("r#") ? text.slice(2) : text;
  }

  /** The token behind attributes. */
  pastAttributes(from: number): number {
    let at = from;
    while (this.kind(at) === token.HASH) {
      const bracket = this.kind(at + 1) === token.NOT ? at + 2 : at + 1;
      if (this.kind(bracket) !== token.LEFT_BRACKET) break;
      at = (this.tokens.partners[bracket] ?? bracket) + 1;
    }
    return at;
  }
}

export function take<T>(stack: T[], count: number): T[] {
  return count <= 0 ? [] : stack.splice(-count);
}

/** Computes once, on the first call. */
export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
