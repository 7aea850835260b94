/** Where the ways to two objects part, and whether the second stands in for the first. */
import { FAILURES } from "../models/failures.ts";
import { attemptOf, hasOperation, testsIn } from "./missing-settings.ts";
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

/** The second is made where the first has failed: on that side of a question, or in what a method of its result is told. */
export function isBehindFailure({ first, second: { body, operation } }: Parting): boolean {
  if (operation.kind === "method" && (FAILURES[operation.name] === "told" || FAILURES[operation.name] === "lost"))
    return attemptOf(body, operation.receiver, false) === first.operation;
  return testsIn(body).some(({ test, block, side, ofOption }) => {
    const branch = attemptOf(body, test.place, ofOption) === first.operation ? branchOn(body, test.to, block) : undefined;
    if (branch === undefined) return false;
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    return hasOperation(body, onlyFrom(body, failing, succeeding, block), operation);
  });
}
