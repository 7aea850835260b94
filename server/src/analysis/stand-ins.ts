/** What stands in for what could not be had: the unit, a missing value, what holds nothing, or something that tells of it. */
import type { FunctionId } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import { LOGGING, TELLING } from "./lexicon.ts";
import type { Sites } from "./sites.ts";

/** What made what an operation copies: the last of all that did. */
export function rootOf(body: Body, it: Operation): Operation | undefined {
  let root: Operation | undefined = it;
  const seen = new Set<Operation>();
  while (root?.kind === "copy" && root.from.path.length === 0 && !seen.has(root)) {
    seen.add(root);
    root = makersOf(body, root.from.local).at(-1);
  }
  return root;
}

const makersOf = (body: Body, local: Local): readonly Operation[] =>
  BodyIndex.of(body)
    .writers(local)
    .flatMap(({ operation, gives }) => (gives && operation.kind !== "store" ? [operation] : []));

/** Nothing takes the place of a failure: the unit, or what holds nothing. */
export const makesNothing = (sites: Sites, owner: FunctionId, body: Body, it: Operation): boolean => {
  const root = rootOf(body, it);
  return isNone(root) || isEmptied(sites, owner, root);
};

/** So does whatever a local may hold. */
export const givesNothing = (sites: Sites, owner: FunctionId, body: Body, local: Local): boolean =>
  makersOf(body, local).every((it) => isUnit(rootOf(body, it)) || makesNothing(sites, owner, body, it));

export const isNone = (it: Operation | undefined): boolean => it?.kind === "path" && it.path.segments.at(-1)?.name === "None";

/** The unit, by itself or from a log. */
export const isUnit = (it: Operation | undefined): boolean => it === undefined || it.kind === "unit" || isLog(it);

/** What the standard library makes of nothing holds nothing: an empty list, what `Default` gives. */
function isEmptied(sites: Sites, owner: FunctionId, it: Operation | undefined): boolean {
  if (it?.kind === "array") return it.elements.length === 0;
  if (it?.kind !== "call" || it.arguments.length > 0) return false;
  const targets = sites.called(owner, it);
  return targets.length > 0 && targets.every((target) => target.kind === "external" && target.path.startsWith("std::"));
}

export function isLog(it: Operation): boolean {
  if (it.kind === "macro") return LOGGING.test(it.path.segments.at(-1)?.name ?? "");
  if (it.kind === "method") return TELLING.test(it.name);
  return it.kind === "call" && it.callee.kind === "path" && TELLING.test(it.callee.path.segments.at(-1)?.name ?? "");
}
