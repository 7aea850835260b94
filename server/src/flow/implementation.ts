/** An `impl` of a trait, as those who look for its methods see it. */
import type { Declared } from "../rust/index.ts";

/** What a type does for a trait. */
export interface Implementation {
  /** Its path, where the name leads somewhere; as written otherwise. */
  readonly trait: string;
  readonly isResolved: boolean;
  readonly type: string | undefined;
  /** As written. */
  readonly typeName: string;
  readonly declared: Declared;
}

/** Of a type with these impls the program itself says how it is made of something else: nobody deserialises it by `try_into`. */
export const isConverted = (impls: readonly Declared[]): boolean => impls.some(({ tree }) => tree.implements?.trait?.at(-1) === "TryFrom");
