/** What is kept for handshakes or asked at each: sessions, session keys, certificates to show. */
import { type Condition, partsOf, shownType, type Value } from "../flow/index.ts";
import type { Effect } from "../models/model.ts";
import type { Fact, Place, RelatedPlace } from "../tls/facts.ts";
import { reachOf } from "./addresses.ts";
import type { CallEvent } from "./call-event.ts";
import { isUnnamed } from "./effective-events.ts";
import { isElsewhere } from "./elsewhere.ts";
import { failing, state } from "./fail-open-facts.ts";
import { takes } from "./handovers.ts";
import { lostAnswer } from "./lost-attempts.ts";
import { armsOf, isNone } from "./meanings.ts";
import { type ModelObject, sessionsOf } from "./model-object.ts";
import { writtenAs } from "./peers.ts";

/** False for what is none of this. */
export function applyHandshake(call: CallEvent, effect: Effect, object: ModelObject | undefined, whole: Condition): boolean {
  switch (effect.kind) {
    case "tells-keys":
      call.each(effect.argument, whole, (value, condition, cause) => {
        // It is at fault itself, whatever wraps it.
        const method = methodOf(call, value, effect.method);
        if (method === undefined || !doesSomething(call, method)) return;
        const also = [{ ...placeOf(call, method), message: "the keys are told to this function" }];
        call.state(object, "key-log", { any: [{ kind: "key-log", enabled: true }] }, condition, { ...cause, isArm: true, also });
      });
      return true;
    case "asks":
      call.each(effect.argument, whole, (value, condition, cause) => {
        if (value.kind === "object") takes(call, object, "hook", value, condition);
        else if (effect.never !== undefined && neverAnswers(call, value, effect.method))
          call.state(object, effect.never.kind, { any: [effect.never] }, condition, cause);
        losesAnswers(call, object, value, effect);
      });
      return true;
    case "keeps-sessions":
      keepsSessions(call, object, call.given(effect.argument).value, whole);
      return true;
    case "calls":
      if (effect.connection === true) connect(call, effect, object);
      return true;
    case "switches":
      switches(call, object, call.given(effect.argument).value, whole);
      return true;
    case "handshake":
      shakeHands(call, effect, whole);
      return true;
    case "verifies-as":
      verifiesAs(call, effect, whole);
      return true;
    default:
      return false;
  }
}

/** The method of one of the program's own types. */
function methodOf(call: CallEvent, value: Value, name: string): string | undefined {
  const type = shownType(value) ?? call.records.sites.program.inputType(value, call.root.id);
  if (type === undefined) return undefined;
  const found = call.records.sites.program.names.method(call.root.id, { name, start: -1, type, receiver: value });
  return found.kind === "function" ? found.id : undefined;
}

/** Its name. */
function placeOf({ records: { sites } }: CallEvent, id: string): Place {
  const declared = sites.declared(id);
  const start = declared?.nameStart ?? 0;
  return sites.place({ owner: id }, { start, end: start + (declared?.name.length ?? 0) });
}

/** Its body is not empty. */
function doesSomething(call: CallEvent, id: string): boolean {
  const body = call.records.sites.flow.callable(id)?.body;
  return body?.blocks.some(({ operations }) => operations.some((it) => it.kind !== "unit" && it.kind !== "copy")) === true;
}

/** Of what was not read, an answer is expected. */
function neverAnswers(call: CallEvent, value: Value, name: string): boolean {
  const id = methodOf(call, value, name);
  const summary = id === undefined ? undefined : call.records.sites.flow.summary(id);
  if (summary === undefined) return false;
  return summary.returns.length === 0 || armsOf(summary.result).every((it) => isNone(it.value));
}

/** Where what it has to load cannot be loaded, it has no answer. */
function losesAnswers(call: CallEvent, object: ModelObject | undefined, value: Value, { method, loses }: Asks): void {
  const id = methodOf(call, value, method);
  const lost = id === undefined || loses === undefined || object === undefined ? undefined : lostAnswer(call.records.sites, id);
  if (lost === undefined || loses === undefined || object === undefined) return;
  const failed = { call: lost.call, related: [{ ...call.own, message: "the client asks it here" }] };
  for (const path of call.paths(call.effect.condition)) state(object, lost.at, call.draft, { loses, ...failing(failed), path });
}

type Asks = Extract<Effect, { readonly kind: "asks" }>;

/** A store, or the configuration whose store is taken: what a configuration never names it has all the same. */
function keepsSessions(call: CallEvent, whole: ModelObject | undefined, given: Value, condition: Condition): void {
  if (whole === undefined) return;
  const take = (object: ModelObject): void => {
    if (object === whole) return;
    object.used = true;
    hand(call, whole, object.sort === "configuration" ? sessionsOf(call.records.objects.all, object, call.draft) : object, condition);
    call.state(whole, "session-state", { any: [{ kind: "session-state", store: "taken" }] }, condition);
  };
  const { objects, sessionsKept } = call.records;
  const seen = objects.within(given, { root: call.root.id, place: call.own });
  for (const { object } of seen) take(object);
  if (seen.length === 0) sessionsKept.push({ from: given, root: call.root.id, take });
}

