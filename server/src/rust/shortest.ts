/** The shortest way to write a path of another crate where some names are in sight. */
import { PRELUDE } from "./prelude.ts";
import { same } from "./targets.ts";

/** Of one block or module: what its names and its globs stand for, where that is a path of another crate. */
export interface NamesInSight {
  readonly named: readonly { readonly name: string; readonly path: readonly string[] | undefined }[];
  readonly globs: readonly (readonly string[] | undefined)[];
}

/** `levels` from the inside out. */
export function shortest(canonical: readonly string[], levels: readonly NamesInSight[]): string | undefined {
  const last = canonical.at(-1);
  if (last === undefined) return undefined;
  let best: { readonly text: string; readonly rest: number } | undefined;
  let byGlob = false;
  for (const { named, globs } of levels) {
    for (const { name, path } of named) {
      if (path === undefined || path.length > canonical.length || !path.every((it, at) => it === canonical[at])) continue;
      const rest = canonical.slice(path.length);
      if (best === undefined || rest.length < best.rest) best = { text: [name, ...rest].join("::"), rest: rest.length };
    }
    byGlob ||= globs.some((glob) => same(glob, canonical.slice(0, -1)));
  }
  if (best?.rest === 0) return best.text;
  const prelude = PRELUDE.get(last);
  if (prelude !== undefined && same(prelude, canonical)) return last;
  const owner = canonical.at(-2);
  if (byGlob || (owner !== undefined && PRELUDE.has(last) && same(PRELUDE.get(owner), canonical.slice(0, -1)))) return last;
  return best?.text;
}
