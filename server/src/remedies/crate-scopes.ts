/** The scopes of the crates that are looked at, in which remedies find the names to write. */
import type { ModelIndex } from "../analysis/model-index.ts";
import type { ReadCrate, SourceFile } from "../analysis/source-file.ts";
import { buildScopes, type Scopes } from "../rust/index.ts";

export function scopesOf(files: readonly SourceFile[], models: ModelIndex): Scopes {
  const grouped = new Map<ReadCrate | undefined, SourceFile[]>();
  for (const file of files) grouped.set(file.crate, [...(grouped.get(file.crate) ?? []), file]);
  return buildScopes(
    [...grouped].map(([crate, of]) => ({
      files: of,
      dependencies: crate && new Map([...crate.dependencies].map(([name, it]) => [name, crateBehind(name, it.package, models)])),
      ...(crate?.library === undefined || models.isModelledCrate(crate.library.replaceAll("-", "_")) ? {} : { name: crate.library }),
    })),
  );
}

/** A package of a name that no model knows, which code calls by one that a model does, stands in for that crate. */
function crateBehind(name: string, packageName: string, models: ModelIndex): string {
  const own = packageName.replaceAll("-", "_");
  return !models.isModelledCrate(own) && models.isModelledCrate(name) ? name : own;
}
