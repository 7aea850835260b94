/** Method calls: sent to the kind of value that the receiver is. */
import type { Definition, ExpressionOf } from "../../rust/index.ts";
import { applyModel } from "../effects.ts";
import { polarityOf } from "../guards.ts";
import { type Frame, type Machine, type MethodCall, placeOf, textOf } from "../machine.ts";
import { copyObject } from "../objects.ts";
import { stored } from "../reloads.ts";
import { handsOn } from "../results.ts";
import { claimed, examined, type Opaque, objectsIn, opaque, TAINT, taintOf, textValue, type Value } from "../values.ts";
import { leaves } from "./calls.ts";
import { choose, mapArms } from "./choices.ts";
import { collectionMethod, elementMethod } from "./collections.ts";
import { callFunction } from "./frames.ts";
import { fallibleMethod, missingMethod, verdictMethod } from "./options.ts";
import { TRANSPARENT_METHODS } from "./standard.ts";
import { eachTwin } from "./twins.ts";
import { unknownMethod } from "./unknowns.ts";
import { assignVariable, FILLING, fill } from "./variables.ts";

export function evaluateMethod(machine: Machine, expression: ExpressionOf<"method">, frame: Frame): Value {
  const receiver = machine.evaluate(expression.receiver, frame);
  const values = expression.arguments.map((it) => machine.evaluate(it, frame));
  return dispatch(machine, receiver, { expression, values, frame });
}

export function dispatch(machine: Machine, receiver: Value, call: MethodCall): Value {
  const { frame, expression } = call;
  if (machine.models.verifierMethods.has(expression.name) && receiver.kind !== "choice") {
    const origin = placeOf(frame, expression.span);
    const asked = examined(receiver);
    // Who is its own authority is always believed.
    if (asked.kind === "object" && (asked.object.taint & TAINT.certificate) !== 0) return { kind: "accepted", origin };
    // Whoever it is, it is asked: a verifier of the program's own is judged where it is written.
    machine.consulted.push({ name: expression.name, path: frame.path });
    return { kind: "verdict", group: `verdict:${frame.file}:${expression.span.start}`, boolean: false, origin };
  }
  if (receiver.kind === "choice") {
    const there = receiver.arms.filter((it) => it.value.kind !== "error" || LOOKS_AT_ERRORS.has(expression.name));
    return mapArms(there.length === 0 || there.length === receiver.arms.length ? receiver : { ...receiver, arms: there }, frame, (it) =>
      dispatch(machine, it, call),
    );
  }
  switch (receiver.kind) {
    case "fallible":
      return fallibleMethod(machine, receiver, call);
    case "object":
      return objectMethod(machine, receiver, call);
    case "record":
      return recordMethod(machine, receiver, call);
    case "collection":
      return collectionMethod(machine, receiver, call);
    case "verdict":
      return verdictMethod(machine, receiver, call);
    case "none":
    case "error":
      return missingMethod(machine, receiver, call);
    case "opaque":
      return unknownMethod(machine, receiver, call);
    default:
      return plainMethod(machine, receiver, call);
  }
}

const ASKS_FOR_NUMBERS: ReadonlySet<string> = new Set(["is_empty", "len", "count"]);

/** Questions that are asked about what a file holds: `read_to_string(path)?.lines().any(|it| it == fingerprint)`. */
const COMPARING: ReadonlySet<string> = new Set(["any", "all", "contains", "position", "find", "eq", "ne", "starts_with", "ends_with"]);

/** What they make of a failure is seen; after all others it has left the function. */
const LOOKS_AT_ERRORS: ReadonlySet<string> = new Set(
  "unwrap_or unwrap_or_default unwrap_or_else or or_else map_or map_or_else is_ok is_err is_some is_none".split(" "),
);

function objectMethod(machine: Machine, receiver: Extract<Value, { kind: "object" }>, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const { object } = receiver;
  const hit = machine.models.member(receiver.type, name, frame.file);
  if (hit !== undefined)
    return applyModel(machine, {
      hit,
      guessed: object.guessed,
      expression,
      receiver,
      receiverExpression: expression.receiver,
      values,
      arguments: expression.arguments,
      nameSpan: expression.nameSpan,
      written: name,
      frame,
    });
  const elements = object.sort === "certificates" || object.sort === "crls" || object.sort === "private-key";
  if (elements) {
    const result = elementMethod(machine, receiver, call);
    if (result !== undefined) return result;
  }
  const handed = present(machine, receiver, call);
  if (handed !== undefined) return handed;
  stored(machine, object, name, values);
  if (name === "clone" && object.sort === "configuration") return { ...receiver, object: copyObject(machine.objects, object) };
  if (name === "clone" || TRANSPARENT_METHODS.has(name)) return receiver;
  // The call before may have failed: what goes on is what it gave.
  const [first] = values;
  if ((name === "and_then" || name === "map") && !elements && (first?.kind === "closure" || first?.kind === "function"))
    return machine.applyCallable(first, [receiver], frame);
  const own = machine.methodsNamed(name).filter((it) => mayExtend(it, values.length));
  if (own.length === 1 && own[0] !== undefined) return callFunction(machine, own[0], receiver, values, frame);
  handsOn(machine, name, values);
  for (const [index, value] of values.entries()) leaves(machine, value, expression.arguments[index], frame);
  // A whole configuration that it is given may say all that it does by default.
  if (values.some((it) => objectsIn(it).some((one) => one !== object && one.sort === "configuration"))) object.disturbed = true;
  // To ask how much is in it is no use of it.
  object.handed ||= !ASKS_FOR_NUMBERS.has(name);
  // A builder with dozens of settings: those that nobody models hand it on.
  if (elements || (machine.models.type(receiver.type)?.of.chains ?? false)) {
    object.used ||= !elements;
    return receiver;
  }
  object.used = true;
  return {
    ...opaque(textOf(frame, expression.span), {
      parts: [receiver, ...values],
      polarity: polarityOf(expression),
      taint: claimed(object.taint, name),
    }),
    origin: placeOf(frame, expression.span),
  };
}

