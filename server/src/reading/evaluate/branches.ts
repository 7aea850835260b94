/** Branches: each side of a decision on its own, and how they come together again. */
import { OF_VERIFICATION } from "../lexicon.ts";
import { type Frame, type Machine, under } from "../machine.ts";
import { type Atom, beyond, extend, type Path } from "../path-conditions.ts";
import { hearing } from "../results.ts";
import { type Arm, examined, type Heard, SHOWN, UNIT, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import type { Decided } from "./decisions.ts";

export interface Side {
  readonly value: Value;
  readonly ended: Frame["ended"];
  readonly reached: boolean;
  /** It deals with something modelled, or returns something: where it ends, what follows is another way of doing the same. */
  readonly speaks: boolean;
  /** Refusals of certificates on the way: whoever comes out went through them. */
  readonly passed: Path;
  /** Who hears of it, where this is the side of a failure. */
  readonly heard: Heard;
}

export function branch(machine: Machine, frame: Frame, atoms: Path, work: () => Value): Side {
  const saved = frame.ended;
  frame.ended = "no";
  let passed: Path = [];
  const drafts = machine.drafts.length;
  const returns = frame.returns.length;
  const { result: value, heard } = hearing(machine, () =>
    under(frame, atoms, () => {
      const before = frame.path;
      const done = work();
      passed = refusals(beyond(frame.path, before));
      return done;
    }),
  );
  const ended = value === undefined ? "failure" : frame.ended;
  const speaks = machine.drafts.length > drafts || frame.returns.slice(returns).some((it) => isAnswer(it.value));
  const side: Side = { value: value ?? UNIT, ended, reached: value !== undefined, speaks, passed, heard };
  frame.ended = saved;
  return side;
}

/** The sides come together: those that ended leave their mark on the path of what follows. */
export function join(frame: Frame, sides: readonly (Side & { readonly atoms: Path })[]): Value {
  const open = sides.filter((it) => it.ended === "no");
  if (open.length === 0) {
    const reached = sides.filter((it) => it.reached);
    frame.ended = reached.some((it) => it.ended === "round") ? "round" : reached.some((it) => it.ended === "return") ? "return" : "failure";
    return UNIT;
  }
  const [only] = open;
  if (open.length === 1 && only !== undefined && sides.length > 1) {
    const ended = sides.filter((it) => it !== only && it.reached);
    if (ended.length > 0) leaveOut(frame, only.atoms, ended);
    frame.path = extend(frame.path, only.passed) ?? frame.path;
    return only.value;
  }
  const arms: Arm[] = open.filter((it) => it.reached).map((it) => ({ path: [...it.atoms, ...it.passed], value: it.value }));
  return arms.every((it) => it.value.kind === "unit") ? UNIT : choose(arms);
}

/** Of what a way went through: where a certificate that does not fit is refused. */
export const refusals = (path: Path): Path => path.filter((it) => it.survival && (it.taint & SHOWN) !== 0);

/**
 * What goes on after other sides ended. Where they failed, it merely has not. Where one returned (`if show { print(); return }`), the
 * rest is what the program is for, and under that condition only where the other was another way of doing the same, or where the
 * condition speaks of verification.
 */
export function leaveOut(frame: Frame, atoms: Path, ended: readonly Pick<Side, "ended" | "speaks">[]): void {
  const returned = ended.filter((it) => it.ended === "return");
  const alternative = returned.some((it) => it.speaks);
  const holds = (it: Atom): boolean => returned.length > 0 && (alternative || speaksOfVerification(it));
  frame.path =
    extend(
      frame.path,
      atoms.map((it) => (holds(it) ? it : { ...it, survival: true })),
    ) ?? frame.path;
}

/** Conditions of the build and answers of verifiers always do. */
const speaksOfVerification = ({ guard, polarity }: Atom): boolean =>
  guard?.kind !== "condition" || (polarity !== 0 && OF_VERIFICATION.test(guard.text));

/** Somebody gets it instead of what the rest would give: not so where a function merely ends. */
function isAnswer(value: Value): boolean {
  const it = examined(value);
  if (it.kind === "name") return !it.path.includes("ExitCode");
  return it.kind !== "unit" && it.kind !== "none" && it.kind !== "error";
}

export function bound(decided: Decided, frame: Frame, work: () => Value): Value {
  const saved = frame.environment;
  if (decided.bindings.length > 0) {
    frame.environment = saved.child();
    for (const { name, value } of decided.bindings) frame.environment.declare(name, value, frame.path);
  }
  const result = work();
  frame.environment = saved;
  return result;
}

export function decidedBranch(machine: Machine, decided: Decided, work: () => Value): Value {
  if (decided.decision === undefined) return work();
  machine.decisions.push({ ...decided.decision, since: machine.objects.length });
  const result = work();
  machine.decisions.pop();
  // The answer that was chosen: whoever chose is its cause.
  return PLAIN.has(result.kind) ? { ...result, origin: decided.decision.place } : result;
}

const PLAIN: ReadonlySet<Value["kind"]> = new Set(["bool", "flags", "word", "number", "none"]);

/** A value with which nobody is told of a failure: nothing, an empty list. */
export function isNothing(value: Value): boolean {
  const it = examined(value);
  return (
    it.kind === "unit" ||
    it.kind === "none" ||
    (it.kind === "collection" && it.collection.elements.length === 0) ||
    (it.kind === "bool" && !it.value)
  );
}
