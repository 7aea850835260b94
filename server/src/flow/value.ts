/**
 * What a place may hold, and under which conditions. Values are made by `Values` alone, one object for each, so that equal is identical
 * and what several values share is shared.
 */
import type { Cfg } from "../rust/index.ts";

export type FunctionId = string;
/** An allocation: where in which function, and the calls that lead there, the outermost first. */
export type ObjectId = string;

export type Value = {
  readonly id: number;
  /** The same for what is made in the same way, whenever it is. */
  readonly order: number;
  readonly depth: number;
  /** Its parts and theirs, what is shared counted each time, and what its conditions ask. */
  readonly size: number;
  readonly labels: readonly string[];
  /** An input is in it, so that callers may know more. */
  readonly open: boolean;
  /** An object or an input is in it. */
  readonly leads: boolean;
  /** A caller may show what it is: an input, or what comes of one by parts and calls that are not resolved yet. */
  readonly pending: boolean;
  /** A reference to a variable is in it, which nobody outside of the body can follow. */
  readonly local: boolean;
  /** A closure may be in it that changes what is around it: not in what calls were given. */
  readonly carries: boolean;
} & Shape;

export type Shape =
  | { readonly kind: "constant"; readonly value: boolean | number | string }
  /** A text of which not all is known; `of`: what stands between its ends, in order. */
  | { readonly kind: "text"; readonly prefix: string; readonly suffix: string; readonly of: readonly Value[] }
  | { readonly kind: "unit" }
  /** A struct, variant or tuple (whose type is empty); `base` has the fields that are not listed. */
  | {
      readonly kind: "record";
      readonly type: string;
      readonly fields: readonly (readonly [name: string, value: Value])[];
      readonly base: Value | undefined;
    }
  | { readonly kind: "closure"; readonly of: FunctionId; readonly captures: readonly Value[] }
  | { readonly kind: "function"; readonly target: Target }
  /** `listed`: all of them in order, where few are written down. */
  | { readonly kind: "collection"; readonly count: Count; readonly element: Value | undefined; readonly listed?: readonly Value[] }
  /** To a variable, an input that is a mutable reference, or the contents of an object. */
  | { readonly kind: "pointer"; readonly cell: Cell; readonly path: readonly string[] }
  /** Something that only a model knows. */
  | { readonly kind: "object"; readonly object: ObjectId; readonly type: string }
  | { readonly kind: "input"; readonly index: number }
  /** What stands for a type parameter of that function: once that is known, a record of the type without fields. */
  | { readonly kind: "parameter"; readonly of: FunctionId; readonly name: string }
  | { readonly kind: "part"; readonly of: Value; readonly name: string }
  /** Whether a value is a variant, a constant, a success. */
  | { readonly kind: "test"; readonly of: Value; readonly what: string }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Value[] }
  /** A call that is not resolved, or has no model; `callee` is a path, `.name` of a method, or empty where the first argument is called. */
  | { readonly kind: "apply"; readonly callee: string; readonly arguments: readonly Value[] }
  | { readonly kind: "labelled"; readonly of: Value; readonly label: string }
  | { readonly kind: "alternatives"; readonly of: readonly Alternative[] }
  | { readonly kind: "unknown"; readonly reason: string };

export type Count = "none" | "one" | "many" | "unknown";

export interface Alternative {
  readonly condition: Condition;
  readonly value: Value;
}

export type Cell =
  | { readonly kind: "local"; readonly index: number }
  | { readonly kind: "input"; readonly index: number }
  /** Of an object that holds a value; `type` is the path of its type. */
  | { readonly kind: "contents"; readonly object: ObjectId; readonly type: string };

export type Target =
  | { readonly kind: "function"; readonly id: FunctionId }
  /** `of`: the path of the first type argument of the type that it is a member of, where that is known. */
  | { readonly kind: "external"; readonly path: string; readonly of?: string }
  /** A variant, or a struct that is called or matched. */
  | { readonly kind: "variant"; readonly path: string }
  /** Its initialiser is a function without inputs. */
  | { readonly kind: "constant"; readonly id: FunctionId }
  /** One of several; `by`: the type parameter of the caller whose type chooses. */
  | { readonly kind: "any"; readonly of: readonly Choice[]; readonly by?: string }
  | { readonly kind: "unknown" };

/** Chosen by the compiler (`when`), by the type of the receiver (one of `types`, paths), or nobody knows. */
export interface Choice {
  readonly when: Cfg | undefined;
  readonly types: readonly string[];
  readonly target: Target;
}

/** One of several conjunctions holds. None: never. */
export type Condition = readonly Conjunction[];

export interface Conjunction {
  /** In the order of their keys. */
  readonly atoms: readonly Atom[];
  /** Something else must hold, too, that was dropped or is not known. */
  readonly some: boolean;
}

export interface Atom {
  readonly key: string;
  readonly holds: boolean;
  /** Undefined for what the compiler decides, which the key says. */
  readonly value: Value | undefined;
}
