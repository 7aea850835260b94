/** What a verifier does with the peer's certificate, judged by everything that it can return and under which conditions. */
import { ALWAYS, and, type Condition, isAlways, type Value, whenTrue } from "../flow/index.ts";
import type { Refusal } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import { type Judgement, WORST_FIRST } from "../tls/facts.ts";
import { isAllowed } from "./allow-lists.ts";
import { pathOf, valueModelOf, wrappedIn } from "./meanings.ts";
import { isVerdict, PEER, SHOWN } from "./peer-bits.ts";
import {
  type Atom,
  askedOf,
  bitsOfAtom,
  errorsIn,
  isAsking,
  isCheck,
  isConfigured,
  isOfIdle,
  isOtherVerdict,
  isPin,
  isUnread,
  isUsed,
  isWithoutPeer,
  type Judging,
  OF_THE_PEER,
  refusalOf,
  sideOf,
} from "./peer-conditions.ts";
import { ERR, NONE } from "./std-names.ts";

export interface Judged {
  readonly judgement: Judgement;
  /** Conditions over configuration and build under which the worst acceptance happens. */
  readonly under: readonly Atom[];
  readonly some: boolean;
  /** Beside an inner verifier's verdict something of the certificate was looked at. */
  readonly compared?: true;
  /** On each way to acceptance what its owner alone has, the whole or its key, is what the program knows. */
  readonly pinned?: boolean;
  /** Nothing of it was, and on another way to acceptance something is: the conditions between the two. */
  readonly uncompared?: readonly Atom[];
  /** What it answers there. */
  readonly answer?: Value;
}

/** What a function that judges may return: each way, with what it comes to. */
interface Outcome {
  readonly atoms: readonly Atom[];
  readonly some: boolean;
  readonly value: Value;
}

/** `consulted`: when inner verifiers were asked, whatever became of their answers. */
export function judge(result: Value, consulted: readonly Condition[], judging: Judging): Judged {
  const all = outcomesOf(result, judging.truth, judging)
    .filter(({ atoms }) => !atoms.some((it) => isWithoutPeer(it, judging)))
    .map((it) => ({ ...it, atoms: it.atoms.filter((atom) => !isOfIdle(atom, judging)) }));
  const outcomes = withoutName(withoutIdle(all, judging), consulted, judging);
  const others = all.filter((it) => isAcceptance(it.value, judging)).map((it) => it.atoms);
  const found = ofLeaf(
    outcomes.flatMap((it) => ({
      outcome: it,
      judged: answering(it, isAllowed(it.atoms, others, judging.bits) ? ALLOWED : judgeOutcome(it, consulted, judging), judging),
    })),
  );
  const [first] = found.toSorted((a, b) => rankOf(a) - rankOf(b));
  const worst = first && { ...first, pinned: found.every((it) => it.pinned) };
  if (worst?.uncompared !== undefined && !found.some((it) => it.compared)) return { ...worst, uncompared: [] };
  return worst ?? { judgement: outcomes.every(({ value }) => isRefusal(value)) ? "rejects" : "unknown", under: [], some: false };
}

const answering = (outcome: Outcome, judged: Judged | undefined, judging: Judging): Judged | undefined =>
  judged && { ...judged, answer: outcome.value, pinned: isPinned(outcome, judging) };

/** The comparison may be the answer itself. */
function isPinned({ atoms, value }: Outcome, judging: Judging): boolean {
  const isAmong = (all: readonly Atom[]): boolean => all.some((it) => isPin(it, judging));
  const ways = whenTrue(value);
  return isAmong(atoms) || (ways.length > 0 && ways.every((it) => isAmong(it.atoms)));
}

const ALLOWED: Judged = { judgement: "pins", under: [], some: false };

interface Found {
  readonly outcome: Outcome;
  readonly judged: Judged | undefined;
}

/** A callback is asked about each certificate of a chain: one that pins the leaf need not look at the others. */
function ofLeaf(found: readonly Found[]): readonly Judged[] {
  const judgedIn = (some: readonly Found[]): readonly Judged[] => some.flatMap((it) => it.judged ?? []);
  const leaf = judgedIn(found.filter(({ outcome }) => !outcome.atoms.some(isBeyondLeaf)));
  return leaf.length > 0 && leaf.every((it) => it.judgement === "pins" || it.pinned) ? leaf : judgedIn(found);
}

