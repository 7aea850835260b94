/** Macros: those of the standard library that make values, those that fail, and the code inside of all others. */
import type { Definition, Expression, ExpressionOf } from "../../rust/index.ts";
import { MAX_TEXT } from "../budgets.ts";
import { parseCfg } from "../cfg-text.ts";
import { polarityOfPattern } from "../guards.ts";
import { LOGGING } from "../lexicon.ts";
import { type Frame, type Machine, placeOf, textOf, type Variable } from "../machine.ts";
import { handOut } from "../objects.ts";
import { extend } from "../path-conditions.ts";
import { handsOn } from "../results.ts";
import { examined, objectsIn, opaque, SHOWN, TAINT, taintOf, textValue, UNIT, type Value } from "../values.ts";
import { leaves } from "./calls.ts";
import { decide, matchesAsLet } from "./decisions.ts";
import { fitsByDefault } from "./defaults.ts";
import { matchPattern } from "./patterns.ts";
import { ASSERTING_MACROS, EQUALITY_MACROS, FAILING_MACROS, PLAIN_MACROS } from "./standard.ts";
import { fill } from "./variables.ts";

export function evaluateMacro(machine: Machine, expression: ExpressionOf<"macro">, frame: Frame): Value {
  const name = expression.path.segments.at(-1)?.name ?? "";
  const place = placeOf(frame, expression.span);
  const saved = frame.macro;
  // A macro of the crate's own that is called like one of the standard library's may do anything.
  frame.macro = saved || !PLAIN_MACROS.has(name) || rulesOf(machine, name).length > 0;
  const result = expand(machine, name, expression, frame);
  frame.macro = saved;
  return result.origin === undefined && result.kind !== "unit" ? { ...result, origin: place } : result;
}

