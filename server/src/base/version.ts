/** Crate versions and the ranges that models and manifests state about them, as far as Cargo's rules matter here. */

/** Major, minor, patch; what was not written counts as 0. A pre-release lies before its release. */
export interface SemVer {
  readonly numbers: readonly [number, number, number];
  readonly pre: string;
}

export function parseVersion(text: string): SemVer | undefined {
  const match = /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\s*$/.exec(text);
  if (match === null) return undefined;
  return { numbers: [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)], pre: match[4] ?? "" };
}

/** Negative where `a` is older. */
export function compareVersions(a: SemVer, b: SemVer): number {
  for (const index of [0, 1, 2] as const) {
    const difference = a.numbers[index] - b.numbers[index];
    if (difference !== 0) return difference;
  }
  if (a.pre === b.pre) return 0;
  if (a.pre === "" || b.pre === "") return a.pre === "" ? 1 : -1;
  return comparePreReleases(a.pre, b.pre);
}

/** The same for versions as written, to sort the oldest first. What is no version counts as oldest. */
export function compareWritten(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  return left && right ? compareVersions(left, right) : Number(left !== undefined) - Number(right !== undefined);
}

/** One bound of a range: `>=1.2`. */
export interface Bound {
  readonly operator: ">=" | ">" | "<=" | "<" | "=";
  readonly version: SemVer;
}
/** All of the bounds hold; none at all is every version. */
export type Range = readonly Bound[];

/** `>=0.22, <0.24`, and what Cargo writes shorter: `0.22`, `^1.2`, `~1.2`, `1.*`, `*`. */
export function parseRange(text: string): Range | undefined {
  const range: Bound[] = [];
  for (const part of text.split(",").map((it) => it.trim())) {
    if (part === "" || part === "*") continue;
    const bounds = parsePart(part);
    if (bounds === undefined) return undefined;
    range.push(...bounds);
  }
  return range;
}

function inRange(version: SemVer, range: Range): boolean {
  return range.every(({ operator, version: bound }) => {
    const order = compareVersions(version, bound);
    if (operator === "=") return order === 0;
    if (operator === ">=") return order >= 0;
    if (operator === ">") return order > 0;
    return operator === "<=" ? order <= 0 : order < 0;
  });
}

/** Whether a version, as written, lies in a range, as written. What does not parse lies in nothing. */
export function satisfies(version: string, range: string): boolean {
  const parsed = parseVersion(version);
  const bounds = parseRange(range);
  return parsed !== undefined && bounds !== undefined && inRange(parsed, bounds);
}

/** Whether two ranges of the form `>=a, <b` have no version in common. Sampled at the bounds, which is exact for such ranges. */
export function areDisjoint(a: Range, b: Range): boolean {
  const floors = [...a, ...b].filter(({ operator }) => operator !== "<" && operator !== "<=").map(({ version }) => version);
  const samples = floors.length === 0 ? [{ numbers: [0, 0, 0], pre: "" } as const] : floors;
  return !samples.some((version) => inRange(version, a) && inRange(version, b));
}

function parsePart(part: string): readonly Bound[] | undefined {
  const match = /^(>=|<=|>|<|=|\^|~)?\s*([0-9A-Za-z.+*-]+)$/.exec(part);
  const operator = match?.[1];
  const written = match?.[2] ?? "";
  const stars = written.replace(/(?<!\.[*xX])(?:\.[*xX])+$/, "");
  const version = parseVersion(stars);
  if (version === undefined) return undefined;
  const count = stars.split(/[-+]/)[0]?.split(".").length ?? 1;
  // `<=0.7` admits all of 0.7, and `>0.7` none of it.
  if ((operator === "<=" || operator === ">") && count < 3)
    return [{ operator: operator === "<=" ? "<" : ">=", version: { numbers: next(version, count - 1), pre: "" } }];
  if (operator === ">=" || operator === "<=" || operator === ">" || operator === "<") return [{ operator, version }];
  if (operator === "=" && count === 3) return [{ operator, version }];
  const floor = { operator: ">=", version } as const;
  // `=1.2`, `~1.2`, `1.2.*`: the next of the last number written · caret: the next of the first number that is not zero.
  const caret = operator === "^" || (operator === undefined && stars === written);
  const significant = version.numbers.findIndex((it) => it !== 0);
  const last = operator === "~" ? Math.min(count - 1, 1) : count - 1;
  const place = caret && significant >= 0 && significant < count ? significant : last;
  return [floor, { operator: "<", version: { numbers: next(version, place), pre: "" } }];
}

function next({ numbers: [major, minor, patch] }: SemVer, place: number): readonly [number, number, number] {
  if (place <= 0) return [major + 1, 0, 0];
  return place === 1 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

/** Identifiers are compared one by one: numbers by value and before words, a shorter list first. */
function comparePreReleases(a: string, b: string): number {
  const left = a.split(".");
  const right = b.split(".");
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    if (one === other) continue;
    const numeric = [/^\d+$/.test(one), /^\d+$/.test(other)] as const;
    if (numeric[0] && numeric[1]) return Number(one) - Number(other);
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return 0;
}
