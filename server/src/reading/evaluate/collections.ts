/** Chains over several things: lists that are known, and the certificates, lists and keys that a loader gives. */

import { MAX_ELEMENTS } from "../budgets.ts";
import { polarityOf } from "../guards.ts";
import { type Machine, type MethodCall, placeOf, textOf } from "../machine.ts";
import { nameOf } from "../names-of-values.ts";
import { beyond, conditional } from "../path-conditions.ts";
import { dropFailure, failureIn, handsOn, keeps, swallow } from "../results.ts";
import { type Collection, examined, objectsIn, opaque, SHOWN, TAINT, taintOf, type Value } from "../values.ts";
import { leaves } from "./calls.ts";
import { filtered } from "./options.ts";
import { FIRST_ONLY, TRANSPARENT_METHODS } from "./standard.ts";
import { fill } from "./variables.ts";

/** One of many is taken: an observation where the many are certificates. */
export function takeFirst(
  machine: Machine,
  value: Value,
  call: Pick<MethodCall, "frame"> & { readonly name: string; readonly nameSpan: { readonly start: number; readonly end: number } },
): Value {
  const inner = examined(value);
  if (inner.kind !== "object" || !inner.many) return value;
  const { object } = inner;
  if (object.sort === "certificates" && !object.system) {
    const called = object.sources.map((it) => nameOf(it, undefined, call.frame)).find((it) => it !== undefined) ?? object.binding;
    const { draft } = lastDraft(machine, object.id);
    machine.loose.push({
      fact: { kind: "partial-bundle", call: call.name, platformDependent: false, ...(called === undefined ? {} : { called }) },
      place: placeOf(call.frame, call.nameSpan),
      related: [],
      path: call.frame.path,
      draft,
      object,
      unlessWhole: true,
    });
  }
  const one: Value = { ...inner, many: false };
  return value.kind === "fallible" ? { ...value, value: one } : one;
}

function lastDraft(machine: Machine, object: number): { readonly draft: number } {
  const draft = machine.drafts.findIndex((it) => it.object?.id === object);
  return { draft: Math.max(0, draft) };
}

/** One of the many that a loader gives; reading it may have failed. */
export function elementOf(value: Extract<Value, { kind: "object" }>): Value {
  const one: Value = { ...value, many: false };
  const { elements } = value.object;
  return value.many && elements !== undefined ? { kind: "fallible", value: one, failure: elements } : one;
}

/** Methods on what a loader gave. Undefined: no method of a list. */
export function elementMethod(machine: Machine, receiver: Extract<Value, { kind: "object" }>, call: MethodCall): Value | undefined {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first] = values;
  if (FIRST_ONLY.has(name) && receiver.many && wanted(name, first))
    return takeFirst(machine, receiver, { frame, name, nameSpan: expression.nameSpan });
  switch (name) {
    case "map":
    case "and_then":
    case "filter_map":
    case "flat_map": {
      if (first === undefined) return receiver;
      if (name === "filter_map" || name === "flat_map") {
        const kept = filtered(machine, elementOf(receiver), call);
        const whole = examined(kept);
        return whole.kind === "object" && whole.object === receiver.object
          ? { ...whole, many: receiver.many }
          : whole.kind === "opaque" || whole.kind === "none"
            ? receiver
            : kept;
      }
      const element: Value = name === "and_then" ? receiver : elementOf(receiver);
      const result = machine.applyCallable(first, [element], frame);
      const inner = examined(result);
      const merged = inner.kind === "object" && inner.object === receiver.object ? { ...inner, many: receiver.many } : inner;
      return result.kind === "fallible" ? { ...result, value: merged } : merged.kind === "unit" ? receiver : merged;
    }
    case "for_each":
    case "try_for_each":
      receiver.object.usedWhole = true;
      if (first !== undefined) return machine.applyCallable(first, [elementOf(receiver)], frame);
      return receiver;
    case "fold":
    case "try_fold":
      receiver.object.usedWhole = true;
      return folded(machine, [elementOf(receiver)], call);
    case "filter":
    case "retain":
    case "inspect":
      if (first !== undefined) machine.applyCallable(first, [elementOf(receiver)], frame);
      return receiver;
    case "is_empty":
    case "len":
    case "count":
      return { ...opaque(textOf(frame, expression.span), { parts: [receiver] }), origin: placeOf(frame, expression.span) };
    case "flatten": {
      const failure = receiver.object.elements;
      if (failure === undefined) return receiver;
      dropFailure(machine, failure, placeOf(frame, expression.nameSpan), frame);
      return swallow(receiver);
    }
    case "push":
    case "extend":
    case "append":
      for (const value of values) for (const object of objectsIn(value)) receiver.object.sources.push(...object.sources);
      return receiver;
    default:
      return undefined;
  }
}

