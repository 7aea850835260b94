/** What a verifier does with the peer's certificate, judged by everything that it can return and under which conditions. */
import { and, type Condition, type Conjunction, isAlways, partsOf, type Value } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import type { Refusal } from "../models/model.ts";
import { READING, VERIFYING } from "../reading/lexicon.ts";
import type { ModelIndex } from "../reading/model-index.ts";
import { type Judgement, WORST_FIRST } from "../tls/facts.ts";
import { pathOf, valueModelOf, wrappedIn } from "./meanings.ts";
import { isVerdict, PEER, type PeerBits, SHOWN } from "./peer-bits.ts";

type Atom = Conjunction["atoms"][number];

export interface Judged {
  readonly judgement: Judgement;
  /** Conditions over configuration and build under which the worst acceptance happens. */
  readonly under: readonly Atom[];
  readonly some: boolean;
  /** Beside an inner verifier's verdict something of the certificate was looked at. */
  readonly compared?: true;
  /** So was what its owner alone has: the whole, or its key. */
  readonly pinned?: true;
  /** Nothing of it was, and on another way to acceptance something is: the conditions between the two. */
  readonly uncompared?: readonly Atom[];
}

/** What a function that judges may return: each way, with what it comes to. */
interface Outcome {
  readonly atoms: readonly Atom[];
  readonly some: boolean;
  readonly value: Value;
}

export interface Judging {
  readonly models: ModelIndex;
  readonly bits: PeerBits;
  /** Whether the truth that decides is one by which security is chosen off. */
  isChosen(atom: Atom): boolean;
  /** Verdicts for which the peer vouches itself: to ask for them is no check. */
  readonly idle: ReadonlySet<Value>;
}

/** `consulted`: when inner verifiers were asked, whatever became of their answers. */
export function judge(result: Value, consulted: readonly Condition[], judging: Judging): Judged {
  const outcomes = withoutIdle(
    outcomesOf(result).map((it) => ({ ...it, atoms: it.atoms.filter((atom) => !isOfIdle(atom, judging)) })),
    judging,
  );
  const found = outcomes.flatMap((it) => judgeOutcome(it, consulted, judging) ?? []);
  const [worst] = found.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (worst?.uncompared !== undefined && !found.some((it) => it.compared)) return { ...worst, uncompared: [] };
  return worst ?? { judgement: outcomes.every(({ value }) => isRefusal(value)) ? "rejects" : "unknown", under: [], some: false };
}

const ERR = "std::result::Result::Err";
const NONE = "std::option::Option::None";

function outcomesOf(value: Value, condition: Condition = [{ atoms: [], some: false }]): readonly Outcome[] {
  if (value.kind === "alternatives") return value.of.flatMap((it) => outcomesOf(it.value, and(condition, it.condition)));
  if (value.kind === "labelled") return outcomesOf(value.of, condition);
  const inner = wrappedIn(value);
  if (inner !== undefined) return outcomesOf(inner, condition);
  return condition.map(({ atoms, some }) => ({ atoms, some, value }));
}

const isRefusal = (value: Value): boolean =>
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
    ...((asked & PEER.certificate) !== 0 && { pinned: true as const }),
  };
  if (accepted) return { judgement: "delegates", under: [], some: false, ...marks, ...(marks.compared !== true && { uncompared: checks }) };
  if (refused.length > 0) return overruled(outcome, judging);
  if ((asked & PEER.certificate) !== 0) return { judgement: "pins", under: [], some: false };
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
  const only = (of: Refusal["of"]): boolean => errors.length > 0 && errors.every((it) => judging.models.refusals.get(it) === of);
  if (only("unnameable")) return { judgement: "delegates", under: [], some: false };
  // Asked again, for another name or with other anchors, an inner verifier has accepted.
  if (atoms.some((it) => isOtherVerdict(it, judging))) return { judgement: "delegates", under: [], some: false };
  const compared = atoms.some((it) => isCheck(it, judging) && (bitsOfAtom(it, judging) & SHOWN) !== 0);
  const judgement = compared ? "pins" : only("name") ? "drops-name-error" : only("time") ? "drops-time-error" : "drops-error";
  return { judgement, under, some };
}

// Atoms.

const isOfIdle = ({ value }: Atom, { idle }: Judging): boolean => (value?.kind === "test" || value?.kind === "part") && idle.has(value.of);

const OK: ReadonlySet<string> = new Set(["success", "std::result::Result::Ok", "std::option::Option::Some"]);

/** Of an inner verifier's answer, which side it is. */
function sideOf({ value, holds }: Atom): "accepted" | "refused" | undefined {
  if (value?.kind === "part" && value.name === "answer" && isVerdict(value.of)) return holds ? "accepted" : "refused";
  if (value?.kind !== "test" || !isVerdict(value.of)) return undefined;
  return OK.has(value.what) === holds ? "accepted" : "refused";
}

