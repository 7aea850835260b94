/** Clients that connect with TLS, and where that has failed once more without: whoever is between can make the first attempt fail. */
import type { Fact } from "../tls/facts.ts";
import { effectiveEvents } from "./effective-events.ts";
import { failing, state } from "./fail-open-facts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { attemptBefore, chainOf, type Parting, partingOf } from "./partings.ts";
import { type Atom, type Path, sameAtom } from "./path-conditions.ts";
import type { Records } from "./records.ts";
import { mayBeTheSamePeer } from "./same-peer.ts";
import type { Site } from "./sites.ts";

export function stateSecondTry(records: Records, object: ModelObject, event: Event): void {
  const plaintext = event.facts.any.find(isPlaintext);
  if (plaintext === undefined || object.events.some(({ facts }) => facts.any.some(isHere))) return;
  const { objects, origins, sites } = records;
  const root = origins.get(object)?.root;
  const chain = chainOf(records, object);
  const failed = event.path.filter((it) => it.failed !== undefined);
  const isFirst = (it: ModelObject): boolean => {
    const isAlike = it !== object && it.model === object.model && origins.get(it)?.root === root;
    if (!isAlike || !mayBeTheSamePeer(records, it, object) || !isGivenUp(it, object, plaintext)) return false;
    const paths = origins.get(it)?.paths ?? [];
    return paths.every((path) => !path.some((atom) => failed.some((one) => sameAtom(one, atom))));
  };
  const others = objects.all.filter(isFirst);
  const tries = [
    ...others.flatMap((it) => tryOf(chainOf(records, it), chain, origins.get(it)?.paths ?? [])),
    ...callsBefore(records, object, event),
  ];
  // What all of it is tried again for is tried with TLS first.
  const last = tries.reduce<Try | undefined>((a, b) => (a !== undefined && a.at >= b.at ? a : b), undefined);
  const attempt = effectiveEvents(object).includes(event) ? last && attemptBefore(sites, last) : undefined;
  if (last === undefined || attempt === undefined) return;
  const call = { call: sites.written(attempt), related: [{ ...sites.named(attempt), message: "where this fails" }] };
  // What nobody knows of either is not what the second is made for.
  const isOfBoth = (atom: Atom): boolean => last.under.some((it) => it.some((one) => sameAtom(one, atom)));
  const path = event.path.filter((it) => it.failed === undefined && !(it.isUnknown === true && isOfBoth(it)));
  state(object, sites.named(last.second), event.draft, { loses: "tls", ...failing(call), path });
}

/** `under`: the conditions of the first. */
type Try = Parting & { readonly under: readonly Path[] };

function tryOf(one: readonly Site[], other: readonly Site[], under: readonly Path[]): readonly Try[] {
  const parting = partingOf(one, other);
  return parting === undefined ? [] : [{ ...parting, under }];
}

/** Where the same client was told to connect by the same call, and not without TLS. */
function callsBefore({ drafts }: Records, object: ModelObject, event: Event): readonly Try[] {
  const second = drafts[event.draft];
  const isBare = (draft: number): boolean => object.events.some((it) => it.draft === draft && it.facts.any.some(isPlaintext));
  return drafts.flatMap((it, draft) => {
    const isAlike = it.object === object && it.callModel !== undefined && it.callModel === second?.callModel;
    if (!isAlike || event.byDefault || isBare(draft)) return [];
    const under = object.events.flatMap((one) => (one.draft === draft ? [one.path] : []));
    return tryOf(it.chain ?? [], second?.chain ?? [], under);
  });
}

/**
 * The first has TLS, and the second has not. What anybody may read of a request is no loss where nothing says that there was more to it: TLS
 * settings of the first, or a secret that the second sends.
 */
function isGivenUp(first: ModelObject, second: ModelObject, plaintext: Fact): boolean {
  const effective = effectiveEvents(first).flatMap(({ facts }) => facts.any);
  if (effective.some(isLax)) return false;
  const isSetUp = first.parts.some(({ kind }) => kind === "configuration") || effective.some(({ kind }) => kind === "tls-settings");
  if (plaintext.kind !== "client-transport") return first.type === second.type || isSetUp;
  if (!isSetUp && !effective.some((it) => it.kind === "client-transport" && it.tls)) return false;
  return isSetUp || plaintext.ofSecrets !== true || second.events.some(({ facts }) => facts.any.some(isSecret));
}

const isPlaintext = (fact: Fact): boolean =>
  (fact.kind === "database-tls" && fact.mode === "plaintext") ||
  (fact.kind === "upgrade" && fact.demand === "never") ||
  (fact.kind === "client-transport" && !fact.tls);

/** It may do without TLS itself. */
const isLax = (fact: Fact): boolean =>
  (fact.kind === "database-tls" && fact.mode === "optional") ||
  (fact.kind === "upgrade" && fact.demand === "optional") ||
  isPlaintext(fact);

const isSecret = (fact: Fact): boolean => fact.kind === "login" || (fact.kind === "peer" && fact.credentials === true);

/** Nobody is on the way to this machine. */
const isHere = (fact: Fact): boolean => fact.kind === "peer" && fact.reach === "loopback";
