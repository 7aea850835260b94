/** `match`: the arm that fits where the value is known, every arm that may fit with its guard where not. */
import type { ExpressionOf, MatchArm, Pattern } from "../../rust/index.ts";
import { conditionAtom, polarityOf, polarityOfPattern, presenceOf } from "../guards.ts";
import { type Frame, type Machine, placeOf, textOf, under } from "../machine.ts";
import { type Atom, extend, type Path } from "../path-conditions.ts";
import { dropFailure, failureIn } from "../results.ts";
import { examined, opaque, SHOWN, taintOf, UNIT, type Value } from "../values.ts";
import { branch, decidedBranch, isNothing, join, refusals, type Side } from "./branches.ts";
import { decide, decisionOf, isError, isMere, isPresence } from "./decisions.ts";
import { defaultValueOf, fitsByDefault } from "./defaults.ts";
import { derives } from "./derived-defaults.ts";
import { verdictAtom } from "./options.ts";
import { type Match, matchPattern, variantsIn } from "./patterns.ts";

export function evaluateMatch(machine: Machine, expression: ExpressionOf<"match">, frame: Frame): Value {
  const scrutinee = machine.evaluate(expression.scrutinee, frame);
  const inner = examined(scrutinee);
  const sides: (Side & { readonly atoms: Path })[] = [];
  const count = expression.arms.length;
  const seen: MatchArm[] = [];
  /** What did not hold of the certificate where an arm with such a question was passed by. */
  const passedBy: { readonly pattern: Pattern; readonly no: Path }[] = [];
  for (const [index, arm] of expression.arms.entries()) {
    const found = matchPattern(machine, arm.pattern, scrutinee, frame);
    const fits: Match["fits"] = found.fits === "no" ? "no" : arm.condition !== undefined && found.fits === "yes" ? "maybe" : found.fits;
    if (fits === "no") {
      seen.push(arm);
      continue;
    }
    const last = index === count - 1;
    const earlier = passedBy.filter((it) => covers(it.pattern, arm.pattern)).flatMap((it) => it.no);
    const sure = (fits === "yes" && sides.length === 0 && arm.condition === undefined) || (last && sides.length === 0);
    const atoms = sure
      ? []
      : armAtoms(machine, expression, arm, { index, count, seen, value: inner, failing: failureIn(scrutinee) !== undefined }, frame);
    const chosen = sure && arm.pattern.kind !== "wildcard" && arm.pattern.kind !== "binding" && !isPresence(arm.pattern);
    const decision = chosen ? decisionOf(inner, frame) : {};
    let allowed: Path = [];
    const run = (): Value => {
      const saved = frame.environment;
      frame.environment = saved.child();
      for (const { name, value } of found.bindings) frame.environment.declare(name, value, frame.path);
      const condition = arm.condition === undefined ? undefined : decide(machine, arm.condition, frame);
      let value: Value = UNIT;
      if (condition?.known === false) frame.ended = "failure";
      else {
        // What is asked about a refusal decides whether it is overruled, and what is asked about a certificate whether it is accepted.
        allowed = condition?.yes ?? [];
        const no = condition?.no.filter((it) => (it.taint & SHOWN) !== 0) ?? [];
        if (no.length > 0) passedBy.push({ pattern: arm.pattern, no });
        for (const { name, value: one } of condition?.bindings ?? []) frame.environment.declare(name, one, frame.path);
        let passed: Path = [];
        value =
          under(frame, condition?.yes ?? [], () => {
            const done = decidedBranch(machine, { yes: [], no: [], bindings: [], ...decision }, () => machine.evaluate(arm.body, frame));
            passed = refusals(frame.path);
            return done;
          }) ?? UNIT;
        frame.path = extend(frame.path, passed) ?? frame.path;
      }
      frame.environment = saved;
      return value;
    };
    const side = branch(machine, frame, [...atoms, ...earlier], run);
    sides.push({ atoms: [...atoms, ...earlier, ...allowed], ...side });
    const failure = failureIn(scrutinee);
    if (
      failure !== undefined &&
      failure.nothingWithout !== true &&
      isError(arm.pattern) &&
      side.ended !== "failure" &&
      side.ended !== "return" &&
      isNothing(side.value)
    )
      dropFailure(machine, failure, failure.letGo ?? placeOf(frame, arm.pattern.span), frame, side.heard);
    seen.push(arm);
    if (fits === "yes") break;
  }
  if (sides.length === 0) return opaque("no arm fits");
  return join(frame, sides);
}

