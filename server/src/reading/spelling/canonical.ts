/** One spelling for paths that mean the same: re-exports undone by the models' tables. */
import type { CrateModel } from "../../models/model.ts";
import type { Scope, Scopes } from "../../rust/index.ts";

/** `tokio_rustls::rustls::server::ServerConfig` → `rustls::ServerConfig`: the longest known prefix is replaced, until none is left. */
export function canonical(path: string, models: readonly CrateModel[]): string {
  let current = path;
  for (let step = 0; step < 8; step++) {
    let longest: readonly [string, string] | undefined;
    for (const model of models) {
      for (const [alias, target] of Object.entries(model.aliases ?? {})) {
        const fits = current === alias || current.startsWith(`${alias}::`);
        if (fits && target !== current && alias.length > (longest?.[0].length ?? 0)) longest = [alias, target];
      }
    }
    if (longest === undefined) return current;
    const next = longest[1] + current.slice(longest[0].length);
    if (next === current) return current;
    current = next;
  }
  return current;
}

/** What a path written in `scope` means, in canonical spelling; empty for what is local or unknown. */
export function meanings(
  segments: readonly string[],
  scope: Scope,
  scopes: Scopes,
  models: readonly CrateModel[],
  global = false,
): readonly string[] {
  const resolution = scopes.resolveSegments(segments, scope, global);
  return resolution.kind === "external" ? resolution.paths.map((it) => canonical(it.join("::"), models)) : [];
}
