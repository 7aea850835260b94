/** What conditions ask of a peer: of its certificate, of an inner verifier's answer and its errors, or of something else. */
import { type Conjunction, type FunctionId, partsOf, type Value, whenTrue } from "../flow/index.ts";
import { CERTIFICATE_IN_QUESTION, REASON_CODES } from "../models/certificate-names.ts";
import { FAILURES } from "../models/failures.ts";
import type { Refusal } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import { READING, VERIFYING } from "./lexicon.ts";
import { pathOf } from "./meanings.ts";
import type { ModelIndex } from "./model-index.ts";
import { isVerdict, PEER, type PeerBits, SHOWN } from "./peer-bits.ts";
import { ABSENT, ERR, NONE, PRESENT } from "./std-names.ts";

export type Atom = Conjunction["atoms"][number];

export interface Judging {
  readonly models: ModelIndex;
  readonly bits: PeerBits;
  /** `true`, which accepts. */
  readonly truth: Value;
  /** Whether the truth that decides is one by which security is chosen off. */
  isChosen(atom: Atom): boolean;
  /** Verdicts for which the peer vouches itself: to ask for them is no check. */
  readonly idle: ReadonlySet<Value>;
}

const isLoop = ({ value }: Atom): boolean => value?.kind === "test" && value.what === "another";

/** A loop over what the peer shows, which always shows a certificate, had nothing to go through. */
export const isWithoutPeer = (atom: Atom, judging: Judging): boolean =>
  isLoop(atom) && !atom.holds && (bitsOfAtom(atom, judging) & PEER.certificate) !== 0;

export const isOfIdle = ({ value }: Atom, { idle }: Judging): boolean =>
  (value?.kind === "test" || value?.kind === "part") && idle.has(value.of);

/** Of an inner verifier's answer, which side it is. */
export function sideOf({ value, holds }: Atom): "accepted" | "refused" | undefined {
  if (value?.kind === "part" && value.name === "answer" && isVerdict(value.of)) return holds ? "accepted" : "refused";
  if (value?.kind !== "test" || !isVerdict(value.of)) return undefined;
  return PRESENT.has(value.what) === holds ? "accepted" : "refused";
}

export const bitsOfAtom = ({ value }: Atom, { bits }: Judging): number => (value === undefined ? 0 : bits.of(value));

/** What is asked of something, not of the build; whether something can be read is no question of whose it is. */
export function isCheck(atom: Atom, judging: Judging): boolean {
  if (atom.value === undefined || sideOf(atom) !== undefined || isMade(atom)) return false;
  if (bitsOfAtom(atom, judging) === PEER.fits) return false;
  if (isLoop(atom) && (bitsOfAtom(atom, judging) & SHOWN) !== 0) return false;
  if (isOwnAttempt(atom, judging)) return false;
  return !isLegible(atom, judging) && !isUnread(atom, judging);
}

/** The certificate or its key is one that is known: that it is none of those that are refused says nothing of whose it is. */
export const isPin = (atom: Atom, judging: Judging): boolean =>
  isCheck(atom, judging) && (bitsOfAtom(atom, judging) & PEER.certificate) !== 0 && isSame(atom, judging, []);

/** `within`: the closures in which the comparison stands. */
function isSame({ value, holds }: Atom, judging: Judging, within: readonly FunctionId[]): boolean {
  if (value?.kind === "operation") return value.operator === (holds ? "==" : "!=");
  if (value?.kind === "test") return holds !== ABSENT.has(value.what);
  const last = value?.kind === "apply" ? value.arguments.at(-1) : undefined;
  if (!holds || last?.kind !== "closure") return holds;
  const answer = within.includes(last.of) ? undefined : judging.bits.answerOf(last);
  return answer !== undefined && whenTrue(answer).every(({ atoms }) => atoms.some((it) => isSame(it, judging, [...within, last.of])));
}

/** What a library makes is there: of the peer that says nothing. */
const isMade = ({ value }: Atom): boolean => value?.kind === "test" && PRESENT.has(value.what) && value.of.kind === "object";

/** The verifier could do something of its own: nothing that the peer shows, or is asked for, has part in that. */
const isOwnAttempt = (atom: Atom, judging: Judging): boolean =>
  bitsOfAtom(atom, judging) === PEER.configuration && atom.value?.kind === "test" && atom.value.what === "success";

/** The call whose success is asked for. */
function attempted({ value }: Atom): Extract<Value, { readonly kind: "apply" }> | undefined {
  const asked = value && askedOf(value);
  if (asked === undefined) return undefined;
  let of: Value = asked;
  // `.map_err(…)` and kin hand on what the attempt in front of them says.
  for (;;) {
    if (of.kind === "labelled") of = of.of;
    const [first] = of.kind === "apply" && of.callee.startsWith(".") && HANDS_ON.has(FAILURES[lastOf(of.callee)]) ? of.arguments : [];
    if (first === undefined) break;
    of = first;
  }
  return of.kind === "apply" ? of : undefined;
}

