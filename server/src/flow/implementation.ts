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
