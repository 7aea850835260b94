/** Versions: whether one lies in a model's range, and which one a file's idioms leave when no manifest says it. */
import { compareWritten, parseVersion, satisfies } from "../base/version.ts";
import type { CallModel, CrateModel, VersionRange } from "../models/model.ts";
import { lastName, segmentsOf } from "./canonical-paths.ts";

/** `>=0.22, <0.24`; a bare `0.23` is Cargo's caret. An unknown version is in every range. */
export const within = (version: string | undefined, range: VersionRange | undefined): boolean =>
  version === undefined || range === undefined || satisfies(version, range);

/**
 * The newest version that fits every call seen. `seen` holds the last names of calls in the file; a call counts only where its
 * name is specific to ranges, so that `new` proves nothing.
 */
export function inferVersion(model: CrateModel, seen: ReadonlySet<string>, candidates: readonly string[] | undefined): string | undefined {
  const possible = candidates ?? boundaries(model);
  const fits = fitness(model, seen);
  let best: string | undefined;
  let bestFit = -1;
  for (const version of [...possible].sort((a, b) => compareWritten(b, a))) {
    const fit = fits(version);
    if (fit > bestFit) {
      best = version;
      bestFit = fit;
    }
  }
  return best;
}

/**
 * A manifest's requirement names the oldest version that will do; calls that are newer show a newer one of the same line.
 * The oldest that fits most calls seen; of a line that a model knows the later part of, one of these: Cargo takes the newest.
 */
export function refineVersion(model: CrateModel, seen: ReadonlySet<string>, told: string): string {
  const line = boundaries(model).filter((it) => compareWritten(it, told) > 0 && within(it, `^${told}`));
  const known = within(told, model.versions) ? [told, ...line] : line;
  const [oldest = told, ...newer] = known.sort(compareWritten);
  const fits = fitness(model, seen);
  let best = oldest;
  let bestFit = fits(oldest);
  for (const version of newer) {
    const fit = fits(version);
    if (fit > bestFit) {
      best = version;
      bestFit = fit;
    }
  }
  return best;
}

/** `rustls::RootCertStore::add` is told by `RootCertStore::add`, a name of its own by itself. */
export function distinguishingName(path: string): string {
  const last = lastName(path);
  return GENERAL.has(last) || /^[A-Z]/.test(last) ? segmentsOf(path).slice(-2).join("::") : last;
}

/** How many of the calls seen exist in a version. */
function fitness(model: CrateModel, seen: ReadonlySet<string>): (version: string) => number {
  const byName = new Map<string, CallModel[]>();
  for (const call of model.calls) {
    const name = distinguishingName(call.path);
    if (!seen.has(name)) continue;
    byName.set(name, [...(byName.get(name) ?? []), call]);
  }
  return (version) => [...byName.values()].filter((calls) => calls.some((it) => within(version, it.versions))).length;
}

const GENERAL: ReadonlySet<string> = new Set([
  "new",
  "builder",
  "build",
  "from",
  "empty",
  "add",
  "certs",
  "get",
  "set",
  "open",
  "default",
  "with_crls",
  "boxed",
]);

/** One version for each stretch that the model's ranges tell apart. */
function boundaries(model: CrateModel): string[] {
  const ranges = [
    model.versions,
    ...model.calls.map((it) => it.versions),
    ...Object.values(model.types).flatMap((it) => (it.defaults ?? []).map((one) => one.versions)),
  ];
  const points = new Set<string>();
  for (const range of ranges)
    for (const [, operator, version] of (range ?? "").matchAll(/(?:(>=|<=|<|>|=|\^|~)\s*)?(\d+(?:\.\d+)*)/g)) {
      if (version === undefined) continue;
      const at = parseVersion(version)?.numbers ?? [0, 0, 0];
      if (operator === "<" || operator === ">") points.add(below(at));
      points.add(at.join("."));
    }
  return [...points].filter((it) => within(it, model.versions));
}

/** The last version of the line before: `0.24` → `0.23.999`. */
function below([major, minor, patch]: readonly [number, number, number]): string {
  if (patch > 0) return `${major}.${minor}.${patch - 1}`;
  if (minor > 0) return `${major}.${minor - 1}.999`;
  return `${Math.max(0, major - 1)}.999.999`;
}
