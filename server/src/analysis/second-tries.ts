/** Clients that connect with TLS, and where that has failed once more without: whoever is between can make the first attempt fail. */
import type { Fact } from "../tls/facts.ts";
import { failing, state } from "./fail-open-facts.ts";
import { attemptOf, hasOperation, testsIn } from "./missing-settings.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { sameAtom } from "./path-conditions.ts";
import type { Records } from "./records.ts";
import type { Site } from "./sites.ts";
import { branchOn, onlyFrom } from "./uses.ts";

export function stateSecondTry(records: Records, object: ModelObject, event: Event): void {
  const failed = event.path.filter((it) => it.failed !== undefined);
  if (event.byDefault || failed.length === 0 || !event.facts.any.some(isPlaintext)) return;
  const { objects, origins, sites } = records;
  const root = origins.get(object)?.root;
  const chain = chainOf(records, object);
  const isFirst = (it: ModelObject): boolean => {
    const paths = origins.get(it)?.paths ?? [];
    const isAlike = it !== object && it.type === object.type && origins.get(it)?.root === root && !it.events.some(isLax);
    return isAlike && paths.every((path) => !path.some((atom) => failed.some((one) => sameAtom(one, atom))));
  };
  // What all of it is tried again for is tried with TLS first.
  const tries = objects.all.flatMap((it) => (isFirst(it) ? (partingOf(chainOf(records, it), chain) ?? []) : []));
  const last = tries.reduce<Parting | undefined>((a, b) => (a !== undefined && a.at >= b.at ? a : b), undefined);
  if (last === undefined || !isBehindFailure(last)) return;
  const { first, second } = last;
  const call = { call: sites.written(first), related: [{ ...sites.named(first), message: "where this fails" }] };
  const path = event.path.filter((it) => it.failed === undefined);
  state(object, sites.named(second), event.draft, { loses: "tls", ...failing(call), path });
}

const chainOf = ({ sites, objects }: Records, object: ModelObject): readonly Site[] => sites.chain(objects.allocated.get(object) ?? "");

/** Where the ways to two objects part, in one body, and how far inside. */
interface Parting {
  readonly first: Site;
  readonly second: Site;
  readonly at: number;
}

function partingOf(one: readonly Site[], other: readonly Site[]): Parting | undefined {
  const at = one.findIndex((it, index) => it.operation !== other[index]?.operation);
  const [first, second] = [one[at], other[at]];
  return first !== undefined && second !== undefined && first.owner === second.owner ? { first, second, at } : undefined;
}

/** The second is made where the first has failed. */
function isBehindFailure({ first, second: { body, operation } }: Parting): boolean {
  return testsIn(body).some(({ test, block, side, ofOption }) => {
    const branch = attemptOf(body, test.place, ofOption) === first.operation ? branchOn(body, test.to, block) : undefined;
    if (branch === undefined) return false;
    const [failing, succeeding] = side === "failure" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    return hasOperation(body, onlyFrom(body, failing, succeeding, block), operation);
  });
}

const isPlaintext = (fact: Fact): boolean =>
  (fact.kind === "database-tls" && fact.mode === "plaintext") || (fact.kind === "upgrade" && fact.demand === "never");

/** It may do without TLS itself. */
const isLax = ({ facts }: Event): boolean =>
  facts.any.some(
    (it) =>
      (it.kind === "database-tls" && it.mode === "optional") || (it.kind === "upgrade" && it.demand === "optional") || isPlaintext(it),
  );
