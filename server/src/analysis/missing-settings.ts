/** What a setting is made of may not be had: where an attempt at it fails, nobody is told but a log, and the program goes on without the setting. */
import { FAILURES } from "../models/failures.ts";
import { type BlockId, type Body, blockOf, type Local, type Operation, type Place, successorsOf, type Test } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { Consequences, ends } from "./consequences.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { attemptGiven, attemptMissing } from "./missing-answers.ts";
import { argumentOf, type Site, type Sites } from "./sites.ts";
import { isLog, isNone, rootOf } from "./stand-ins.ts";
import { type Branch, branchOn, lineOf, onlyFrom, operandsOf, usesOf } from "./uses.ts";

export interface MissingSetting {
  readonly attempt: Site;
  /** The log that tells of the failure. */
  readonly told: Site | undefined;
}

/** `chain`: the calls that lead to the setting, the outermost first, and it. */
export function missingSetting(sites: Sites, chain: readonly Site[]): MissingSetting | undefined {
  const last = chain.at(-1);
  const nothing = last && attemptGiven(sites, last, givenTo(last));
  if (nothing !== undefined) return { attempt: nothing, told: undefined };
  let given = last === undefined ? [] : givenTo(last);
  let of = last === undefined ? [] : saidOf(last);
  for (const [index, site] of [...chain.entries()].reverse()) {
    const sources = sourcesOf(site.body, given);
    const whole = new Set(of.flatMap((it) => wholeOf(site.body, it)));
    for (const it of testsIn(site.body)) {
      const lost = sources.has(it.test.place.local) ? lostBy(sites, site, it, { sources, whole }) : undefined;
      if (lost !== undefined) return lost;
    }
    const caller = chain[index - 1];
    if (caller === undefined || !site.body.parameters.some((it) => sources.has(it))) return undefined;
    const givenBy = (locals: ReadonlySet<Local>): readonly Local[] =>
      site.body.parameters.flatMap((it, at) => (locals.has(it) ? (argumentOf(caller, at) ?? []) : []));
    [given, of] = [givenBy(sources), givenBy(whole)];
  }
  return undefined;
}

const NOTHING: ReadonlySet<Local> = new Set();

type TestOperation = Operation & { readonly kind: "test" };

/** A pattern that asks whether an attempt has succeeded. */
export interface Question {
  readonly test: TestOperation;
  readonly block: BlockId;
  readonly side: "success" | "failure";
  /** It asks for an option. */
  readonly ofOption: boolean;
}

function lostBy(
  sites: Sites,
  site: Site,
  { test, block, side, ofOption }: Question,
  { sources, whole }: Setting,
): MissingSetting | undefined {
  const { owner, body } = site;
  const tried = attemptOf(body, test.place, ofOption);
  const branch = branchOn(body, test.to, block);
  const here: Site | undefined = tried && { owner, body, operation: tried, part: undefined };
  const attempt = here ?? (ofOption ? attemptMissing(sites, owner, body, test) : undefined);
  if (attempt === undefined || branch === undefined) return undefined;
  const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
  const made = blockOf(body, site.operation);
  const isMadeThen = onlyFrom(body, succeeding, failing, block).has(made);
  // Of several that are asked for at once the others may fail, too, where one has succeeded.
  const blocks = onlyFrom(body, failing, isMadeThen ? made : (blockTaking(body, test.place) ?? succeeding), block);
  if (isOfEnvironment(sites, attempt) || ends(body, blocks)) return undefined;
  const others = isMadeThen ? othersOf(site, test.place.local) : NOTHING;
  const empty = new Set(operationsIn(body, blocks).flatMap((it) => (isNone(rootOf(body, it)) ? [it.to] : [])));
  const isWithout = isMadeThen
    ? [...others].some((it) => isReadFrom(body, failing, it, whole))
    : [...empty].some((it) => sources.has(it)) || isAskedFor(body, site, sources);
  const isOwn = (local: Local): boolean => empty.has(local) || isTheSame(body, local, others);
  if (!isWithout || new Consequences(sites).of(owner, body, blocks, isOwn) === "kept") return undefined;
  const log = operationsIn(body, blocks).find(isLog);
  return { attempt, told: log && { owner, body, operation: log, part: undefined } };
}

