/** What a requirement of a manifest says where no lock file tells the version. */
import { compareVersions, parseRange, type SemVer } from "../base/version.ts";

/** The oldest version that a requirement admits: `0.23` → `0.23.0`. */
export function lowerBound(requirement: string): string | undefined {
  const floors = (parseRange(requirement) ?? []).flatMap(({ operator, version }) =>
    operator === "<" || operator === "<=" ? [] : [version],
  );
  const floor = floors.sort(compareVersions).at(-1);
  return floor && written(floor);
}

const written = ({ numbers, pre }: SemVer): string => `${numbers.join(".")}${pre && `-${pre}`}`;
