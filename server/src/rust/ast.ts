/**
 * Rust as plain data: what the grammar's tree is lowered to, so that nothing above `rust/` ever holds a tree node.
 * Only what matters for values, names and guards is kept; every node has the span of its source text.
 */
import type { Span } from "../base/span.ts";

/** `a::b::<T>::c`; `<T as Trait>::f` has `self`. */
export interface Path {
  readonly span: Span;
  /** Starts with `::`. */
  readonly global: boolean;
  readonly segments: readonly PathSegment[];
  /** The type of a qualified path `<Type>::name` or `<Type as Trait>::name`. */
  readonly self?: Type;
}
export interface PathSegment {
  readonly name: string;
  readonly span: Span;
  readonly generics: readonly Type[];
}

export type Type =
  | { readonly kind: "path"; readonly span: Span; readonly path: Path }
  | { readonly kind: "reference"; readonly span: Span; readonly mutable: boolean; readonly inner: Type }
  | { readonly kind: "tuple"; readonly span: Span; readonly elements: readonly Type[] }
  | { readonly kind: "slice"; readonly span: Span; readonly inner: Type }
  /** `dyn A + B`, `impl A + B`; lifetimes are dropped. */
  | { readonly kind: "bounds"; readonly span: Span; readonly dynamic: boolean; readonly bounds: readonly Type[] }
  | { readonly kind: "other"; readonly span: Span };

export type Literal =
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "integer"; readonly value: number }
  /** `text` is unescaped; `valueSpan` covers what stands between the quotes. `bytes` for `b"…"`. */
  | { readonly type: "string"; readonly value: string; readonly valueSpan: Span; readonly bytes: boolean }
  | { readonly type: "character"; readonly value: string }
  | { readonly type: "other" };

/** `parentheses`: those around it, which its span leaves out. They matter for the layout alone. */
export type Expression = { readonly span: Span; readonly parentheses?: Span } & ExpressionShape;
type ExpressionShape =
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "call"; readonly callee: Expression; readonly arguments: readonly Expression[]; readonly argumentsSpan: Span }
  | {
      readonly kind: "method";
      readonly receiver: Expression;
      readonly name: string;
      readonly nameSpan: Span;
      readonly generics: readonly Type[];
      readonly arguments: readonly Expression[];
      /** With its parentheses. */
      readonly argumentsSpan: Span;
      /** From the dot to the closing parenthesis. */
      readonly segmentSpan: Span;
    }
  | { readonly kind: "field"; readonly base: Expression; readonly name: string; readonly nameSpan: Span }
  | { readonly kind: "index"; readonly base: Expression; readonly index: Expression }
  /** `arguments` where the tokens parse as expressions separated by commas (`vec![a, b]`, `println!(…)`), else empty. */
  | {
      readonly kind: "macro";
      readonly path: Path;
      readonly tokens: Span;
      readonly arguments: readonly Expression[];
      readonly body?: Block | undefined;
    }
  | { readonly kind: "struct"; readonly path: Path; readonly fields: readonly FieldValue[]; readonly base?: Expression }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "*"; readonly operand: Expression }
  | { readonly kind: "reference"; readonly mutable: boolean; readonly operand: Expression }
  | { readonly kind: "try" | "await"; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  /** `operator` is `=` or a compound one such as `|=`. */
  | { readonly kind: "assign"; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: "block"; readonly block: Block; readonly flavour: "plain" | "unsafe" | "async" | "const" }
  | { readonly kind: "if"; readonly condition: Expression; readonly then: Block; readonly otherwise?: Expression }
  /** `let PATTERN = value` as a condition. */
  | { readonly kind: "let"; readonly pattern: Pattern; readonly value: Expression }
  | { readonly kind: "match"; readonly scrutinee: Expression; readonly arms: readonly MatchArm[] }
  | { readonly kind: "loop"; readonly body: Block }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Block }
  | { readonly kind: "for"; readonly pattern: Pattern; readonly iterable: Expression; readonly body: Block }
  | { readonly kind: "closure"; readonly parameters: readonly Parameter[]; readonly body: Expression }
  | { readonly kind: "return" | "break"; readonly value?: Expression }
  | { readonly kind: "continue" }
  | { readonly kind: "tuple" | "array"; readonly elements: readonly Expression[] }
  | { readonly kind: "repeat"; readonly element: Expression; readonly count: Expression }
  | { readonly kind: "range"; readonly from?: Expression; readonly to?: Expression }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: Type }
  /** A syntax error, or a form that does not matter for values. `parts` are the expressions found inside. */
  | { readonly kind: "unknown"; readonly reason: string; readonly parts: readonly Expression[] };

export type ExpressionOf<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;

export interface FieldValue {
  readonly name: string;
  readonly span: Span;
  readonly value: Expression;
  /** `Config { roots }`: the value is the path `roots`. */
  readonly shorthand: boolean;
  readonly attributes?: Attributes;
}
export interface MatchArm {
  readonly span: Span;
  readonly pattern: Pattern;
  readonly condition?: Expression;
  readonly body: Expression;
  readonly attributes: Attributes;
}
export interface Parameter {
  readonly pattern: Pattern;
  readonly type?: Type;
}

