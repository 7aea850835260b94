/** Cargo's versions and requirements, as far as choosing a crate's version asks for. */

export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: string;
}

export function parseVersion(text: string): Version | undefined {
  const match = /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\s*$/.exec(text);
  if (!match) return undefined;
  return { numbers: [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)], prerelease: match[4] ?? "" };
}

/** Negative when `a` is older. What is no version counts as oldest. */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  return order(left, right);
}

/** The oldest version that a requirement admits: `0.23` → `0.23.0`. */
export function lowerBound(requirement: string): string | undefined {
  const bounds = comparators(requirement).flatMap(({ operator, version }) =>
    operator === "<" || operator === "<=" || !version
      ? []
      : [`${version.numbers.join(".")}${version.prerelease && `-${version.prerelease}`}`],
  );
  return bounds.sort(compareVersions).at(-1);
}

export function satisfies(version: string, requirement: string): boolean {
  const given = parseVersion(version);
  return given !== undefined && comparators(requirement).every((it) => admits(it, given));
}

interface Comparator {
  readonly operator: string;
  /** Undefined for `*`. */
  readonly version: Version | undefined;
  /** How many numbers were written. */
  readonly precision: number;
}

function comparators(requirement: string): readonly Comparator[] {
  return requirement.split(",").flatMap((part): readonly Comparator[] => {
    const match = /^\s*(\^|~|=|>=|<=|>|<)?\s*(.*?)\s*$/.exec(part);
    const written = (match?.[2] ?? "").replace(/\.[*xX]/g, "");
    if (written === "") return [];
    const wildcard = written !== (match?.[2] ?? "");
    const version = parseVersion(written);
    if (!version) return [{ operator: "^", version: undefined, precision: 0 }];
    const precision = (written.split(/[-+]/)[0] ?? "").split(".").length;
    return [{ operator: match?.[1] ?? (wildcard ? "~" : "^"), version, precision }];
  });
}

function admits({ operator, version, precision }: Comparator, given: Version): boolean {
  if (!version) return true;
  const [major, minor, patch] = version.numbers;
  const difference = order(given, version);
  switch (operator) {
    case "=":
      return given.numbers.every((it, index) => index >= precision || it === version.numbers[index]);
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case "~":
      return difference >= 0 && given.numbers[0] === major && (precision === 1 || given.numbers[1] === minor);
    default: {
      // Caret: the leftmost number that is not zero stays.
      if (difference < 0 || given.numbers[0] !== major) return false;
      if (major > 0 || precision === 1) return true;
      if (given.numbers[1] !== minor) return false;
      return minor > 0 || precision === 2 || given.numbers[2] === patch;
    }
  }
}

function order(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) {
    const difference = a.numbers[index] - b.numbers[index];
    if (difference !== 0) return difference;
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === "" || b.prerelease === "") return a.prerelease === "" ? 1 : -1;
  return a.prerelease < b.prerelease ? -1 : 1;
}
