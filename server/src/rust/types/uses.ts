/** What the paths and method calls of a body lead to. */
import type { Span } from "../../base/span.ts";
import { type Declared, External, type Variant } from "../names/index.ts";
import type { Substitution, Type } from "./type.ts";

export interface Use {
  /** Called; or named: as a value that is handed on, in a pattern, as a record; or the macro of a call. */
  readonly kind: "call" | "value" | "macro";
  /** Of the name. */
  readonly span: Span;
  /** Several where `cfg` decides. */
  readonly targets: readonly Target[];
  /** Not so where the receiver is unknown: then names, arguments and traits in scope leave one of these, or none. */
  readonly certain: boolean;
  /** The type that it is called on, or by: `Type` in `Type::f`. */
  readonly self: Type | undefined;
  /** What the call makes of the type parameters of the first of them. */
  readonly given: Substitution;
}

export type Target = Declared | External | Variant;

/** Whose methods nobody knows. */
export const FOREIGN = new External(["{foreign}"]);
export const isForeign = (it: Target): boolean => it.sort === "external" && it.path[0] === FOREIGN.path[0];

export type UseSink = (use: Use) => void;

/** A field that a body takes out of a value. */
export interface FieldRead {
  readonly name: string;
  /** Where it stands in the body; undefined among tokens of a macro. */
  readonly at: number | undefined;
  /** The struct or variant that has it, or a path of another crate; undefined where the type is not known. */
  readonly of: Declared | External | Variant | undefined;
}

export interface FieldSink {
  read(field: FieldRead): void;
  /** Tokens of a macro that are no expressions: what is done with the names in them is not known. */
  tokens(text: string): void;
}