/** Whatever fits the second pattern fits the first, as far as their heads tell. */
function covers(first: Pattern, second: Pattern): boolean {
  if (isMere(first) && (first.kind === "wildcard" || first.kind === "binding")) return true;
  if (first.kind !== "tuple-struct" || second.kind !== "tuple-struct") return false;
  return first.path.segments.at(-1)?.name === second.path.segments.at(-1)?.name && first.elements.every(isMere);
}

function armAtoms(
  machine: Machine,
  expression: ExpressionOf<"match">,
  arm: MatchArm,
  of: {
    readonly index: number;
    readonly count: number;
    readonly seen: readonly MatchArm[];
    readonly value: Value;
    readonly failing: boolean;
  },
  frame: Frame,
): Path {
  const { value } = of;
  if (value.kind === "verdict") {
    const refused = isError(arm.pattern);
    const rest = arm.pattern.kind === "wildcard" || arm.pattern.kind === "binding";
    const errors = of.seen.some((it) => isError(it.pattern));
    // What is left after `Ok(…)` is every error; after an `Err(…)` it is mainly acceptance.
    const side = refused || (rest && !errors) ? "refused" : "accepted";
    if (rest && errors) return [];
    return [verdictAtom(value.group, side, variantsIn(arm.pattern), false)];
  }
  const scrutinee = textOf(frame, expression.scrutinee.span);
  const pattern = textOf(frame, arm.pattern.span);
  const literal = arm.pattern.kind === "literal" && arm.pattern.literal.type === "bool" ? arm.pattern.literal.value : undefined;
  const wildcard =
    arm.pattern.kind === "wildcard" ||
    (arm.pattern.kind === "binding" && arm.pattern.inside === undefined && !/^[A-Z]/.test(arm.pattern.name));
  const own = polarityOf(expression.scrutinee);
  const [earlier] = of.seen;
  let text = literal === undefined ? `let ${pattern} = ${scrutinee}` : scrutinee;
  let negated = literal === false;
  let polarity = literal === undefined ? polarityOfPattern(arm.pattern) : own;
  if (wildcard && of.seen.length === 1 && earlier !== undefined) {
    const before = earlier.pattern;
    const word = before.kind === "literal" && before.literal.type === "bool" ? before.literal.value : undefined;
    text = word === undefined ? `let ${textOf(frame, before.span)} = ${scrutinee}` : scrutinee;
    negated = word !== false;
    polarity = word === undefined ? polarityOfPattern(before) : own;
  } else if (wildcard) text = `match ${scrutinee} { ${pattern} }`;
  const group = `match:${frame.file}:${expression.span.start}`;
  const byDefault = armByDefault(machine, arm, of, wildcard, frame);
  const asked = expression.arms.every((it) => isMere(it.pattern)) ? presenceOf(value) : { taint: taintOf(value) };
  const atom = conditionAtom({ text, polarity, place: placeOf(frame, arm.pattern.span), ...asked }, negated, group, byDefault);
  // Success is no condition: only failure lies on the other side.
  const success =
    arm.pattern.kind === "tuple-struct" &&
    (arm.pattern.path.segments.at(-1)?.name === "Ok" || (of.failing && arm.pattern.path.segments.at(-1)?.name === "Some"));
  const survival = success || (polarity === 0 && isCommand(machine, expression, frame));
  return [{ ...atom, alternative: of.index, alternatives: of.count, survival } satisfies Atom];
}

/** Which of its commands a program was started with: each of them is what it is for. */
function isCommand(machine: Machine, { scrutinee, arms }: ExpressionOf<"match">, frame: Frame): boolean {
  if (scrutinee.kind === "method" && /^subcommand(?:_name)?$/.test(scrutinee.name)) return true;
  const [first] = arms.flatMap(({ pattern }) =>
    pattern.kind === "path" || pattern.kind === "tuple-struct" || pattern.kind === "struct" ? [pattern] : [],
  );
  const found = first === undefined ? undefined : machine.scopes.resolve(first.path, frame.scope);
  return found?.kind === "local" && found.definition.variant !== undefined && derives(found.definition, "Subcommand");
}

/** Whether this is the arm that is taken without configuration. */
function armByDefault(
  machine: Machine,
  arm: MatchArm,
  of: { readonly seen: readonly MatchArm[]; readonly value: Value },
  wildcard: boolean,
  frame: Frame,
): boolean | undefined {
  const earlier = of.seen.map((it) => fitsByDefault(machine, it.pattern, of.value, frame));
  if (earlier.includes(true)) return false;
  if (earlier.some((it) => it === undefined) || arm.condition !== undefined) return undefined;
  return wildcard && defaultValueOf(machine, of.value) !== undefined ? true : fitsByDefault(machine, arm.pattern, of.value, frame);
}
