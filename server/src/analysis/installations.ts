/** Where a verifier of the program's own is put to work: places to show, and the conditions under which it is there. */
import type { RelatedPlace } from "../tls/facts.ts";
import { isSurer } from "../tls/guard-effects.ts";
import type { Choices } from "./own-conditions.ts";
import { type Atom, guardsOf, type Path, sameAtom } from "./path-conditions.ts";
import type { Installation, Records } from "./records.ts";

export function placesOf(installations: readonly Installation[], name: string): readonly RelatedPlace[] {
  const installed = installations.map((it) => ({
    ...it.place,
    message: `\`${name}\` is installed here by \`${it.call}\``,
    installs: name,
  }));
  // Whoever hands it to a helper that installs what it is given has chosen it.
  const given = installations.flatMap(({ givenAt, call }) =>
    givenAt === undefined ? [] : { ...givenAt, message: `\`${name}\` is chosen here for \`${call}\`` },
  );
  const chosen = installations.flatMap(({ chosenAt }) =>
    chosenAt.map((it) => ({ ...it, message: `\`${name}\` is chosen here`, installs: name })),
  );
  const places: readonly RelatedPlace[] = [...installed, ...given, ...chosen];
  return places.filter((it, at) => places.findIndex((other) => other.file === it.file && other.span.start === it.span.start) === at);
}

/** Without conditions under which the endpoint is there at all, unless another of its kind is there on their other side. */
export function withoutOwn({ path, object }: Installation, { origins }: Records, choices: Choices): Path {
  const own = object && origins.get(object);
  if (object === undefined || own === undefined) return path;
  // Of several ways in which it comes to be, the one on which this happens, or what all of them have.
  const isOn = (way: Path): boolean => way.every((one) => path.some((it) => sameAtom(one, it)));
  const ways = own.paths.filter(isOn);
  const isOwn = (it: Atom): boolean =>
    ways.some((way) => way.some((one) => sameAtom(one, it))) || own.paths.every((way) => way.some((one) => sameAtom(one, it)));
  return path.filter((it) => it.guard?.kind !== "condition" || it.guard.optIn || !isOwn(it) || choices.others(object, it).length > 0);
}

/** Where every installation is guarded, so is the verifier: by the conditions of the one that is the surest. */
export const installationPath = (paths: readonly Path[]): Path =>
  paths.reduce<Path | undefined>((best, it) => (best === undefined || isSurer(guardsOf(it), guardsOf(best)) ? it : best), undefined) ?? [];
