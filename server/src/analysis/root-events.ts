/** What happens in a function that analysis begins with, in order: its events as statements, and how far its objects get. */
import { type Effect, type FunctionId, isOpen, type OpenCall, partsOf, type Summary, type Value } from "../flow/index.ts";
import type { Operation } from "../rust/bodies/index.ts";
import { CallEvent } from "./call-event.ts";
import { crateOf } from "./canonical-paths.ts";
import { pathsOf } from "./conditions.ts";
import { foundUnder } from "./emptiness.ts";
import { guessedOf } from "./guessed-calls.ts";
import { isAwaited, isHeld } from "./held.ts";
import { noteFileEvent } from "./key-files.ts";
import { leaveOpen } from "./left-open.ts";
import { handOut, type ModelObject } from "./model-object.ts";
import { isStatement, type PeerReading, type Statement } from "./model-rows.ts";
import { namesHost } from "./names-set.ts";
import { extend, type Path } from "./path-conditions.ts";
import { addPeerRead } from "./peer-reads.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { readStatement } from "./statements.ts";
import { noteToldKey } from "./told-keys.ts";

/** `counts`: events that are not for callers to tell. `pathTo`: under which a function is there at all. */
export function readRoot(records: Records, root: Root, counts: (event: Effect) => boolean, pathTo: (id: FunctionId) => Path): void {
  const { sites, objects } = records;
  const summary = sites.flow.summary(root.id);
  if (summary === undefined) return;
  const same = new Map<string, Set<Operation>>();
  for (const found of connectionsFirst(summary.events)) {
    const event = found.kind === "call" ? saidBy(records, root, found) : found;
    if (event === undefined) continue;
    const chain = sites.chain(event.key);
    const site = chain.at(-1);
    if (site === undefined) continue;
    if (!counts(event)) {
      noteFileEvent(records, root, event, site, true);
      noteToldKey(records, root, event, site);
      leaveOpen(records, root, event, sites.named(site));
      continue;
    }
    const path = chain.length === 1 ? root.path : extend(root.path, pathTo(site.owner));
    if (path === undefined) continue;
    noteFileEvent(records, { ...root, path }, event, site, false);
    noteToldKey(records, { ...root, path }, event, site);
    if (isPeerReading(event.data)) {
      const reading = { chain, site, effect: event, reads: "certificate", library: crateOf(event.data.readsPeer) } as const;
      addPeerRead(records, { ...root, path }, reading, undefined);
    }
    if (isStatement(event.data) && event.on.kind === "object" && givesSame(event.data))
      same.set(event.on.object, (same.get(event.on.object) ?? new Set<Operation>()).add(site.operation));
    if (isStatement(event.data)) readStatement(new CallEvent(records, { ...root, path }, event, event.data, chain, site));
  }
  noteChecked(records, root, summary);
  noteChanged(records, root, summary);
  const returned = new Set(returnedBy(records, root, summary.result));
  for (const [object, reach] of summary.escapes) {
    const known = objects.known(root.id, object);
    if (known === undefined) continue;
    // Whoever has it beside uses it in any case.
    const isOut = isBeyond(reach);
    if (isOut && !returned.has(known)) {
      records.origins.get(known)?.uses.push(root.path);
      known.goes.push(root.path);
    }
    if (isOut && !isFailed(summary, object)) handOut(known, reach === "mutated");
    else known.held ||= sites.chain(object).some((it) => isHeld(sites, it, same.get(object) ?? NONE) || isAwaited(it));
  }
}

/** What a call says that nobody has resolved. */
function saidBy(records: Records, root: Root, call: OpenCall): Effect | undefined {
  namesHost(records, root, call);
  return guessedOf(records, call);
}

const isBeyond = (it: string): boolean => it !== "local" && it !== "stored";

const NONE: ReadonlySet<Operation> = new Set();

/** The object that it is made on, as it is or as another type. */
const givesSame = ({ hit, becomes }: Statement): boolean => hit?.of.returns === "self" || becomes !== undefined;

/** What something failed with that was done with an object is not the object. */
const isFailed = ({ escapes, result }: Summary, object: string): boolean =>
  escapes.get(object) === "returned" && !givesBack(result, object);

function givesBack(result: Value, object: string): boolean {
  const parts = new Set([result]);
  for (const it of parts)
    if (it.kind === "object" ? it.object === object : it.kind === "pointer") return true;
    else if (it.kind !== "part" || it.name !== "failure") for (const part of partsOf(it)) parts.add(part);
  return false;
}

/** What callers are given, each under its conditions. */
function returnedBy(records: Records, root: Root, result: Value): readonly ModelObject[] {
  const { id, inputs } = root;
  const place = records.sites.place({ owner: id }, records.sites.flow.head(id)?.span ?? { start: 0, end: 0 });
  return records.objects.within(result, { root: id, place }).map(({ condition, object }) => {
    const paths = pathsOf(condition, askerOf(records, id, inputs, place)).flatMap((it) => {
      const whole = extend(root.path, it);
      return whole === undefined ? [] : [whole];
    });
    records.origins.get(object)?.uses.push(...paths);
    object.goes.push(...paths);
    object.returned = true;
    return object;
  });
}

/** What the program goes on with only where it holds something. */
function noteChecked({ objects }: Records, root: Root, { events, result }: Summary): void {
  const answers = result.kind === "alternatives" ? result.of : [];
  for (const found of [...events, ...answers].flatMap(({ condition }) => foundUnder(condition)))
    for (const { object } of objects.within(found, { root: root.id, place: NOWHERE })) object.checked = true;
}

/** What is given to somebody of whom nobody knows, to change it. */
function noteChanged({ objects }: Records, root: Root, { events }: Summary): void {
  for (const event of events)
    if (event.kind === "call" && event.call.kind === "apply")
      for (const it of event.through.flatMap((at) => (event.call.kind === "apply" ? (event.call.arguments[at] ?? []) : [])))
        for (const { object } of objects.within(it, { root: root.id, place: NOWHERE })) handOut(object, true);
}

const NOWHERE = { file: "", span: { start: 0, end: 0 } };

/** What is done to a connection in a callback is known of before the callback is handed over: whose connection it is comes first. */
function connectionsFirst(events: readonly (Effect | OpenCall)[]): readonly (Effect | OpenCall)[] {
  const connects = (it: Effect | OpenCall): boolean =>
    it.kind === "effect" && isStatement(it.data) && it.data.called.some((effect) => effect.kind === "calls" && effect.connection === true);
  return [...events.filter(connects), ...events.filter((it) => !connects(it))];
}

export const isSettled = ({ settled }: Effect): boolean => settled;

/** No caller decides it: whoever else calls the function gets the same. */
export const isDecided = (event: Effect): boolean => isSettled(event) || !(isOpen(event.condition) || event.with.some((it) => it.open));

const isPeerReading = (data: unknown): data is PeerReading => typeof data === "object" && data !== null && "readsPeer" in data;
