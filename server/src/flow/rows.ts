/**
 * The language in which models state what calls do: data only. A row is for a path; its terms are over the arguments, the receiver
 * being the first. What an effect means is the model's own business: flow keeps its data, in order, with the object that it is on.
 */
import type { Value } from "./value.ts";

export type Term =
  | { readonly argument: number }
  | { readonly constant: boolean | number | string }
  | { readonly unit: true }
  | { readonly unknown: string }
  /** A variant or struct of what the path names, with numbered fields. */
  | { readonly variant: string; readonly fields: readonly Term[] }
  | { readonly tuple: readonly Term[] }
  | { readonly part: string; readonly of: Term }
  /** For each variant that the value may be; in the term its payload is `{ payload: 0 }`. */
  | { readonly match: Term; readonly arms: Readonly<Record<string, Term>>; readonly otherwise?: Term }
  | { readonly payload: number }
  /** The result of calling a closure or function. */
  | { readonly call: Term; readonly with: readonly Term[] }
  /** What a pointer leads to; anything else is itself. */
  | { readonly load: Term }
  /** A new object that holds a value, as a pointer to it. */
  | { readonly holder: Term; readonly type: string }
  /** A new object that only the model knows. */
  | { readonly object: string }
  /** The same object, seen as another type; of what is none, a new one. */
  | { readonly as: string; readonly of: Term }
  /** What the row gives, in its effects. */
  | { readonly result: true }
  | { readonly collection: "none" | "one" | "many" | "unknown"; readonly element?: Term }
  /** A collection with one more. */
  | { readonly push: Term; readonly element: Term }
  | { readonly element: Term }
  /** As many as there are of something else, each made by a term in which its element is `{ payload: 0 }`. */
  | { readonly map: Term; readonly to: Term; readonly fewer?: boolean }
  /** The `Default` of what is of the same type: of a collection, and of what a model only knows by its elements, an empty one. */
  | { readonly default: Term }
  | { readonly either: readonly Term[] }
  /** As between values that are written with it. */
  | { readonly operator: string; readonly of: readonly Term[] }
  /** Texts one after the other. */
  | { readonly text: readonly Term[] }
  /** Made once, and `{ payload: 0 }` in what follows. */
  | { readonly bind: Term; readonly in: Term }
  | { readonly label: string; readonly of: Term }
  /** Nothing is known of it but what it is made of, by a function of that name. */
  | { readonly symbol: string; readonly of: readonly Term[] }
  /** The result of another row for a path. */
  | { readonly like: string; readonly with: readonly Term[] };

export interface Row {
  readonly result: Term;
  /** Stores through references: `into` is the argument that points there. */
  readonly writes?: readonly { readonly into: number; readonly value: Term; readonly weak?: boolean }[];
  /** The argument that is a success, or nothing follows. */
  readonly needs?: number;
  /** `carrying`: only where something that it is given has that label in the function itself. */
  readonly effects?: readonly { readonly on: Term; readonly data: unknown; readonly with?: readonly Term[]; readonly carrying?: string }[];
}

/** How a derive makes its type of what is configured: by a file, the environment or the command line. */
export interface Reader {
  /** Attributes of the type and of its fields that hold options. */
  readonly attributes: readonly string[];
  /** Options that say what a field has that is not given: what the function of that path gives, a value as it is written, or a text
   * that is parsed. Without a value of its own each means `Default`. */
  readonly defaults: Readonly<Record<string, "called" | "written" | "parsed">>;
  /** What an option of a field leaves where nothing is given, by the last name of its value. */
  readonly leaves?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Options of fields that name another one without which none is accepted. */
  readonly needs?: readonly string[];
  /** Options of fields that are not read at all: they have their default. */
  readonly skips: readonly string[];
  /** Types, by path, that have their `Default` where nothing is given. */
  readonly optional: readonly string[];
  /** Functions by which a type is read, and whether they give the type or an attempt at it. */
  readonly functions: Readonly<Record<string, "read" | "result">>;
  /** Traits by which a function asks of a type parameter that it can be read so. */
  readonly bounds?: readonly string[];
  /** Methods of what was read that give an attempt at the type that they are asked for. */
  readonly methods?: readonly string[];
  /** Variants of an enum that is read are what a program may be started for. */
  readonly areCommands?: true;
}

/** By the path of the derive. */
export type Readers = Readonly<Record<string, Reader>>;

/** How a call is written, which tells whether its first argument is a receiver. */
export type CallForm = "method" | "path";

/** Rows that depend on who calls: on the version of a crate, say. */
export interface CallerRows {
  /** `Type::method`, `Type::*` for methods that it does not know, `Type.field` of an assignment, `Type {}` of a struct expression, or a function. */
  of(path: string, owner: string, form: CallForm): Row | undefined;
  /**
   * Of a method whose receiver is unknown, or of a path that leads nowhere: a glob of another crate may bring it. `count`: how much it is
   * given, the receiver among it, as far as that is known.
   */
  anywhere(name: string, owner: string, count: number | undefined): Row | undefined;
  /** Whether a method of that name may do something. */
  isActing(name: string): boolean;
  /** Whether one says something by its name, or by what it is given, whatever it is called on: what nobody resolves is told of, too. */
  isTelling(name: string, given: readonly Value[]): boolean;
  /** Whether it is asked under which conditions a function refuses what it is given. */
  isJudged(owner: string): boolean;
  /** Whether it says something by itself, as far as names tell: what it calls may do so, too, once callers tell what is called. */
  speaks(owner: string): boolean;
}

export interface Rows {
  /** Associated functions and methods, by the path of their type or trait and by name. */
  readonly types: Readonly<Record<string, Readonly<Record<string, Row>>>>;
  /** Types that have the methods of another as well, where they have none of their own: an iterator by the path of its trait. */
  readonly extends?: Readonly<Record<string, string>>;
  /** Free functions, by path. */
  readonly functions: Readonly<Record<string, Row>>;
  /** By path. */
  readonly constants: Readonly<Record<string, number>>;
  /** Methods of any type that has none of that name: what derives and conversions give. */
  readonly anywhere: Readonly<Record<string, Row>>;
  /** Types whose methods objects of models have, too: a model does not say whether a call gives an object, an attempt at it, or several. */
  readonly objects: readonly string[];
  /** What `?` gives and what it returns with. */
  readonly attempts: Readonly<Record<string, "success" | "failure">>;
}
