/** Decisions: what a condition comes to, decided where values are known, with an atom for each side where not. */
import type { Expression, ExpressionOf, Pattern } from "../../rust/index.ts";
import { parseCfg } from "../cfg-text.ts";
import { type Condition, cfgAtoms, conditionAtom, negate, polarityOf, presenceOf } from "../guards.ts";
import { OF_VERIFICATION, polarityOfName } from "../lexicon.ts";
import { type Decision, type Frame, type Machine, placeOf, textOf } from "../machine.ts";
import { conditional, type Path } from "../path-conditions.ts";
import { failureIn } from "../results.ts";
import { type Arm, examined, type Failure, SHOWN, TAINT, taintOf, type Value } from "../values.ts";
import { fitsByDefault } from "./defaults.ts";
import { verdictAtom } from "./options.ts";
import { type Match, matchPattern, variantsIn } from "./patterns.ts";

/** What a condition comes to: decided, or two sides. */
export interface Decided {
  readonly known?: boolean;
  readonly yes: Path;
  readonly no: Path;
  readonly bindings: Match["bindings"];
  /** Of `let PATTERN = value`: the value. */
  readonly asked?: Value;
  /** Decided by a value from elsewhere. */
  readonly decision?: Decision;
  /** The result whose failure is asked for, and the side on which it failed. */
  readonly failure?: { readonly of: Failure; readonly failedSide: "yes" | "no"; readonly place: Value["origin"] };
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
      return { ...decideLet(machine, condition.pattern, value, { ...whole, taint: taintOf(value) }, frame), asked: value };
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
            yes: cfgAtoms(predicate, whole.place, false, machine.featuresIn(frame.file)),
            no: cfgAtoms(predicate, whole.place, true, machine.featuresIn(frame.file)),
            bindings: [],
          };
      }
      if (condition.path.segments.at(-1)?.name === "matches") {
        const asked = matchesAsLet(condition);
        if (asked !== undefined) return decide(machine, asked, frame);
      }
      break;
  }
  return decideValue(machine, machine.evaluate(condition, frame), whole, frame);
}

/** `matches!(value, PATTERN)` asks what `let PATTERN = value` asks; a pattern that is no expression either is not understood. */
export function matchesAsLet(expression: ExpressionOf<"macro">): ExpressionOf<"let"> | undefined {
  const [value, written, ...more] = expression.arguments;
  const pattern = written === undefined || more.length > 0 ? undefined : patternOf(written);
  return value === undefined || pattern === undefined ? undefined : { kind: "let", span: expression.span, pattern, value };
}

