/** One spelling for paths that mean the same: re-exports undone by the models' tables. */
import { tablesOf } from "../analysis/model-tables.ts";
import type { CrateModel } from "../models/model.ts";
import type { Scope, Scopes } from "../rust/index.ts";

/** `tokio_rustls::rustls::server::ServerConfig` → `rustls::ServerConfig`: the longest known prefix is replaced, until none is left. */
export function canonical(path: string, models: readonly CrateModel[]): string {
  const aliases = aliasesOf(models);
  let current = aliasIn(path, aliases) === undefined ? fromCrateWithin(path, models) : path;
  for (let step = 0; step < 8; step++) {
    const next = aliasIn(current, aliases);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function aliasIn(path: string, aliases: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf("::", end - 1)) {
    const target = aliases.get(path.slice(0, end));
    if (target !== undefined && target !== path) return target + path.slice(end);
  }
  return undefined;
}

/** A crate that is handed on under its own name by one without a table for it: `rumqttc::tokio_rustls`; `sqlx::mysql` is a module. */
function fromCrateWithin(path: string, models: readonly CrateModel[]): string {
  const tables = tablesOf(models);
  const segments = path.split("::");
  const at = segments.findIndex((it, index) => index > 0 && tables.crates.has(it));
  // Modules are worked out of all paths, so they are asked for last.
  return at < 0 || tables.segments.modules.has(segments.slice(0, 2).join("::")) ? path : segments.slice(at).join("::");
}

const known = new WeakMap<readonly CrateModel[], ReadonlyMap<string, string>>();

/** Of an alias that two models have, the first counts. */
function aliasesOf(models: readonly CrateModel[]): ReadonlyMap<string, string> {
  const kept = known.get(models);
  if (kept !== undefined) return kept;
  const made = new Map(models.flatMap((it) => Object.entries(it.aliases ?? {})).reverse());
  known.set(models, made);
  return made;
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
