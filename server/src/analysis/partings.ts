/** Where the ways to two objects part, and whether the second stands in for the first. */
import { firstOf } from "../base/first-of.ts";
import { FAILURES } from "../models/failures.ts";
import type { Local, Operation, Place } from "../rust/bodies/index.ts";
import { questionsIn } from "./lost-roots.ts";
import { attemptOf, hasOperation, sourcesOf } from "./missing-settings.ts";
import type { ModelObject } from "./model-object.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";
import { branchOn, onlyFrom } from "./uses.ts";

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
export const isBehindFailure = (parting: Parting): boolean =>
  failedBefore(parting, ({ attempt }) => attempt === parting.first.operation) !== undefined;

/** The attempt at the first, or at something with it, that has failed where the second is made. */
export const attemptBefore = (parting: Parting): Site | undefined => failedBefore(parting, (it) => isOf(parting.first, it));

/** The attempt that has failed where the second is made, and has succeeded where the first is. */
export const attemptBetween = (parting: Parting): Site | undefined => failedBefore(parting, (it) => it.isDoneOtherwise);

interface Failed {
  readonly attempt: Operation;
  /** What is asked whether it has failed. */
  readonly asked: Local;
  /** The first is made only where it has not. */
  readonly isDoneOtherwise: boolean;
}

/** The second is made on that side of a question, or in what a method of the attempt's result is told. */
function failedBefore({ first, second }: Parting, isMeant: (it: Failed) => boolean): Site | undefined {
  const { body, operation } = second;
  const meant = ({ local, path }: Place, ofOption: boolean, isDoneOtherwise: boolean): Operation | undefined => {
    const attempt = attemptOf(body, { local, path }, ofOption);
    return attempt !== undefined && isMeant({ attempt, asked: local, isDoneOtherwise }) ? attempt : undefined;
  };
  const isTold = operation.kind === "method" && (FAILURES[operation.name] === "told" || FAILURES[operation.name] === "lost");
  const found = isTold
    ? meant(operation.receiver, false, false)
    : firstOf(questionsIn(body), ({ test, block, side, ofOption }) => {
        const branch = branchOn(body, test.to, block);
        if (branch === undefined) return undefined;
        const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
        if (!hasOperation(body, onlyFrom(body, failing, succeeding, block), operation)) return undefined;
        return meant(test.place, ofOption, hasOperation(body, onlyFrom(body, succeeding, failing, block), first.operation));
      });
  return found && { ...first, operation: found, part: undefined };
}

/** What is asked for is the other one, or something with what that has given. */
const isOf = ({ body, operation }: Site, { attempt, asked }: Failed): boolean =>
  attempt === operation || (operation.kind !== "store" && sourcesOf(body, [asked]).has(operation.to));