export type Pattern = { readonly span: Span } & PatternShape;
type PatternShape =
  | { readonly kind: "binding"; readonly name: string; readonly mutable: boolean; readonly reference: boolean; readonly inside?: Pattern }
  | { readonly kind: "wildcard" | "rest" }
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "tuple-struct"; readonly path: Path; readonly elements: readonly Pattern[] }
  | { readonly kind: "struct"; readonly path: Path; readonly fields: readonly { readonly name: string; readonly pattern: Pattern }[] }
  | { readonly kind: "tuple" | "slice" | "or"; readonly elements: readonly Pattern[] }
  | { readonly kind: "reference"; readonly inside: Pattern }
  | { readonly kind: "other" };

export interface Block {
  readonly span: Span;
  readonly statements: readonly Statement[];
  /** The block's value: a last expression without semicolon. */
  readonly tail?: Expression;
  /** Attributes of the last expression, where it has some: of `cfg` twins at the end of a block the second is the tail. */
  readonly tailAttributes?: Attributes;
  /** Items declared inside. They are in scope in the whole block. */
  readonly items: readonly Item[];
}

export type Statement = { readonly span: Span; readonly attributes: Attributes } & (
  | { readonly kind: "let"; readonly pattern: Pattern; readonly type?: Type; readonly value?: Expression; readonly otherwise?: Block }
  | { readonly kind: "expression"; readonly expression: Expression; readonly semicolon: boolean }
);

/** `cfg` predicates, lowered. `cfg_attr` is ignored. */
export type Cfg =
  | { readonly kind: "all" | "any"; readonly of: readonly Cfg[] }
  | { readonly kind: "not"; readonly of: Cfg }
  /** `test`, `debug_assertions`, `unix`, `feature = "x"`. */
  | { readonly kind: "flag"; readonly name: string; readonly value?: string };

export interface Attributes {
  /** All `#[cfg(…)]` of the item, with their spans. */
  readonly cfg: readonly { readonly predicate: Cfg; readonly span: Span }[];
  /** Names of the others, as written: `test`, `tokio::test`, `derive`, `serde`, `actix_web::main`. */
  readonly names: readonly string[];
  /** The text within `#[…]` of every attribute, for the few who read more; `whole` has the brackets, too. */
  readonly texts: readonly { readonly text: string; readonly span: Span; readonly whole: Span }[];
}
/** Who can name something: every crate (`pub`), some other module of this one (`pub(crate)`, `pub(in path)`), or only what stands around it. */
export type Visibility = "public" | "restricted" | "private";
export interface FunctionItem {
  readonly kind: "function";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly async: boolean;
  readonly visibility: Visibility;
  /** `self` in any form, if the function has one. */
  readonly receiver?: { readonly mutable: boolean; readonly reference: boolean; readonly span: Span };
  readonly parameters: readonly Parameter[];
  readonly returns?: Type;
  /** Names of type parameters with the bounds that stand at them or in `where`. */
  readonly generics: readonly GenericParameter[];
  /** Lowered on the first call and kept; undefined for a declaration without body. */
  body(): Block | undefined;
}
export interface GenericParameter {
  readonly name: string;
  readonly bounds: readonly Type[];
}
export interface ImplItem {
  readonly kind: "impl";
  readonly span: Span;
  readonly attributes: Attributes;
  readonly trait?: Path;
  readonly type: Type;
  readonly items: readonly Item[];
}
export interface StructItem {
  readonly kind: "struct";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  /** Tuple fields are named "0", "1", … */
  readonly fields: readonly FieldDeclaration[];
}
export interface FieldDeclaration {
  readonly name: string;
  readonly span: Span;
  readonly type: Type;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
}
export interface EnumItem {
  readonly kind: "enum";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  readonly variants: readonly {
    readonly name: string;
    readonly span: Span;
    readonly attributes: Attributes;
    readonly fields: readonly FieldDeclaration[];
  }[];
}
export interface ValueItem {
  readonly kind: "const" | "static";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  readonly type?: Type;
  value(): Expression | undefined;
}
export interface UseItem {
  readonly kind: "use";
  readonly span: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  /** One entry for each leaf of the tree. */
  readonly imports: readonly Import[];
}
export interface Import {
  readonly span: Span;
  /** Segments as written, with `crate`, `self`, `super` in front where they stand; a `self` leaf is dropped. */
  readonly path: readonly string[];
  readonly global: boolean;
  /** `name` is undefined for a glob; `_` for `as _`. */
  readonly name?: string;
}
export interface ModuleItem {
  readonly kind: "module";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  /** `#[path = "…"]`. */
  readonly file?: string;
  /** Undefined for `mod name;`. */
  readonly items?: readonly Item[];
}
export interface TraitItem {
  readonly kind: "trait";
  readonly span: Span;
  readonly name: string;
  readonly attributes: Attributes;
  readonly items: readonly Item[];
}
export interface TypeAliasItem {
  readonly kind: "type-alias";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: Attributes;
  readonly visibility: Visibility;
  readonly type: Type;
}
export interface ExternCrateItem {
  readonly kind: "extern-crate";
  readonly span: Span;
  readonly attributes: Attributes;
  readonly crate: string;
  readonly name: string;
}
/** `macro_rules!`, macro calls in item place, unions, foreign modules. `items` holds what a macro body shows when read as items. */
export interface OtherItem {
  readonly kind: "other";
  readonly span: Span;
  readonly attributes: Attributes;
  readonly name?: string;
  readonly items: readonly Item[];
}
export type Item =
  | FunctionItem
  | ImplItem
  | StructItem
  | EnumItem
  | ValueItem
  | UseItem
  | ModuleItem
  | TraitItem
  | TypeAliasItem
  | ExternCrateItem
  | OtherItem;
