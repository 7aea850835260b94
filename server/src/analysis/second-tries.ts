/** Clients that connect with TLS, and where that has failed once more without: whoever is between can make the first attempt fail. */
import type { Fact } from "../tls/facts.ts";
import { failing, state } from "./fail-open-facts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { chainOf, isBehindFailure, type Parting, partingOf } from "./partings.ts";
import { sameAtom } from "./path-conditions.ts";
import type { Records } from "./records.ts";

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

const isPlaintext = (fact: Fact): boolean =>
  (fact.kind === "database-tls" && fact.mode === "plaintext") || (fact.kind === "upgrade" && fact.demand === "never");

/** It may do without TLS itself. */
const isLax = ({ facts }: Event): boolean =>
  facts.any.some(
    (it) =>
      (it.kind === "database-tls" && it.mode === "optional") || (it.kind === "upgrade" && it.demand === "optional") || isPlaintext(it),
  );
