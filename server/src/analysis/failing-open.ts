/**
 * What a program does where it fails to set TLS up: whether it goes on without TLS, or without asking its clients for certificates. Two ways
 * lead there: another branch that serves less, and an option of which nobody can tell afterwards whether TLS was not wanted or not had.
 * TLS of which only a part is configured counts as a failure, too.
 */
import { type Condition, type Conjunction, partsOf, type Value } from "../flow/index.ts";
import type { CrateModel } from "../models/model.ts";
import type { Fact, FactOf, HalfConfigured, Place, RelatedPlace } from "../tls/facts.ts";
import { failedIn, pathsOf } from "./conditions.ts";
import { halfOf } from "./half-configured.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { type Path, sameAtom } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { lastOf, NONE, OK, PRESENT, SOME } from "./std-names.ts";

type Loss = FactOf<"fail-open">["loses"];

/** `others`: what they give their callers is looked at there. */
export function stateFailingOpen(records: Records, roots: readonly Root[], others: readonly Root[]): void {
  for (const object of records.objects.all) {
    for (const event of [...object.events]) ofEvent(records, object, event);
    ofVerifiers(records, object);
  }
  for (const root of roots) for (const it of optionsIn(records, root)) ofOption(records, root, it);
  for (const root of others) for (const it of optionsIn(records, root)) if (!it.isGiven) ofOption(records, root, it);
}

/** Where an attempt has failed less is served than by what the same function does otherwise. */
function ofEvent(records: Records, object: ModelObject, event: Event): void {
  const loses = event.byDefault ? undefined : lossOf(event);
  const failed = event.path.filter((it) => it.failed !== undefined);
  const root = records.origins.get(object)?.root;
  if (loses === undefined || root === undefined || !event.path.some((it) => it.failed ?? it.option)) return;
  const others = records.objects.all.filter((it) => it.model === object.model && records.origins.get(it)?.root === root);
  const stricter = others.flatMap(({ events }) => events.filter((it) => isStricter(it, loses)));
  const isOther = ({ path }: Event): boolean => !path.some((it) => failed.some((one) => sameAtom(one, it)));
  if (failed.length > 0 && stricter.some(isOther)) push(records, object, event, loses, event.path);
  const half = loses === "tls" ? first(stricter, (it) => halfOf(records, root, event.path, it.path)) : undefined;
  if (half !== undefined) state(object, event.place, event.draft, { loses, failed: NO_ATTEMPT, half, path: withoutOptions(event.path) });
}

/** It is what the finding is about. */
const withoutOptions = (path: Path): Path => path.filter((it) => it.option === undefined);

function first<T, U>(of: readonly T[], found: (it: T) => U | undefined): U | undefined {
  for (const it of of) {
    const one = found(it);
    if (one !== undefined) return one;
  }
  return undefined;
}

/** Of the verifiers that a configuration is given, one that asks nobody stands in for another. */
function ofVerifiers(records: Records, whole: ModelObject): void {
  const verifiers = whole.parts.filter((it) => it.kind === "verifier");
  for (const { object, path } of verifiers) {
    const asksNobody = object.events.find((it) => lossOf(it) === "client-authentication");
    const isOther = (it: (typeof verifiers)[number]): boolean =>
      it.object !== object && it.object.events.some((one) => isStricter(one, "client-authentication"));
    const under = [asksNobody?.path ?? [], path].find((it) => it.some((atom) => atom.failed !== undefined));
    if (asksNobody !== undefined && under !== undefined && verifiers.some(isOther))
      push(records, whole, asksNobody, "client-authentication", under);
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

function push(records: Records, object: ModelObject, event: Event, loses: Loss, path: Path): void {
  const failed = path.flatMap((it) => (typeof it.failed === "object" ? it.failed : []));
  state(object, event.place, event.draft, {
    loses,
    failed: attemptsOf(records, failed),
    path: path.filter((it) => it.failed === undefined),
  });
}

interface Attempt {
  readonly call: string;
  readonly related: readonly RelatedPlace[];
}

const NO_ATTEMPT: Attempt = { call: "", related: [] };

interface Failure {
  readonly loses: Loss;
  readonly failed: Attempt;
  readonly half?: HalfConfigured;
  readonly path: Path;
}

function state(object: ModelObject, place: Place, draft: number, { loses, failed, half, path }: Failure): void {
  const { call, related } = failed;
  const fact: Fact = { kind: "fail-open", loses, call, ...(half !== undefined && { half }) };
  object.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related, path, byDefault: false, draft });
}

