/** Which recipes of a crate lead from what is written to what is wanted, in the order of their promise. */

import { within } from "../analysis/versions.ts";
import type { CrateModel, Needed, Recipe } from "../models/model.ts";
import type { FactKind } from "../tls/facts.ts";
import type { Site } from "./site.ts";
import type { Wanted } from "./spelled-fix.ts";

export interface Choice {
  readonly recipes: readonly Recipe[];
  /** Why there is none, as far as a reason can be told. */
  readonly refusal: string;
}

export function chooseRecipes(site: Site, want: Wanted, models: readonly CrateModel[], of: FactKind): Choice {
  const own = [site.model, ...models.filter((it) => it !== site.model)].flatMap((it) => it.recipes ?? []);
  const fitting = own.filter(
    (it) => it.at === site.call && gives(it, want) && plays(it, site) && (it.of === undefined || it.of.includes(of)),
  );
  const inVersion = fitting.filter((it) => within(site.version, it.versions));
  const usable = inVersion.filter((it) => meets(it, site) && !(it.trusts !== undefined && signsForItself(site)));
  if (usable.length > 0) return { recipes: [...usable].sort((a, b) => cost(a, site) - cost(b, site)), refusal: "" };
  const newer = fitting.flatMap((it) => (meets(it, site) ? (upgraded(it, site) ?? []) : []));
  if (newer.length > 0) return { recipes: newer, refusal: "" };
  const [other] = fitting;
  if (inVersion.length > 0) return { recipes: [], refusal: missing(inVersion, site) };
  if (other?.versions !== undefined && site.version !== undefined)
    return { recipes: [], refusal: `${site.model.package} ${site.version} has no way to write it: it takes ${spoken(other.versions)}` };
  return { recipes: [], refusal: byHand(site, models, of) ?? `no rewrite is known for \`${nameOf(site)}\`` };
}

/** What the library leaves to a person, at the call or in what it makes. */
function byHand({ call, callModel }: Site, models: readonly CrateModel[], of: FactKind): string | undefined {
  const returns = callModel?.returns;
  const made = typeof returns === "object" && "new" in returns ? returns.new : call;
  const reasons = models.flatMap((it) => it.byHand ?? []).filter((it) => it.of === of);
  return reasons.find((it) => it.at.includes(call) || it.at.includes(made))?.because;
}

/** Every key of the recipe's fact has the wanted value; keys that the want leaves open do not matter. */
function gives(recipe: Recipe, want: Wanted): boolean {
  const given = Object.entries(recipe.gives);
  const wanted = new Map<string, unknown>(Object.entries(want));
  return recipe.gives.kind === want.kind && given.every(([key, value]) => !wanted.has(key) || wanted.get(key) === value);
}

const plays = (recipe: Recipe, site: Site): boolean => recipe.role === undefined || site.role === "unknown" || recipe.role === site.role;

/** Versions of other packages: a package that no lock file names is no obstacle, unless it has to be a dependency. */
function meets(recipe: Recipe, site: Site): boolean {
  const { manifest } = site;
  if (recipe.manifest !== undefined && excludes(recipe.manifest, site)) return false;
  return (recipe.requires ?? []).every((it) => {
    if (lacksFeature(it, site)) return false;
    const locked = manifest?.versions.get(it.package) ?? [];
    if (it.direct === true) {
      const found = [...(manifest?.dependencies.values() ?? [])].find((one) => one.package === it.package);
      return found !== undefined && within(found.version ?? locked[0], it.versions);
    }
    return locked.length === 0 || locked.some((version) => within(version, it.versions));
  });
}

type Required = NonNullable<Recipe["requires"]>[number];

/** The manifest tells that none of the features is asked for of which one is needed. */
function lacksFeature({ package: name, features }: Required, { manifest }: Site): boolean {
  const asked = [...(manifest?.dependencies.values() ?? [])].find((it) => it.package === name)?.features;
  return features !== undefined && asked !== undefined && !features.some((it) => asked.has(it));
}

/** The same with the crate's version raised, where a compatible one has what it takes and the manifest names the crate. */
function upgraded(recipe: Recipe, { model, version, manifest }: Site): Recipe | undefined {
  const floor = /^>=\s*([\d.]+)/.exec(recipe.versions ?? "")?.[1];
  const named = [...(manifest?.dependencies.values() ?? [])].some((it) => it.package === model.package);
  // `^version`: what Cargo takes for compatible.
  if (version === undefined || floor === undefined || !named || within(version, `>=${floor}`) || !within(floor, `^${version}`))
    return undefined;
  const needed = { package: model.package, versions: floor };
  return {
    ...recipe,
    title: `${recipe.title}, with ${model.package} ${floor}`,
    needsReview: true,
    alsoNeeds: [...(recipe.alsoNeeds ?? []), needed],
  };
}

/** What the manifest would have to gain makes a recipe dearer. */
function cost({ manifest }: Recipe, site: Site): number {
  return manifest === undefined || isDependency(manifest.package, manifest.versions, site) ? 0 : 1;
}

/** The code around the place, or what it hands over, names certificates that sign themselves. */
function signsForItself({ function: here, source, blocks, arguments: given, implementation }: Site): boolean {
  const places = [
    ...given.map((it) => it.span),
    ...(implementation === undefined ? [] : [implementation]),
    ...blocks.slice(0, 1).map((it) => it.span),
  ];
  return [here?.name ?? "", ...places.map((it) => source.text.slice(it.start, it.end))].some((it) => SELF_SIGNED.test(it));
}
const SELF_SIGNED = /self_?signed/i;

/** The crate depends on a release of the package that is not compatible with the one that is meant: other code of it does, too. */
function excludes({ package: name, versions }: Needed, { manifest }: Site): boolean {
  const found = [...(manifest?.dependencies.values() ?? [])].find((it) => it.package === name);
  const version = found?.version ?? (found === undefined ? undefined : manifest?.versions.get(name)?.[0]);
  return version !== undefined && versions !== "" && !within(version, `^${versions}`) && !within(versions, `^${version}`);
}

export function isDependency(name: string, versions: string, site: Site): boolean {
  const found = [...(site.manifest?.dependencies.values() ?? [])].find((it) => it.package === name);
  return found !== undefined && within(found.version ?? site.manifest?.versions.get(name)?.[0], versions);
}

function missing(recipes: readonly Recipe[], site: Site): string {
  const all = recipes.flatMap((it) => it.requires ?? []);
  const bare = all.find((it) => lacksFeature(it, site));
  if (bare !== undefined) return `it takes a feature of \`${bare.package}\`, such as \`${bare.features?.[0]}\``;
  const [first] = all;
  const [other] = recipes.flatMap((it) => it.manifest ?? []);
  if (first === undefined)
    return other === undefined
      ? "the crate lacks what it takes"
      : `it takes ${other.package} ${other.versions}, and the crate depends on another`;
  const step = first.direct === true ? "" : `: \`cargo update -p ${first.package}\``;
  return `it takes ${first.package} ${spoken(first.versions)}${step}`;
}

/** `>=0.23.8, <0.24` → "0.23.8 or later, below 0.24". */
function spoken(range: string): string {
  return range
    .split(",")
    .map((it) => it.trim())
    .map((it) => (it.startsWith(">=") ? `${it.slice(2)} or later` : it.startsWith("<") ? `below ${it.slice(1)}` : it))
    .join(", ");
}

export const nameOf = (site: Site): string => site.source.text.slice(site.nameSpan.start, site.nameSpan.end) || site.call;
