/** One question about a name, and how far it has been followed: imports and globs may lead in circles. */

import { DEEPEST_WALK, MOST_STEPS } from "./bounds.ts";

export interface Walk {
  readonly visited: ReadonlySet<object>;
  readonly depth: number;
  /** Shared by all branches of one question. */
  readonly steps: { left: number };
}

export const start = (): Walk => ({ visited: new Set(), depth: 0, steps: { left: MOST_STEPS } });

export const isTooFar = ({ depth }: Walk): boolean => depth > DEEPEST_WALK;

export function deeper({ visited, depth, steps }: Walk, next: object): Walk {
  steps.left--;
  return { visited: new Set(visited).add(next), depth: depth + 1, steps };
}
