/** The end of analysis: objects become endpoints, what holds of them becomes observations. */
import type { CrateModel } from "../models/model.ts";
import type { Endpoint, Fact, Guard, Observation, Place, Role } from "../tls/facts.ts";
import { isSurer } from "../tls/guard-effects.ts";
import { type Building, isEndpoint, link, linkAlike, linkIdle, newEndpoint, roleOf } from "./building.ts";
import { connectionsOf, givenUnder, holdingOf, withPeer } from "./connected.ts";
import { effectiveEvents, endsOf, isNaming, isUnnamed, left, withoutHollow } from "./effective-events.ts";
import { choosing, type Decisions, guardsOfFact, ownDefaults, withDefaultsOf } from "./fact-guards.ts";
import { inAnyCase } from "./in-any-case.ts";
import { whenAllIsRead } from "./late-facts.ts";
import type { ModelIndex } from "./model-index.ts";
import type { Event, ModelObject, ObservationDraft } from "./model-object.ts";
import { isNameless } from "./nameless.ts";
import { Cover, exclude, extend, type Path } from "./path-conditions.ts";
import type { Draft } from "./records.ts";
import { answeringAlike } from "./same-application.ts";
import { isSettable } from "./settable.ts";
import { withoutTls } from "./without-tls.ts";

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
  /** Whether its library is compiled without TLS. */
  isWithoutTls(object: ModelObject): boolean;
  /** Whether a file is an example. */
  shown(file: string): boolean;
  /** What is the same for objects of which one is chosen: what happens to others under conditions that complete each other happens to each under its own. */
  together(object: ModelObject): number;
}

export function gather(gathering: Gathering, files: ReadonlyMap<string, number>): Gathered {
  const settled = new Set<ModelObject>();
  for (const it of gathering.objects) withSettings(it, settled);
  const objects = gathering.objects.filter((it) => (it.used || it.held) && !isBeside(it, gathering));
  const endpoints = new Map<ModelObject, Building>();
  for (const object of objects) if (isEndpoint(object)) endpoints.set(object, newEndpoint(object));
  const effective = new Map(objects.map((it) => [it, effectiveEvents(it)]));
  const reduced = withoutHollow(effective, gathering.together);
  const decisions = choosing(objects);
  const make = (of: Making): Observation => observation(gathering, of, endpoints, decisions);
  const found: Observation[] = [];
  const within = { ...gathering, sides: new Sides() };
  for (const object of objects) found.push(...holding(object, effective, reduced, make, endpoints.get(object), within));
  for (const loose of gathering.loose) {
    if (loose.unlessChecked === true && loose.object?.checked === true) continue;
    const { object } = loose;
    const role = loose.role ?? (object === undefined ? "unknown" : roleOf(object));
    // Certificates are no endpoint: what is said of them concerns the one that got them.
    const whole = object === undefined || isEndpoint(object) ? object : (object.usedBy.find(isEndpoint) ?? object);
    found.push(make({ fact: whenAllIsRead(loose), event: { ...loose, byDefault: false }, object: whole, role }));
  }
  link(endpoints);
  linkAlike(endpoints);
  linkIdle(gathering.drafts, endpoints);
  const observations = inSourceOrder(withoutTwins(found), files);
  return { observations, endpoints: [...endpoints.values()] };
}

/**
 * A client whose settings ask for TLS does TLS, and one whose settings hold a secret sends it. What a client sends with all of its requests
 * goes out with each, and to where that client connects.
 */
function withSettings(whole: ModelObject, settled: Set<ModelObject>): void {
  if (settled.has(whole)) return;
  settled.add(whole);
  for (const { kind, object, path } of whole.parts) {
    if (kind !== "configuration" && kind !== "client") continue;
    withSettings(object, settled);
    const told = object.events.filter((it) => it.kind === "login" || (kind === "client" ? isHere(it) : isOverTls(it)));
    for (const it of told) {
      const both = extend(path, it.path);
      if (both !== undefined) whole.events.push({ ...it, path: both });
    }
  }
}

const isHere = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "peer" && it.reach === "loopback");

const isOverTls = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "client-transport" && it.tls);