/** It is so where the depth in the chain is not that of the leaf, which is 0. */
function isBeyondLeaf({ value, holds }: Atom): boolean {
  if (value?.kind !== "operation") return false;
  const [asked, zero] = value.operands;
  if (asked?.kind !== "apply" || lastOf(asked.callee) !== DEPTH || zero?.kind !== "constant" || zero.value !== 0) return false;
  return value.operator === "==" ? !holds : (value.operator === "!=" || value.operator === ">") && holds;
}

const DEPTH = "error_depth";

export function outcomesOf(value: Value, truth: Value, judging?: Judging, condition: Condition = ALWAYS): readonly Outcome[] {
  const outcomes = (it: Value, when: Condition): readonly Outcome[] => outcomesOf(it, truth, judging, when);
  if (value.kind === "alternatives") return value.of.flatMap((it) => outcomes(it.value, and(condition, it.condition)));
  if (value.kind === "labelled") return outcomes(value.of, condition);
  const inner = wrappedIn(value);
  if (inner !== undefined) return outcomes(inner, condition);
  // Of a truth, the ways in which it is true: on the others nobody is accepted.
  if (isPutTogether(value) || (judging !== undefined && isPresence(value, judging)))
    return outcomes(truth, and(condition, whenTrue(value)));
  return condition.map(({ atoms, some }) => ({ atoms, some, value }));
}

const isPutTogether = (value: Value): boolean => value.kind === "operation" && (value.operator === "|" || value.operator === "&");

/** Whether there is something of which the library has not said yet whether it will do. */
const isPresence = (value: Value, { bits }: Judging): boolean =>
  askedOf(value) !== undefined && (bits.of(value) & (PEER.verdict | PEER.error)) === 0;

export const isRefusal = (value: Value): boolean =>
  (value.kind === "record" && (value.type === ERR || value.type === NONE)) ||
  (value.kind === "constant" && value.value === false) ||
  (value.kind === "part" && value.name === "failure");

/**
 * What was asked of the certificate protects nobody where it is accepted on the other side, too: `if pinned(certificate) { return Ok(…) }`
 * says nothing of what is accepted after it.
 */
function withoutIdle(outcomes: readonly Outcome[], judging: Judging): readonly Outcome[] {
  const accepting = outcomes.filter((it) => isAcceptance(it.value, judging));
  const isIdle = (atom: Atom, own: Outcome): boolean =>
    isCheck(atom, judging) && accepting.some((it) => it !== own && isOtherSide(it, atom, own));
  return outcomes.map((it) => (accepting.includes(it) ? { ...it, atoms: it.atoms.filter((atom) => !isIdle(atom, it)) } : it));
}

/**
 * Whom the certificate is to name says nothing of whose it is: where nothing of it is ever looked at, and everybody else is refused, any
 * certificate does for the names that are accepted.
 */
function withoutName(outcomes: readonly Outcome[], consulted: readonly Condition[], judging: Judging): readonly Outcome[] {
  const isBlind = ({ value, atoms }: Outcome): boolean =>
    isRefusal(value) || (isAcceptance(value, judging) && atoms.every((it) => (bitsOfAtom(it, judging) & OF_THE_PEER) === 0));
  if (consulted.length > 0 || !outcomes.every(isBlind)) return outcomes;
  const isOfName = (atom: Atom): boolean => (bitsOfAtom(atom, judging) & PEER.asked) !== 0;
  return outcomes.map((it) => (isRefusal(it.value) ? it : { ...it, atoms: it.atoms.filter((atom) => !isOfName(atom)) }));
}

/** It holds where the atom does not, and under no further condition. */
const isOtherSide = ({ atoms }: Outcome, atom: Atom, own: Outcome): boolean =>
  atoms.some((it) => it.key === atom.key && it.holds !== atom.holds) &&
  atoms.every((it) => it.key === atom.key || own.atoms.some((one) => one.key === it.key && one.holds === it.holds));

function isAcceptance(value: Value, { models, idle }: Judging): boolean {
  if (idle.has(value)) return true;
  if (value.kind === "constant") return value.value === true;
  if (value.kind === "unit") return true;
  const path = pathOf(value);
  if (path === undefined) return false;
  const canonical = models.canonical(path);
  return models.accepted.has(canonical) || models.value(canonical)?.of.kind === "accepted";
}