/** What of a body it is made of, and what in it is the whole that it is a setting of. */
interface Setting {
  readonly sources: ReadonlySet<Local>;
  readonly whole: ReadonlySet<Local>;
}

/** What a statement is said of. */
function saidOf({ operation }: Site): readonly Local[] {
  if (operation.kind === "store") return [operation.place.local];
  return operation.kind === "method" ? [operation.receiver.local] : [];
}

/** It, as it was before other settings. */
export function wholeOf(body: Body, local: Local): readonly Local[] {
  const found = new Set([local]);
  for (const it of found)
    for (const one of lineOf(body, it)) {
      found.add(one);
      const made = BodyIndex.of(body).definition(one);
      if (made?.kind === "method") found.add(made.receiver.local);
      if (made?.kind === "copy") found.add(made.from.local);
    }
  return [...found];
}

/** All that a statement is told, but for what it is said of. */
export function givenTo({ operation, part }: Site): readonly Local[] {
  if (operation.kind === "record") return operation.fields.flatMap(({ value }, at) => (part === undefined || part === at ? [value] : []));
  if (operation.kind === "store") return [operation.value];
  return operation.kind === "method" || operation.kind === "call" ? operation.arguments : [];
}

/** What it is said of, and what else has nothing to do with an attempt. */
export function othersOf({ body, operation }: Site, attempt: Local): ReadonlySet<Local> {
  return new Set(operandsOf(body, operation).flatMap((it) => (sourcesOf(body, [it], operation).has(attempt) ? [] : lineOf(body, it))));
}

/** `but`: what this has made of them is something else. */
export function sourcesOf(body: Body, locals: readonly Local[], but?: Operation): ReadonlySet<Local> {
  const found = new Set(locals);
  const index = BodyIndex.of(body);
  for (const local of found)
    for (const { operation, gives } of index.writers(local))
      if (gives && operation !== but) for (const it of operandsOf(body, operation)) found.add(it);
  return found;
}

const questions = new WeakMap<Body, readonly Question[]>();

export function testsIn(body: Body): readonly Question[] {
  const known = questions.get(body) ?? body.blocks.flatMap(({ operations }, block) => operations.flatMap((it) => questionOf(it, block)));
  questions.set(body, known);
  return known;
}

function questionOf(test: Operation, block: BlockId): readonly Question[] {
  const name = test.kind === "test" ? nameOf(test.test) : undefined;
  if (test.kind !== "test" || name === undefined || !SIDES.has(name)) return [];
  return [{ test, block, side: name === "Ok" || name === "Some" ? "success" : "failure", ofOption: name === "Some" || name === "None" }];
}

const SIDES: ReadonlySet<string> = new Set(["Ok", "Err", "Some", "None"]);

const nameOf = (test: Test): string | undefined => (test.kind === "path" ? test.path.segments.at(-1)?.name : undefined);

/** The call whose result is asked for; of an option only, if it is what is left of one. */
export function attemptOf(body: Body, place: Place, ofOption: boolean): Operation | undefined {
  const index = BodyIndex.of(body);
  const [first, ...more] = place.path;
  const whole = index.definition(place.local);
  const element = first?.kind === "field" && whole?.kind === "tuple" && more.length === 0 ? whole.elements[Number(first.name)] : undefined;
  if (first !== undefined && element === undefined) return undefined;
  let isLeft = !ofOption;
  const seen = new Set<Local>();
  for (let local = element ?? place.local; !seen.has(local); ) {
    seen.add(local);
    const made = somethingIn(body, local);
    if (made?.kind === "copy" && made.from.path.length === 0) local = made.from.local;
    else if (made?.kind === "reference" && made.place.path.length === 0) local = made.place.local;
    else if (made?.kind === "await") local = made.operand;
    else if (made?.kind === "method" && HANDS_ON.has(FAILURES[made.name] ?? "")) {
      isLeft ||= FAILURES[made.name] === "absent";
      local = made.receiver.local;
    } else return isLeft && (made?.kind === "call" || made?.kind === "method") ? made : undefined;
  }
  return undefined;
}

/** What gives a local its value; of several, where the others give nothing, the one that may give something. */
function somethingIn(body: Body, local: Local): Operation | undefined {
  const given = givenIn(body, local);
  const [only, ...others] = given.filter((it) => !isNothing(body, it));
  return others.length === 0 ? only : given[0];
}

