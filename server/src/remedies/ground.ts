/** Where a remedy is written: the scope of the place, its file, and the crates that it may use. */
import type { CrateModel } from "../models/model.ts";
import type { RustFile, Scope, Scopes } from "../rust/index.ts";

export interface Ground {
  readonly source: RustFile;
  readonly scope: Scope;
  readonly scopes: Scopes;
  readonly models: readonly CrateModel[];
  /** Name in code → package, where a manifest tells. */
  readonly dependencies?: ReadonlyMap<string, { readonly package: string; readonly version?: string }> | undefined;
}

/** The scope and those around it whose names are visible in it: up to its module. */
export function levels(scope: Scope): readonly Scope[] {
  const found: Scope[] = [];
  const module = scope.modulePath.join("::");
  for (let level: Scope | undefined = scope; level !== undefined && level.modulePath.join("::") === module; level = level.parent)
    found.push(level);
  return found;
}