/** Worst first; what an explicit option guards comes after what holds anyway. */
export const rankOf = (it: Judged): number =>
  WORST_FIRST.indexOf(it.judgement) + (it.under.length > 0 ? 0.5 : 0) + (it.compared === true ? 0.1 : 0);

function judgeOutcome(outcome: Outcome, consulted: readonly Condition[], judging: Judging): Judged | undefined {
  const { value, atoms, some } = outcome;
  if (isRefusal(value)) return undefined;
  const accepted = atoms.some((it) => sideOf(it) === "accepted");
  const refused = atoms.filter((it) => sideOf(it) === "refused");
  if (!isAcceptance(value, judging)) return judgeOther(outcome, accepted, judging);
  const checks = atoms.filter((it) => isCheck(it, judging));
  const asked = checks.reduce((bits, it) => bits | bitsOfAtom(it, judging), 0);
  const marks = {
    ...((asked & SHOWN) !== 0 && { compared: true as const }),
  };
  if (accepted) return { judgement: "delegates", under: [], some: false, ...marks, ...(marks.compared !== true && { uncompared: checks }) };
  if (refused.length > 0) return overruled(outcome, judging);
  if ((asked & PEER.certificate) !== 0) return { judgement: "pins", under: [], some: false };
  if (checks.some((it) => isOtherVerdict(it, judging))) return { judgement: "delegates", under: [], some: false };
  if (atoms.some((it) => isUnread(it, judging) && !isUsed(it, atoms))) return { judgement: "unknown", under: [], some: false };
  if ((asked & PEER.claim) !== 0) return { judgement: "compares-claims", under: [], some: false };
  const under = atoms.filter((it) => isConfigured(it, judging));
  if (checks.some((it) => !under.includes(it)) || some) return { judgement: "compares-other", under, some };
  return { judgement: consulted.some((it) => isWithin(outcome, it)) ? "drops-error" : "accepts-anything", under, some };
}

/** What is neither acceptance nor refusal: another's verdict, a comparison that is returned as the answer, or nobody knows. */
function judgeOther({ value }: Outcome, accepted: boolean, { bits, models }: Judging): Judged {
  const of = bits.of(value);
  const plain = { under: [], some: false } as const;
  if (valueModelOf(value, models)?.of.kind === "library-verdict") return { judgement: "delegates", ...plain };
  if (accepted || isVerdict(value) || (of & (PEER.verdict | PEER.error)) !== 0) return { judgement: "delegates", ...plain };
  if (value.kind === "operation" || value.kind === "test" || (value.kind === "apply" && value.callee !== "" && isAsking(value.callee)))
    return { judgement: (of & PEER.certificate) !== 0 ? "pins" : (of & PEER.claim) !== 0 ? "compares-claims" : "compares-other", ...plain };
  return { judgement: "unknown", ...plain };
}

/** A refusal is accepted: because of what was wrong, or of the certificate itself, or for nothing. */
function overruled({ atoms, some }: Outcome, judging: Judging): Judged {
  const under = atoms.filter((it) => isConfigured(it, judging));
  const errors = atoms.flatMap((it) => errorsIn(it, judging));
  const only = (of: Refusal["of"]): boolean => errors.length > 0 && errors.every((it) => refusalOf(it, judging.models) === of);
  if (only("unnameable")) return { judgement: "delegates", under: [], some: false };
  // Asked again, for another name or with other anchors, an inner verifier has accepted.
  if (atoms.some((it) => isOtherVerdict(it, judging))) return { judgement: "delegates", under: [], some: false };
  const compared = atoms.some((it) => isCheck(it, judging) && (bitsOfAtom(it, judging) & SHOWN) !== 0);
  const judgement = compared ? "pins" : only("name") ? "drops-name-error" : only("time") ? "drops-time-error" : "drops-error";
  return { judgement, under, some };
}

/** An inner verifier was asked on the way to this outcome, too. */
const isWithin = ({ atoms }: Outcome, asked: Condition): boolean =>
  isAlways(asked) || asked.some((one) => one.atoms.every((it) => atoms.some((own) => own.key === it.key && own.holds === it.holds)));