/** What is asked for success, by a pattern or by a method. */
export function askedOf(value: Value): Value | undefined {
  if (value.kind === "test") return PRESENT.has(value.what) || value.what === ERR || value.what === NONE ? value.of : undefined;
  return value.kind === "apply" && FAILURES[lastOf(value.callee)] === "asked" ? value.arguments[0] : undefined;
}

const HANDS_ON: ReadonlySet<string | undefined> = new Set(["passes", "told"]);

const ACCESSORS: ReadonlySet<string> = new Set(CERTIFICATE_IN_QUESTION.map(lastOf));
const isReading = (name: string): boolean => READING.test(name) || ACCESSORS.has(name);

export const isAsking = (callee: string): boolean => !READING.test(lastOf(callee));

function isLegible(atom: Atom, judging: Judging): boolean {
  const call = attempted(atom);
  return (
    call !== undefined &&
    (bitsOfAtom(atom, judging) & SHOWN) !== 0 &&
    !VERIFYING.test(lastOf(call.callee)) &&
    isReading(lastOf(call.callee))
  );
}

/** What collections answer where something is looked for in them. */
const LOOKING: ReadonlySet<string> = new Set(["std::get", "std::find", ".get", ".find", ".position"]);

/** It holds when a function that was not read is content. */
export function isUnread(atom: Atom, judging: Judging): boolean {
  const call = attempted(atom);
  return (
    call !== undefined &&
    (bitsOfAtom(atom, judging) & SHOWN) !== 0 &&
    !LOOKING.has(call.callee) &&
    !VERIFYING.test(lastOf(call.callee)) &&
    !isReading(lastOf(call.callee))
  );
}

/** What the attempt gave is asked in turn: it was there to read something. */
export const isUsed = ({ value }: Atom, atoms: readonly Atom[]): boolean =>
  value?.kind === "test" && atoms.some((it) => it.value !== value && it.value !== undefined && holdsPayload(it.value, value.of));

function holdsPayload(whole: Value, of: Value): boolean {
  const seen = new Set([whole]);
  for (const value of seen) {
    if (value.kind === "part" && value.of === of) return true;
    for (const it of partsOf(value)) if (it.depth > of.depth) seen.add(it);
  }
  return false;
}

export const OF_THE_PEER = SHOWN | PEER.error | PEER.verdict;

/** Of the build, or of the verifier's own configuration where that names insecurity. */
export const isConfigured = (atom: Atom, judging: Judging): boolean =>
  atom.value === undefined || ((bitsOfAtom(atom, judging) & OF_THE_PEER) === 0 && judging.isChosen(atom));

/** That of another call: not what its own error says. */
export const isOtherVerdict = (atom: Atom, judging: Judging): boolean =>
  sideOf(atom) === undefined &&
  atom.holds &&
  (bitsOfAtom(atom, judging) & (PEER.verdict | PEER.error)) === PEER.verdict &&
  atom.value !== undefined &&
  saysAccepted(atom.value, judging);

/** It is so for one of several where somebody was content with it. */
function saysAccepted(value: Value, { bits }: Judging): boolean {
  const last = value.kind === "apply" ? value.arguments.at(-1) : undefined;
  const answer = last?.kind === "closure" ? bits.answerOf(last) : last;
  return answer === undefined || whenTrue(answer).every(({ atoms }) => !atoms.some((it) => sideOf(it) === "refused"));
}

/** The errors that a condition names. */
export function errorsIn({ value, holds }: Atom, { models, bits }: Judging): readonly string[] {
  if (value === undefined || !holds || (bits.of(value) & PEER.error) === 0) return [];
  return namesIn(value).filter((it) => refusalOf(it, models) !== undefined);
}

const CODES: ReadonlyMap<string, Refusal["of"]> = new Map(Object.entries(REASON_CODES).map(([path, of]) => [lastOf(path), of]));
export const refusalOf = (name: string, models: ModelIndex): Refusal["of"] | undefined => models.refusals.get(name) ?? CODES.get(name);

function namesIn(value: Value): readonly string[] {
  switch (value.kind) {
    case "test":
      return [...(value.what.startsWith("=") ? [] : [lastOf(value.what)]), ...namesIn(value.of)];
    case "operation":
      return value.operands.flatMap(namesIn);
    case "apply":
      return value.arguments.flatMap(namesIn);
    case "part":
    case "labelled":
      return namesIn(value.of);
    case "record":
      return [lastOf(value.type), ...value.fields.flatMap(([, it]) => namesIn(it))];
    default: {
      const path = pathOf(value);
      return path === undefined ? [] : [lastOf(path)];
    }
  }
}
