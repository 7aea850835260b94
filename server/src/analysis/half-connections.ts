/** TLS that needs several options, in a function that goes on without it where one of them is missing. */
import { firstOf } from "../base/first-of.ts";
import type { Value } from "../flow/index.ts";
import type { CrateModel } from "../models/model.ts";
import type { Place } from "../tls/facts.ts";
import { halved, state } from "./fail-open-facts.ts";
import { type Half, halfOf, tellsOf } from "./half-configured.ts";
import { goesOn, halvesIn } from "./half-paths.ts";
import { halfOfField } from "./kept-halves.ts";
import type { ModelObject } from "./model-object.ts";
import { type Atom, exclude, type Path, turned } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";
import { credentialsOf, keyOf, usedForTls } from "./used-for-tls.ts";

/** What is served or asked for in plaintext then, if anything, nobody has to know: TLS was configured, and there is none. */
export function stateHalfConnection(records: Records, object: ModelObject): void {
  const origin = isConnecting(object) ? records.origins.get(object) : undefined;
  const found = origin && firstOf(origin.paths, (path) => halfUnder(records, object, origin.root, path));
  const [at] = found?.half.asked ?? [];
  if (origin === undefined || found === undefined || at === undefined || isTold(records, object, found.half, at)) return;
  const draft = records.drafts.findIndex((it) => it.object === object);
  const { cause, related = [] } = halved(found.half, at);
  // What the program asks is what the finding is about.
  const path = found.path.filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
  if (draft >= 0) state(object, at, draft, { loses: "tls", cause: { ...cause, isOff: true }, related, path });
}

interface Found {
  readonly half: Half;
  readonly path: Path;
}

function halfUnder(records: Records, { role }: ModelObject, root: Root["id"], path: Path): Found | undefined {
  const usedBy = role === "client" ? credentialsOf : usedForTls;
  const others = records.objects.all
    .filter((it) => isConnecting(it) && !isBare(it) && it.role === role && records.origins.get(it)?.root === root)
    .flatMap((it) => records.origins.get(it)?.paths ?? []);
  const isWithout = (it: Path): boolean => others.every((other) => exclude(other, it)) && goesOn(records, root, it);
  const halves = halvesIn(path);
  const used = halves.length === 0 ? new Set() : usedBy(records, root);
  const isUsed = (it: Value): boolean => used.has(it) || used.has(keyOf(it));
  const half = firstOf(halves, (it) => {
    const missing = it.find(({ option }) => option?.given === false)?.option?.of;
    if (missing === undefined || !isUsed(missing) || !isWithout(it)) return undefined;
    const isOfBoth = ({ option }: Atom): boolean => option === undefined || option.of === missing || isBeside(option.of, missing);
    return halfOf(records, root, it.filter(isOfBoth), path.filter(isOfBoth), usedBy);
  });
  const kept =
    half ??
    firstOf(path, (it) => (it.option?.given && isWithout(without(path, it)) ? halfOfField(records, root, it.option.of) : undefined));
  return kept && { half: kept, path };
}

const without = (path: Path, atom: Atom): Path => path.map((it) => (it === atom ? turned(it) : it));

/** Settings that are kept together. */
const isBeside = (a: Value, b: Value): boolean =>
  a.kind === "part" ? b.kind === "part" && a.of === b.of : a.kind === "input" && b.kind === "input";

/** It connects in plaintext, and says so. */
const isBare = ({ events }: ModelObject): boolean =>
  events.some(({ facts }) => facts.any.some((it) => it.kind === "client-transport" && !it.tls));

/** A client of HTTP without TLS is none. */
const isConnecting = ({ role, sort, model }: ModelObject): boolean =>
  sort === "configuration" && (role === "server" || (role === "client" && makesConnections(model)));

/** What is made with it is a connection with TLS, and without it one without: no client of HTTP, which is none then. */
export const makesConnections = ({ calls, types }: CrateModel): boolean =>
  calls.some((it) => it.readsPeerIdentity === "certificate") || Object.values(types).some((it) => it.sort === "stream");

/** It has been told of, by whatever else needs both of them in this function, or leads through the one that asks for them. */
function isTold({ objects, origins, sites }: Records, object: ModelObject, half: Half, at: Place): boolean {
  const root = origins.get(object)?.root;
  const owners = new Set([half.owner, ...sites.chain(objects.allocated.get(object) ?? "").map(({ owner }) => owner)]);
  const isNear = (other: ModelObject, place: Place): boolean =>
    origins.get(other)?.root === root || [...owners].some((it) => sites.isIn(at, it) && sites.isIn(place, it));
  return objects.all.some((other) => other.events.some((it) => tellsOf(it, half.of) && isNear(other, it.place)));
}
