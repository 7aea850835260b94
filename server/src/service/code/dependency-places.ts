/** Where manifests leave TLS out of a library that code uses: a reviewer asks for the change there. */
import { declarationsOf } from "../../cargo/index.ts";
import type { Package } from "../../project/index.ts";
import type { Packages } from "../../project/packages.ts";
import type { Observation, RelatedPlace, Uncompiled } from "../../tls/facts.ts";

/** By what an observation says of its library. */
export type DependencyPlaces = (observation: Observation) => readonly RelatedPlace[];

/** Looked up when findings are made: what manifests say may move without a change of what they mean. */
export async function dependencyPlaces(packages: Packages, observations: readonly Observation[]): Promise<DependencyPlaces> {
  const found = new Map<Uncompiled, readonly RelatedPlace[]>();
  for (const observation of observations) {
    const uncompiled = uncompiledIn(observation);
    const owner = uncompiled && (await packages.packageOf(uncompiled.user));
    if (uncompiled !== undefined && owner !== undefined) found.set(uncompiled, placesIn(owner, uncompiled.package));
  }
  return (observation) => {
    const uncompiled = uncompiledIn(observation);
    return uncompiled === undefined ? [] : (found.get(uncompiled) ?? []);
  };
}

const uncompiledIn = ({ fact }: Observation): Uncompiled | undefined => ("uncompiled" in fact ? fact.uncompiled : undefined);

function placesIn(owner: Package, library: string): readonly RelatedPlace[] {
  const through = direct(owner, library);
  if (through === undefined) return [];
  const message =
    through === library
      ? `\`${library}\` is required here without a TLS feature`
      : `\`${through}\` is required here, which brings \`${library}\` without a TLS feature`;
  return declarationsOf(through, owner.manifest, owner.workspace).map(({ inWorkspace, span }) => ({
    file: inWorkspace ? `${owner.workspaceFolder}/Cargo.toml` : owner.manifestPath,
    span,
    message,
  }));
}

/** The package itself, or the only dependency that leads to it. */
function direct({ manifest, facts }: Package, library: string): string | undefined {
  const own = new Set(manifest.dependencies.flatMap((it) => (it.own === true ? [it.key] : [])));
  const names = new Set([...facts.dependencies].flatMap(([, it]) => (own.has(it.package) ? [] : [it.package])));
  if (names.has(library)) return library;
  const [first, second] = [...names].filter((it) => facts.behind(it).some(({ name }) => name === library));
  return second === undefined ? first : undefined;
}
