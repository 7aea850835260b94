/** One spelling for paths that mean the same: re-exports undone by the models' tables. */
import { tablesOf } from "../analysis/model-tables.ts";
import type { CrateModel } from "../models/model.ts";
import type { Scope, Scopes } from "../rust/index.ts";

/** `tokio_rustls::rustls::server::ServerConfig` → `rustls::ServerConfig`: the longest known prefix is replaced, until none is left. */
export function canonical(path: string, models: readonly CrateModel[]): string {
  const { aliases, crates, modules } = spellingsOf(models);
  const segments = path.split("::");
  // A crate that is handed on under its own name by one without a table for it: `rumqttc::tokio_rustls`.
  const handedOn = modules.has(segments.slice(0, 2).join("::")) ? -1 : segments.findIndex((it, at) => at > 0 && crates.has(it));
  let current = handedOn < 0 || aliasIn(path, aliases) !== undefined ? path : segments.slice(handedOn).join("::");
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

interface Spellings {
  readonly aliases: ReadonlyMap<string, string>;
  /** Names of the crates that have a model. */
  readonly crates: ReadonlySet<string>;
  /** What models call their own, two segments each: `sqlx::mysql` is no crate. */
  readonly modules: ReadonlySet<string>;
}

const known = new WeakMap<readonly CrateModel[], Spellings>();

/** Of an alias that two models have, the first counts. */
function spellingsOf(models: readonly CrateModel[]): Spellings {
  const kept = known.get(models);
  if (kept !== undefined) return kept;
  const { segments, crates } = tablesOf(models);
  const aliases = new Map(models.flatMap((it) => Object.entries(it.aliases ?? {})).reverse());
  const made = { aliases, crates: new Set(crates.keys()), modules: segments.modules };
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
