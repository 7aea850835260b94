/** Values with alternatives: kept apart with their conditions, merged only where they are one and the same. */
import { MAX_ARMS } from "../budgets.ts";
import { type Frame, under } from "../machine.ts";
import { covered, extend, type Path } from "../path-conditions.ts";
import { type Arm, opaque, SHOWN, TAINT, taintOf, type Value } from "../values.ts";

/** Later arms win over earlier ones that they cover. */
export function choose(arms: readonly Arm[]): Value {
  const flat = fewer(arms.flatMap((arm) => flatten(arm.path, arm.value, 0)));
  const [first] = flat;
  if (first === undefined) return opaque("nothing");
  if (flat.length === 1 && first.path.length === 0) return first.value;
  const asked = flat.some((it) => it.path.some((atom) => atom.survival && isTold(atom.taint)));
  // What was found out about a peer's certificate on the way is not merged away: a verifier's judgement needs it.
  if (
    !asked &&
    flat.every((it) => identical(it.value, first.value)) &&
    covered(
      [],
      flat.map((it) => it.path),
    )
  )
    return first.value;
  if (!asked && flat.every((it) => it.value.kind === "opaque" && it.value.parts.length === 0)) return merged(first.value, flat);
  markStandIns(flat);
  return flat.length > MAX_ARMS ? unread(flat) : { kind: "choice", arms: flat };
}

/** What there is only where something else is missing: `load().unwrap_or_else(|_| RootCertStore::empty())`. */
function markStandIns(arms: readonly Arm[]): void {
  const present = arms.map((it) => it.value).filter(({ kind }) => kind !== "error" && kind !== "none" && kind !== "unit");
  if (present.length > 1) for (const it of present) if (it.kind === "object") it.object.standsIn = true;
}

/** Too many to keep apart: what was asked of a certificate on the way to them may have been asked by all or by one. */
function unread(arms: readonly Arm[]): Value {
  const taint = arms.reduce((bits, { path, value }) => path.reduce((more, it) => more | it.taint, bits | taintOf(value)), 0);
  return opaque("too many alternatives", { parts: arms.map((it) => it.value), taint, unread: isTold(taint) });
}

/** Failures are one alternative, and so is everything of which nothing is known. */
function fewer(arms: readonly Arm[]): Arm[] {
  const kept: Arm[] = [];
  for (const arm of arms) {
    const kind = trivial(arm);
    const same = kind === undefined ? -1 : kept.findIndex((it) => trivial(it) === kind);
    const first = kept[same];
    if (first === undefined) kept.push(arm);
    else kept[same] = { path: first.path.filter((it) => arm.path.includes(it)), value: first.value };
  }
  return kept;
}

const trivial = ({ path, value }: Arm): "error" | "opaque" | undefined =>
  value.kind === "error"
    ? "error"
    : value.kind === "opaque" &&
        value.parts.length === 0 &&
        !value.judges &&
        !isTold(value.taint.bits) &&
        !path.some((it) => isTold(it.taint))
      ? "opaque"
      : undefined;
const isTold = (taint: number): boolean => (taint & (SHOWN | TAINT.verdict)) !== 0;

/** Alternatives of none of which anything is known are one unknown. */
function merged(first: Value, arms: readonly Arm[]): Value {
  const taint = arms.reduce((bits, it) => bits | taintOf(it.value), 0);
  return first.kind === "opaque" ? { ...first, taint: { bits: taint } } : first;
}

function flatten(path: Path, value: Value, depth: number): Arm[] {
  if (value.kind !== "choice" || depth > 4) return [{ path, value }];
  return value.arms.flatMap((arm) => {
    const all = extend(path, arm.path);
    return all === undefined ? [] : flatten(all, arm.value, depth + 1);
  });
}

function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === "fallible") return identical(a.value, b);
  if (b.kind === "fallible") return identical(a, b.value);
  if (a.kind !== b.kind) return false;
  if (a.kind === "object" && b.kind === "object") return a.object === b.object;
  if (a.kind === "record" && b.kind === "record") return a.record === b.record;
  if (a.kind === "collection" && b.kind === "collection") return a.collection === b.collection;
  if ((a.kind === "bool" || a.kind === "number") && (b.kind === "bool" || b.kind === "number")) return a.value === b.value;
  if (a.kind === "word" && b.kind === "word") return a.of === b.of && a.word === b.word;
  if (a.kind === "flags" && b.kind === "flags") return a.bits.length === b.bits.length && a.bits.every((it) => b.bits.includes(it));
  return a.kind === "unit" || a.kind === "accepted" || a.kind === "none";
}

/** What is left of a value where the frame's conditions hold. */
export function narrow(value: Value, path: Path): Value {
  if (value.kind !== "choice") return value;
  const left = value.arms.filter((arm) => extend(path, arm.path) !== undefined);
  const only = left[0];
  if (left.length === 1 && only !== undefined && left.length < value.arms.length) return only.value;
  return left.length === value.arms.length || left.length === 0 ? value : { kind: "choice", arms: left };
}

/** Applies `work` to each alternative, under its conditions, and puts the results together again. */
export function mapArms(value: Value, frame: Frame, work: (value: Value) => Value): Value {
  if (value.kind !== "choice") return work(value);
  const arms: Arm[] = [];
  for (const arm of value.arms) {
    const result = under(frame, arm.path, () => work(arm.value));
    if (result !== undefined) arms.push({ path: arm.path, value: result });
  }
  return arms.length === 0 ? value : choose(arms);
}