/** A library's type has methods of the program's traits, and none that one of the program's own types has for itself. */
function mayExtend({ item, owner }: Definition, given: number): boolean {
  const ofItsOwn = owner?.item.kind === "struct" || owner?.item.kind === "enum";
  return item.kind === "function" && !ofItsOwn && item.parameters.length === given;
}

/** Methods of a result or option that holds the object. */
function present(machine: Machine, receiver: Extract<Value, { kind: "object" }>, call: MethodCall): Value | undefined {
  const { expression, values, frame } = call;
  const [first, second] = values;
  const closure = first?.kind === "closure" || first?.kind === "function" || first?.kind === "foreign" ? first : undefined;
  switch (expression.name) {
    case "ok":
      return values.length === 0 ? receiver : undefined;
    case "map":
    case "and_then": {
      if (closure === undefined) return undefined;
      receiver.object.used = true;
      return machine.applyCallable(closure, [receiver], frame);
    }
    case "map_or":
    case "map_or_else":
      if (second === undefined) return undefined;
      receiver.object.used = true;
      return machine.applyCallable(second, [receiver], frame);
    case "unwrap_or_else":
    case "or_else": {
      if (closure === undefined) return undefined;
      const other = machine.applyCallable(closure, [opaque("error", { taint: TAINT.error })], frame);
      for (const object of objectsIn(other)) object.used = true;
      return other.kind === "error" || other.kind === "opaque"
        ? receiver
        : choose([
            { path: [], value: other },
            { path: [], value: receiver },
          ]);
    }
    default:
      return undefined;
  }
}

function recordMethod(machine: Machine, receiver: Extract<Value, { kind: "record" }>, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const { record } = receiver;
  const type = record.variant === undefined ? record.definition : (record.definition?.owner ?? record.definition);
  if (type !== undefined) {
    const found = machine.scopes.associated(type, name).filter((it) => it.item.kind === "function");
    const result = eachTwin(machine, found, frame, (it) => callFunction(machine, it, receiver, values, frame, [expression]));
    if (result !== undefined) return result;
  }
  const built = derivedSetter(receiver, name, values);
  if (built !== undefined) return built;
  const held = record.fields.get(name);
  if (held !== undefined && (held.kind === "closure" || held.kind === "function")) return machine.applyCallable(held, values, frame);
  if (name === "clone") return { ...receiver, record: { ...record, fields: new Map(record.fields) } };
  if (TRANSPARENT_METHODS.has(name)) return receiver;
  const [only] = record.fields.values();
  // A newtype derefs to what it holds.
  if (record.fields.size === 1 && only !== undefined && (only.kind === "object" || only.kind === "fallible"))
    return dispatch(machine, only, call);
  const own = machine.methodsNamed(name);
  if (own.length === 1 && own[0] !== undefined) return callFunction(machine, own[0], receiver, values, frame);
  return unknownMethod(machine, unknownOf(receiver, textOf(frame, expression.receiver.span), TAINT.configuration), call);
}

const unknownOf = (whole: Value, text: string, bits: number): Opaque => ({
  kind: "opaque",
  text,
  polarity: 0,
  taint: { bits },
  parts: [whole],
  judges: false,
});