/** What a callback is given is a connection of the endpoint. */
function connect(call: CallEvent, effect: Effect, endpoint: ModelObject | undefined): void {
  const value = call.effect.with[call.statement.count + call.statement.called.indexOf(effect)];
  const first = value?.kind === "record" ? value.fields[0]?.[1] : undefined;
  if (first === undefined || endpoint === undefined) return;
  for (const { object } of call.records.objects.within(first, { root: call.root.id, place: call.own })) {
    object.used = true;
    object.role ??= "server";
    if (object.parts.some((it) => it.object === endpoint)) continue;
    object.parts.push({ kind: "configuration", object: endpoint, path: [] });
    endpoint.usedBy.push(object);
  }
}

/** What a call makes connections with. */
function connecting(call: CallEvent, of: number | undefined): readonly ModelObject[] {
  const { makes, count, called } = call.statement;
  const maker = call.effect.with[count + called.length];
  const value = of !== undefined ? call.given(of).value : makes === undefined ? call.effect.on : maker;
  if (value === undefined) return [];
  const given = call.records.objects.within(value, { root: call.root.id, place: call.own });
  return given.flatMap((it) => configurationsOf(it.object));
}

/** A name that each machine has for itself says nothing of another one. */
function verifiesAs(call: CallEvent, effect: Extract<Effect, { kind: "verifies-as" }>, whole: Condition): void {
  const { argument, of, to } = effect;
  if (to !== undefined && !isElsewhere(call.given(to.argument).value, to.is, (it) => call.unset(it))) return;
  for (const object of connecting(call, of))
    call.each(argument, whole, (value, condition, cause) => {
      for (const it of armsOf(writtenAs(value), condition)) {
        const { reach, address } = reachOf(it.value);
        if (reach !== "loopback" || address === undefined) continue;
        const fact: Fact = { kind: "verified-name", name: address, ...(to !== undefined && { elsewhere: true }) };
        call.state(object, fact.kind, { any: [fact] }, it.condition, cause);
      }
    });
}

/** Who makes a handshake as a client is one, and compares the name that it was given with the certificate's: any will do where that is none. */
function shakeHands(call: CallEvent, effect: Extract<Effect, { kind: "handshake" }>, whole: Condition): void {
  for (const object of connecting(call, effect.of)) {
    object.used = true;
    object.role ??= effect.as;
    if (object.role !== "client" || effect.as !== "client") continue;
    if (effect.name === undefined && object.known && !isToldName(object, effect.unnamed === true))
      call.push(object, UNNAMED.kind, { any: [UNNAMED] }, whole, { place: call.own, related: [madeAt(object)] }, true);
    if (effect.name !== undefined)
      call.each(effect.name, whole, (name, condition, cause) => {
        if (name.kind === "constant" && name.value === "" && !isSwitchedOff(object))
          call.state(object, EMPTY.kind, { any: [EMPTY] }, condition, cause);
      });
  }
}

const madeAt = ({ place }: ModelObject): RelatedPlace => ({ ...place, message: "what connects is made here, without a name" });

const UNNAMED = { kind: "hostname-verification", enabled: false, lacks: "name" } as const;
const EMPTY = { kind: "hostname-verification", enabled: false, lacks: "empty-name" } as const;

/** What a stream was made with. */
const configurationsOf = (object: ModelObject): readonly ModelObject[] =>
  object.sort === "stream" ? object.parts.flatMap((it) => (it.kind === "configuration" ? it.object : [])) : [object];

const isSwitchedOff = ({ events }: ModelObject): boolean => events.some((it) => !it.byDefault && it.facts.any.some(isUnnamed));

/**
 * It, or the configuration that it was made with, has been told a name, or that none is to be compared. A connector names the hosts of
 * the connections that it makes itself, by default and unless it is asked for one that is `unnamed`, and not those of who takes its context.
 */
function isToldName(object: ModelObject, unnamed: boolean): boolean {
  const made = new Set([object]);
  for (const it of made) {
    if (it.events.some((event) => event.kind === UNNAMED.kind && ((it === object && !unnamed) || !event.byDefault))) return true;
    for (const part of it.parts) made.add(part.object);
  }
  return false;
}

/** Which of several configurations a connection goes on with is for the client to say. */
function switches(call: CallEvent, connection: ModelObject | undefined, given: Value, condition: Condition): void {
  const first = connection?.parts.find((it) => it.kind === "configuration")?.object;
  if (first === undefined) return;
  first.role ??= "server";
  for (const { object } of call.records.objects.within(given, { root: call.root.id, place: call.own })) {
    if (object === first || object.sort !== "configuration") continue;
    object.used = true;
    object.role ??= "server";
    const beside = withoutAsking(condition, call.effect.on);
    hand(call, object, sessionsOf(call.records.objects.all, first, call.draft), beside);
    call.state(object, "session-state", { any: [{ kind: "session-state", store: "taken", byName: true }] }, beside);
  }
}

/** What the connection is asked, whoever connects decides. */
const withoutAsking = (condition: Condition, connection: Value): Condition =>
  condition.map(({ atoms, some }) => ({
    atoms: atoms.filter(({ value }) => value === undefined || !isMadeOf(value, connection)),
    some,
  }));

function isMadeOf(value: Value, of: Value): boolean {
  const seen = new Set([value]);
  for (const it of seen) for (const part of partsOf(it)) seen.add(part);
  return seen.has(of);
}

function hand(call: CallEvent, whole: ModelObject, store: ModelObject, condition: Condition): void {
  const [path = []] = call.paths(condition);
  whole.parts.push({ kind: "sessions", object: store, path });
  if (!store.usedBy.includes(whole)) store.usedBy.push(whole);
}
