/** Which of the conditions that lead to a fact say something of it: others only decide whether there is an endpoint at all. */
import type { ConditionGuard, Fact, Guard, Observation } from "../tls/facts.ts";
import { isUnnamed } from "./effective-events.ts";
import { CA_ALONE, CERTIFICATE, CHECKING, ENABLING, ENCRYPTING, HOSTNAME, KEY_LOG, offersKeys } from "./lexicon.ts";
import type { ModelObject } from "./model-object.ts";
import { type Atom, guardsOf, type Path, sameAtom } from "./path-conditions.ts";

/** Decisions, by their groups. */
export type Decisions = ReadonlySet<string>;

/** Those of which more than one side makes or sets up something: they choose between things. Any other decides whether there is one. */
export function choosing(objects: readonly ModelObject[]): Decisions {
  const sides = new Map<string, number>();
  const chosen = new Set<string>();
  for (const { path, events } of objects)
    for (const atom of [path, ...events.map((it) => it.path)].flat())
      if ((sides.get(atom.group) ?? atom.alternative) !== atom.alternative) chosen.add(atom.group);
      else sides.set(atom.group, atom.alternative);
  return chosen;
}

export const guardsOfFact = (path: Path, fact: Fact, object: ModelObject | undefined, decisions: Decisions): readonly Guard[] =>
  guardsOf(
    path.filter(
      (it) => (!isOfExistence(it, object, decisions) || (it.guard !== undefined && asksForKeys(it.guard, fact))) && !isShared(it, object),
    ),
  )
    .filter((guard) => !offers(guard, fact))
    .filter((guard, index, all) => all.findIndex((it) => isSame(it, guard)) === index)
    .filter((guard) => concerns(guard, fact))
    .map((guard) => forFact(guard, fact));

/** Who sets an option that is called so wants to decrypt what is recorded. */
const asksForKeys = (guard: Guard, fact: Fact): boolean =>
  fact.kind === "key-log" && guard.kind === "condition" && !guard.negated && KEY_LOG.test(guard.text);

/** It decides whether there is an endpoint at all, and nothing else is made where it goes the other way: no doubt about this one. */
const isOfExistence = (atom: Atom, object: ModelObject | undefined, decisions: Decisions): boolean =>
  object !== undefined &&
  (atom.guard?.kind === "condition" || atom.guard?.kind === "feature") &&
  !atom.guard.optIn &&
  atom.instead !== true &&
  !decisions.has(atom.group) &&
  object.path.some((it) => sameAtom(it, atom));

/** That a CA is given is no doubt about what becomes of it. */
const offers = (guard: Guard, fact: Fact): boolean => isGiven(fact) && isGift(guard);

const isGiven = (fact: Fact): boolean => fact.kind === "trust" && (fact.anchors === "loaded" || fact.anchors === "unknown");

export const isGift = (guard: Guard): boolean => guard.kind === "condition" && guard.given === true;

/** It decides whether there is a CA at all: who gives one gets what is wrong with it, who gives none has nothing of the kind. */
const isShared = (atom: Atom, object: ModelObject | undefined): boolean =>
  object !== undefined &&
  atom.guard !== undefined &&
  isGift(atom.guard) &&
  givings(object).some((path) => path.some((it) => sameAtom(it, atom)));

/** Where an endpoint is given anchors. A verifier is made of them. */
const givings = (object: ModelObject): readonly Path[] => [
  ...(object.sort === "verifier" ? [object.path] : []),
  ...[object, ...object.parts.map((it) => it.object)].flatMap(({ events }) =>
    events.filter((it) => !it.byDefault && it.facts.any.some(isGiven)).map((it) => it.path),
  ),
];

const isSame = (a: Guard, b: Guard): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who calls a function of that name has asked for a peer that nobody verifies, and for nothing else that is wrong in it. */
const concerns = (guard: Guard, fact: Fact): boolean =>
  guard.kind !== "condition" || guard.called !== true || (offersKeys(guard.text) ? fact.kind === "key-log" : VERIFICATION.has(fact.kind));
const VERIFICATION: ReadonlySet<Fact["kind"]> = new Set(["verifier", "server-verification", "hostname-verification"]);

/**
 * Who chooses not to look at the host name has not chosen to accept every certificate; who turns client authentication on has not
 * chosen whom it believes; who turns TLS on has not chosen what is wrong with it.
 */
function forFact(guard: Guard, fact: Fact): Guard {
  if (guard.kind === "condition" && !guard.optIn && guard.byDefault !== true && switchesOn(guard, fact)) {
    const { byDefault: _, ...rest } = guard;
    return rest;
  }
  if (guard.kind !== "condition") return guard;
  if (asksForKeys(guard, fact)) return { ...guard, optIn: true };
  if (!guard.optIn && !guard.negated && leavesName(fact) && CA_ALONE.test(guard.text)) return { ...guard, optIn: true };
  if (!guard.optIn || fact.kind === "hostname-verification") return guard;
  if (fact.kind !== "server-verification" && !(fact.kind === "verifier" && fact.judgement !== "drops-name-error")) return guard;
  return HOSTNAME.test(guard.text) && !CERTIFICATE.test(guard.text.replace(/verify_?host_?names?/gi, ""))
    ? { ...guard, optIn: false }
    : guard;
}

const leavesName = (fact: Fact): boolean => isUnnamed(fact) || (fact.kind === "verifier" && fact.judgement === "drops-name-error");

const switchesOn = ({ text, negated }: Extract<Guard, { kind: "condition" }>, fact: Fact): boolean =>
  fact.kind === "trust" || (fact.kind === "verifier" && fact.verifies === "client")
    ? ENABLING.test(text)
    : !negated && ENCRYPTING.test(text) && !CHECKING.test(text);

/**
 * Conditions under which an object is there at all, and is so while nobody sets anything: whoever wants another changes what is set then. They
 * choose insecurity by their names, or something else is made where they do not hold.
 */
export function ownDefaults(
  { path, own = [] }: { readonly path: Path; readonly own?: Path | undefined },
  object: ModelObject | undefined,
  decisions: Decisions,
  told: readonly Guard[],
): readonly ConditionGuard[] {
  const ofObject = path.filter((it) => object?.path.some((one) => sameAtom(one, it)) === true);
  const chosen = [...own, ...ofObject].filter((it) => (it.polarity ?? 0) > 0 || decisions.has(it.group));
  const found = guardsOf(chosen).flatMap((it) => (it.kind === "condition" && it.byDefault === true ? [it] : []));
  return found.filter((it, at) => !told.some((one) => isSame(one, it)) && found.findIndex((one) => isSame(one, it)) === at);
}

/** Of two ways to one fact the surer is told, and of the other what leads there while nobody sets anything. */
export function withDefaultsOf(surer: Observation, other: Observation): Observation {
  const known = [...surer.guards, ...(surer.own ?? [])];
  const more = [...other.guards, ...(other.own ?? [])].flatMap((it) =>
    it.kind === "condition" && it.byDefault === true && !known.some((one) => isSame(one, it)) ? [it] : [],
  );
  return more.length === 0 ? surer : { ...surer, own: [...(surer.own ?? []), ...more] };
}
