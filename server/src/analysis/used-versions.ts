/** Which version of a package the code of a file means, as far as manifests, the lock file and what dependencies bring along tell. */
import type { ReadCrate } from "./source-file.ts";
import { within } from "./versions.ts";

interface ToldVersion {
  readonly told: string | undefined;
  /** A lock file says it; otherwise it is the oldest of its line that will do. */
  readonly isExact: boolean;
  /** Where nothing tells which: those that there are. */
  readonly candidates: readonly string[];
}

/** A way by which code names the package: a dependency of its own, or one through another. */
interface Way {
  readonly by: string;
  readonly version: string;
  readonly locked: boolean;
}

/** `begins`: whether paths of the file begin with a dependency's name. */
export function versionsToTell(name: string, crate: ReadCrate | undefined, begins: (dependency: string) => boolean): ToldVersion {
  const listed = crate?.versions.get(name) ?? [];
  const brought = crate?.brought?.get(name) ?? [];
  const ways = meant(waysTo(name, crate), begins);
  const versions = [...new Set(ways.map((it) => it.version))];
  const [told] = versions.length === 1 ? versions : versions.length === 0 && listed.length === 1 ? listed : [];
  return {
    told,
    isExact: ways.every((it) => it.locked),
    candidates: versions.length > 1 ? versions : listed.length > 0 ? listed : brought.flatMap((it) => it.versions),
  };
}

interface Ways {
  readonly direct: readonly Way[];
  /** Those through others that lead to a version that Cargo does not unify with a direct one. */
  readonly through: readonly Way[];
}

function waysTo(name: string, crate: ReadCrate | undefined): Ways {
  const direct = [...(crate?.dependencies ?? [])].flatMap(([by, it]): Way[] =>
    it.package === name && it.version !== undefined ? [{ by, version: it.version, locked: it.locked === true }] : [],
  );
  const isDirect = ({ version }: Way): boolean =>
    direct.some((it) => within(version, `^${it.version}`) || within(it.version, `^${version}`));
  const named = (crate?.brought?.get(name) ?? []).filter((it) => it.reexported === true);
  const through = named.flatMap(({ by, versions, locked }) => versions.map((version): Way => ({ by, version, locked: locked === true })));
  return { direct, through: through.filter((it) => !isDirect(it)) };
}

/** Of several, those that the file's paths begin with; its own dependency goes before what others hand on. */
function meant({ direct, through }: Ways, begins: (dependency: string) => boolean): readonly Way[] {
  if (direct.length + through.length < 2) return [...direct, ...through];
  const named = [direct, through].map((ways) => ways.filter((it) => begins(it.by)));
  return [...named, direct, through].find((ways) => ways.length > 0) ?? [];
}