function expand(machine: Machine, name: string, expression: ExpressionOf<"macro">, frame: Frame): Value {
  const place = placeOf(frame, expression.span);
  const text = textOf(frame, expression.span);
  const [first, ...rest] = expression.arguments;
  const values = (): Value[] => expression.arguments.map((it) => machine.evaluate(it, frame));
  if (FAILING_MACROS.has(name)) {
    values();
    frame.ended = "failure";
    if (name === "bail" || name === "throw" || name === "yeet") frame.returns.push({ path: [], value: { kind: "error", origin: place } });
    return { kind: "error", origin: place };
  }
  if (ASSERTING_MACROS.has(name) && first !== undefined) {
    const decided = decide(machine, first, frame);
    frame.path =
      extend(
        frame.path,
        decided.yes.map((it) => ({ ...it, survival: true })),
      ) ?? frame.path;
    for (const one of rest) machine.evaluate(one, frame);
    return UNIT;
  }
  if (EQUALITY_MACROS.has(name) && first !== undefined && rest[0] !== undefined) {
    const binary = {
      kind: "binary",
      span: expression.tokens,
      operator: name === "assert_ne" ? "!=" : "==",
      left: first,
      right: rest[0],
    } as const;
    const decided = decide(machine, binary, frame);
    frame.path =
      extend(
        frame.path,
        decided.yes.map((it) => ({ ...it, survival: true })),
      ) ?? frame.path;
    return UNIT;
  }
  switch (name) {
    case "vec":
    case "smallvec":
    case "hashset":
    case "array":
      return { kind: "collection", collection: { elements: values(), open: false, checked: false }, origin: place };
    case "format":
    case "concat":
    case "format_args":
    case "concat_string":
      return { ...formatted(machine, name, expression, frame), origin: place };
    case "include_bytes":
    case "include_str": {
      const path = first === undefined ? opaque(text) : machine.evaluate(first, frame);
      return { kind: "contents", path, call: `${name}!`, origin: place };
    }
    case "env":
      return /CARGO_MANIFEST_DIR/.test(text) ? { kind: "text", value: "", exact: true, origin: place } : opaque(text);
    case "option_env":
      return opaque(text, { byDefault: false });
    case "cfg": {
      const predicate = parseCfg(frame.source.text.slice(expression.tokens.start, expression.tokens.end));
      const production =
        predicate?.kind === "flag" && (predicate.name === "test" || predicate.name === "debug_assertions") ? false : undefined;
      return opaque(text, { ...(production === undefined ? {} : { byDefault: production }) });
    }
    case "dbg":
    case "black_box":
    case "pin":
    case "ready":
    case "try":
      return first === undefined ? UNIT : machine.evaluate(first, frame);
    case "json":
    case "stringify":
    case "quote":
      return opaque(text);
  }
  if (name === "matches") {
    const found = asked(machine, expression, frame);
    if (found !== undefined) return found;
  }
  const own = rulesOf(machine, name).find((it) => it.item.kind === "function" && it.item.parameters.length === expression.arguments.length);
  if (own !== undefined && (expression.arguments.length > 0 || isEmpty(expression, frame)))
    return machine.callFunction(own, undefined, values(), frame);
  if (isOwn(machine, name) || (expression.arguments.length === 0 && expression.body === undefined)) mayChange(expression, frame);
  const all = values();
  if (expression.body !== undefined && expression.arguments.length === 0) return machine.evaluateBlock(expression.body, frame);
  if (LOGGING.test(name)) {
    if (name.startsWith("write")) fill(first, [...all, ...heldBy(rest, frame)], frame);
    machine.told.logged++;
    for (const object of all.flatMap((it) => objectsIn(it))) object.used = true;
    return UNIT;
  }
  handsOn(machine, name, all);
  for (const [index, value] of all.entries()) leaves(machine, value, expression.arguments[index], frame);
  const taint = taintOf({ kind: "tuple", elements: all }) | namesTaint(expression, frame);
  // `matches!(verifier.verify(…), Ok(_))`: the first argument decides.
  if (name === "matches" && all[0] !== undefined) {
    const value = examined(all[0]);
    return value.kind === "verdict" ? { ...value, boolean: true } : opaque(text, { taint, judges: true, parts: all });
  }
  return opaque(text, { taint, parts: all });
}

/** A macro that is not followed may do anything with the variables that its call names. */
function mayChange(expression: ExpressionOf<"macro">, frame: Frame): void {
  for (const variable of namedIn(expression, frame)) for (const object of objectsIn(variable.value)) handOut(object, true);
}

/** Declared by the program itself, whatever its rules look like. */
function isOwn(machine: Machine, name: string): boolean {
  let known = declared.get(machine);
  if (known === undefined) {
    const texts = machine.scopes.roots.map(({ source }) => source.text);
    known = new Set(texts.flatMap((text) => [...text.matchAll(/\bmacro_rules!\s*(\w+)/g)].map(([, it]) => it ?? "")));
    declared.set(machine, known);
  }
  return known.has(name);
}
const declared = new WeakMap<Machine, ReadonlySet<string>>();

/** The rules of a macro of the crate that take a plain list of arguments, as functions. */
function rulesOf(machine: Machine, name: string): readonly Definition[] {
  let known = rules.get(machine);
  if (known === undefined) {
    known = new Map();
    rules.set(machine, known);
    for (const [item, { definition }] of machine.context) {
      if (item.kind !== "function" || !item.name.endsWith("!")) continue;
      known.set(item.name, [...(known.get(item.name) ?? []), definition]);
    }
  }
  return known.get(`${name}!`) ?? [];
}
const rules = new WeakMap<Machine, Map<string, readonly Definition[]>>();

const isEmpty = (expression: ExpressionOf<"macro">, frame: Frame): boolean =>
  frame.source.text.slice(expression.tokens.start + 1, expression.tokens.end - 1).trim() === "";

