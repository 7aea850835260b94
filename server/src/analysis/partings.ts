/** Where the ways to two objects part, and whether the second stands in for the first. */

import { firstOf } from "../base/first-of.ts";
import { FAILURES } from "../models/failures.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { mayFail } from "./lost-attempts.ts";
import { questionsIn } from "./lost-roots.ts";
import { attemptMissing } from "./missing-answers.ts";
import { attemptOf, hasOperation, sourcesOf } from "./missing-settings.ts";
import type { ModelObject } from "./model-object.ts";
import type { Records } from "./records.ts";
import type { Site, Sites } from "./sites.ts";
import { branchOn, onlyFrom, operandsOf, usesOf } from "./uses.ts";

export const chainOf = ({ sites, objects }: Records, object: ModelObject): readonly Site[] =>
  sites.chain(objects.allocated.get(object) ?? "");

/** Where the ways to two objects part, in one body, and how far inside. */
export interface Parting {
  readonly first: Site;
  readonly second: Site;
  readonly at: number;
}

export function partingOf(one: readonly Site[], other: readonly Site[]): Parting | undefined {
  const found = one.findIndex((it, index) => it.operation !== other[index]?.operation);
  const [first, second] = [one[found], other[found]];
  if (first !== undefined && second !== undefined && first.owner === second.owner) return { first, second, at: found };
  const at = found - 1;
  const [method, same] = [one[at], other[at]];
  return method !== undefined && same !== undefined && isToldOfFailure(method, second) ? { first: method, second: same, at } : undefined;
}

/** Both happen in what one method is told (`map_or_else`), the second in what it does with a failure: a closure, or a function that is named. */
function isToldOfFailure({ owner, body, operation }: Site, second: Site | undefined): boolean {
  if (operation.kind !== "method" || operation.arguments.length !== 2 || FAILURES[operation.name] !== "told") return false;
  const told = BodyIndex.of(body).definition(operation.arguments[0] ?? -1);
  return second === undefined ? told?.kind !== "closure" : told?.kind === "closure" && second.owner === `${owner}|${told.body}`;
}

/** The second is made where making the first has failed. */
export const isBehindFailure = (sites: Sites, parting: Parting): boolean =>
  failedBefore(sites, parting, ({ attempt }) => attempt.operation === parting.first.operation) !== undefined;

/** The attempt at the first, or at something with it, that has failed where the second is made. */
export const attemptBefore = (sites: Sites, parting: Parting): Site | undefined =>
  failedBefore(sites, parting, (it) => isOf(parting.first, it));

/** The attempt that has failed where the second is made, and has succeeded where the first is. */
export const attemptBetween = (sites: Sites, parting: Parting): Site | undefined =>
  failedBefore(sites, parting, (it) => it.isDoneOtherwise);

/** The attempt at the first, or at what it is made with. */
export const attemptFor = (sites: Sites, parting: Parting): Site | undefined =>
  failedBefore(sites, parting, (it) => isOf(parting.first, it) || (it.isDoneOtherwise && isMadeWith(parting.first, it)));

interface Failed {
  readonly attempt: Site;
  /** What is asked whether it has failed. */
  readonly asked: Local;
  /** The first is made only where it has not. */
  readonly isDoneOtherwise: boolean;
}

/** The second is made on that side of a question, or in what a method of the attempt's result is told or given. */
function failedBefore(sites: Sites, { first, second }: Parting, isMeant: (it: Failed) => boolean): Site | undefined {
  const { owner, body, operation } = second;
  const meant = (attempt: Site | undefined, asked: Local, isDoneOtherwise: boolean): Site | undefined =>
    attempt !== undefined && !isOfEnvironment(sites, attempt) && isMeant({ attempt, asked, isDoneOtherwise }) ? attempt : undefined;
  const here = (of: Operation | undefined): Site | undefined => of && { owner, body, operation: of, part: undefined };
  const standing = standingIn(body, operation);
  if (standing !== undefined) {
    const direct = here(attemptOf(body, standing.receiver, false));
    const isSure = direct?.operation === first.operation || (direct !== undefined && isOfResult(sites, direct, standing));
    const isBoth = first.operation === standing;
    return meant(isSure ? direct : attemptMissing(sites, owner, body, standing), standing.receiver.local, isBoth);
  }
  return firstOf(questionsIn(body), ({ test, block, side, ofOption }) => {
    const branch = branchOn(body, test.to, block);
    if (branch === undefined) return undefined;
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    if (!hasOperation(body, onlyFrom(body, failing, succeeding, block), operation)) return undefined;
    const isDoneOtherwise = hasOperation(body, onlyFrom(body, succeeding, failing, block), first.operation);
    const asking = ofOption ? body.blocks[block]?.operations.find((it) => it.to === test.to) : undefined;
    const attempt = here(attemptOf(body, test.place, ofOption)) ?? (asking && attemptMissing(sites, owner, body, asking));
    return meant(attempt, test.place.local, isDoneOtherwise);
  });
}

/** The method that is told what to do where what it is called on has failed, or is given what stands in for it. */
function standingIn(body: Body, operation: Operation): (Operation & { readonly kind: "method" }) | undefined {
  if (operation.kind === "method" && isFallback(operation)) return operation;
  const [use, ...others] = usesOf(body, operation.to);
  const by = others.length === 0 ? use?.operation : undefined;
  return by?.kind === "method" && isFallback(by) && by.arguments.includes(operation.to) ? by : undefined;
}

const isFallback = ({ name }: Operation & { readonly kind: "method" }): boolean => FAILURES[name] === "told" || FAILURES[name] === "lost";

/** What it is called on is an error, or nothing is left of one: by what has been tried, by what it is told, or by the method that has dropped it. */
function isOfResult(sites: Sites, attempt: Site, { receiver, arguments: [told] }: Operation & { readonly kind: "method" }): boolean {
  const { body } = attempt;
  const closure = told === undefined ? undefined : BodyIndex.of(body).definition(told);
  const isToldOfIt = closure?.kind === "closure" && body.closures[closure.body]?.parameters.length === 1;
  return isToldOfIt || mayFail(sites, attempt) || attemptOf(body, receiver, true) !== undefined;
}

/** What is asked for is the other one, or something with what that has given. */
const isOf = ({ body, operation }: Site, { attempt, asked }: Failed): boolean =>
  attempt.operation === operation || (operation.kind !== "store" && sourcesOf(body, [asked]).has(operation.to));

/** It takes what the attempt has given. */
const isMadeWith = ({ body, operation }: Site, { asked }: Failed): boolean => sourcesOf(body, operandsOf(body, operation)).has(asked);
