/** Calls of functions: of the crate, of a modelled crate, of the standard library, of nobody knows whom. */

import type { Span } from "../../base/span.ts";
import type { Definition, Expression, ExpressionOf, Path as RustPath } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import { MAX_EVENTS } from "../budgets.ts";
import { applyModel } from "../effects.ts";
import { NAMES_HOST, VERIFYING } from "../lexicon.ts";
import { type Frame, type Machine, placeOf, textOf } from "../machine.ts";
import { handOut } from "../objects.ts";
import { handsOn } from "../results.ts";
import { examined, objectsIn, opaque, SHOWN, TAINT, taintOf, UNIT, type Value } from "../values.ts";
import { choose } from "./choices.ts";
import { callFunction } from "./frames.ts";
import { modelledValue, resolveName } from "./names.ts";
import { asNumber } from "./operators.ts";
import {
  DROPPING_FUNCTIONS,
  FAILING_FUNCTIONS,
  FILE_READERS,
  LAZY_FUNCTIONS,
  TRANSPARENT_BARE,
  TRANSPARENT_FUNCTIONS,
} from "./standard.ts";
import { eachTwin } from "./twins.ts";
import { modelledType, unknownObject } from "./types.ts";

interface Call {
  readonly expression?: Expression;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly written: string;
  readonly arguments: readonly Expression[];
  readonly values: readonly Value[];
  /** By which it is called. */
  readonly path?: RustPath;
  /** The function is the program's own, and was not read. */
  readonly unread?: boolean;
}

export function evaluateCall(machine: Machine, expression: ExpressionOf<"call">, frame: Frame): Value {
  const { callee } = expression;
  if (callee.kind !== "path") {
    const value = machine.evaluate(callee, frame);
    const values = expression.arguments.map((it) => machine.evaluate(it, frame));
    return machine.applyCallable(examined(value), values, frame);
  }
  const named = resolveName(machine, callee.path, frame);
  const values = expression.arguments.map((it) => machine.evaluate(it, frame));
  const call: Call = {
    expression,
    span: expression.span,
    nameSpan: callee.span,
    written: textOf(frame, callee.span),
    arguments: expression.arguments,
    values,
    path: callee.path,
  };
  if (named.kind !== "definition" && NAMES_HOST.test(call.written)) namesHost(call, frame);
  if (named.kind === "value") return machine.applyCallable(examined(named.value), values, frame);
  if (named.kind === "definition")
    return (
      eachTwin(machine, named.twins, frame, (it) => callDefinition(machine, it, call, frame)) ??
      opaque("excluded by cfg", { parts: values })
    );
  const derived = callDerived(machine, callee.path, call, frame);
  if (derived !== undefined) return derived;
  const qualified = callee.path.self === undefined ? undefined : modelledType(machine, callee.path.self, frame.scope);
  const last = callee.path.segments.at(-1)?.name ?? "";
  const paths = qualified === undefined ? named.paths : [`${qualified.path}::${last}`, ...named.paths];
  return callPaths(machine, paths, named.guess, named.segments, { ...call, unread: named.unread }, frame);
}

