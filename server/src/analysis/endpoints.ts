/** The end of analysis: objects become endpoints, what holds of them becomes observations. */
import type { CrateModel } from "../models/model.ts";
import type { Endpoint, Fact, Guard, Observation, Place, Role } from "../tls/facts.ts";
import { effectiveEvents, endsOf, isNaming, isUnnamed, left, withoutHollow } from "./effective-events.ts";
import { isAsideGuard } from "./guards.ts";
import { CA_ALONE, CERTIFICATE, CHECKING, ENABLING, ENCRYPTING, HOSTNAME, offersKeys } from "./lexicon.ts";
import type { ModelIndex } from "./model-index.ts";
import type { Event, ModelObject, ObservationDraft } from "./model-object.ts";
import { isNameless } from "./nameless.ts";
import { covered, exclude, guardsOf, type Path } from "./path-conditions.ts";
import type { Draft } from "./records.ts";

interface Made extends Observation {
  readonly alternatives: Observation[];
}

interface Building extends Endpoint {
  readonly facts: Made[];
  readonly effective: Observation[];
  readonly parts: Endpoint[];
  readonly usedBy: Endpoint[];
  readonly replaces: Endpoint[];
  readonly idle: Endpoint[];
}

export interface Gathered {
  readonly observations: readonly Observation[];
  readonly endpoints: readonly Endpoint[];
}

/** What there is to gather. */
export interface Gathering {
  readonly objects: readonly ModelObject[];
  readonly drafts: readonly Draft[];
  readonly loose: readonly ObservationDraft[];
  /** By file, where its crate compares the names of its peers. */
  readonly comparing: ReadonlyMap<string, Place>;
  readonly models: ModelIndex;
  /** What is the same for objects of which one is chosen: what happens to others under conditions that complete each other happens to each under its own. */
  together(object: ModelObject): number;
}

export function gather(gathering: Gathering, files: ReadonlyMap<string, number>): Gathered {
  const objects = gathering.objects.filter((it) => it.used || it.held);
  const endpoints = new Map<ModelObject, Building>();
  for (const object of objects) if (isEndpoint(object)) endpoints.set(object, newEndpoint(object));
  const effective = new Map(objects.map((it) => [it, effectiveEvents(it)]));
  const reduced = withoutHollow(effective, gathering.together);
  const make = (of: Making): Made => observation(gathering, of, endpoints);
  const found: Observation[] = [];
  for (const object of objects) {
    const endpoint = endpoints.get(object);
    const role = roleOf(object);
    const alive = new Set(effective.get(object));
    const others: Alternative[] = [];
    for (const [index, event] of object.events.entries()) {
      const ends = event.kind === "trust" || event.kind === "verifier" ? [] : endsOf(event, object.events.slice(index + 1));
      for (const fact of factsOf(event, role)) {
        if (fact.kind === "trust" && object.sort === "certificates") continue;
        const whole = reduced.get(event) ?? event.path;
        const namings = isUnnamed(fact) ? object.events.filter((it) => it.facts.any.some(isNaming)) : [];
        const path = left(whole, fact, [...object.events.slice(index + 1), ...namings.filter((it) => object.events.indexOf(it) < index)]);
        // Named under more conditions than one, it is off where any of them fails.
        const named = path === whole ? namings[0]?.place : undefined;
        const one = make({ fact, event: path === event.path ? event : { ...event, path }, object, role, ...(named && { named }) });
        endpoint?.facts.push(one);
        setApart(others, { one, path: event.path, ends });
        if (!alive.has(event) || (object.disturbed && (event.byDefault || isEmptiness(fact)))) continue;
        // The program has asked itself, and does not go on without any.
        if (isEmptiness(fact) && object.checked) continue;
        // What is in a store that a variable holds, and nobody asks, does not matter.
        if (isEmptiness(fact) && object.sort === "trust-store" && !object.used && !object.handed && object.usedBy.length === 0) continue;
        endpoint?.effective.push(one);
        found.push(one);
      }
    }
  }
  for (const loose of gathering.loose) {
    if (loose.unlessChecked === true && loose.object?.checked === true) continue;
    const object = loose.object === undefined ? undefined : loose.object;
    const role = loose.role ?? (object === undefined ? "unknown" : roleOf(object));
    // Certificates are no endpoint: what is said of them concerns the one that got them.
    const whole = object === undefined || isEndpoint(object) ? object : (object.usedBy.find(isEndpoint) ?? object);
    found.push(make({ fact: loose.fact, event: { ...loose, byDefault: false }, object: whole, role }));
  }
  link(endpoints);
  linkIdle(gathering, endpoints);
  const observations = inSourceOrder(withoutTwins(found), files);
  return { observations, endpoints: [...endpoints.values()] };
}