const bitsOfAtom = ({ value }: Atom, { bits }: Judging): number => (value === undefined ? 0 : bits.of(value));

/** What is asked of something, not of the build; whether something can be read is no question of whose it is. */
function isCheck(atom: Atom, judging: Judging): boolean {
  if (atom.value === undefined || sideOf(atom) !== undefined || isMade(atom)) return false;
  return !isLegible(atom, judging) && !isUnread(atom, judging);
}

/** What a library makes is there: of the peer that says nothing. */
const isMade = ({ value }: Atom): boolean => value?.kind === "test" && OK.has(value.what) && value.of.kind === "object";

/** The call whose success is asked for. */
function attempted({ value }: Atom): Extract<Value, { readonly kind: "apply" }> | undefined {
  if (value?.kind !== "test" || !(OK.has(value.what) || value.what === ERR || value.what === NONE)) return undefined;
  let of = value.of;
  // `.map_err(…)` and kin hand on what the attempt in front of them says.
  for (;;) {
    if (of.kind === "labelled") of = of.of;
    const [first] = of.kind === "apply" && of.callee.startsWith(".") && HANDS_ON.has(FAILURES[nameOf(of.callee)]) ? of.arguments : [];
    if (first === undefined) break;
    of = first;
  }
  return of.kind === "apply" ? of : undefined;
}

const HANDS_ON: ReadonlySet<string | undefined> = new Set(["passes", "told"]);

const nameOf = (callee: string): string => callee.split(/::|\./).at(-1) ?? "";

const isAsking = (callee: string): boolean => !READING.test(nameOf(callee));

function isLegible(atom: Atom, judging: Judging): boolean {
  const call = attempted(atom);
  return (
    call !== undefined &&
    (bitsOfAtom(atom, judging) & SHOWN) !== 0 &&
    !VERIFYING.test(nameOf(call.callee)) &&
    READING.test(nameOf(call.callee))
  );
}

/** What collections answer where something is looked for in them. */
const LOOKING: ReadonlySet<string> = new Set(["std::get", "std::find"]);

/** It holds when a function that was not read is content. */
function isUnread(atom: Atom, judging: Judging): boolean {
  const call = attempted(atom);
  return (
    call !== undefined &&
    (bitsOfAtom(atom, judging) & SHOWN) !== 0 &&
    !LOOKING.has(call.callee) &&
    !VERIFYING.test(nameOf(call.callee)) &&
    !READING.test(nameOf(call.callee))
  );
}

/** What the attempt gave is asked in turn: it was there to read something. */
const isUsed = ({ value }: Atom, atoms: readonly Atom[]): boolean =>
  value?.kind === "test" && atoms.some((it) => it.value !== value && it.value !== undefined && holdsPayload(it.value, value.of));

function holdsPayload(value: Value, of: Value): boolean {
  if (value.depth <= of.depth) return false;
  return (value.kind === "part" && value.of === of) || partsOf(value).some((it) => holdsPayload(it, of));
}

const OF_THE_PEER = SHOWN | PEER.error | PEER.verdict;

/** Of the build, or of the verifier's own configuration where that names insecurity. */
const isConfigured = (atom: Atom, judging: Judging): boolean =>
  atom.value === undefined || ((bitsOfAtom(atom, judging) & OF_THE_PEER) === 0 && judging.isChosen(atom));

/** That of another call: not what its own error says. */
const isOtherVerdict = (atom: Atom, judging: Judging): boolean =>
  sideOf(atom) === undefined && atom.holds && (bitsOfAtom(atom, judging) & (PEER.verdict | PEER.error)) === PEER.verdict;

/** The errors that a condition names. */
function errorsIn({ value, holds }: Atom, { models, bits }: Judging): readonly string[] {
  if (value === undefined || !holds || (bits.of(value) & PEER.error) === 0) return [];
  return namesIn(value).filter((it) => models.refusals.has(it));
}

function namesIn(value: Value): readonly string[] {
  switch (value.kind) {
    case "test":
      return [...(value.what.startsWith("=") ? [] : [nameOf(value.what)]), ...namesIn(value.of)];
    case "operation":
      return value.operands.flatMap(namesIn);
    case "apply":
      return value.arguments.flatMap(namesIn);
    case "part":
    case "labelled":
      return namesIn(value.of);
    case "record":
      return [nameOf(value.type), ...value.fields.flatMap(([, it]) => namesIn(it))];
    default: {
      const path = pathOf(value);
      return path === undefined ? [] : [nameOf(path)];
    }
  }
}

/** An inner verifier was asked on the way to this outcome, too. */
const isWithin = ({ atoms }: Outcome, asked: Condition): boolean =>
  isAlways(asked) || asked.some((one) => one.atoms.every((it) => atoms.some((own) => own.key === it.key && own.holds === it.holds)));
