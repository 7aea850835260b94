/**
 * Lists of authorities that hold nothing where reading them has failed: who takes an empty list for one that nobody has configured does without
 * what it is for.
 */
import { firstOf } from "../base/first-of.ts";
import type { FunctionId, Value } from "../flow/index.ts";
import type { Local, Operation } from "../rust/bodies/index.ts";
import { type Attempt, failuresIn } from "./fail-open-facts.ts";
import { attemptsOf } from "./failed-attempts.ts";
import { partsIn } from "./given-out.ts";
import { mayFail } from "./lost-attempts.ts";
import { armsOf } from "./meanings.ts";
import { givenTo, sourcesOf } from "./missing-settings.ts";
import type { ModelObject } from "./model-object.ts";
import { isStatement } from "./model-rows.ts";
import type { Records, Root } from "./records.ts";
import { argumentOf, type Site } from "./sites.ts";
import { ERR, NONE } from "./std-names.ts";

/** The attempt whose failure leaves a list empty, in terms of a root. */
export function emptiedBy(records: Records, root: Root["id"], list: Value): Attempt | undefined {
  const failures = failuresEmptying(list);
  if (failures.length > 0) return attemptsOf(records, root, failures);
  const stores = records.objects.within(list, { root, place: NOWHERE }).map(({ object }) => object);
  const fillings = (records.sites.flow.summary(root)?.events ?? []).filter(
    (it) => it.kind === "effect" && isStatement(it.data) && it.on === list && it.with.length > 0,
  );
  const filledWith = fillings.flatMap((it) =>
    it.kind === "effect" ? it.with.flatMap((one) => records.objects.within(one, { root, place: NOWHERE }).map(({ object }) => object)) : [],
  );
  return (
    droppedOf(records, [...stores, ...filledWith]) ??
    firstOf(fillings, (it) => (it.kind === "effect" ? failedBefore(records, records.sites.chain(it.key)) : undefined))
  );
}

/** Under which a value is empty because something else could not be had. */
const failuresEmptying = (value: Value): readonly Value[] =>
  armsOf(value).flatMap((it) => (holdsNothing(it.value) ? it.condition.flatMap(failuresIn) : defaulted(it.value)));

/** What is read of a file, or a default, which holds nothing. */
function defaulted(value: Value): readonly Value[] {
  const [read] = value.kind === "apply" && value.callee === ".unwrap_or_default" ? value.arguments : [];
  return read?.kind === "apply" && read.callee.startsWith(FILES) ? [read] : [];
}

const holdsNothing = (it: Value): boolean =>
  (it.kind === "collection" && it.count === "none") ||
  (it.kind === "constant" && it.value === "") ||
  (it.kind === "record" && it.type === NONE);

/** Errors of what it holds, or of what is added, that nobody has. */
function droppedOf({ loose }: Records, of: readonly ModelObject[]): Attempt | undefined {
  const dropped = loose.find(({ fact, object }) => fact.kind === "dropped-error" && object !== undefined && of.includes(object));
  if (dropped?.fact.kind !== "dropped-error") return undefined;
  return { call: dropped.fact.call, related: [{ ...dropped.place, message: "this error is ignored" }] };
}

/** Of all that leads to what fills a list, an attempt at reading that gives nothing where it has failed. `chain`: the calls that lead there. */
function failedBefore(records: Records, chain: readonly Site[]): Attempt | undefined {
  let given = chain.slice(-1).flatMap(givenTo);
  for (const [index, site] of [...chain.entries()].reverse()) {
    const sources = sourcesOf(site.body, given);
    const prefix = chain.slice(0, index);
    const calls = site.body.blocks.flatMap(({ operations }) => operations.filter((it) => isCall(it) && sources.has(it.to)));
    const found = firstOf(calls, (operation) => failedIn(records, prefix, { ...site, operation, part: undefined }));
    const caller = chain[index - 1];
    if (found !== undefined || caller === undefined) return found;
    given = site.body.parameters.flatMap((it: Local, at: number) => (sources.has(it) ? (argumentOf(caller, at) ?? []) : []));
  }
  return undefined;
}

const isCall = ({ kind }: Operation): boolean => kind === "call" || kind === "method";

/** A call that reads files and lets its failure go, or that of a function of the program's own which gives an empty list instead. */
function failedIn(records: Records, prefix: readonly Site[], site: Site): Attempt | undefined {
  const { sites, attempts } = records;
  const emptied = firstOf(sites.called(site.owner, site.operation), (it) => {
    const failures = it.kind === "function" ? failuresGiven(records, it.id) : [];
    return it.kind === "function" && failures.length > 0 ? attemptsOf(records, it.id, failures) : undefined;
  });
  if (emptied !== undefined) return emptied;
  if (!isReading(records, site) || attempts.fateOf([...prefix, site]) === undefined) return undefined;
  return { call: sites.written(site), related: [{ ...sites.named(site), message: "where this fails" }] };
}

/** Of all that a function gives, however deep, what is empty because something else could not be had. */
function failuresGiven({ sites }: Records, id: FunctionId): readonly Value[] {
  const result = sites.flow.summary(id)?.result;
  if (result === undefined || !result.leads) return [];
  return armsOf(result).flatMap(({ value, condition }) => {
    // Whoever gets an error has been told.
    if (value.kind === "record" && value.type === ERR) return [];
    const failures = condition.flatMap(failuresIn);
    const parts = [...partsIn([value])];
    return failures.length > 0 && parts.some(holdsNothing) ? failures : parts.flatMap(failuresEmptying);
  });
}

/** It reads files, of its own or by a function of the program. */
export function isReading(records: Records, site: Site): boolean {
  const { sites } = records;
  return sites.called(site.owner, site.operation).some((it) => {
    if (it.kind === "external") return it.path.startsWith(FILES);
    const summary = it.kind === "function" && mayFail(sites, site) ? sites.flow.summary(it.id) : undefined;
    return (
      summary !== undefined && (summary.events.some((one) => one.kind === "effect" && isStatement(one.data)) || readsFiles(summary.result))
    );
  });
}

const readsFiles = (value: Value): boolean => [...partsIn([value])].some((it) => it.kind === "apply" && it.callee.startsWith(FILES));

const FILES = "std::fs::";
const NOWHERE = { file: "", span: { start: 0, end: 0 } };