interface Alternative {
  readonly one: Made;
  readonly path: Path;
  /** Where something later takes its place. */
  readonly ends: readonly Path[];
}

/** Those of which one holds where the other does not know each other. */
function setApart(others: Alternative[], it: Alternative): void {
  for (const other of others)
    if (exclude(other.path, it.path) || isOver(other, it) || isOver(it, other)) {
      other.one.alternatives.push(it.one);
      it.one.alternatives.push(other.one);
    }
  others.push(it);
}

/** Whenever the other holds, the one has been replaced. */
const isOver = ({ path, ends }: Alternative, other: Alternative): boolean =>
  ends.length > 0 && other.path.length > 0 && covered([...path, ...other.path], ends);

interface Making {
  readonly fact: Fact;
  readonly event: Pick<Event, "place" | "related" | "path" | "byDefault" | "draft"> | (ObservationDraft & { readonly byDefault: false });
  readonly object: ModelObject | undefined;
  readonly role: Role | "unknown";
  /** Where the program requires a name itself, under conditions. */
  readonly named?: Place;
}

function observation(
  gathering: Gathering,
  { fact: said, event, object, role, named }: Making,
  endpoints: ReadonlyMap<ModelObject, Building>,
): Made {
  const draft = gathering.drafts[event.draft];
  const comparing =
    isNameless(said) && draft !== undefined && givesPeer(draft.site.model) ? gathering.comparing.get(event.place.file) : undefined;
  const fact =
    comparing !== undefined && isNameless(said)
      ? { ...said, compared: true as const }
      : named !== undefined && isUnnamed(said)
        ? { ...said, named: true as const }
        : ofStore(said, object, event.draft);
  const endpoint = object === undefined ? undefined : endpoints.get(object);
  const version = draft === undefined ? undefined : gathering.models.versionIn(draft.site.model, draft.site.file);
  return {
    fact,
    role,
    place: event.place,
    related: [
      ...event.related,
      ...(comparing === undefined ? [] : [{ ...comparing, message: "the program compares the name here" }]),
      ...(named === undefined ? [] : [{ ...named, message: "a name is required here" }]),
    ],
    guards: guardsOf(event.path)
      .filter((guard) => !offers(guard, fact) && !isShared(guard, object) && !isOfServer(guard, fact, object))
      .filter((guard, index, all) => all.findIndex((it) => isSame(it, guard)) === index)
      .filter((guard) => concerns(guard, fact))
      .map((guard) => forFact(guard, fact)),
    byDefault: event.byDefault,
    call: draft?.site.call ?? "",
    written: draft?.written ?? "",
    ...(version?.told === true && version.version !== undefined ? { version: version.version } : {}),
    guessed: draft?.guessed ?? object?.guessed ?? false,
    alternatives: [],
    ...(endpoint === undefined ? {} : { endpoint }),
    handle: event.draft,
  };
}

/** What else the object tells of its trust anchors. */
function ofStore(fact: Fact, object: ModelObject | undefined, draft: number): Fact {
  if (fact.kind !== "trust" || object === undefined) return fact;
  if (isEmptiness(fact)) return object.standsIn ? { ...fact, standsIn: true } : fact;
  const given = object.authorities.find((it) => it.draft === draft)?.value;
  return given !== undefined && object.chains.includes(given) ? { ...fact, ownChain: true } : fact;
}

/** The crate hands out its connections, so that the program can look before it says anything. */
const givesPeer = ({ calls }: CrateModel): boolean => calls.some((it) => it.readsPeerIdentity === "certificate");

