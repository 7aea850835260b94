/**
 * What a program does where it fails to set TLS up: whether it goes on without TLS, or without asking its clients for certificates. Two ways
 * lead there: another branch that serves less, and an option of which nobody can tell afterwards whether TLS was not wanted or not had.
 * TLS of which only a part is configured counts as a failure, too.
 */
import { firstOf } from "../base/first-of.ts";
import { type Conjunction, partsOf, type Value } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { stateDeclinedUpgrade, upgradesIn } from "./declined-upgrades.ts";
import { emptiedBy } from "./emptied-lists.ts";
import { type Attempt, besides, demanded, failing, failuresIn, halved, type Loss, state } from "./fail-open-facts.ts";
import { attemptsOf, stateFailed } from "./failed-attempts.ts";
import { stateFallback } from "./fallback-clients.ts";
import { halfOf } from "./half-configured.ts";
import { makesConnections, stateHalfConnection } from "./half-connections.ts";
import { halfDemandOf, halfDemandUnsaid } from "./half-demands.ts";
import { stateHalfSettings } from "./half-settings.ts";
import { halfKept, halfOfOption, halvesOfTypes } from "./kept-halves.ts";
import { lostAttempt, mayFail } from "./lost-attempts.ts";
import { stateLostRoots } from "./lost-roots.ts";
import { stateLostSetting } from "./lost-settings.ts";
import { stateLostTransport } from "./lost-transports.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { type Optional, optionsIn } from "./optional-values.ts";
import { chainOf } from "./partings.ts";
import { isHeardOtherwise, unheardBefore } from "./passed-attempts.ts";
import { type Atom, type Path, sameAtom } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";
import { stateSecondTry } from "./second-tries.ts";
import type { Site } from "./sites.ts";
import { stateStandIn } from "./stand-in-events.ts";
import { stateStandInRoots } from "./stand-in-roots.ts";
import { PRESENT } from "./std-names.ts";

/** `others`: what they give their callers is looked at there. */
export function stateFailingOpen(records: Records, roots: readonly Root[], others: readonly Root[]): void {
  for (const object of records.objects.all) {
    for (const event of [...object.events]) {
      ofEvent(records, object, event);
      stateLostTransport(records, object, event);
      stateSecondTry(records, object, event);
    }
    ofDemand(records, object);
    ofUnsaidDemand(records, object);
    ofVerifiers(records, object);
    ofLostAttempt(records, object);
    stateFallback(records, object);
    stateStandInRoots(records, object);
  }
  const upgrades = upgradesIn(records);
  for (const draft of records.drafts.keys()) {
    stateLostSetting(records, draft);
    stateLostRoots(records, draft);
    stateDeclinedUpgrade(records, draft, upgrades);
  }
  stateHalfSettings(records);
  for (const root of roots) for (const it of optionsIn(records.sites, root.id)) ofOption(records, root, it);
  for (const root of others) for (const it of optionsIn(records.sites, root.id)) if (!it.isGiven) ofOption(records, root, it);
  for (const object of records.objects.all) stateHalfConnection(records, object);
}

/** Where an attempt has failed less is served than by what the same function does otherwise. */
function ofEvent(records: Records, object: ModelObject, event: Event): void {
  const loses = event.byDefault ? undefined : lossOf(event);
  const failed = event.path.filter((it) => it.failed !== undefined);
  const root = records.origins.get(object)?.root;
  if (loses === undefined || root === undefined) return;
  const others = records.objects.all.filter((it) => it.model === object.model && records.origins.get(it)?.root === root);
  const stricter = others.flatMap(({ events }) => events.filter((it) => isStricter(it, loses)));
  const isOther = ({ path }: Event): boolean => !path.some((it) => failed.some((one) => sameAtom(one, it)));
  const kept = stricter.filter(isOther).map((it) => it.path);
  if (failed.length > 0 && kept.length > 0) stateFailed(records, object, event, loses, besides(event.path, kept));
  if (failed.length === 0 && stateStandIn(records, object, event, { loses, stricter })) return;
  if (!event.path.some((it) => it.failed ?? it.option ?? it.empty ?? it.isUnknown)) return;
  if (failed.length === 0 && loses === "client-authentication" && stricter.length > 0) ofEmptied(records, object, event, root);
  const lost = loses === "tls" && stricter.length > 0 && failed.length === 0 ? firstOf(others, (it) => lostPart(records, it)) : undefined;
  if (lost !== undefined)
    state(object, event.place, event.draft, { loses, ...failing(lost), path: event.path.filter((it) => it.isUnknown !== true) });
  const half =
    loses === "tls"
      ? firstOf(stricter, (it) => halfOf(records, root, event.path, it.path) ?? halfKept(records, root, event.path, it.path))
      : undefined;
  if (half !== undefined)
    state(object, event.place, event.draft, { loses, ...halved(half, event.place), path: withoutOptions(event.path) });
  else if (loses === "tls") ofHalvesOfTypes(records, object, event, stricter);
  const said = others.flatMap(({ events }) => events.filter((it) => it.kind === "client-authentication"));
  const demand = loses === "client-authentication" ? halfDemandOf(records, root, event.path, said) : undefined;
  if (demand !== undefined) state(object, event.place, event.draft, { loses, ...demanded(demand), path: withoutOptions(event.path) });
}

