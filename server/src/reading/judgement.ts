/** What a verifier's body does with the peer's certificate, judged by everything that it can return and under which conditions. */
import type { Refusal } from "../models/model.ts";
import { type Judgement, WORST_FIRST } from "../tls/facts.ts";
import { isAsideAtom, otherSide } from "./guards.ts";
import { NAMES_THE_CERTIFICATE, NAMES_THE_HOST, NAMES_THE_TIME } from "./lexicon.ts";
import { type Atom, conditional, type Path, sameAtom } from "./path-conditions.ts";
import { SHOWN, TAINT, taintOf, type Value } from "./values.ts";

export interface Outcome {
  readonly path: Path;
  readonly value: Value;
}
export interface Judged {
  readonly judgement: Judgement;
  /** Conditions over configuration under which the worst acceptance happens: they guard the finding. */
  readonly path: Path;
  /** The value that accepts, for its place. */
  readonly value?: Value;
  /** Beside an inner verifier's verdict something of the certificate was looked at. */
  readonly compared?: true;
  /** So was what its owner alone has: the whole, or its key. */
  readonly pinned?: true;
  /** The condition under which nothing of it is, where it is refused for what it holds else. */
  readonly uncompared?: Path;
}

/** What errors say was wrong with the peer, by name. */
export type Refusals = ReadonlyMap<string, Refusal["of"]>;

/** `consulted`: the conditions under which inner verifiers were asked, whatever became of their answers. */
export function judge(outcomes: readonly Outcome[], consulted: readonly Path[], refusals: Refusals): Judged {
  const flat = withoutIdle(outcomes.flatMap((it) => flatten(it.path, it.value, 0)));
  const verdicts = flat.flatMap((it): Judged[] => {
    const one = judgeOutcome(it, consulted, refusals);
    return one === undefined ? [] : [one];
  });
  const worst = [...verdicts].sort((a, b) => rankOf(a) - rankOf(b))[0];
  if (worst?.judgement === "delegates" && worst.compared !== true) return { ...worst, uncompared: uncomparedIn(flat) };
  return worst ?? { judgement: flat.length === 0 || flat.every((it) => it.value.kind === "error") ? "rejects" : "unknown", path: [] };
}

/**
 * What was asked of the certificate protects nobody where it is accepted on the other side, too: `if pinned(certificate) { return Ok(…) }`
 * says nothing of what is accepted after it.
 */
function withoutIdle(outcomes: readonly Outcome[]): readonly Outcome[] {
  const accepting = outcomes.filter(({ value }) => value.kind === "accepted" || (value.kind === "bool" && value.value));
  const isIdle = (atom: Atom, own: Outcome): boolean =>
    isCheck(atom) && (atom.taint & SHOWN) !== 0 && accepting.some((it) => it !== own && isOtherSide(it.path, atom, own.path));
  return outcomes.map((it) => (accepting.includes(it) ? { ...it, path: it.path.filter((atom) => !isIdle(atom, it)) } : it));
}

/** It holds where the atom does not, and under no further condition. */
const isOtherSide = (path: Path, atom: Atom, own: Path): boolean =>
  path.some((it) => it.group === atom.group && it.alternative !== atom.alternative) &&
  conditional(path).every((it) => it.group === atom.group || own.some((one) => sameAtom(one, it)));

/** `if !names.is_empty() && !matches(names, certificate) { return Err(…) }`: the condition beside the comparison, turned round. */
function uncomparedIn(outcomes: readonly Outcome[]): Path {
  const reads = (it: Atom): boolean => isCheck(it) && (it.taint & SHOWN) !== 0;
  const refusal = outcomes.find(
    ({ path, value }) => value.kind === "error" && path.some((it) => it.verdict?.side === "accepted") && path.some(reads),
  );
  const [condition, ...more] = refusal?.path.filter((it) => isCheck(it) && !reads(it)) ?? [];
  const other = condition === undefined || more.length > 0 ? undefined : otherSide(condition);
  return other === undefined ? [] : [other];
}

/** Worst first; what an explicit option guards comes after what holds anyway. */
export const rankOf = (it: Judged): number =>
  WORST_FIRST.indexOf(it.judgement) + (it.path.length > 0 ? 0.5 : 0) + (it.compared === true ? 0.1 : 0);

function flatten(path: Path, value: Value, depth: number): Outcome[] {
  if (value.kind === "fallible") return flatten(path, value.value, depth + 1);
  if (value.kind !== "choice" || depth > 6) return [{ path, value }];
  return value.arms.flatMap((arm) => flatten([...path, ...arm.path], arm.value, depth + 1));
}

