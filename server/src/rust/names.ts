/** Names: which definition, or which path of which crate, a path means at a place. */
import { Program } from "./resolve.ts";
import type { CrateSources, Scopes } from "./scopes.ts";

/** The scopes of crates that are read together. */
export function buildScopes(crates: readonly CrateSources[]): Scopes {
  return new Program(crates);
}
