/**
 * The names that make a file worth reading, by crate. In the bundles this module is its values, worked out when they are built: what
 * the models say beyond these names is not loaded before one of them was met.
 */
import { models } from "./index.ts";
import type { CallModel } from "./model.ts";

/** A name that says a text may have to do with a crate: the crate's own, or one of its names of more than one word. */
export interface Seed {
  readonly name: string;
  readonly of: "crate" | "type" | "call";
  readonly crate: string;
}

/** Of the others nothing is said unless one of these is there. */
const speaking = models.filter((it) => it.beside === undefined);

/**
 * Of types, traits and calls those whose names are of more than one word (`HttpServer`, `set_verify`), because single words
 * (`Client`, `bind`) prove nothing.
 */
export const seeds: readonly Seed[] = distinct(
  speaking.flatMap((model) => {
    const { crate } = model;
    const seed = (of: Seed["of"]) => (name: string) => ({ name, of, crate });
    return [
      seed("crate")(crate),
      ...Object.keys(model.aliases ?? {}).map(
        (path): Seed => ({ ...seed("crate")(path.split("::")[0] ?? path), crate: path.split("::")[0] ?? path }),
      ),
      ...Object.keys(model.types).map(lastName).filter(isWritten).filter(hasTwoWords).map(seed("type")),
      ...(model.verifierTraits ?? []).map(({ path }) => lastName(path)).map(seed("type")),
      ...Object.keys(model.values ?? {})
        .map(ownerName)
        .filter(hasTwoWords)
        .map(seed("type")),
      ...model.calls
        .filter(
          ({ effects, readsPeerIdentity, givesPrivateKey, imaginary }) =>
            effects !== undefined || readsPeerIdentity || givesPrivateKey || imaginary,
        )
        .filter(({ beside }) => beside === undefined)
        .map(({ path }) => lastName(path))
        .filter((name) => name.length >= 10 && hasTwoWords(name))
        .map(seed("call")),
    ];
  }),
);

/** The packages that models are of, as manifests name them. */
export const modelledPackages: readonly string[] = speaking.map((it) => it.package);

/** Those that speak TLS, or have to do with who is believed: of the others only the keys are known that they give. */
export const tlsPackages: readonly string[] = speaking
  .filter(({ types, values = {}, calls }) => [types, values].some((it) => Object.keys(it).length > 0) || calls.some(saysMoreThanKeys))
  .map((it) => it.package);

function saysMoreThanKeys({ givesPrivateKey }: CallModel): boolean {
  return givesPrivateKey === undefined;
}

function distinct(all: readonly Seed[]): readonly Seed[] {
  return [...new Map(all.map((it) => [`${it.of} ${it.crate} ${it.name}`, it])).values()];
}

function lastName(path: string): string {
  return /(?<![^:.<>])[^:.<>]+$/.exec(path.replace(/<[^<>]*>/g, ""))?.[0] ?? path;
}

/** The type that a constant or variant belongs to. */
function ownerName(path: string): string {
  return path.split("::").at(-2) ?? path;
}

/** What a model invents has a name in braces, which nobody writes. */
function isWritten(name: string): boolean {
  return !name.startsWith("{");
}

function hasTwoWords(name: string): boolean {
  return /_|[a-z0-9][A-Z]/.test(name);
}
