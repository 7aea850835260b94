/** A client's own certificate, or its TLS, that needs several options: where only one of them is given, the client connects without it. */
import { firstOf } from "../base/first-of.ts";
import type { Place } from "../tls/facts.ts";
import { pathsOf } from "./conditions.ts";
import { halved, type Loss, state } from "./fail-open-facts.ts";
import { halfOf, tellsOf } from "./half-configured.ts";
import { goesOn, halvesIn } from "./half-paths.ts";
import { lossOf } from "./lost-settings.ts";
import type { ModelObject } from "./model-object.ts";
import { isStatement } from "./model-rows.ts";
import { exclude, type Path } from "./path-conditions.ts";
import { askerOf, type Records } from "./records.ts";
import { inputsOf } from "./roots.ts";

/** What costs a client its TLS, and its certificate with it, is told of that. */
export function stateHalfSettings(records: Records): void {
  const losing = [...records.drafts.entries()].flatMap(([draft, { object, callModel }]) => {
    const loses = object && lossOf(object, callModel, draft);
    return object === undefined || loses === undefined ? [] : [{ draft, object, loses }];
  });
  const [tls, others] = [losing.filter((it) => it.loses === "tls"), losing.filter((it) => it.loses !== "tls")];
  for (const it of [...tls, ...others]) stateHalfSetting(records, it);
}

interface Losing {
  /** The index of the statement. */
  readonly draft: number;
  readonly object: ModelObject;
  readonly loses: Loss;
}

function stateHalfSetting(records: Records, { draft, object, loses }: Losing): void {
  const { sites, origins, objects, drafts } = records;
  const site = drafts[draft]?.chain?.at(-1);
  const origin = origins.get(object);
  if (site === undefined || origin === undefined) return;
  const { root, paths } = origin;
  const asker = askerOf(records, root, inputsOf(sites.flow, root), NOWHERE);
  const allocation = objects.allocated.get(object);
  const done = (sites.flow.summary(root)?.events ?? []).flatMap((it) => {
    const isOfIt = it.kind === "effect" && it.on?.kind === "object" && it.on.object === allocation && isStatement(it.data);
    return isOfIt ? [{ operation: sites.chain(it.key).at(-1)?.operation, condition: it.condition }] : [];
  });
  const said = done.find(({ operation }) => operation === site.operation);
  if (said === undefined) return;
  const alike = new Set(
    drafts.flatMap((it, at) => (it.object === object && lossOf(object, it.callModel, at) === loses ? [it.chain?.at(-1)?.operation] : [])),
  );
  // What gives the same elsewhere needs less, or something else.
  const others = done
    .filter(({ operation }) => operation !== site.operation && alike.has(operation))
    .flatMap((it) => pathsOf(it.condition, asker));
  const isMade = (half: Path): boolean =>
    paths.some((it) => !exclude(it, half)) && others.every((it) => exclude(it, half)) && goesOn(records, root, half);
  const half = firstOf(pathsOf(said.condition, asker), (path) =>
    firstOf(halvesIn(path), (it) => (isMade(it) ? halfOf(records, root, it, path) : undefined)),
  );
  if (half === undefined || object.events.some((it) => tellsOf(it, half.of))) return;
  const place = sites.named(site);
  for (const path of paths) state(object, place, draft, { loses, ...halved(half, place), path });
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
