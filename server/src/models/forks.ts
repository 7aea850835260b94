/**
 * The models of forks, which are those of the crates they mirror, in words of their own. In the bundles this module is its values,
 * worked out when they are built: rewriting a model took a tenth of a start.
 */
import { boring } from "./boring.ts";
import type { CallModel, CrateModel, MirrorModel, TypeModel, ValueModel } from "./model.ts";

/** Models are data, so their text can be rewritten. */
function mirrored({ mirrors, lacks, immune, newer, adds, ...own }: MirrorModel): CrateModel {
  const twin: CrateModel = JSON.parse(JSON.stringify(mirrors).replaceAll(`${mirrors.crate}::`, `${own.crate}::`));
  const has = (it: unknown): boolean => !lacks.some((path) => JSON.stringify(it).includes(path));
  const isNewer = (it: unknown): boolean => newer.calls.some((path) => JSON.stringify(it).includes(`"${path}"`));
  const since = <T extends { readonly versions?: string }>({ versions: _, ...rest }: T) =>
    isNewer(rest) ? { ...rest, versions: newer.versions } : rest;
  const isImmune = (it: unknown): boolean => immune.some((kind) => JSON.stringify(it).includes(`"kind":"${kind}"`));
  const sound = (it: CallModel): CallModel =>
    it.effects === undefined ? it : { ...it, effects: it.effects.filter((effect) => !isImmune(effect)) };
  const defaulted = ([path, it]: [string, TypeModel]): [string, TypeModel] => [
    path,
    it.defaults === undefined ? it : { ...it, defaults: it.defaults.filter(({ fact }) => !isImmune(fact)) },
  ];
  const { aliases: _, ...rest } = twin;
  // The versions are the mirrored crate's.
  const values: CrateModel["values"] = JSON.parse(JSON.stringify(twin.values ?? {}, (key, it) => (key === "versions" ? undefined : it)));
  const dated = ([path, it]: [string, ValueModel]): [string, ValueModel] => [
    path,
    newer.calls.some((one) => path.startsWith(`${one}::`)) ? { ...it, versions: newer.versions } : it,
  ];
  return {
    ...rest,
    ...own,
    forkOf: mirrors.crate,
    types: Object.fromEntries(Object.entries(twin.types).filter(has).map(defaulted)),
    values: Object.fromEntries(
      Object.entries(values ?? {})
        .filter(has)
        .map(dated),
    ),
    calls: [
      ...twin.calls
        .filter((it) => has(it) && !adds.calls.some(({ path }) => path === it.path))
        .map(sound)
        .map(since),
      ...adds.calls.map(sound),
    ],
    recipes: [...(twin.recipes ?? []).filter((it) => has(it) && !isImmune(it.gives)).map(since), ...(adds.recipes ?? [])],
    byHand: (twin.byHand ?? []).filter(has),
  };
}

export const boringFork: CrateModel = mirrored(boring);
