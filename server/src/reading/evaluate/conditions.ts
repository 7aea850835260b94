/** Decisions: `if`, `if let`, `match` and `let … else`, taken where the values are known, both ways with guards where not. */
import type { Block, Expression, ExpressionOf, MatchArm, Pattern } from "../../rust/index.ts";
import { parseCfg } from "../cfg-text.ts";
import { type Condition, cfgAtoms, conditionAtom, negate, polarityOf, polarityOfPattern } from "../guards.ts";
import { type Decision, type Frame, type Machine, placeOf, textOf, under } from "../machine.ts";
import { type Atom, extend, type Path } from "../path-conditions.ts";
import { dropFailure, failureIn } from "../results.ts";
import { type Arm, examined, type Failure, opaque, TAINT, taintOf, UNIT, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import { verdictAtom } from "./options.ts";
import { type Match, matchPattern, variantsIn } from "./patterns.ts";

/** What a condition comes to: decided, or two sides. */
interface Decided {
  readonly known?: boolean;
  readonly yes: Path;
  readonly no: Path;
  readonly bindings: Match["bindings"];
  /** Decided by a value from elsewhere. */
  readonly decision?: Decision;
  /** The result whose failure is asked for, and the side on which it failed. */
  readonly failure?: { readonly of: Failure; readonly failedSide: "yes" | "no"; readonly place: Value["origin"] };
}

export function evaluateIf(machine: Machine, expression: ExpressionOf<"if">, frame: Frame): Value {
  const decided = decide(machine, expression.condition, frame);
  const { otherwise } = expression;
  if (decided.known === true)
    return decidedBranch(machine, decided, () => bound(decided, frame, () => machine.evaluateBlock(expression.then, frame)));
  if (decided.known === false)
    return otherwise === undefined ? UNIT : decidedBranch(machine, decided, () => machine.evaluate(otherwise, frame));
  const yes = branch(frame, decided.yes, () => bound(decided, frame, () => machine.evaluateBlock(expression.then, frame)));
  markChecked(expression.condition, yes.ended, machine, frame);
  const no =
    otherwise === undefined ? branch(frame, decided.no, () => UNIT) : branch(frame, decided.no, () => machine.evaluate(otherwise, frame));
  const { failure } = decided;
  if (failure !== undefined) {
    const failed = failure.failedSide === "yes" ? yes : no;
    const swallowed =
      failure.of.nothingWithout !== true && failed.ended !== "failure" && failed.ended !== "return" && isNothing(failed.value);
    if (swallowed) dropFailure(machine, failure.of, failure.of.letGo ?? failure.place ?? placeOf(frame, expression.condition.span), frame);
  }
  return join(frame, [
    { atoms: decided.yes, ...yes },
    { atoms: decided.no, ...no },
  ]);
}

/** `let PATTERN = value else { … }`. */
export function letElse(machine: Machine, pattern: Pattern, value: Value, otherwise: Block, text: string, frame: Frame): void {
  const decided = decideLet(
    machine,
    pattern,
    value,
    { text, polarity: polarityOfPattern(pattern), place: placeOf(frame, pattern.span), taint: taintOf(value) },
    frame,
  );
  if (decided.known !== true) {
    const no = branch(frame, decided.no, () => machine.evaluateBlock(otherwise, frame));
    if (decided.failure !== undefined && decided.failure.of.nothingWithout !== true && no.ended === "round")
      dropFailure(machine, decided.failure.of, placeOf(frame, pattern.span), frame);
    if (decided.known === undefined) leaveOut(frame, decided.yes, no.ended);
  }
  for (const { name, value: one } of decided.bindings) frame.environment.declare(name, one, frame.path);
}

interface Side {
  readonly value: Value;
  readonly ended: Frame["ended"];
  readonly reached: boolean;
}

function branch(frame: Frame, atoms: Path, work: () => Value): Side {
  const saved = frame.ended;
  frame.ended = "no";
  const value = under(frame, atoms, work);
  const side: Side = { value: value ?? UNIT, ended: value === undefined ? "failure" : frame.ended, reached: value !== undefined };
  frame.ended = saved;
  return side;
}

/** The sides come together: those that ended leave their mark on the path of what follows. */
function join(frame: Frame, sides: readonly (Side & { readonly atoms: Path })[]): Value {
  const open = sides.filter((it) => it.ended === "no");
  if (open.length === 0) {
    const reached = sides.filter((it) => it.reached);
    frame.ended = reached.some((it) => it.ended === "round") ? "round" : reached.some((it) => it.ended === "return") ? "return" : "failure";
    return UNIT;
  }
  const [only] = open;
  if (open.length === 1 && only !== undefined && sides.length > 1) {
    const ended = sides.filter((it) => it !== only && it.reached);
    const gone = ended.length > 0 && ended.every((it) => it.ended !== "return") ? "failure" : "return";
    if (ended.length > 0) leaveOut(frame, only.atoms, gone);
    return only.value;
  }
  const arms: Arm[] = open.filter((it) => it.reached).map((it) => ({ path: it.atoms, value: it.value }));
  return arms.every((it) => it.value.kind === "unit") ? UNIT : choose(arms);
}

/** What goes on after the other side ended: under that condition, or merely not failed. */
function leaveOut(frame: Frame, atoms: Path, ended: Frame["ended"]): void {
  const mere = ended !== "return";
  frame.path = extend(frame.path, mere ? atoms.map((it) => ({ ...it, survival: true })) : atoms) ?? frame.path;
}

function bound(decided: Decided, frame: Frame, work: () => Value): Value {
  const saved = frame.environment;
  if (decided.bindings.length > 0) {
    frame.environment = saved.child();
    for (const { name, value } of decided.bindings) frame.environment.declare(name, value, frame.path);
  }
  const result = work();
  frame.environment = saved;
  return result;
}

function decidedBranch(machine: Machine, decided: Decided, work: () => Value): Value {
  if (decided.decision === undefined) return work();
  machine.decisions.push(decided.decision);
  const result = work();
  machine.decisions.pop();
  return result;
}

export function decide(machine: Machine, condition: Expression, frame: Frame): Decided {
  const whole: Condition = {
    text: textOf(frame, condition.span),
    polarity: polarityOf(condition),
    place: placeOf(frame, condition.span),
    taint: 0,
  };
  switch (condition.kind) {
    case "let": {
      const value = machine.evaluate(condition.value, frame);
      return decideLet(machine, condition.pattern, value, { ...whole, taint: taintOf(value) }, frame);
    }
    case "binary":
      if (condition.operator === "&&") return and(machine, condition, whole, frame);
      break;
    case "unary":
      if (condition.operator === "!") {
        const inner = decide(machine, condition.operand, frame);
        return {
          yes: inner.no,
          no: inner.yes,
          bindings: [],
          ...(inner.known === undefined ? {} : { known: !inner.known }),
          ...(inner.decision === undefined ? {} : { decision: inner.decision }),
          ...(inner.failure === undefined
            ? {}
            : { failure: { ...inner.failure, failedSide: inner.failure.failedSide === "yes" ? ("no" as const) : ("yes" as const) } }),
        };
      }
      break;
    case "macro":
      if (condition.path.segments.at(-1)?.name === "cfg") {
        const predicate = parseCfg(frame.source.text.slice(condition.tokens.start, condition.tokens.end));
        if (predicate !== undefined)
          return {
            yes: cfgAtoms(predicate, whole.place, false, machine.features),
            no: cfgAtoms(predicate, whole.place, true, machine.features),
            bindings: [],
          };
      }
      break;
  }
  return decideValue(machine, machine.evaluate(condition, frame), whole, frame);
}

function and(machine: Machine, condition: ExpressionOf<"binary">, whole: Condition, frame: Frame): Decided {
  const left = decide(machine, condition.left, frame);
  if (left.known === false) return left;
  const saved = frame.environment;
  if (left.bindings.length > 0) {
    frame.environment = saved.child();
    for (const { name, value } of left.bindings) frame.environment.declare(name, value, frame.path);
  }
  const right = decide(machine, condition.right, frame);
  frame.environment = saved;
  const bindings = [...left.bindings, ...right.bindings];
  if (right.known === false) return { ...right, bindings };
  const decision = left.decision ?? right.decision;
  const more = decision === undefined ? {} : { decision };
  if (left.known === true) return { ...right, bindings, ...more };
  if (right.known === true) return { ...left, bindings, ...more };
  // Neither is decided: one atom for the whole, so that its negation is one, too.
  const taint = [...left.yes, ...right.yes].reduce((bits, it) => bits | it.taint, 0);
  const verdicts = [...left.yes, ...right.yes].filter((it) => it.verdict !== undefined);
  return { yes: [...verdicts, conditionAtom({ ...whole, taint }, false)], no: [conditionAtom({ ...whole, taint }, true)], bindings };
}

function decideLet(machine: Machine, pattern: Pattern, value: Value, condition: Condition, frame: Frame): Decided {
  const { fits, bindings } = matchPattern(machine, pattern, value, frame);
  const failure = failureIn(value);
  const failed =
    failure === undefined || !asksForSuccess(pattern)
      ? undefined
      : { of: failure, failedSide: isError(pattern) ? ("yes" as const) : ("no" as const), place: placeOf(frame, pattern.span) };
  const asked = failed === undefined ? {} : { failure: failed };
  if (fits === "yes") return { known: true, yes: [], no: [], bindings, ...decisionOf(value, frame) };
  if (fits === "no") return { known: false, yes: [], no: [], bindings, ...decisionOf(value, frame) };
  const it = examined(value);
  if (it.kind === "verdict") {
    const side = isError(pattern) ? "refused" : "accepted";
    return {
      yes: [verdictAtom(it.group, side, variantsIn(pattern), false)],
      no: [verdictAtom(it.group, side === "refused" ? "accepted" : "refused", [], false)],
      bindings,
    };
  }
  if (it.kind === "choice") {
    const split = splitArms(machine, pattern, it.arms, frame);
    if (split !== undefined) return { ...split, ...asked };
  }
  const mere = failed !== undefined && failed.failedSide === "no";
  const group = groupOf(it, pattern);
  return {
    yes: [{ ...conditionAtom(condition, false, group), ...(mere ? { survival: true } : {}) }],
    no: [{ ...conditionAtom(condition, true, group) }],
    bindings,
    ...asked,
  };
}

/** A choice decides by its own conditions: the arms that fit on one side, the others on the other. */
function splitArms(machine: Machine, pattern: Pattern, arms: readonly Arm[], frame: Frame): Decided | undefined {
  const results = arms.map((arm) => ({ arm, match: matchPattern(machine, pattern, arm.value, frame) }));
  if (results.some((it) => it.match.fits === "maybe")) return undefined;
  const fitting = results.filter((it) => it.match.fits === "yes");
  const others = results.filter((it) => it.match.fits === "no");
  const [first] = fitting;
  if (fitting.length !== 1 || first === undefined || others.length === 0) return undefined;
  return { yes: first.arm.path, no: others.length === 1 ? (others[0]?.arm.path ?? []) : [], bindings: first.match.bindings };
}

/** The same question about the same value is one decision, wherever it is asked. */
function groupOf(value: Value, pattern: Pattern): string | undefined {
  const first = pattern.kind === "tuple-struct" || pattern.kind === "path" ? (pattern.path.segments.at(-1)?.name ?? "") : undefined;
  return value.kind === "opaque" && value.origin !== undefined && first === "Some"
    ? `at:${value.origin.file}:${value.origin.span.start}`
    : undefined;
}

const asksForSuccess = (pattern: Pattern): boolean =>
  pattern.kind === "tuple-struct" && ["Ok", "Some", "Err"].includes(pattern.path.segments.at(-1)?.name ?? "");
const isError = (pattern: Pattern): boolean => pattern.kind === "tuple-struct" && pattern.path.segments.at(-1)?.name === "Err";

function decisionOf(value: Value, frame: Frame): { readonly decision?: Decision } {
  const { origin } = value;
  if (origin === undefined) return {};
  const own = frame.function?.span;
  const here = origin.file === frame.file && own !== undefined && own.start <= origin.span.start && origin.span.end <= own.end;
  return here || own === undefined ? {} : { decision: { place: origin } };
}

function decideValue(machine: Machine, value: Value, condition: Condition, frame: Frame): Decided {
  const it = examined(value);
  if (it.kind === "bool") {
    // Only a name that speaks of insecurity makes the caller's literal the cause; else it is the callee's own doing.
    const chosen = (it.value ? condition.polarity : negate(condition.polarity)) > 0;
    return { known: it.value, yes: [], no: [], bindings: [], ...(chosen ? decisionOf(it, frame) : {}) };
  }
  if (it.kind === "verdict") {
    const side = it.negated === true ? "refused" : "accepted";
    return {
      yes: [verdictAtom(it.group, side, [], false)],
      no: [verdictAtom(it.group, side === "accepted" ? "refused" : "accepted", [], false)],
      bindings: [],
    };
  }
  if (it.kind === "choice") {
    const sides = it.arms.map((arm) => ({ path: arm.path, value: examined(arm.value) }));
    const yes = sides.filter((arm) => arm.value.kind === "bool" && arm.value.value);
    const no = sides.filter((arm) => arm.value.kind === "bool" && !arm.value.value);
    if (yes.length + no.length === sides.length) {
      if (no.length === 0) return { known: true, yes: [], no: [], bindings: [] };
      if (yes.length === 0) return { known: false, yes: [], no: [], bindings: [] };
      if (yes.length === 1 && no.length === 1) return { yes: yes[0]?.path ?? [], no: no[0]?.path ?? [], bindings: [] };
    }
  }
  const polarity = condition.polarity !== 0 ? condition.polarity : it.kind === "opaque" ? it.polarity : 0;
  const byDefault = it.kind === "opaque" ? machine.defaultOf(it) : undefined;
  const full: Condition = { ...condition, polarity, taint: taintOf(it), ...(byDefault === undefined ? {} : { byDefault }) };
  // The same unknown value asked twice is one decision.
  const group =
    it.kind === "opaque" && it.origin !== undefined && it.taint.bits === TAINT.configuration
      ? `at:${it.origin.file}:${it.origin.span.start}`
      : undefined;
  const asked = it.kind === "opaque" && it.parts.length === 1 ? it.parts[0] : undefined;
  const failure = asked?.kind === "fallible" ? asked.failure : undefined;
  const failedSide = /is_(?:err|none)\(\)$/.test(it.kind === "opaque" ? it.text : "") ? ("yes" as const) : ("no" as const);
  return {
    yes: [conditionAtom(full, false, group)],
    no: [conditionAtom(full, true, group)],
    bindings: [],
    ...(failure === undefined ? {} : { failure: { of: failure, failedSide, place: condition.place } }),
  };
}

export function evaluateMatch(machine: Machine, expression: ExpressionOf<"match">, frame: Frame): Value {
  const scrutinee = machine.evaluate(expression.scrutinee, frame);
  const inner = examined(scrutinee);
  const sides: (Side & { readonly atoms: Path })[] = [];
  const count = expression.arms.length;
  const seen: MatchArm[] = [];
  for (const [index, arm] of expression.arms.entries()) {
    const found = matchPattern(machine, arm.pattern, scrutinee, frame);
    const fits: Match["fits"] = found.fits === "no" ? "no" : arm.condition !== undefined && found.fits === "yes" ? "maybe" : found.fits;
    if (fits === "no") {
      seen.push(arm);
      continue;
    }
    const last = index === count - 1;
    const sure = (fits === "yes" && sides.length === 0 && arm.condition === undefined) || (last && sides.length === 0);
    const atoms = sure
      ? []
      : armAtoms(machine, expression, arm, { index, count, seen, value: inner, failing: failureIn(scrutinee) !== undefined }, frame);
    const decision = sure && arm.pattern.kind !== "wildcard" && arm.pattern.kind !== "binding" ? decisionOf(inner, frame) : {};
    const run = (): Value => {
      const saved = frame.environment;
      frame.environment = saved.child();
      for (const { name, value } of found.bindings) frame.environment.declare(name, value, frame.path);
      const condition = arm.condition === undefined ? undefined : decide(machine, arm.condition, frame);
      let value: Value = UNIT;
      if (condition?.known === false) frame.ended = "failure";
      else {
        for (const { name, value: one } of condition?.bindings ?? []) frame.environment.declare(name, one, frame.path);
        value =
          under(frame, condition?.yes ?? [], () =>
            decidedBranch(machine, { yes: [], no: [], bindings: [], ...decision }, () => machine.evaluate(arm.body, frame)),
          ) ?? UNIT;
      }
      frame.environment = saved;
      return value;
    };
    const side = branch(frame, atoms, run);
    sides.push({ atoms, ...side });
    const failure = failureIn(scrutinee);
    if (
      failure !== undefined &&
      failure.nothingWithout !== true &&
      isError(arm.pattern) &&
      side.ended !== "failure" &&
      side.ended !== "return" &&
      isNothing(side.value)
    )
      dropFailure(machine, failure, failure.letGo ?? placeOf(frame, arm.pattern.span), frame);
    seen.push(arm);
    if (fits === "yes") break;
  }
  if (sides.length === 0) return opaque("no arm fits");
  return join(frame, sides);
}

/** A value with which nobody is told of a failure: nothing, an empty list. */
function isNothing(value: Value): boolean {
  const it = examined(value);
  return (
    it.kind === "unit" ||
    it.kind === "none" ||
    (it.kind === "collection" && it.collection.elements.length === 0) ||
    (it.kind === "bool" && !it.value)
  );
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
  const byDefault = value.kind === "opaque" && literal !== undefined ? machine.defaultOf(value) : undefined;
  const atom = conditionAtom(
    { text, polarity, place: placeOf(frame, arm.pattern.span), taint: taintOf(value), ...(byDefault === undefined ? {} : { byDefault }) },
    negated,
    group,
  );
  // Success is no condition: only failure lies on the other side.
  const success =
    arm.pattern.kind === "tuple-struct" &&
    (arm.pattern.path.segments.at(-1)?.name === "Ok" || (of.failing && arm.pattern.path.segments.at(-1)?.name === "Some"));
  return [{ ...atom, alternative: of.index, alternatives: of.count, survival: success } satisfies Atom];
}

/** `if list.is_empty() { return Err(…) }`: from here on the list holds something. */
function markChecked(condition: Expression, ended: Frame["ended"], machine: Machine, frame: Frame): void {
  if (ended !== "failure") return;
  for (const part of condition.kind === "binary" && condition.operator === "||" ? [condition.left, condition.right] : [condition]) {
    if (part.kind !== "method" || part.name !== "is_empty") continue;
    const value = examined(machine.evaluate(part.receiver, frame));
    if (value.kind === "collection") value.collection.checked = true;
    if (value.kind === "object") value.object.checked = true;
    if (value.kind === "choice" && part.receiver.kind === "path") {
      const variable = frame.environment.find(part.receiver.path.segments.at(-1)?.name ?? "");
      const left = value.arms.filter(
        (it) => !(it.value.kind === "collection" && it.value.collection.elements.length === 0 && !it.value.collection.open),
      );
      if (variable !== undefined && left.length > 0 && left.length < value.arms.length)
        variable.value = left.length === 1 && left[0] !== undefined ? left[0].value : { ...value, arms: left };
    }
  }
}