/** All that is said of it matters only beside something else, and it sends no secret. */
const isBeside = (object: ModelObject, { drafts, objects }: Gathering): boolean =>
  object.events.length > 0 &&
  object.events.every(({ draft, kind }) => kind !== "login" && drafts[draft]?.callModel?.beside === true) &&
  ![...answeringAlike(object, objects)].some(({ events, path }) => events.some(isSecured) && !exclude(path, object.path));

const isSecured = ({ facts }: Event): boolean => facts.any.some((it) => it.kind === "listener" && it.transport === "tls");

interface Holding extends Gathering {
  /** Of all objects: one application may be given to several listeners. */
  readonly sides: Sides;
}

/** What was said of an object becomes facts of its endpoint; those that hold at the end are what is observed. */
function holding(
  object: ModelObject,
  all: ReadonlyMap<ModelObject, readonly Event[]>,
  reduced: ReadonlyMap<Event, Path>,
  make: (of: Making) => Observation,
  endpoint: Building | undefined,
  { models, isWithoutTls, sides }: Holding,
): readonly Observation[] {
  const role = roleOf(object);
  const effective = all.get(object) ?? [];
  const alive = new Set(effective);
  const connected = holdingOf(object, all);
  const isBare = isWithoutTls(object);
  const { version } = models.versionIn(object.model, object.place.file);
  const found: Observation[] = [];
  for (const [index, event] of object.events.entries()) {
    const ends = event.kind === "trust" || event.kind === "verifier" ? [] : endsOf(event, object.events.slice(index + 1));
    for (const fact of factsOf(event, role).flatMap((it) =>
      isBare ? (withoutTls(it, object.model, object.place.file, version) ?? []) : it,
    )) {
      if (fact.kind === "trust" && object.sort === "certificates") continue;
      const whole = reduced.get(event) ?? event.path;
      const namings = isUnnamed(fact) ? object.events.filter((it) => it.facts.any.some(isNaming)) : [];
      const later = [...object.events.slice(index + 1), ...namings.filter((it) => object.events.indexOf(it) < index)];
      const path = givenUnder(fact, object, inAnyCase(left(whole, fact, later), fact, object, effective));
      // Named under more conditions than one, it is off where any of them fails.
      const named = path === whole ? namings[0]?.place : undefined;
      const one = make({
        fact: withPeer(heldBack(fact, object, models), path, connected, ends),
        event: path === event.path ? event : { ...event, path },
        object,
        role,
        ...(named && { named }),
        excludes: (other) => sides.exclude(one, other),
      });
      endpoint?.facts.push(one);
      sides.note(one, object, event.path, ends);
      if (!alive.has(event) || isMoot(event, fact, object, models)) continue;
      endpoint?.effective.push(one);
      found.push(one);
    }
  }
  return found;
}

/** What it is given to may wait with early data until a replay would show. */
const heldBack = (fact: Fact, { usedBy }: ModelObject, models: ModelIndex): Fact =>
  fact.kind === "early-data" && usedBy.length > 0 && usedBy.every((it) => models.type(it.type)?.of.holdsBack === true)
    ? { ...fact, heldBack: true }
    : fact;

/** It does not matter any more, or is not known to hold. */
function isMoot({ byDefault }: Event, fact: Fact, object: ModelObject, models: ModelIndex): boolean {
  if (!isEmptiness(fact)) return object.disturbed && byDefault && isSettable(models, object, fact.kind);
  // The program has asked itself, and does not go on without any.
  if (object.disturbed || object.checked) return true;
  // What is in a store that nobody asks does not matter, nor in one that is given back: whoever has it may fill it first.
  return object.sort === "trust-store" && object.usedBy.length === 0 && (object.returned || (!object.used && !object.handed));
}

/** On which sides of decisions things are said of an object. Few of them are ever compared. */
class Sides {
  readonly #of = new Map<Observation, Side>();

  /** `ends`: where something later takes its place. */
  note(one: Observation, object: ModelObject, path: Path, ends: readonly Path[]): void {
    this.#of.set(one, { object, path, ends: ends.length === 0 ? undefined : new Cover(path, ends) });
  }

