/**
 * The intermediate representation of a function, closure or initialiser: a control-flow graph of basic blocks, whose operations read
 * and write locals. Nothing of the source vanishes: what has no operation of its own is an `unknown` one that keeps its operands.
 */
import type { Span } from "../../base/span.ts";
import type { Cfg, FunctionItem, Literal, Path, Type } from "../ast.ts";

/** A variable or temporary, by its index in `Body.locals`. */
export type Local = number;
/** A basic block, by its index in `Body.blocks`; the first is where a body begins. */
export type BlockId = number;

export interface Body {
  readonly span: Span;
  /** The receiver first. Patterns of parameters are taken apart by the first operations. */
  readonly parameters: readonly Local[];
  readonly locals: readonly Variable[];
  readonly blocks: readonly BasicBlock[];
  /** What is asked by more than one branch, or by the pattern of an arm. */
  readonly questions: readonly Question[];
  /** The variables around a closure that it uses: its own local for each. */
  readonly captures: readonly Capture[];
  readonly closures: readonly Body[];
  /** Functions, constants and impls declared inside. */
  readonly declared: readonly Declared[];
}

/** It is asked from the start of one block on, and holds where another begins. */
export interface Question {
  readonly span: Span;
  readonly from: BlockId;
  readonly yes: BlockId;
  /** It does not hold on any other way: not so of arms, whose patterns may overlap. */
  readonly decides: boolean;
}

export interface Variable {
  /** Undefined for a temporary. */
  readonly name: string | undefined;
  readonly mutable: boolean;
  readonly type: Type | undefined;
}

export interface Capture {
  /** In the body around. */
  readonly outer: Local;
  readonly inner: Local;
}

/** A function with a body, or a constant with its value, and what it stands in. */
export interface Declared {
  readonly name: string;
  /** Modules around it, from the file on; inside of a body none. */
  readonly modules: readonly string[];
  /** Of an impl: `Self`, and the trait if there is one. */
  readonly self: Type | undefined;
  readonly implemented: Path | undefined;
  /** The trait whose default method this is. */
  readonly trait: string | undefined;
  readonly signature: FunctionItem | undefined;
  readonly span: Span;
  /** Lowered on the first call. */
  body(): Body;
}

export interface BasicBlock {
  readonly operations: readonly Operation[];
  readonly end: Terminator;
}

export type Terminator =
  | { readonly kind: "goto"; readonly to: BlockId }
  | { readonly kind: "branch"; readonly condition: Local; readonly yes: BlockId; readonly no: BlockId; readonly guards: boolean }
  | { readonly kind: "return"; readonly value: Local }
  /** A panic: nothing follows. */
  | { readonly kind: "diverge" };

/** A variable, and the way from it to a part of it. */
export interface Place {
  readonly local: Local;
  readonly path: readonly Projection[];
}

export type Projection =
  | { readonly kind: "field"; readonly name: string }
  /** A field of a variant, or of a struct, that a pattern names. */
  | { readonly kind: "payload"; readonly of: Path; readonly name: string }
  | { readonly kind: "index"; readonly index: Local }
  /** Of a slice pattern: counted from its start, or from its end where negative; `rest` is what `..` stands for. */
  | { readonly kind: "element"; readonly at: number | "rest" }
  /** Any element, as a loop takes them one after the other. */
  | { readonly kind: "each" }
  | { readonly kind: "dereference" }
  /** What `?` gives, and what it returns with. */
  | { readonly kind: "success" }
  | { readonly kind: "failure" };

export type Test =
  /** A variant or a constant; resolution tells. */
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "literal"; readonly literal: Literal }
  | { readonly kind: "length"; readonly least: number; readonly exact: boolean }
  | { readonly kind: "success" }
  /** Whether a loop has another element. */
  | { readonly kind: "another" }
  | { readonly kind: "other" };

export type Callee = { readonly kind: "path"; readonly path: Path } | { readonly kind: "local"; readonly local: Local };

/** A part of a formatted text: as written, or the value of a local. */
export type Piece = string | Local;

export type Operation = { readonly to: Local; readonly span: Span } & (
  | { readonly kind: "constant"; readonly literal: Literal }
  | { readonly kind: "unit" }
  /** A function, constant, static, unit struct or variant. */
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "cfg"; readonly predicate: Cfg }
  | { readonly kind: "copy"; readonly from: Place }
  | { readonly kind: "reference"; readonly mutable: boolean; readonly place: Place }
  | { readonly kind: "store"; readonly place: Place; readonly value: Local }
  | {
      readonly kind: "record";
      readonly path: Path;
      readonly fields: readonly { readonly name: string; readonly value: Local }[];
      readonly base: Local | undefined;
    }
  | { readonly kind: "tuple" | "array"; readonly elements: readonly Local[] }
  | { readonly kind: "repeat"; readonly element: Local; readonly count: Local }
  | { readonly kind: "range"; readonly from: Local | undefined; readonly upper: Local | undefined }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Local }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Local; readonly right: Local }
  | { readonly kind: "cast"; readonly operand: Local; readonly type: Type }
  | { readonly kind: "call"; readonly callee: Callee; readonly arguments: readonly Local[] }
  | {
      readonly kind: "method";
      readonly receiver: Place;
      readonly name: string;
      readonly nameSpan: Span;
      readonly generics: readonly Type[];
      readonly arguments: readonly Local[];
    }
  | { readonly kind: "macro"; readonly path: Path; readonly arguments: readonly Local[] }
  | { readonly kind: "format"; readonly pieces: readonly Piece[] }
  | { readonly kind: "closure"; readonly body: number }
  | { readonly kind: "await" | "iterate"; readonly operand: Local }
  /** What `?` returns with a failure: the same, converted. */
  | { readonly kind: "residual"; readonly operand: Local }
  | { readonly kind: "test"; readonly place: Place; readonly test: Test }
  | { readonly kind: "unknown"; readonly reason: string; readonly operands: readonly Local[] }
);

export type OperationShape = Operation extends infer O ? (O extends Operation ? Omit<O, "to" | "span"> : never) : never;