/** Clients are asked for certificates where a list holds something, and it holds nothing where reading it has failed. */
function ofEmptied(records: Records, object: ModelObject, event: Event, root: Root["id"]): void {
  const loses = "client-authentication";
  const emptied = firstOf(event.path, ({ empty }) => (empty === undefined ? undefined : emptiedBy(records, root, empty)));
  const path = event.path.filter(({ empty }) => empty === undefined);
  if (emptied !== undefined) state(object, event.place, event.draft, { loses, ...failing(emptied), path });
}

/** What is decided where the program is configured is told of there. */
function ofHalvesOfTypes(records: Records, object: ModelObject, event: Event, stricter: readonly Event[]): void {
  const chainOf = ({ draft }: Event): readonly Site[] => records.drafts[draft]?.chain ?? [];
  const halves = stricter.flatMap((it) => halvesOfTypes(records, chainOf(event), chainOf(it)));
  const served = { ...event.place, message: "this serves in plaintext then" };
  // What the program asks where it serves, is what the finding is about.
  const path = event.path.filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
  for (const half of halves) {
    const [at] = half.asked;
    const { cause, related = [] } = halved(half, at ?? served);
    if (at !== undefined) state(object, at, event.draft, { loses: "tls", cause, related: [served, ...related], path });
  }
}

/** A configuration that a server was given, or another one was made of, by a call whose failure nobody has. */
function lostPart({ sites, objects, attempts }: Records, { parts }: ModelObject): Attempt | undefined {
  return firstOf(parts, ({ kind, object, renews }) => {
    const chain = kind === "configuration" && renews !== true ? sites.chain(objects.allocated.get(object) ?? "") : [];
    const isLost = (it: Site, at: number): boolean => mayFail(sites, it) && attempts.fateOf(chain.slice(0, at + 1)) !== undefined;
    const at = chain.findIndex((it, index) => index < chain.length - 1 && isLost(it, index));
    const site = chain[at];
    return site && { call: sites.written(site), related: [{ ...sites.named(site), message: "where this fails" }] };
  });
}

/** Certificates are demanded where an attempt has succeeded, and of nobody where it has not. */
function ofDemand(records: Records, object: ModelObject): void {
  const demands = object.events.filter((it) => isStricter(it, "client-authentication"));
  const isFree = object.events.some((it) => lossOf(it) === "client-authentication" || isOpenByDefault(it));
  // What the configuration itself is behind, demands nothing of clients.
  const own = records.origins.get(object)?.paths ?? [];
  const isOwn = (atom: Atom): boolean => own.length > 0 && own.every((it) => it.some((one) => sameAtom(one, atom)));
  const passed = demands.map((it) => it.path.filter((atom) => typeof atom.passed === "object" && !isOwn(atom)));
  const [event] = demands;
  if (!isFree || event === undefined || event.byDefault) return;
  if (passed.some((it) => it.length === 0)) {
    ofUnheardDemand(records, object, event, demands);
    return;
  }
  if (isHeardOtherwise(records.sites, records.drafts[event.draft]?.chain ?? [])) return;
  const calls = (passed[0] ?? []).flatMap((it) => (typeof it.passed === "object" ? it.passed : []));
  const failed = attemptsOf(records, records.origins.get(object)?.root, calls);
  const path = besides(event.path, [event.path]).filter((it) => it.passed === undefined);
  state(object, event.place, event.draft, { loses: "client-authentication", ...failing(failed), path });
}

/** No value says that an attempt has succeeded, and the way to what demands them leads through one whose failure nobody has. */
function ofUnheardDemand(records: Records, object: ModelObject, event: Event, demands: readonly Event[]): void {
  const { sites, attempts, drafts } = records;
  const own = chainOf(records, object);
  const found = demands.map(({ draft }) => unheardBefore(sites, attempts, drafts[draft]?.chain ?? [], own));
  const [attempt] = found;
  if (attempt === undefined || found.includes(undefined)) return;
  const call = { call: sites.written(attempt), related: [{ ...sites.named(attempt), message: "where this fails" }] };
  // Where its failure is let go, what leads to the demand.
  const way = drafts[event.draft]?.chain?.findLast(({ owner }) => owner === attempt.owner) ?? attempt;
  const path = besides(event.path, [event.path]);
  state(object, sites.named(way), event.draft, { loses: "client-authentication", ...failing(call), path });
}

const isOpenByDefault = ({ byDefault, facts }: Event): boolean =>
  byDefault && (facts.server ?? facts.any).some((it) => it.kind === "client-authentication" && it.mode === "none");