const wanted = (name: string, argument: Value | undefined): boolean => {
  const number = FIRST_ONLY.get(name);
  return number === undefined || (argument?.kind === "number" && argument.value === number);
};

export function collectionMethod(machine: Machine, receiver: Extract<Value, { kind: "collection" }>, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first] = values;
  const { collection } = receiver;
  const place = placeOf(frame, expression.span);
  const with_ = (elements: Value[], open = collection.open): Value => ({
    kind: "collection",
    collection: { elements, open, checked: collection.checked },
    origin: place,
  });
  const each = (): Value[] =>
    collection.elements.length === 0 ? [opaque("element", { taint: taintOf(receiver) })] : collection.elements.slice(0, MAX_ELEMENTS);
  switch (name) {
    case "push":
    case "push_back":
    case "push_front":
    case "insert":
    case "add":
      keeps(machine, values);
      for (const object of values.flatMap(objectsIn)) object.handed = true;
      add(collection, values.at(-1), conditional(beyond(frame.path, frame.start)).length > 0);
      return { kind: "unit" };
    case "copy_from_slice":
    case "clone_from_slice":
      fill(expression.receiver, values, frame);
      return { kind: "unit" };
    case "extend":
    case "append":
    case "extend_from_slice": {
      const inner = first === undefined ? undefined : examined(first);
      if (inner?.kind === "collection") for (const element of inner.collection.elements) add(collection, element, false);
      else if (first !== undefined) add(collection, first, false);
      if (inner?.kind === "opaque") collection.open = true;
      return { kind: "unit" };
    }
    case "chain": {
      const inner = first === undefined ? undefined : examined(first);
      return inner?.kind === "collection"
        ? with_([...collection.elements, ...inner.collection.elements], collection.open || inner.collection.open)
        : with_([...collection.elements, ...(first === undefined ? [] : [first])]);
    }
    case "map":
    case "and_then":
    case "flat_map":
      if (first === undefined) return receiver;
      return with_(
        each()
          .map((it) => machine.applyCallable(first, [it], frame))
          .flatMap((it) => (it.kind === "collection" && name === "flat_map" ? it.collection.elements : [it])),
        true,
      );
    case "filter_map":
      return with_(
        each().map((it) => filtered(machine, it, call)),
        true,
      );
    case "for_each":
    case "try_for_each": {
      let last: Value = { kind: "unit" };
      if (first !== undefined) for (const element of each()) last = machine.applyCallable(first, [element], frame);
      return last;
    }
    case "fold":
    case "try_fold":
      return folded(machine, each(), call);
    case "filter":
    case "retain":
    case "inspect":
    case "skip_while":
    case "take_while":
      if (first !== undefined) for (const element of each()) machine.applyCallable(first, [element], frame);
      return name === "inspect" ? receiver : with_([...collection.elements], true);
    case "flatten": {
      const failure = failureIn(receiver);
      if (failure === undefined)
        return with_(collection.elements.flatMap((it) => (it.kind === "collection" ? it.collection.elements : [it])));
      dropFailure(machine, failure, placeOf(frame, expression.nameSpan), frame);
      return with_(collection.elements.map(swallow));
    }
    case "is_empty":
      if (collection.elements.length > 0 && !collection.open) return { kind: "bool", value: false, origin: place };
      return collection.elements.length === 0 && !collection.open
        ? { kind: "bool", value: true, origin: place }
        : { ...opaque(textOf(frame, expression.span), { parts: [receiver] }), origin: place };
    case "len":
      return collection.open
        ? { ...opaque(textOf(frame, expression.span), { parts: [receiver] }), origin: place }
        : { kind: "number", value: collection.elements.length, origin: place };
    case "contains":
    case "any":
    case "all":
    case "position":
    case "find": {
      const results =
        first !== undefined && (first.kind === "closure" || first.kind === "function")
          ? each().map((it) => machine.applyCallable(first, [it], frame))
          : values;
      return {
        ...opaque(textOf(frame, expression.span), {
          parts: [receiver],
          taint: taintOf({ kind: "tuple", elements: results }) | TAINT.configuration,
          judges: true,
          polarity: polarityOf(expression),
        }),
        origin: place,
      };
    }
    case "clone":
      return with_([...collection.elements]);
  }
  if (FIRST_ONLY.has(name) && wanted(name, first)) {
    const [element] = collection.elements;
    if (element === undefined)
      return collection.open ? opaque(textOf(frame, expression.span), { parts: [receiver] }) : { kind: "none", origin: place };
    if (name === "take" || name === "truncate") return with_([takeFirst(machine, element, { frame, name, nameSpan: expression.nameSpan })]);
    return takeFirst(machine, element, { frame, name, nameSpan: expression.nameSpan });
  }
  const asked = taintOf({ kind: "tuple", elements: values });
  // What is kept under something of a certificate's is that certificate's.
  if (FIRST_ONLY.has(name) && asked !== 0)
    return { ...opaque(textOf(frame, expression.span), { parts: [receiver], taint: taintOf(receiver) | asked }), origin: place };
  if (TRANSPARENT_METHODS.has(name) || FIRST_ONLY.has(name)) return receiver;
  handsOn(machine, name, values);
  for (const [index, value] of values.entries()) leaves(machine, value, expression.arguments[index], frame);
  return { ...opaque(textOf(frame, expression.span), { parts: [receiver, ...values], taint: taintOf(receiver) }), origin: place };
}