function judgeOutcome({ path, value }: Outcome, consulted: readonly Path[], refusals: Refusals): Judged | undefined {
  if (value.kind === "error") return undefined;
  const verdict = path.find((it) => it.verdict !== undefined && it.verdict.side === "accepted");
  const refused = path.filter((it) => it.verdict?.side === "refused");
  if (value.kind === "verdict") return { judgement: "delegates", path: [], value };
  // Whatever can be read is accepted, too, where nothing else is asked.
  const legible = value.kind === "opaque" && value.legible === true;
  const accepts = value.kind === "accepted" || (value.kind === "bool" && value.value) || value.kind === "unit" || legible;
  if (value.kind === "bool" && !value.value) return undefined;
  if (!accepts && verdict !== undefined) return { judgement: "delegates", path: [], value };
  if (!accepts && refused.length > 0 && value.kind === "opaque") return { judgement: exception(value.text), path: configured(path), value };
  if (!accepts) {
    const taint = taintOf(value);
    if ((taint & TAINT.verdict) !== 0 && (value.kind !== "opaque" || value.judges)) return { judgement: "delegates", path: [], value };
    // A comparison that is returned as the answer.
    if (value.kind === "opaque" && value.judges) return { judgement: comparison(taint), path: [], value };
    if ((taint & TAINT.verdict) !== 0) return { judgement: "delegates", path: [], value };
    return { judgement: "unknown", path: [], value };
  }
  if (verdict !== undefined) {
    const asked = path.filter(isCheck).reduce((bits, it) => bits | it.taint, 0);
    return {
      judgement: "delegates",
      path: [],
      value,
      ...((asked & SHOWN) !== 0 && { compared: true as const }),
      ...((asked & TAINT.certificate) !== 0 && { pinned: true as const }),
    };
  }
  if (refused.length > 0) {
    const errors = [...refused.flatMap((it) => it.verdict?.errors ?? []), ...path.flatMap((it) => errorsAsked(it, refusals))];
    const only = (of: Refusal["of"]): boolean => errors.length > 0 && errors.every((it) => refusals.get(it) === of);
    if (only("unnameable")) return { judgement: "delegates", path: [], value };
    // Asked again, for another name or with other anchors, the inner verifier has accepted.
    if (path.some(isOtherVerdict)) return { judgement: "delegates", path: [], value };
    const compared = path.some((it) => isCheck(it) && (it.taint & SHOWN) !== 0);
    const judgement = compared ? "pins" : only("name") ? "drops-name-error" : only("time") ? "drops-time-error" : "drops-error";
    return { judgement, path: configured(path), value };
  }
  const checks = path.filter(isCheck);
  if (checks.some((it) => (it.taint & TAINT.certificate) !== 0)) return { judgement: "pins", path: [], value };
  if (path.some((it) => it.unread === true)) return { judgement: "unknown", path: [], value };
  if (checks.some((it) => (it.taint & TAINT.claim) !== 0)) return { judgement: "compares-claims", path: [], value };
  const chosen = configured(path);
  const others = checks.filter((it) => !chosen.includes(it));
  if (others.length > 0) return { judgement: "compares-other", path: chosen, value };
  return { judgement: consulted.some((it) => within(path, it)) ? "drops-error" : "accepts-anything", path: chosen, value };
}

/** What a comparison was with. */
const comparison = (taint: number): Judgement =>
  (taint & TAINT.certificate) !== 0 ? "pins" : (taint & TAINT.claim) !== 0 ? "compares-claims" : "compares-other";

/** `|e| match e { InvalidCertificate(NotValidForName) => … }`: the errors that a condition names. */
const errorsAsked = ({ guard, taint }: Atom, refusals: Refusals): readonly string[] =>
  guard?.kind === "condition" && !guard.negated && (taint & TAINT.error) !== 0
    ? (guard.text.match(/\w+/g)?.filter((it) => refusals.has(it)) ?? [])
    : [];

/** That of another call: not what its own error says. */
const isOtherVerdict = (it: Atom): boolean =>
  isCheck(it) && (it.taint & (TAINT.verdict | TAINT.error)) === TAINT.verdict && it.guard?.kind === "condition" && !it.guard.negated;

/** An inner verifier was asked on the way to this outcome, too. */
const within = (path: Path, asked: Path): boolean => conditional(asked).every((it) => path.some((one) => sameAtom(one, it)));

/** `ok || ctx.error() == …`: a refusal is overruled; by the certificate itself, or because of the kind of error. */
function exception(text: string): Judgement {
  if (NAMES_THE_CERTIFICATE.test(text)) return "pins";
  if (NAMES_THE_TIME.test(text)) return "drops-time-error";
  return NAMES_THE_HOST.test(text) ? "drops-name-error" : "drops-error";
}

const isCheck = (atom: Atom): boolean =>
  atom.verdict === undefined &&
  atom.unread !== true &&
  atom.legible !== true &&
  !isAsideAtom(atom) &&
  atom.guard?.kind !== "feature" &&
  atom.guard?.kind !== "cfg";

const OF_THE_PEER = SHOWN | TAINT.error | TAINT.verdict;

/** Conditions that read the verifier's own configuration and name insecurity, and those of the build. */
function configured(path: Path): Path {
  return conditional(path).filter(
    (it) => it.guard !== undefined && (it.guard.kind !== "condition" || (it.guard.optIn && (it.taint & OF_THE_PEER) === 0)),
  );
}
