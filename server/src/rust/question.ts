/** One question about a name, and how far it has been followed: imports and globs may lead in circles. */

/** How far imports, aliases and globs are followed; real code needs five. */
export const DEEPEST = 32;

/** Impls of which the types are named through the impls of others: one is common, a chain of more than this is generated code. */
export const DEEPEST_QUESTION = 8;

/** How many imports and aliases one question may follow in all: a hundred globs in one module lead to each other in every order. */
const MOST_STEPS = 400;

export interface Walk {
  readonly visited: ReadonlySet<object>;
  readonly depth: number;
  /** Shared by all branches of one question. */
  readonly steps: { left: number };
}

export const start = (): Walk => ({ visited: new Set(), depth: 0, steps: { left: MOST_STEPS } });

export function deeper({ visited, depth, steps }: Walk, next: object): Walk {
  steps.left--;
  return { visited: new Set(visited).add(next), depth: depth + 1, steps };
}