const givenIn = (body: Body, local: Local): readonly Operation[] =>
  BodyIndex.of(body)
    .writers(local)
    .flatMap(({ gives, operation }) => (gives && operation.kind !== "store" ? [operation] : []));

/** Whatever it copies is nothing. */
function isNothing(body: Body, it: Operation, seen: ReadonlySet<Operation> = new Set()): boolean {
  if (it.kind !== "copy" || it.from.path.length > 0 || seen.has(it)) return isNone(it);
  const given = givenIn(body, it.from.local);
  return given.length > 0 && given.every((one) => isNothing(body, one, new Set([...seen, it])));
}

const HANDS_ON: ReadonlySet<string> = new Set(["passes", "told", "absent"]);

/** Where it is taken what an attempt has given. */
function blockTaking(body: Body, { local, path }: Place): BlockId | undefined {
  const isTaken = (it: Place): boolean =>
    it.path.length === path.length + 1 && JSON.stringify(it.path.slice(0, -1)) === JSON.stringify(path);
  const use = usesOf(body, local).find(({ operation }) => operation?.kind === "copy" && isTaken(operation.from));
  return use?.block;
}

export const operationsIn = (body: Body, blocks: ReadonlySet<BlockId>): readonly Operation[] =>
  [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);

export const hasOperation = (body: Body, blocks: ReadonlySet<BlockId>, operation: Operation): boolean =>
  [...blocks].some((it) => body.blocks[it]?.operations.includes(operation));

/** It is made where there is something to make it of, and held nothing before. */
function isAskedFor(body: Body, { operation }: Site, sources: ReadonlySet<Local>): boolean {
  return testsIn(body).some(({ test, block, side, ofOption }) => {
    const branch: Branch | undefined = branchOn(body, test.to, block);
    if (!ofOption || branch === undefined || !sources.has(test.place.local) || test.place.path.length > 0) return false;
    const [present, missing] = side === "success" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    const given = lineOf(body, test.place.local).flatMap((it) => BodyIndex.of(body).writers(it));
    const isNothingFirst = given.some((it) => it.gives && isNone(rootOf(body, it.operation)));
    return isNothingFirst && hasOperation(body, onlyFrom(body, present, missing, block), operation);
  });
}

/** Whether something is read behind the beginning of a block, before it is another. `lent`: what is the caller's again, if it is a parameter. */
export function isReadFrom(body: Body, from: BlockId, local: Local, lent: ReadonlySet<Local> = new Set(body.parameters)): boolean {
  const reading = new Set(usesOf(body, local).map(({ operation, block }) => operation ?? block));
  const seen = new Set<BlockId>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const { operations = [], end } = body.blocks[next] ?? {};
    const first = operations.find((it) => reading.has(it) || (it.kind !== "store" && it.to === local));
    if (first !== undefined && reading.has(first)) return true;
    if (first !== undefined) continue;
    if (reading.has(next) || (end?.kind === "return" && lent.has(local) && body.parameters.includes(local))) return true;
    open.push(...successorsOf(body, next));
  }
  return false;
}

/** One of some, as it is, as what it becomes by itself, or as what that has given. */
export function isTheSame(body: Body, local: Local, of: ReadonlySet<Local>): boolean {
  const seen = new Set<Local>();
  for (let next: Local | undefined = local; next !== undefined && !seen.has(next); ) {
    seen.add(next);
    const line = lineOf(body, next);
    if (line.some((it) => of.has(it))) return true;
    next = becomesBy(BodyIndex.of(body).definition(line.at(-1) ?? next));
  }
  return false;
}

function becomesBy(made: Operation | undefined): Local | undefined {
  if (made?.kind === "method") return made.arguments.length === 0 ? made.receiver.local : undefined;
  if (made?.kind === "copy") return made.from.path.every(({ kind }) => kind === "success") ? made.from.local : undefined;
  const name = made?.kind === "call" && made.callee.kind === "path" ? made.callee.path.segments.at(-1)?.name : undefined;
  return made?.kind === "call" && (name === "Some" || name === "Ok") ? made.arguments[0] : undefined;
}
