/** A client's own certificate that needs several options: where only one of them is given, the client connects without it. */
import { firstOf } from "../base/first-of.ts";
import type { Condition } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { pathsOf } from "./conditions.ts";
import { halved, state } from "./fail-open-facts.ts";
import { halfOf } from "./half-configured.ts";
import { lossOf } from "./lost-settings.ts";
import { isStatement } from "./model-rows.ts";
import { exclude, type Path, turned } from "./path-conditions.ts";
import { askerOf, type Records } from "./records.ts";
import { inputsOf } from "./roots.ts";

/** `draft`: the index of the statement. */
export function stateHalfIdentity(records: Records, draft: number): void {
  const { sites, origins, objects, drafts } = records;
  const { object, callModel, chain } = drafts[draft] ?? {};
  const site = chain?.at(-1);
  const root = object && origins.get(object)?.root;
  if (object === undefined || site === undefined || root === undefined || lossOf(object, callModel, draft) !== "own-certificate") return;
  const allocation = objects.allocated.get(object);
  const asker = askerOf(records, root, inputsOf(sites.flow, root), NOWHERE);
  const done = (sites.flow.summary(root)?.events ?? []).flatMap((it) =>
    it.kind === "effect" && it.on?.kind === "object" && it.on.object === allocation && isStatement(it.data) ? [it] : [],
  );
  const isIt = (key: string): boolean => sites.chain(key).at(-1)?.operation === site.operation;
  const at = done.findIndex((it) => isIt(it.key));
  const shown = done[at];
  if (shown === undefined) return;
  const under = (condition: Condition): readonly Path[] => pathsOf(condition, asker);
  // What is made of it without the certificate, in its place or whatever came of it.
  const without = done
    .filter((it, index) => index !== at && isStatement(it.data) && it.data.becomes !== undefined)
    .map((it) => under(it.condition));
  const half = firstOf(under(shown.condition), (path) =>
    firstOf(halvesIn(path), (it) =>
      without.some((made) => made.some((one) => !exclude(one, it))) ? halfOf(records, root, it, path) : undefined,
    ),
  );
  if (half === undefined) return;
  const place = sites.named(site);
  for (const path of origins.get(object)?.paths ?? [[]])
    state(object, place, draft, { loses: "own-certificate", ...halved(half, place), path });
}

/** One of the options that are given under it is missing. */
export const halvesIn = (path: Path): readonly Path[] => {
  const given = path.filter((it) => it.option?.given === true);
  return given.length < 2 ? [] : given.map((missing) => path.map((it) => (it === missing ? turned(it) : it)));
};

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