/** `elements.fold(start, |made, element| …)`: the closure's answer for one is what it gets for the next. */
export function folded(machine: Machine, elements: readonly Value[], { values, frame }: MethodCall): Value {
  const [start, closure] = values;
  if (start === undefined || closure === undefined) return opaque("fold");
  return elements.reduce<Value>((made, element) => {
    const next = machine.applyCallable(closure, [examined(made), element], frame);
    const compared = (taintOf(next) & SHOWN) !== 0;
    return (next.kind === "opaque" && !compared) || next.kind === "unit" ? made : next;
  }, start);
}

/** Within a bound, beyond which it is taken for granted. */
function holds(value: Value, wanted: Collection): boolean {
  const queue: Value[] = [value];
  const seen = new Set<Value>();
  for (let it = queue.pop(); it !== undefined; it = queue.pop()) {
    if (seen.has(it)) continue;
    seen.add(it);
    if (seen.size > MOST_VISITS) return true;
    if (it.kind === "collection") {
      if (it.collection === wanted) return true;
      queue.push(...it.collection.elements);
    } else if (it.kind === "choice") queue.push(...it.arms.map((arm) => arm.value));
    else if (it.kind === "fallible") queue.push(it.value);
    else if (it.kind === "tuple") queue.push(...it.elements);
    else if (it.kind === "opaque") queue.push(...it.parts);
  }
  return false;
}
const MOST_VISITS = 500;

/** Under a condition, more may be there than is known: the element may be missing. */
function add(collection: Collection, value: Value | undefined, maybe: boolean): void {
  if (value === undefined) return;
  // What is put into itself (a stack that takes back what it gave) would have no end.
  if (holds(value, collection)) {
    collection.open = true;
    return;
  }
  if (collection.elements.length < 16) collection.elements.push(value);
  if (maybe) collection.open = true;
}