/** A derived builder: a method for each field, and `build()`. */
function derivedSetter(receiver: Extract<Value, { kind: "record" }>, name: string, values: readonly Value[]): Value | undefined {
  const { record } = receiver;
  const item = record.variant === undefined ? record.definition?.item : undefined;
  if (item?.kind !== "struct" || !item.attributes.texts.some((it) => /^derive\s*\(.*Builder\b/s.test(it.text))) return undefined;
  if (name === "build" && values.length === 0) return receiver;
  const [value] = values;
  if (value === undefined || values.length !== 1 || !item.fields.some((it) => it.name === name)) return undefined;
  record.fields.set(name, value);
  return receiver;
}

/** Texts, flags, file contents, closures and other plain values. */
function plainMethod(machine: Machine, receiver: Value, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first] = values;
  const place = placeOf(frame, expression.span);
  if (name === "is_some" || name === "is_ok") return { kind: "bool", value: true, origin: place };
  if (name === "is_none" || name === "is_err") return { kind: "bool", value: false, origin: place };
  // Of a result or option that holds it.
  if ((name === "map" || name === "and_then") && (first?.kind === "closure" || first?.kind === "function"))
    return machine.applyCallable(first, [receiver], frame);
  switch (receiver.kind) {
    case "bool":
      if (name === "then" || name === "then_some") {
        if (!receiver.value || first === undefined) return { kind: "none", origin: place };
        return name === "then" ? machine.applyCallable(first, [], frame) : first;
      }
      if (name === "not") return { ...receiver, value: !receiver.value };
      return receiver;
    case "flags": {
      const other = first?.kind === "flags" ? first.bits : undefined;
      if (name === "union")
        return other === undefined
          ? opaque(textOf(frame, expression.span))
          : { ...receiver, bits: [...new Set([...receiver.bits, ...other])], origin: place };
      if (name === "difference")
        return other === undefined ? receiver : { ...receiver, bits: receiver.bits.filter((it) => !other.includes(it)), origin: place };
      if (name === "set" && other !== undefined && values[1]?.kind === "bool") {
        const bits = values[1].value ? [...new Set([...receiver.bits, ...other])] : receiver.bits.filter((it) => !other.includes(it));
        changeVariable(expression.receiver, { ...receiver, bits, origin: place }, frame);
        return { kind: "unit" };
      }
      if ((name === "insert" || name === "remove") && other !== undefined) {
        const bits = name === "insert" ? [...new Set([...receiver.bits, ...other])] : receiver.bits.filter((it) => !other.includes(it));
        changeVariable(expression.receiver, { ...receiver, bits, origin: place }, frame);
        return { kind: "unit" };
      }
      if (name === "intersection")
        return other === undefined ? receiver : { ...receiver, bits: receiver.bits.filter((it) => other.includes(it)), origin: place };
      return receiver;
    }
    case "contents":
      if ((name === "read_to_end" || name === "read_to_string") && expression.arguments[0] !== undefined) {
        assignTo(expression.arguments[0], receiver, frame);
        return receiver;
      }
      if (COMPARING.has(name))
        return unknownMethod(machine, unknownOf(receiver, textOf(frame, expression.receiver.span), taintOf(receiver)), call);
      return receiver;
    case "text":
      if (FILLING.has(name)) fill(expression.receiver, values, frame);
      if (name === "join" && first?.kind === "text")
        return {
          ...textValue(
            `${receiver.value.replace(/\/$/, "")}${receiver.value === "" ? "" : "/"}${first.value}`,
            receiver.exact && first.exact,
          ),
          origin: first.origin ?? place,
        };
      if (name === "is_empty")
        return receiver.exact ? { kind: "bool", value: receiver.value === "", origin: place } : opaque(textOf(frame, expression.span));
      if (name === "parse" && receiver.exact && (receiver.value === "true" || receiver.value === "false"))
        return { kind: "bool", value: receiver.value === "true", origin: receiver.origin ?? place };
      if (TRANSPARENT_METHODS.has(name) || name === "parse" || name === "to_socket_addrs" || name === "clone" || name === "await")
        return receiver;
      return {
        ...opaque(textOf(frame, expression.span), {
          parts: [receiver, ...values],
          taint: taintOf({ kind: "tuple", elements: values }),
          polarity: polarityOf(expression),
        }),
        origin: place,
      };
    case "closure":
    case "function":
      return name === "call" || name === "call_mut" || name === "call_once" ? machine.applyCallable(receiver, values, frame) : receiver;
    case "tuple":
    case "number":
    case "name":
    case "word":
    case "unit":
    case "accepted":
      if (TRANSPARENT_METHODS.has(name) || name === "clone" || name === "parse") return receiver;
      if (receiver.kind === "accepted") return receiver;
      break;
  }
  handsOn(machine, name, values);
  for (const [index, value] of values.entries()) leaves(machine, value, expression.arguments[index], frame);
  for (const object of objectsIn(receiver)) object.used = true;
  return {
    ...opaque(textOf(frame, expression.span), {
      parts: [receiver, ...values],
      taint: taintOf(receiver) | taintOf({ kind: "tuple", elements: values }),
      polarity: polarityOf(expression),
    }),
    origin: place,
  };
}

/** `mode.set(FLAG, true)`: a method that changes its receiver in place. */
function changeVariable(target: ExpressionOf<"method">["receiver"], value: Value, frame: Frame): void {
  const name = target.kind === "path" ? target.path.segments.at(-1)?.name : undefined;
  if (name !== undefined) assignVariable(name, value, frame);
}

/** `file.read_to_end(&mut buffer)`: the buffer holds the file's contents from here on. */
function assignTo(target: ExpressionOf<"method">["arguments"][number], value: Value, frame: Frame): void {
  const inner = target.kind === "reference" ? target.operand : target;
  if (inner.kind !== "path") return;
  const name = inner.path.segments.at(-1)?.name;
  const variable = name === undefined ? undefined : frame.environment.find(name);
  if (variable !== undefined) variable.value = value;
}