/** What asks nobody by itself, and is told to demand certificates where it is given what to verify them with. */
function ofUnsaidDemand(records: Records, object: ModelObject): void {
  const root = records.origins.get(object)?.root;
  const said = object.events.filter((it) => it.kind === "client-authentication" && !it.byDefault);
  const [event] = said;
  const half = root !== undefined && object.events.some((it) => isOpenByDefault(it)) ? halfDemandUnsaid(records, root, said) : undefined;
  if (event === undefined || half === undefined) return;
  state(object, event.place, event.draft, { loses: "client-authentication", ...demanded(half), path: [] });
}

/** It is what the finding is about. */
const withoutOptions = (path: Path): Path => path.filter((it) => it.option === undefined);

/** Of the verifiers that a configuration is given, one that asks nobody stands in for another. */
function ofVerifiers(records: Records, whole: ModelObject): void {
  const loses = "client-authentication";
  const verifiers = whole.parts.filter((it) => it.kind === "verifier");
  for (const { object, path } of verifiers) {
    const asksNobody = object.events.find((it) => lossOf(it) === loses);
    const stricter = verifiers.flatMap((it) => (it.object === object ? [] : it.object.events.filter((one) => isStricter(one, loses))));
    if (asksNobody === undefined || stricter.length === 0) continue;
    const under = [asksNobody.path, path].find((it) => it.some((atom) => atom.failed !== undefined));
    if (under !== undefined) stateFailed(records, whole, asksNobody, loses, under);
    else stateStandIn(records, whole, asksNobody, { loses, stricter });
  }
}

function lossOf({ facts }: Event): Loss | undefined {
  const [fact] = facts.server ?? facts.any;
  if (fact?.kind === "client-authentication" && fact.mode === "none") return "client-authentication";
  return fact?.kind === "listener" && fact.transport === "plaintext" && fact.reach !== "loopback" ? "tls" : undefined;
}

const isStricter = ({ facts }: Event, than: Loss): boolean =>
  (facts.server ?? facts.any).some((it) =>
    than === "tls"
      ? it.kind === "listener" && it.transport === "tls"
      : it.kind === "client-authentication" && (it.mode === "required" || it.mode === "optional"),
  );

/** That nothing was configured, and that what was configured could not be had, is one to whoever has the option. */
function ofOption(records: Records, root: Root, option: Optional): void {
  const { given, missing } = option;
  const failures = missing.flatMap((it) => failuresIn(it));
  const half = failures.length === 0 ? halfOfOption(records, root, option) : undefined;
  if (half === undefined && (failures.length === 0 || !(option.isServedWithout || missing.some(isUnwanted)))) return;
  for (const object of madeOf(records, root, given)) {
    const maker = records.makers.get(object);
    const draft = records.drafts.findIndex((it) => it.object === object);
    if (object.sort !== "configuration" || !makesConnections(object.model) || maker === undefined || draft < 0) continue;
    const chain = records.sites.chain(records.objects.allocated.get(object) ?? "");
    const decided = chain.findLast((it) => half?.asked.some((asked) => records.sites.isIn(asked, it.owner)));
    const at = records.sites.named(decided ?? maker);
    const why = half === undefined ? failing(attemptsOf(records, root.id, failures)) : halved(half, at);
    state(object, at, draft, { loses: "tls", ...why, path: root.path });
    return;
  }
}

/** What is made where a call has not failed, and is done without where it has. */
function ofLostAttempt(records: Records, object: ModelObject): void {
  if (object.sort !== "configuration" || !makesConnections(object.model)) return;
  const chain = records.sites.chain(records.objects.allocated.get(object) ?? "");
  const maker = chain.at(-1);
  const lost = maker && lostAttempt(records.sites, chain);
  const draft = lost === undefined ? -1 : records.drafts.findIndex((it) => it.object === object);
  if (maker === undefined || lost === undefined || draft < 0) return;
  const failed = { call: lost.call, related: [{ ...records.sites.named(maker), message: "TLS is set up here" }] };
  for (const path of records.origins.get(object)?.paths ?? [[]]) state(object, lost.at, draft, { loses: "tls", ...failing(failed), path });
}

/** What a value holds; where the function is not begun with, what those who call it have been seen to make at the same place. */
function madeOf({ objects, makers, sites }: Records, { id }: Root, value: Value): readonly ModelObject[] {
  const own = objects.within(value, { root: id, place: NOWHERE }).map(({ object }) => object);
  if (own.some((it) => makers.has(it))) return own;
  const made = new Set([value]);
  for (const it of made) for (const part of partsOf(it)) made.add(part);
  const at = new Set([...made].map((it) => (it.kind === "object" ? sites.chain(it.object).at(-1)?.operation : undefined)));
  return [...makers].flatMap(([object, { operation }]) => (at.has(operation) ? [object] : []));
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };

/** Nothing has failed: an input says that it is not to be, or is missing. */
const isUnwanted = (it: Conjunction): boolean =>
  failuresIn(it).length === 0 &&
  it.atoms.some(({ value, holds }) => value?.open === true && !(holds && value.kind === "test" && PRESENT.has(value.what)));