/** As they are called, and where the first stands. */
function attemptsOf({ sites }: Records, failed: readonly Value[]): Attempt {
  const [first] = failed;
  const site = first?.kind === "object" ? sites.chain(first.object).at(-1) : undefined;
  if (site === undefined) return { call: first?.kind === "apply" ? lastOf(first.callee) : "", related: [] };
  return { call: sites.written(site), related: [{ ...sites.named(site), message: "where this fails" }] };
}

interface Option {
  /** Callers get it as it is, and may take its absence for an error. */
  readonly isGiven: boolean;
  readonly given: Value;
  readonly present: Condition;
  readonly missing: Condition;
}

/** Of what a function gives, keeps or hands on: options that hold something or, under some condition, nothing. */
function optionsIn({ sites }: Records, { id }: Root): readonly Option[] {
  const summary = sites.flow.summary(id);
  if (summary === undefined) return [];
  const { result, contents, writes, events } = summary;
  const told = events.flatMap((it) => (it.kind === "effect" ? it.with : partsOf(it.call)));
  const seen = new Set([result, ...contents.values(), ...writes.values(), ...told]);
  const answers = answersIn(result);
  const found: Option[] = [];
  for (const value of seen) {
    for (const it of partsOf(value)) seen.add(it);
    const arms = value.kind === "alternatives" ? value.of : [];
    const given = arms.find((it) => it.value.kind === "record" && it.value.type === SOME);
    const missing = arms.flatMap((it) => (it.value.kind === "record" && it.value.type === NONE ? it.condition : []));
    if (given !== undefined && missing.length > 1)
      found.push({ isGiven: answers.has(value), given: given.value, present: given.condition, missing });
  }
  return found;
}

/** What a function gives, and what an attempt of it gives. */
function answersIn(result: Value): ReadonlySet<Value> {
  const found = new Set([result]);
  for (const it of found) {
    if (it.kind === "alternatives") for (const arm of it.of) found.add(arm.value);
    if (it.kind === "record" && it.type === OK) for (const [, value] of it.fields) found.add(value);
  }
  return found;
}

/** That nothing was configured, and that what was configured could not be had, is one to whoever has the option. */
function ofOption(records: Records, root: Root, option: Option): void {
  const { given, missing } = option;
  const failing = missing.flatMap((it) => failuresIn(it));
  const half = failing.length === 0 ? halfOfOption(records, root, option) : undefined;
  if (half === undefined && (failing.length === 0 || !missing.some(isUnwanted))) return;
  for (const object of madeOf(records, root, given)) {
    const maker = records.makers.get(object);
    const draft = records.drafts.findIndex((it) => it.object === object);
    if (object.sort !== "configuration" || !makesConnections(object.model) || maker === undefined || draft < 0) continue;
    const failed = attemptsOf(records, failing);
    state(object, records.sites.named(maker), draft, { loses: "tls", failed, path: root.path, ...(half !== undefined && { half }) });
    return;
  }
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

/** What of it is given where it is not there. */
function halfOfOption(records: Records, { id, inputs }: Root, { present, missing }: Option): HalfConfigured | undefined {
  const asker = askerOf(records, id, inputs, NOWHERE);
  const secured = pathsOf(present, asker);
  return first(pathsOf(missing, asker), (path) => first(secured, (it) => halfOf(records, id, path, it)));
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };

/** What is made with it is a connection with TLS, and without it one without: no client of HTTP, which is none then. */
const makesConnections = ({ calls, types }: CrateModel): boolean =>
  calls.some((it) => it.readsPeerIdentity === "certificate") || Object.values(types).some((it) => it.sort === "stream");

/** Nothing has failed: an input says that it is not to be, or is missing. */
const isUnwanted = (it: Conjunction): boolean =>
  failuresIn(it).length === 0 &&
  it.atoms.some(({ value, holds }) => value?.open === true && !(holds && value.kind === "test" && PRESENT.has(value.what)));

const failuresIn = ({ atoms }: Conjunction): readonly Value[] =>
  atoms.flatMap(({ value, holds }) => (value === undefined ? [] : (failedIn(value, holds) ?? [])));