/** An expression that stands where a pattern should. */
function patternOf(expression: Expression): Pattern | undefined {
  const { span } = expression;
  switch (expression.kind) {
    case "literal":
      return { kind: "literal", span, literal: expression.literal };
    case "path":
      return expression.path.segments.length === 1 && /^[a-z_]/.test(expression.path.segments[0]?.name ?? "")
        ? { kind: "wildcard", span }
        : { kind: "path", span, path: expression.path };
    case "call": {
      if (expression.callee.kind !== "path") return undefined;
      const elements = expression.arguments.map((it): Pattern => patternOf(it) ?? { kind: "other", span: it.span });
      return { kind: "tuple-struct", span, path: expression.callee.path, elements };
    }
    case "binary": {
      const sides = [patternOf(expression.left), patternOf(expression.right)].flatMap((it) => it ?? []);
      return expression.operator === "|" && sides.length === 2 ? { kind: "or", span, elements: sides } : undefined;
    }
    case "struct":
      return { kind: "struct", span, path: expression.path, fields: [] };
    case "unknown":
      return { kind: "wildcard", span };
    default:
      return undefined;
  }
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

export function decideLet(machine: Machine, pattern: Pattern, value: Value, condition: Condition, frame: Frame): Decided {
  const { fits, bindings } = matchPattern(machine, pattern, value, frame);
  const failure = failureIn(value);
  const failed =
    failure === undefined || !asksForSuccess(pattern)
      ? undefined
      : { of: failure, failedSide: isError(pattern) ? ("yes" as const) : ("no" as const), place: placeOf(frame, pattern.span) };
  const asked = failed === undefined ? {} : { failure: failed };
  // Whoever gave something chose what it is, and not what becomes of it.
  if (fits === "yes") return { known: true, yes: [], no: [], bindings, ...(isPresence(pattern) ? {} : decisionOf(value, frame)) };
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
  const mere = (failed !== undefined && failed.failedSide === "no") || (mayFail(it) && asksForSuccess(pattern) && !isError(pattern));
  const group = groupOf(it, pattern);
  const byDefault = fitsByDefault(machine, pattern, it, frame);
  // Whoever goes on after a failure has chosen nothing, however the function is called.
  const results = failure !== undefined || mayFail(it);
  const asks: Condition = results && asksForSuccess(pattern) ? { ...condition, polarity: 0 } : condition;
  const full = { ...asks, ...(isMere(pattern) && presenceOf(it)), ...(byDefault === undefined ? {} : { byDefault }) };
  return {
    yes: [{ ...conditionAtom(full, false, group), ...(mere ? { survival: true } : {}) }],
    no: [{ ...conditionAtom(full, true, group) }],
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
  // Without conditions of their own they would both hold.
  if (arms.some((it) => conditional(it.path).length === 0)) return undefined;
  return { yes: first.arm.path, no: others.length === 1 ? (others[0]?.arm.path ?? []) : [], bindings: first.match.bindings };
}

/** The same question about the same value is one decision, wherever it is asked. */
function groupOf(value: Value, pattern: Pattern): string | undefined {
  const first = pattern.kind === "tuple-struct" || pattern.kind === "path" ? (pattern.path.segments.at(-1)?.name ?? "") : undefined;
  return value.kind === "opaque" && value.origin !== undefined && first === "Some"
    ? `at:${value.origin.file}:${value.origin.span.start}`
    : undefined;
}

/** The result of a function that fails where something that it calls does. */
const mayFail = (value: Value): boolean =>
  value.kind === "choice" && value.arms.some((it) => it.value.kind === "error" && conditional(it.path).length === 0);
const asksForSuccess = (pattern: Pattern): boolean =>
  pattern.kind === "or"
    ? pattern.elements.every(asksForSuccess)
    : pattern.kind === "tuple-struct" && ["Ok", "Some", "Err"].includes(pattern.path.segments.at(-1)?.name ?? "");
/** It asks whether something is there, whatever it is. */
export function isMere(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "wildcard":
    case "rest":
      return true;
    case "binding":
      return pattern.inside === undefined;
    case "tuple":
      return pattern.elements.every(isMere);
    case "reference":
      return isMere(pattern.inside);
    case "path":
      return pattern.path.segments.at(-1)?.name === "None";
    case "tuple-struct":
      return asksForSuccess(pattern) && (isError(pattern) || pattern.elements.every(isMere));
    default:
      return false;
  }
}
export const isPresence = (pattern: Pattern): boolean => asksForSuccess(pattern) && !isError(pattern);
/** Of alternatives, one is enough: what it lets through goes there, too. */
export const isError = (pattern: Pattern): boolean =>
  pattern.kind === "or" ? pattern.elements.some(isError) : pattern.kind === "tuple-struct" && pattern.path.segments.at(-1)?.name === "Err";

export function decisionOf(value: Value, frame: Frame): { readonly decision?: Decision } {
  const { origin } = value;
  if (origin === undefined) return {};
  const own = frame.function?.span;
  const here = origin.file === frame.file && own !== undefined && own.start <= origin.span.start && origin.span.end <= own.end;
  return here || own === undefined ? {} : { decision: { place: origin, speaks: speaksOf(value) } };
}

/** `TlsMode::Insecure`, and any answer that is no name: that was asked for by one that does. */
function speaksOf(value: Value): boolean {
  const it = examined(value);
  const words = it.kind === "text" ? it.value : it.kind === "record" ? it.record.variant : undefined;
  const item = it.kind === "record" ? it.record.definition?.item : undefined;
  const type = item?.kind === "enum" ? item.name : "";
  return words === undefined || OF_VERIFICATION.test(`${type}_${words}`) || polarityOfName(words) !== 0;
}

/** What was asked of the certificate before one of the alternatives was the answer: `if fits(name) { return true; }`. */
const askedOnTheWay = (value: Value): number =>
  value.kind === "choice" ? value.arms.reduce((bits, { path }) => path.reduce((more, it) => more | (it.taint & SHOWN), bits), 0) : 0;

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
  const full: Condition = {
    ...condition,
    polarity,
    taint: taintOf(it) | askedOnTheWay(it),
    ...(it.kind === "opaque" && it.legible && { legible: it.legible }),
    ...(byDefault === undefined ? {} : { byDefault }),
  };
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
