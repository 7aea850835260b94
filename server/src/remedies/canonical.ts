/** One spelling for paths that mean the same: re-exports undone by the models' tables. */
import type { CrateModel } from "../models/model.ts";
import type { Scope, Scopes } from "../rust/index.ts";

/** `tokio_rustls::rustls::server::ServerConfig` → `rustls::ServerConfig`: the longest known prefix is replaced, until none is left. */
export function canonical(path: string, models: readonly CrateModel[]): string {
  const aliases = aliasesOf(models);
  let current = path;
  for (let step = 0; step < 8; step++) {
    const next = replaced(current, aliases);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function replaced(path: string, aliases: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf("::", end - 1)) {
    const target = aliases.get(path.slice(0, end));
    if (target !== undefined && target !== path) return target + path.slice(end);
  }
  return undefined;
}

const known = new WeakMap<readonly CrateModel[], ReadonlyMap<string, string>>();

/** Of an alias that two models have, the first counts. */
function aliasesOf(models: readonly CrateModel[]): ReadonlyMap<string, string> {
  const kept = known.get(models);
  if (kept !== undefined) return kept;
  const aliases = new Map(models.flatMap((it) => Object.entries(it.aliases ?? {})).reverse());
  known.set(models, aliases);
  return aliases;
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