/** `matches!(mode, Mode::Lax)` as a value. */
function asked(machine: Machine, expression: ExpressionOf<"macro">, frame: Frame): Value | undefined {
  const as = matchesAsLet(expression);
  const value = as === undefined ? undefined : machine.evaluate(as.value, frame);
  if (as === undefined || value === undefined || examined(value).kind === "verdict") return undefined;
  const origin = placeOf(frame, expression.span);
  const { fits } = matchPattern(machine, as.pattern, value, frame);
  if (fits !== "maybe") return { kind: "bool", value: fits === "yes", origin: value.origin ?? origin };
  const byDefault = fitsByDefault(machine, as.pattern, value, frame);
  const text = textOf(frame, expression.span);
  const more = { polarity: polarityOfPattern(as.pattern), taint: taintOf(value), judges: true, parts: [value] };
  return { ...opaque(text, byDefault === undefined ? more : { ...more, byDefault }), origin };
}

/** Variables that macro tokens name, where they do not parse as expressions. */
function namesTaint(expression: ExpressionOf<"macro">, frame: Frame): number {
  if (expression.arguments.length > 0) return 0;
  return namedIn(expression, frame).reduce((bits, { value }) => bits | taintOf(value), 0);
}

/** Variables whose names stand in a macro's tokens. */
function namedIn({ tokens }: ExpressionOf<"macro">, frame: Frame): readonly Variable[] {
  const names = new Set(frame.source.text.slice(tokens.start, tokens.end).match(/[A-Za-z_]\w*/g));
  return [...names].flatMap((name) => frame.environment.find(name) ?? []);
}

/** Variables that a template names: `"{fingerprint}"`. */
function heldBy([template]: readonly Expression[], frame: Frame): readonly Value[] {
  if (template?.kind !== "literal" || template.literal.type !== "string") return [];
  const names = [...template.literal.value.matchAll(/\{([A-Za-z_]\w*)/g)];
  return names.flatMap(([, name = ""]) => frame.environment.find(name)?.value ?? []);
}

/** The beginning of a formatted text, up to the first thing that is not known. */
function formatted(machine: Machine, name: string, expression: ExpressionOf<"macro">, frame: Frame): Value {
  const values = expression.arguments.map((it) => examined(machine.evaluate(it, frame)));
  const taint = taintOf({ kind: "tuple", elements: values });
  if (name === "concat") {
    let text = "";
    for (const value of values) {
      if (value.kind !== "text" || text.length > MAX_TEXT) return textValue(text, false);
      text += value.value;
    }
    const based = values[0]?.kind === "text" && values[0].value === "";
    return textValue(based ? text.replace(/^\//, "") : text, true);
  }
  const [template, ...given] = values;
  if (template?.kind !== "text") return opaque(textOf(frame, expression.span), { taint, parts: values });
  let text = "";
  let next = 0;
  let last = 0;
  let open = false;
  for (const hole of template.value.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    if (!open) text += template.value.slice(last, hole.index);
    last = (hole.index ?? 0) + hole[0].length;
    if (hole[0] === "{{" || hole[0] === "}}") {
      if (!open) text += hole[0].charAt(0);
      continue;
    }
    const key = (hole[1] ?? "").split(":")[0] ?? "";
    const value = /^[a-z_]\w*$/i.test(key) ? frame.environment.find(key)?.value : given[key === "" ? next++ : Number(key)];
    // What tells of an error, or of a certificate, is no address and no path.
    if (value !== undefined && (taintOf(value) & (TAINT.error | SHOWN)) !== 0)
      return opaque(textOf(frame, expression.span), { taint: taint | taintOf(value), parts: [value] });
    const known = value === undefined || open ? undefined : examined(value);
    if (known?.kind === "text" && known.exact) text += known.value;
    else if (known?.kind === "number") text += String(known.value);
    else open = true;
    if (text.length > MAX_TEXT) open = true;
  }
  return open ? textValue(text, false) : textValue(text + template.value.slice(last), template.exact);
}
