/** Which known faults a crate has: in a version, or in every version that a requirement admits. */
import { compareWritten, satisfies } from "../base/version.ts";
import { lowerBound } from "../cargo/index.ts";
import { type Advisory, advisories } from "../models/manifests/index.ts";
import type { KnownFault } from "../tls/facts.ts";

export interface Faults {
  readonly faults: readonly [KnownFault, ...KnownFault[]];
  readonly corrected?: string;
  readonly admitted: boolean;
  readonly successor?: string;
}

const GRAVITIES = ["verification", "memory", "availability", "unmaintained"] as const;

/** What a program has of a crate, as far as it is known. */
export interface Use {
  /** The locked one. */
  readonly version?: string;
  readonly requirement?: string;
  readonly features?: ReadonlySet<string>;
  /** Whether the code has a name of the crate, where there is code. */
  names?(name: string): boolean;
}

export function faultsOf(name: string, { version, requirement, features, names }: Use): Faults | undefined {
  const crate = advisories.find((it) => it.package === name);
  const known = (crate?.advisories ?? []).filter((it) => it.feature === undefined || features?.has(it.feature) === true);
  const hits = known.filter((it) =>
    version === undefined ? requirement !== undefined && holdsForAll(it, requirement) : holdsFor(it, version),
  );
  const [first, ...others] = hits.map((it) => faultOf(it, names)).sort(byWeight);
  if (!crate || !first) return undefined;
  const from = version ?? lowerBound(requirement ?? "") ?? "0";
  const corrected = correctedFor([...hits, ...known.filter((it) => it.patched.length > 0)], from, requirement);
  return {
    faults: [first, ...others],
    ...(corrected === undefined ? {} : { corrected }),
    admitted: corrected !== undefined && requirement !== undefined && satisfies(corrected, requirement),
    ...(crate.successor === undefined ? {} : { successor: crate.successor }),
  };
}

function faultOf({ id, gravity, what, names: leading }: Advisory, names: Use["names"]): KnownFault {
  const isUnnamed = leading !== undefined && names !== undefined && !leading.some(names);
  return { id, gravity, what, ...(isUnnamed && { unnamed: leading }) };
}

/** What the code gets to comes before what it does not. */
const byWeight = (a: KnownFault, b: KnownFault): number =>
  Number(a.unnamed !== undefined) - Number(b.unnamed !== undefined) || GRAVITIES.indexOf(a.gravity) - GRAVITIES.indexOf(b.gravity);

const holdsFor = ({ patched, unaffected }: Advisory, version: string): boolean =>
  ![...patched, ...(unaffected ?? [])].some((range) => satisfies(version, range));

/** No version that the requirement admits is known to be free of it: neither its own floor nor any that a correction begins with. */
const holdsForAll = (advisory: Advisory, requirement: string): boolean => {
  const floor = lowerBound(requirement);
  const candidates = [...(floor === undefined ? [] : [floor]), ...[...advisory.patched, ...(advisory.unaffected ?? [])].flatMap(floorOf)];
  return floor !== undefined && !candidates.some((it) => satisfies(it, requirement) && !holdsFor(advisory, it));
};

const floorOf = (range: string): readonly string[] => {
  const found = /^>=\s*([\w.-]+)/.exec(range)?.[1];
  return found === undefined ? [] : [found];
};

/** The oldest version from `from` on that has none of them, later faults among these; one that the requirement admits, where there is one. */
function correctedFor(all: readonly Advisory[], from: string, requirement: string | undefined): string | undefined {
  const candidates = all
    .flatMap((it) => it.patched.flatMap(floorOf))
    .filter((it) => !it.includes("-") && compareWritten(it, from) >= 0 && all.every((one) => !holdsFor(one, it)))
    .sort(compareWritten);
  const admitted = requirement === undefined ? undefined : candidates.find((it) => satisfies(it, requirement));
  return admitted ?? candidates[0];
}