/** What derive macros write: `Config::default()`, and the `builder()` of the builder crates. */
function callDerived(machine: Machine, path: RustPath, call: Call, frame: Frame): Value | undefined {
  const names = path.segments.map((it) => it.name);
  const last = names.at(-1);
  if (names.length < 2 || call.values.length > 0 || (last !== "default" && last !== "builder")) return undefined;
  const owner = machine.scopes.resolveSegments(names.slice(0, -1), frame.scope, path.global);
  if (owner.kind !== "local") return undefined;
  if (owner.definition.item.kind === "enum" && last === "default") {
    const marked = owner.definition.item.variants.find((it) => it.attributes.names.includes("default"));
    if (marked === undefined) return undefined;
    const definition: Definition = { ...owner.definition, variant: marked.name };
    return {
      kind: "record",
      record: { definition, variant: marked.name, fields: new Map(), path: frame.path },
      origin: placeOf(frame, call.span),
    };
  }
  if (owner.definition.item.kind !== "struct") return undefined;
  const wanted = last === "default" ? /^derive\s*\(.*\bDefault\b/s : /^derive\s*\(.*Builder\b/s;
  if (!owner.definition.item.attributes.texts.some((it) => wanted.test(it.text))) return undefined;
  const record = { ...machine.recordOf(owner.definition, call.written), path: frame.path };
  return { kind: "record", record, origin: placeOf(frame, call.span) };
}

/** A function value of another crate is applied: `map(Certificate)`, `map_err(Error::from)`. */
export function callForeign(machine: Machine, paths: readonly (readonly string[])[], values: readonly Value[], frame: Frame): Value {
  const [first] = paths;
  const span = frame.statement?.span ?? { start: 0, end: 0 };
  const call: Call = { span, nameSpan: span, written: (first ?? []).join("::"), arguments: [], values };
  return callPaths(
    machine,
    paths.map((it) => it.join("::")),
    undefined,
    first ?? [],
    call,
    frame,
  );
}

function callDefinition(machine: Machine, definition: Definition, call: Call, frame: Frame): Value {
  const { item, variant } = definition;
  if (variant !== undefined || item.kind === "struct") {
    const fields = new Map(call.values.map((value, index) => [String(index), value]));
    return {
      kind: "record",
      record: { definition, fields, path: frame.path, ...(variant === undefined ? {} : { variant }) },
      origin: placeOf(frame, call.span),
    };
  }
  if (item.kind !== "function") return unknownCall(machine, call, frame);
  // A macro that is not followed may put arguments before those: which is whose is not known.
  if (call.values.length !== item.parameters.length + (item.receiver === undefined ? 0 : 1)) return unknownCall(machine, call, frame);
  return callFunction(machine, definition, undefined, call.values, frame, call.path?.segments);
}

function callPaths(
  machine: Machine,
  paths: readonly string[],
  guess: string | undefined,
  segments: readonly string[],
  call: Call,
  frame: Frame,
): Value {
  const tail = segments.slice(-2).join("::");
  const last = segments.at(-1) ?? "";
  const [first] = call.values;
  const place = placeOf(frame, call.span);
  for (const [index, path] of [...paths, ...(guess === undefined ? [] : [guess])].entries()) {
    const guessed = index >= paths.length;
    if (machine.models.accepted.has(path)) return { kind: "accepted", origin: place };
    if (machine.models.delegates.has(path)) machine.consulted.push({ name: last, path: frame.path });
    if (machine.models.delegates.has(path))
      return { kind: "verdict", group: `verdict:${frame.file}:${call.span.start}`, boolean: false, origin: place };
    const value = machine.models.value(path);
    if (value !== undefined) return { ...modelledValue(machine, value, { span: call.span }, frame, guessed), origin: place };
    const hit = machine.models.call(path, frame.file);
    if (hit !== undefined) {
      const method = asMethod(machine, path, call);
      return applyModel(machine, {
        hit,
        guessed,
        expression: call.expression ?? { kind: "unknown", span: call.span, reason: "function value", parts: [] },
        values: method === undefined ? call.values : call.values.slice(1),
        arguments: method === undefined ? call.arguments : call.arguments.slice(1),
        nameSpan: call.nameSpan,
        written: call.written,
        frame,
        ...(method === undefined
          ? {}
          : { receiver: method, ...(call.arguments[0] === undefined ? {} : { receiverExpression: call.arguments[0] }) }),
      });
    }
  }
  const flags = fromBits(machine, paths, last, first);
  if (flags !== undefined) return flags.kind === "choice" ? flags : { ...flags, origin: place };
  if (segments.length === 1 && last === "Err") return { kind: "error", origin: place };
  if (segments.length === 1 && TRANSPARENT_BARE.has(last) && first !== undefined) return first;
  if (TRANSPARENT_FUNCTIONS.has(tail) && first !== undefined)
    return /^(?:[iu]\d+|c_int)::from$/.test(tail) ? asNumber(machine, first, call.arguments[0], frame) : first;
  if (FILE_READERS.has(tail) && first !== undefined) return { kind: "contents", path: examined(first), call: tail, origin: place };
  if (LAZY_FUNCTIONS.has(tail) && first !== undefined) return machine.applyCallable(examined(first), [], frame);
  if (DROPPING_FUNCTIONS.has(tail) && first !== undefined) {
    for (const object of objectsIn(examined(first))) object.held = false;
    return UNIT;
  }
  if (FAILING_FUNCTIONS.has(tail)) {
    frame.ended = "failure";
    return { kind: "error", origin: place };
  }
  if (tail === "Ipv4Addr::new" || tail === "Ipv6Addr::new")
    return { kind: "collection", collection: { elements: [...call.values], open: false, checked: false }, origin: place };
  if (tail === "SocketAddr::new") return { kind: "tuple", elements: call.values, origin: place };
  if (/^(?:Vec|VecDeque|HashSet|BTreeSet|HashMap|SmallVec)::(?:new|with_capacity|default)$/.test(tail) || tail === "iter::empty")
    return { kind: "collection", collection: { elements: [], open: false, checked: false }, origin: place };
  if (tail === "String::new") return { kind: "text", value: "", exact: true, origin: place };
  if (ENVIRONMENT.test(tail) || paths.some((it) => ENVIRONMENT.test(it)))
    return { ...opaque(textOf(frame, call.span), { byDefault: false, taint: TAINT.configuration }), origin: place };
  const unknown = unknownCall(machine, call, frame, paths);
  return madeBy(machine, paths, last, place, frame) ?? unknown;
}

/** `Config::from_connection_string(…)`: a constructor that no model has still makes a value of its type, of which nothing is known. */
function madeBy(machine: Machine, paths: readonly string[], last: string, place: Place, frame: Frame): Value | undefined {
  if (!CONSTRUCTING.test(last)) return undefined;
  for (const path of paths) {
    const type = path.slice(0, -last.length - 2);
    const hit = machine.models.type(type);
    if (hit?.of.sort !== "configuration") continue;
    return { kind: "object", object: unknownObject(machine, { path: type, hit, guessed: false, place }, frame), type, many: false };
  }
  return undefined;
}
const ENVIRONMENT = /(?:^|::)env::var(?:_os)?$/;
const CONSTRUCTING = /^(?:try_)?(?:from|new|with|parse|load|infer|default)(?:_|$)/;

/** `SslVerifyMode::from_bits_truncate(0)`: no bits are known but none. */
function fromBits(machine: Machine, paths: readonly string[], last: string, argument: Value | undefined): Value | undefined {
  if (!/^from_bits(?:_truncate|_retain|_unchecked)?$/.test(last)) return undefined;
  const type = paths.map((it) => it.slice(0, -last.length - 2)).find((it) => machine.models.value(`${it}::empty`)?.of.kind === "flags");
  if (type === undefined) return undefined;
  const bits = (value: Value): Value =>
    value.kind === "number" && value.value === 0
      ? { kind: "flags", bits: [], of: type, ...(value.origin === undefined ? {} : { origin: value.origin }) }
      : value.kind === "flags"
        ? value
        : opaque("bits");
  if (argument?.kind === "choice") return choose(argument.arms.map((it) => ({ ...it, value: bits(it.value) })));
  const found = argument === undefined ? undefined : bits(argument);
  return found?.kind === "flags" ? found : undefined;
}

/** `Type::method(&mut object, …)`: the object is the receiver. */
function asMethod(machine: Machine, path: string, call: Call): Value | undefined {
  const [first] = call.values;
  if (first === undefined) return undefined;
  const value = examined(first);
  if (value.kind !== "object") return undefined;
  const owner = path.slice(0, path.lastIndexOf("::"));
  return machine.models.isKindOf(value.type, owner) ? first : undefined;
}

/** Nobody knows what it does: it may keep the objects it gets, change those it gets mutably, and call the closures. */
function unknownCall(machine: Machine, call: Call, frame: Frame, paths: readonly string[] = []): Value {
  for (const [index, value] of call.values.entries()) leaves(machine, value, call.arguments[index], frame);
  const taint = taintOf({ kind: "tuple", elements: call.values });
  const last = paths[0]?.split("::").at(-1) ?? "";
  handsOn(machine, last, call.values);
  const judges = VERIFYING.test(last) && (taint & SHOWN) !== 0;
  if (judges) machine.consulted.push({ name: last, path: frame.path });
  if (judges && /^(?:verify|is_valid_tls)/.test(last))
    return { kind: "verdict", group: `verdict:${frame.file}:${call.span.start}`, boolean: false, origin: placeOf(frame, call.span) };
  const unread = call.unread === true && (taint & SHOWN) !== 0;
  return { ...opaque(textOf(frame, call.span), { parts: call.values, taint, judges, unread }), origin: placeOf(frame, call.span) };
}

/** No model knows the call. */
const NO_DRAFT = -1;

/** The verification parameters of a connection, or what is behind them, and a name. */
function namesHost(call: Call, frame: Frame): void {
  for (const object of objectsIn(call.values[0] ?? UNIT)) {
    if (object.sort !== "configuration" || object.events.length >= MAX_EVENTS) continue;
    const fact = { kind: "hostname-verification", enabled: true, named: true } as const;
    const place = placeOf(frame, call.span);
    object.events.push({
      kind: fact.kind,
      facts: { any: [fact] },
      place,
      related: [],
      path: frame.path,
      byDefault: false,
      draft: NO_DRAFT,
    });
  }
}

/** A value leaves what is seen. */
export function leaves(machine: Machine, value: Value, expression: Expression | undefined, frame: Frame): void {
  const it = examined(value);
  if (it.kind === "closure" || it.kind === "function") {
    for (const object of objectsIn(machine.applyCallable(it, [], frame))) object.handed = true;
    return;
  }
  if (it.kind === "object" && it.many) it.object.usedWhole = true;
  const mutable = expression?.kind === "reference" && expression.mutable;
  for (const object of objectsIn(it)) handOut(object, mutable);
}