/** That a CA is given is no doubt about what becomes of it. */
const offers = (guard: Guard, fact: Fact): boolean => isGiven(fact) && isGift(guard);

const isGiven = (fact: Fact): boolean => fact.kind === "trust" && (fact.anchors === "loaded" || fact.anchors === "unknown");

export const isGift = (guard: Guard): boolean => guard.kind === "condition" && !guard.negated && /^let\s+Some\s*\(/.test(guard.text);

/** It decides whether there is a CA at all: who gives one gets what is wrong with it, who gives none has nothing of the kind. */
const isShared = (guard: Guard, object: ModelObject | undefined): boolean =>
  object !== undefined && isGift(guard) && givings(object).some((path) => guardsOf(path).some((it) => isSame(it, guard)));

/** It decides whether there is a server at all: the listener with TLS, beside which this one is a second door, stands under it, too. */
const isOfServer = (guard: Guard, fact: Fact, object: ModelObject | undefined): boolean =>
  object !== undefined &&
  guard.kind === "condition" &&
  !guard.optIn &&
  listensBy(fact, "plaintext") &&
  object.events.some(({ facts, path }) => facts.any.some((it) => listensBy(it, "tls")) && guardsOf(path).some((it) => isSame(it, guard)));

const listensBy = (fact: Fact, transport: "plaintext" | "tls"): boolean => fact.kind === "listener" && fact.transport === transport;

/** Where an endpoint is given anchors. A verifier is made of them. */
const givings = (object: ModelObject): readonly Path[] => [
  ...(object.sort === "verifier" ? [object.path] : []),
  ...[object, ...object.parts.map((it) => it.object)].flatMap(({ events }) =>
    events.filter((it) => !it.byDefault && it.facts.any.some(isGiven)).map((it) => it.path),
  ),
];

const isSame = (a: Guard, b: Guard): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What others fill was empty at first. */
const isEmptiness = (fact: Fact): boolean => fact.kind === "trust" && fact.anchors === "none";

/** Who calls a function of that name has asked for a peer that nobody verifies, and for nothing else that is wrong in it. */
const concerns = (guard: Guard, fact: Fact): boolean =>
  guard.kind !== "condition" || guard.called !== true || (offersKeys(guard.text) ? fact.kind === "key-log" : VERIFICATION.has(fact.kind));
const VERIFICATION: ReadonlySet<Fact["kind"]> = new Set(["verifier", "server-verification", "hostname-verification"]);

/**
 * Who chooses not to look at the host name has not chosen to accept every certificate; who turns client authentication on has not
 * chosen whom it believes; who turns TLS on has not chosen what is wrong with it.
 */
function forFact(guard: Guard, fact: Fact): Guard {
  if (guard.kind === "condition" && !guard.optIn && guard.byDefault === false && switchesOn(guard, fact)) {
    const { byDefault: _, ...rest } = guard;
    return rest;
  }
  if (guard.kind !== "condition") return guard;
  if (!guard.optIn && !guard.negated && leavesName(fact) && CA_ALONE.test(guard.text)) return { ...guard, optIn: true };
  if (!guard.optIn || fact.kind === "hostname-verification") return guard;
  if (fact.kind !== "server-verification" && !(fact.kind === "verifier" && fact.judgement !== "drops-name-error")) return guard;
  return HOSTNAME.test(guard.text) && !CERTIFICATE.test(guard.text.replace(/verify_?host_?names?/gi, ""))
    ? { ...guard, optIn: false }
    : guard;
}

const leavesName = (fact: Fact): boolean => isUnnamed(fact) || (fact.kind === "verifier" && fact.judgement === "drops-name-error");

const switchesOn = ({ text, negated }: Extract<Guard, { kind: "condition" }>, fact: Fact): boolean =>
  fact.kind === "trust" || (fact.kind === "verifier" && fact.verifies === "client")
    ? ENABLING.test(text)
    : !negated && ENCRYPTING.test(text) && !CHECKING.test(text);

const factsOf = (event: Event, role: Role | "unknown"): readonly Fact[] =>
  role === "unknown" ? event.facts.any : (event.facts[role] ?? event.facts.any);

/** Its own type's, else that of what it was handed to. */
export function roleOf(object: ModelObject, depth = 0): Role | "unknown" {
  if (object.role !== undefined) return object.role;
  if (depth > 6) return "unknown";
  for (const user of object.usedBy) {
    const found = roleOf(user, depth + 1);
    if (found !== "unknown") return found;
  }
  return "unknown";
}

const isEndpoint = (object: ModelObject): boolean =>
  ["configuration", "verifier", "trust-store", "listener", "other"].includes(object.sort);

function newEndpoint(object: ModelObject): Building {
  const sort =
    object.sort === "configuration" || object.sort === "verifier" || object.sort === "trust-store" || object.sort === "listener"
      ? object.sort
      : "other";
  return {
    id: object.id,
    role: roleOf(object),
    sort,
    crate: object.model.crate,
    place: object.place,
    facts: [],
    effective: [],
    parts: [],
    usedBy: [],
    replaces: [],
    idle: [],
  };
}

/** To the configurations of a function belong the trust stores and verifiers that it keeps in variables and never hands over. */
function linkIdle(gathering: Gathering, endpoints: ReadonlyMap<ModelObject, Building>): void {
  const isIdle = (it: ModelObject, depth = 0): boolean => !it.handed && depth < 6 && it.usedBy.every((user) => isIdle(user, depth + 1));
  const idle = [...endpoints].filter(
    ([it]) => (it.sort === "trust-store" || it.sort === "verifier") && it.home !== undefined && !it.disturbed && isIdle(it),
  );
  for (const [object, endpoint] of idle)
    for (const [other, whole] of endpoints) {
      const inside = other.sort === "configuration" && other.events.some((it) => gathering.drafts[it.draft]?.site.function === object.home);
      if (inside) whole.idle.push(endpoint);
    }
}

/** Parts and users; what a part says holds of the whole where the whole says nothing of that kind. */
function link(endpoints: ReadonlyMap<ModelObject, Building>): void {
  for (const [object, endpoint] of endpoints) {
    for (const part of object.parts) {
      const one = endpoints.get(part.object);
      if (one !== undefined && one !== endpoint && !endpoint.parts.includes(one)) endpoint.parts.push(one);
    }
    for (const user of object.usedBy) {
      const one = endpoints.get(user);
      if (one !== undefined && one !== endpoint && !endpoint.usedBy.includes(one)) endpoint.usedBy.push(one);
    }
    for (const it of object.replaces) {
      const one = endpoints.get(it);
      if (one !== undefined && one !== endpoint && !endpoint.replaces.includes(one)) endpoint.replaces.push(one);
    }
  }
  for (const [object, endpoint] of endpoints) {
    const own = new Set(endpoint.effective.map((it) => it.fact.kind));
    for (const part of object.parts) {
      if (part.kind !== "verifier" && part.kind !== "hook") continue;
      const one = endpoints.get(part.object);
      if (one !== undefined) endpoint.effective.push(...one.effective.filter((it) => !own.has(it.fact.kind) && it.fact.kind !== "trust"));
    }
  }
}

/** One fact at one place is one observation; what holds unguarded somewhere holds. */
function withoutTwins(found: readonly Observation[]): Observation[] {
  const byKey = new Map<string, Observation>();
  for (const one of found) {
    const key = `${one.place.file}\0${one.place.span.start}\0${one.place.span.end}\0${JSON.stringify(one.fact)}\0${one.role}`;
    const known = byKey.get(key);
    if (known === undefined || weight(one) < weight(known)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

const weight = (one: Observation): number =>
  one.guards.length +
  (one.guards.some(isAsideGuard) ? 100 : 0) +
  (one.guards.some((it) => (it.kind === "condition" || it.kind === "feature") && it.optIn) ? 50 : 0);

function inSourceOrder(observations: readonly Observation[], files: ReadonlyMap<string, number>): Observation[] {
  const file = (one: Observation): number => files.get(one.place.file) ?? files.size;
  return [...observations].sort(
    (a, b) =>
      file(a) - file(b) ||
      a.place.span.start - b.place.span.start ||
      a.place.span.end - b.place.span.end ||
      (a.fact.kind < b.fact.kind ? -1 : a.fact.kind > b.fact.kind ? 1 : 0),
  );
}
