/** Frames: one for each body under evaluation, and calls into bodies of the crate within the budgets. */
import type { Span } from "../../base/span.ts";
import type { Definition, FunctionItem, Item, PathSegment, RustFile, Scope, Type } from "../../rust/index.ts";
import { MAX_CALLS_OF_ONE, MAX_DEPTH } from "../budgets.ts";
import { isAsideAtom } from "../guards.ts";
import { Environment, type Frame, isExhausted, type Machine, placeOf } from "../machine.ts";
import { beyond, extend, type Path } from "../path-conditions.ts";
import { handsOn, keeps } from "../results.ts";
import { type Arm, type Closure, objectsIn, opaque, SHOWN, TAINT, taintOf, UNIT, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import { annotated, type TypeArguments, typeArguments } from "./type-arguments.ts";

export function newFrame(of: {
  readonly scope: Scope;
  readonly source: RustFile;
  readonly file: string;
  readonly path: Path;
  readonly depth: number;
  readonly environment?: Environment;
  readonly function?: FunctionItem;
  readonly owner?: Definition;
  readonly implementation?: Span;
  readonly types?: TypeArguments | undefined;
  readonly macro?: boolean;
}): Frame {
  return {
    source: of.source,
    file: of.file,
    depth: of.depth,
    start: of.path,
    scope: of.scope,
    environment: of.environment ?? new Environment(),
    path: of.path,
    ended: "no",
    returns: [],
    closures: [],
    blocks: [],
    macro: of.macro ?? false,
    nesting: 0,
    ...(of.function === undefined ? {} : { function: of.function }),
    ...(of.owner === undefined ? {} : { owner: of.owner }),
    ...(of.implementation === undefined ? {} : { implementation: of.implementation }),
    ...(of.types === undefined ? {} : { types: of.types }),
  };
}

/** A function of the crate is called: its body is evaluated with these arguments, under the caller's conditions. */
export function callFunction(
  machine: Machine,
  definition: Definition,
  receiver: Value | undefined,
  values: readonly Value[],
  caller: Frame,
  written: readonly Pick<PathSegment, "name" | "generics">[] = [],
): Value {
  const { item } = definition;
  if (item.kind !== "function") return opaque("not a function");
  const place = placeOf(caller, item.nameSpan);
  const all = receiver === undefined ? values : [receiver, ...values];
  const unknown = (reason: string): Value => {
    handsOn(machine, item.name, all);
    for (const value of all) if (value.kind === "closure") machine.applyCallable(value, [], caller);
    for (const [at, { type }] of item.parameters.entries())
      if (type?.kind === "reference" && type.mutable) for (const it of objectsIn(values[at] ?? UNIT)) it.disturbed = true;
    return opaque(reason, { parts: all, taint: taintOf({ kind: "tuple", elements: all }), judges: true });
  };
  if (isLong(item) && !mayTell(machine, item) && !all.some(decides))
    return typedOr(machine, unknown(`result of ${item.name}`), item, definition, caller);
  // Of a trait's method nothing is there but its name.
  if (item.body() === undefined) {
    handsOn(machine, item.name, all);
    return machine.valueOfType(item.returns, item.name, definition.scope, caller);
  }
  if (machine.active.includes(item)) return typedOr(machine, unknown(`recursive call of ${item.name}`), item, definition, caller);
  if (caller.depth >= MAX_DEPTH) {
    machine.trace.push({ place: { file: definition.scope.file, span: place.span }, reason: `calls are followed ${MAX_DEPTH} deep` });
    return unknown("depth of calls");
  }
  // A helper that many functions call is not the one whose alternatives multiply: each caller has its own count.
  const counts = machine.calls.get(item) ?? new Map<Item | undefined, number>();
  const calls = counts.get(caller.function) ?? 0;
  machine.calls.set(item, counts.set(caller.function, calls + 1));
  if (calls >= MAX_CALLS_OF_ONE && item.span.end - item.span.start > SHORT) {
    if (calls === MAX_CALLS_OF_ONE)
      machine.trace.push({
        place: { file: definition.scope.file, span: place.span },
        reason: `one function is followed ${MAX_CALLS_OF_ONE} times at most`,
      });
    return typedOr(machine, unknown(`result of ${item.name}`), item, definition, caller);
  }
  const context = machine.context.get(item);
  const own = (context?.path ?? []).filter((it) => !isAsideAtom(it));
  const path = extend(caller.path, own);
  if (path === undefined) return unknown("excluded by cfg");
  const at = context?.definition ?? definition;
  // `self` may be passed as the first argument: `Type::method(&value)`.
  const [first, ...rest] = values;
  const asMethod = item.receiver !== undefined && receiver === undefined && first !== undefined;
  const [self, given] = asMethod ? [first, rest] : [receiver, values];
  const { implementation } = context ?? {};
  const frame = newFrame({
    scope: at.scope,
    source: at.scope.source,
    file: at.scope.file,
    path,
    depth: caller.depth + 1,
    function: item,
    ...(at.owner === undefined ? {} : { owner: at.owner }),
    ...(implementation === undefined ? {} : { implementation: implementation.span }),
    types: typeArguments(machine, item, { definition, implementation, written, receiver: self, values: given, caller }),
  });
  const result = runBody(machine, item, self, given, frame);
  // What only some builds call is still there for others, and what a caller's budget cut short has one of its own.
  const always = !caller.path.some((it) => it.guard !== undefined && it.guard.kind !== "condition");
  if (isExhausted(machine)) machine.cut.add(item);
  else if (always) machine.reached.add(item);
  return result;
}

/** Of a function inside of a body nothing is known beforehand: the body is read because something in it tells. */
const mayTell = (machine: Machine, item: Item): boolean => machine.interesting.has(item) || !machine.context.has(item);

/** Long functions without anything modelled are not followed, unless what they are given matters. */
const isLong = (item: FunctionItem): boolean => item.span.end - item.span.start > LONG;
const LONG = 1200;
const SHORT = 300;
const decides = (value: Value): boolean =>
  value.kind === "closure" || value.kind === "function" || (taintOf(value) & (SHOWN | TAINT.verdict)) !== 0;

function typedOr(machine: Machine, value: Value, item: FunctionItem, definition: Definition, caller: Frame): Value {
  const typed = machine.valueOfType(item.returns, item.name, definition.scope, caller);
  return typed.kind === "opaque" ? value : typed;
}

/** Evaluates a body in its frame; the result has an arm for each way out. */
export function runBody(machine: Machine, item: FunctionItem, self: Value | undefined, values: readonly Value[], frame: Frame): Value {
  const body = item.body();
  if (body === undefined) return opaque(item.name);
  machine.active.push(item);
  if (item.receiver !== undefined) frame.environment.declare("self", self ?? selfOf(machine, item, frame), frame.path);
  for (const [index, parameter] of item.parameters.entries()) {
    const given = values[index];
    const text = frame.source.text.slice(parameter.pattern.span.start, parameter.pattern.span.end);
    const value =
      given === undefined ? machine.valueOfType(parameter.type, text, frame.scope, frame) : coerce(machine, given, parameter.type, frame);
    machine.bind(parameter.pattern, value, frame);
  }
  const tail = machine.evaluateBlock(body, frame);
  const result = leave(machine, frame, tail);
  machine.active.pop();
  // A declared type tells more than nothing: `fn config() -> ServerConfig`.
  if (result.kind === "opaque" && item.returns !== undefined && result.parts.length === 0 && (result.taint.bits & ~4) === 0) {
    const typed = machine.valueOfType(item.returns, result.text, frame.scope, frame);
    if (typed.kind === "object") return typed;
  }
  return result;
}

/** Of an `impl` for a library's type: a value of that. */
function selfOf(machine: Machine, item: FunctionItem, frame: Frame): Value {
  if (frame.owner !== undefined) return { kind: "record", record: machine.recordOf(frame.owner, "self") };
  return machine.valueOfType(machine.context.get(item)?.implementation?.type, "self", frame.scope, frame);
}

/** An argument of which nothing is known is at least of the parameter's type. */
export function coerce(machine: Machine, value: Value, type: Type | undefined, frame: Frame): Value {
  if (value.kind === "record" && value.record.arguments === undefined && type !== undefined)
    return { ...value, record: annotated(machine, value, type, frame) };
  // What came of a certificate that is judged stays just that.
  if (value.kind !== "opaque" || type === undefined || value.parts.length > 0 || (value.taint.bits & SHOWN) !== 0) return value;
  const typed = machine.valueOfType(type, value.text, frame.scope, frame);
  return typed.kind === "opaque" ? value : typed;
}

/** What a body gives back: its tail and everything that was returned on the way, under their conditions. */
function leave(machine: Machine, frame: Frame, tail: Value): Value {
  for (const closure of frame.closures)
    if (closure.kind === "closure" && !closure.closure.applied)
      for (const object of objectsIn(machine.applyCallable(closure, [], frame))) object.handed = true;
  const arms: Arm[] = frame.returns.map((it) => ({ path: it.path, value: it.value }));
  if (frame.ended === "no" || frame.ended === "round") arms.push({ path: beyond(frame.path, frame.start), value: tail });
  if (arms.length === 0) return { kind: "error" };
  const result = choose(arms);
  return result;
}

/** Calls a closure or function value. Missing arguments are unknown. */
export function applyCallable(machine: Machine, callee: Value, values: readonly Value[], caller: Frame): Value {
  switch (callee.kind) {
    case "function":
      return callFunction(machine, callee.definition, undefined, values, caller);
    case "closure":
      return applyClosure(machine, callee.closure, values, caller);
    case "choice": {
      const arms: Arm[] = callee.arms.map((arm) => ({ path: arm.path, value: applyCallable(machine, arm.value, values, caller) }));
      return choose(arms);
    }
    case "foreign":
      return machine.callForeign(callee.paths, values, caller);
    default:
      keeps(machine, values);
      return opaque("call", { parts: values, taint: taintOf({ kind: "tuple", elements: values }) });
  }
}

function applyClosure(machine: Machine, closure: Closure, values: readonly Value[], caller: Frame): Value {
  closure.applied = true;
  if (caller.depth >= MAX_DEPTH + 4) return opaque("depth of calls");
  const home = closure.frame;
  const path = extend(home.start, caller.path) ?? caller.path;
  const frame = newFrame({
    scope: home.scope,
    source: home.source,
    file: home.file,
    path,
    depth: caller.depth + 1,
    environment: new Environment(home.environment),
    macro: home.macro,
    ...(home.function === undefined ? {} : { function: home.function }),
    ...(home.owner === undefined ? {} : { owner: home.owner }),
    ...(home.implementation === undefined ? {} : { implementation: home.implementation }),
    types: home.types,
  });
  frame.blocks = home.blocks;
  if (home.statement !== undefined) frame.statement = home.statement;
  for (const [index, parameter] of closure.parameters.entries()) {
    const text = frame.source.text.slice(parameter.pattern.span.start, parameter.pattern.span.end);
    const given = values[index] ?? opaque(text);
    machine.bind(parameter.pattern, parameter.type === undefined ? given : coerce(machine, given, parameter.type, frame), frame);
  }
  const tail = machine.evaluate(closure.body, frame);
  return leave(machine, frame, tail);
}

/** A block with returns of its own: `async { … }`. */
export function runApart(machine: Machine, frame: Frame, work: (inner: Frame) => Value): Value {
  const inner = newFrame({
    scope: frame.scope,
    source: frame.source,
    file: frame.file,
    path: frame.path,
    depth: frame.depth,
    environment: new Environment(frame.environment),
    macro: frame.macro,
    ...(frame.function === undefined ? {} : { function: frame.function }),
    ...(frame.owner === undefined ? {} : { owner: frame.owner }),
    ...(frame.implementation === undefined ? {} : { implementation: frame.implementation }),
    types: frame.types,
  });
  inner.blocks = frame.blocks;
  if (frame.statement !== undefined) inner.statement = frame.statement;
  return leave(machine, inner, work(inner));
}
