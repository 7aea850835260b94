/** Where the ways to two objects part, and whether the second stands in for the first. */
import { firstOf } from "../base/first-of.ts";
import { FAILURES } from "../models/failures.ts";
import type { Body, Operation, Place } from "../rust/bodies/index.ts";
import { questionsIn } from "./lost-roots.ts";
import { attemptOf, hasOperation, sourcesOf } from "./missing-settings.ts";
import type { ModelObject } from "./model-object.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";
import { branchOn, onlyFrom, operandsOf } from "./uses.ts";

export const chainOf = ({ sites, objects }: Records, object: ModelObject): readonly Site[] =>
  sites.chain(objects.allocated.get(object) ?? "");

/** Where the ways to two objects part, in one body, and how far inside. */
export interface Parting {
  readonly first: Site;
  readonly second: Site;
  readonly at: number;
}

export function partingOf(one: readonly Site[], other: readonly Site[]): Parting | undefined {
  const at = one.findIndex((it, index) => it.operation !== other[index]?.operation);
  const [first, second] = [one[at], other[at]];
  return first !== undefined && second !== undefined && first.owner === second.owner ? { first, second, at } : undefined;
}

/** The second is made where making the first has failed. */
export const isBehindFailure = (parting: Parting): boolean => failedBefore(parting, (it) => it === parting.first.operation) !== undefined;

/** The attempt at the first, or at something with it, that has failed where the second is made. */
export const attemptBefore = (parting: Parting): Site | undefined =>
  failedBefore(parting, (it) => isOf(parting.first.body, it, parting.first.operation));

/** The second is made on that side of a question, or in what a method of the attempt's result is told. */
function failedBefore({ first, second }: Parting, isMeant: (attempt: Operation) => boolean): Site | undefined {
  const { body, operation } = second;
  const attemptAt = (place: Place, ofOption: boolean): Operation | undefined => {
    const attempt = attemptOf(body, place, ofOption);
    return attempt !== undefined && isMeant(attempt) ? attempt : undefined;
  };
  const isTold = operation.kind === "method" && (FAILURES[operation.name] === "told" || FAILURES[operation.name] === "lost");
  const found = isTold
    ? attemptAt(operation.receiver, false)
    : firstOf(questionsIn(body), ({ test, block, side, ofOption }) => {
        const attempt = attemptAt(test.place, ofOption);
        const branch = attempt && branchOn(body, test.to, block);
        if (branch === undefined) return undefined;
        const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
        return hasOperation(body, onlyFrom(body, failing, succeeding, block), operation) ? attempt : undefined;
      });
  return found && { ...first, operation: found, part: undefined };
}

/** It is the other one, or something with what that has given. */
const isOf = (body: Body, attempt: Operation, other: Operation): boolean =>
  attempt === other || (other.kind !== "store" && sourcesOf(body, operandsOf(body, attempt)).has(other.to));
