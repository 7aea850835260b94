/** Where a program puts a committed key to work: what loads or embeds it, and what loads the certificates that are its own. */
import type { Neighbours } from "../../rules/rule.ts";
import type { Place, RelatedPlace } from "../../tls/facts.ts";
import type { FileUse } from "../code/unit-lint.ts";
import type { Uses } from "./uses.ts";

/** Of each kind, the first few tell the way. */
const SHOWN = 4;

export async function keyPlacesOf(
  all: Uses,
  file: string,
  uses: readonly FileUse[],
  pins: readonly string[],
  neighbours: Neighbours,
  signal: AbortSignal | undefined,
): Promise<readonly RelatedPlace[]> {
  const own = told(loadsOf(uses), "the key is loaded here");
  const named = uses.length > 0 ? [] : told(await all.placesOf(file), "the key is named here");
  const paths = new Set(pins.flatMap((it) => neighbours.withKey(it).map(({ path }) => path)));
  const certificates: FileUse[] = [];
  for (const path of paths) if (path !== file) certificates.push(...(await all.of(path, signal)));
  return [...own, ...named, ...told(loadsOf(certificates), "the certificate of this key is loaded here")];
}

const loadsOf = (uses: readonly FileUse[]): readonly Place[] =>
  uses.filter(({ guards }) => !guards.some((it) => it.kind === "test")).map(({ place, loads }) => loads ?? place);

function told(places: readonly Place[], message: string): readonly RelatedPlace[] {
  const distinct = new Map(places.map(({ file, span }) => [`${file} ${span.start}`, { file, span, message }]));
  return [...distinct.values()].slice(0, SHOWN);
}
