/** Versions: whether one lies in a model's range, and which one a file's idioms leave when no manifest says it. */
import type { CallModel, CrateModel, VersionRange } from "../models/model.ts";

type Version = readonly [number, number, number];

/** `>=0.22, <0.24`; a bare `0.23` is Cargo's caret. An unknown version is in every range. */
export function within(version: string | undefined, range: VersionRange | undefined): boolean {
  if (version === undefined || range === undefined) return true;
  const asked = parse(version);
  return range
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "" && it !== "*")
    .every((it) => satisfies(asked, it));
}

export function compareVersions(a: string, b: string): number {
  return compare(parse(a), parse(b));
}

/**
 * The newest version that fits every call seen. `seen` holds the last names of calls in the file; a call counts only where its
 * name is specific to ranges, so that `new` proves nothing.
 */
export function inferVersion(model: CrateModel, seen: ReadonlySet<string>, candidates: readonly string[] | undefined): string | undefined {
  const possible = candidates ?? boundaries(model);
  const fits = fitness(model, seen);
  let best: string | undefined;
  let bestFit = -1;
  for (const version of [...possible].sort((a, b) => compareVersions(b, a))) {
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
 * The oldest that fits most calls seen.
 */
export function refineVersion(model: CrateModel, seen: ReadonlySet<string>, told: string): string {
  const line = boundaries(model).filter((it) => compareVersions(it, told) > 0 && within(it, `^${told}`));
  const fits = fitness(model, seen);
  let best = told;
  let bestFit = fits(told);
  for (const version of line.sort(compareVersions)) {
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
  const parts = path.replace(/<.*?>/g, "").split(/::|\./);
  const last = parts.at(-1) ?? path;
  return GENERAL.has(last) || /^[A-Z]/.test(last) ? parts.slice(-2).join("::") : last;
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
    for (const [, operator, version] of (range ?? "").matchAll(/(>=|<=|<|>|=|\^|~)?\s*(\d+(?:\.\d+)*)/g)) {
      if (version === undefined) continue;
      const at = parse(version);
      if (operator === "<" || operator === ">") points.add(below(at));
      points.add(at.join("."));
    }
  return [...points].filter((it) => within(it, model.versions));
}

/** The last version of the line before: `0.24` → `0.23.999`. */
function below([major, minor, patch]: Version): string {
  if (patch > 0) return `${major}.${minor}.${patch - 1}`;
  if (minor > 0) return `${major}.${minor - 1}.999`;
  return `${Math.max(0, major - 1)}.999.999`;
}

function parse(version: string): Version {
  const [major = 0, minor = 0, patch = 0] =
    version
      .split(/[-+]/)[0]
      ?.split(".")
      .map((it) => Number.parseInt(it, 10) || 0) ?? [];
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function satisfies(version: Version, condition: string): boolean {
  const match = /^(>=|<=|<|>|=|\^|~)?\s*(\d[\d.]*)/.exec(condition);
  if (match === null) return true;
  const bound = parse(match[2] ?? "0");
  const order = compare(version, bound);
  switch (match[1]) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "=":
      return order === 0;
    default: {
      const ceiling: Version = bound[0] > 0 ? [bound[0] + 1, 0, 0] : [0, bound[1] + 1, 0];
      return order >= 0 && compare(version, ceiling) < 0;
    }
  }
}
