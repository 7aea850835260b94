/** What flow needs to know of names, which `rust/names` answers: what a path or a method means where it stands. */
import type { Body, Declared } from "../rust/bodies/index.ts";
import type { Path } from "../rust/index.ts";
import type { Looks } from "./looks.ts";
import type { FunctionId, Target, Value } from "./value.ts";

export interface MethodCall {
  readonly name: string;
  /** Where the name stands, by which a static resolution is known. */
  readonly start: number;
  /** The path of the receiver's type, where its value tells. */
  readonly type: string | undefined;
  /** The receiver, of which names may know the declared type; undefined before anything is evaluated. */
  readonly receiver: Value | undefined;
}

/** What stands for a type parameter: a type, by its path, or a parameter of whoever gives it. */
export type TypeGiven = { readonly kind: "type"; readonly path: string } | { readonly kind: "parameter"; readonly name: string };

export interface Names {
  path(owner: FunctionId, path: Path): Target;
  method(owner: FunctionId, call: MethodCall): Target;
  /** What a call, whose name stands at `start`, gives for a type parameter of a function. */
  typeGiven(owner: FunctionId, start: number, callee: FunctionId, name: string): TypeGiven | undefined;
  /** Whether there is a function that a method call with that name and as many arguments may mean. */
  mayMean(owner: FunctionId, name: string, args: number): boolean;
}

/** A function, closure or initialiser, as flow evaluates it. */
export interface Callable {
  readonly body: Body;
  /** Undefined for a closure. */
  readonly declared: Declared | undefined;
}

export interface Program {
  readonly names: Names;
  /** `isOfTrait`: a trait has it, or an impl of one. */
  readonly ids: { isOfTrait(id: FunctionId): boolean };
  /** The path of the type that a function declares an input, or a part of one, to be of. */
  inputType(value: Value, owner: FunctionId): string | undefined;
  callable(id: FunctionId): Callable | undefined;
  readonly looks: Looks;
  /** It has been evaluated: what is kept of its body may go. */
  release(id: FunctionId): void;
}