  /** The one holds where the other does not. */
  exclude(a: Observation, b: Observation): boolean {
    const [one, other] = [this.#of.get(a), this.#of.get(b)];
    if (one === undefined || other === undefined || a === b) return false;
    if (a.fact.kind === "listener" && b.fact.kind === "listener" && mayBeApart(wholeOf(one), wholeOf(other))) return true;
    if (one.object !== other.object) return exclude(wholeOf(one), wholeOf(other));
    return exclude(one.path, other.path) || isOver(one, other) || isOver(other, one);
  }
}

interface Side {
  readonly object: ModelObject;
  readonly path: Path;
  readonly ends: Cover | undefined;
}

const wholeOf = ({ object, path }: Side): Path => [...object.path, ...path];

/** Of all that a call does under conditions that nobody knows, one may be done instead of the other: a server has one door or another. */
const mayBeApart = (a: Path, b: Path): boolean =>
  a.some((it) => it.isUnknown === true && b.some((other) => other.isUnknown === true && other.group === it.group));

/** Whenever the other holds, the one has been replaced. */
const isOver = ({ ends }: Side, { path }: Side): boolean => path.length > 0 && ends?.with(path) === true;

interface Making {
  readonly fact: Fact;
  readonly event:
    | Pick<Event, "place" | "related" | "path" | "own" | "byDefault" | "draft">
    | (ObservationDraft & { readonly byDefault: false });
  readonly object: ModelObject | undefined;
  readonly role: Role | "unknown";
  /** Where the program requires a name itself, under conditions. */
  readonly named?: Place;
  readonly excludes?: (other: Observation) => boolean;
}

function observation(
  gathering: Gathering,
  { fact: said, event, object, role, named, excludes }: Making,
  endpoints: ReadonlyMap<ModelObject, Building>,
  decisions: Decisions,
): Observation {
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
  const guards = guardsOfFact(event.path, fact, object, decisions);
  const own = ownDefaults(event, object, decisions, guards);
  return {
    fact,
    role,
    place: event.place,
    related: [
      ...event.related,
      ...(comparing === undefined ? [] : [{ ...comparing, message: "the program compares names here" }]),
      ...(object === undefined ? [] : connectionsOf(fact, object, event)),
      ...(named === undefined ? [] : [{ ...named, message: "the program sets the host here" }]),
    ],
    guards: guards.map((it) => ofLibrary(it, event.place.file, gathering)),
    ...(own.length > 0 && { own }),
    byDefault: event.byDefault,
    call: draft?.site.call ?? "",
    written: draft?.written ?? "",
    ...(version?.told === true && version.version !== undefined ? { version: version.version } : {}),
    guessed: draft?.guessed === true || object?.guessed === true,
    ...(excludes && { excludes }),
    ...(endpoint === undefined ? {} : { endpoint }),
    handle: event.draft,
  };
}

/** Nobody copies from the library what only an example asks of it. */
const ofLibrary = (guard: Guard, file: string, { shown }: Gathering): Guard =>
  guard.kind === "example" && !shown(file) ? { kind: "example" } : guard;

/** What else the object tells of its trust anchors. */
function ofStore(fact: Fact, object: ModelObject | undefined, draft: number): Fact {
  if (fact.kind !== "trust" || object === undefined) return fact;
  if (isEmptiness(fact)) return object.standsIn ? { ...fact, standsIn: true } : fact;
  const given = object.authorities.find((it) => it.draft === draft)?.value;
  return given !== undefined && object.chains.includes(given) ? { ...fact, ownChain: true } : fact;
}

/** The crate hands out its connections, so that the program can look before it says anything. */
const givesPeer = ({ calls }: CrateModel): boolean => calls.some((it) => it.readsPeerIdentity === "certificate");

/** What others fill was empty at first. */
const isEmptiness = (fact: Fact): boolean => fact.kind === "trust" && fact.anchors === "none";

const factsOf = (event: Event, role: Role | "unknown"): readonly Fact[] =>
  role === "unknown" ? event.facts.any : (event.facts[role] ?? event.facts.any);

/** One fact at one place is one observation: the surest. */
function withoutTwins(found: readonly Observation[]): Observation[] {
  const byKey = new Map<string, Observation>();
  for (const one of found) {
    const key = `${one.place.file}\0${one.place.span.start}\0${one.place.span.end}\0${JSON.stringify(one.fact)}\0${one.role}`;
    const known = byKey.get(key);
    const surest = known === undefined || isSurer(one.guards, known.guards) ? one : known;
    byKey.set(key, known === undefined ? one : withDefaultsOf(surest, surest === one ? known : one));
  }
  return [...byKey.values()];
}

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
