/** Methods of values of which nothing is known: what they are computed from is kept, closures are followed. */

import type { Definition, Expression } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import { applyModel } from "../effects.ts";
import { conditionAtom, polarityOf, presenceOf } from "../guards.ts";
import { READING, VERIFYING } from "../lexicon.ts";
import { type Frame, type Machine, type MethodCall, placeOf, textOf, under } from "../machine.ts";
import { handsOn } from "../results.ts";
import { type Arm, claimed, examined, type Opaque, opaque, SHOWN, TAINT, taintOf, type Value } from "../values.ts";
import { leaves } from "./calls.ts";
import { choose } from "./choices.ts";
import { folded } from "./collections.ts";
import { callFunction } from "./frames.ts";
import { ITERATING, TRANSPARENT_METHODS } from "./standard.ts";
import { unknownObject } from "./types.ts";

export function unknownMethod(machine: Machine, receiver: Opaque & { readonly origin?: Place }, call: MethodCall): Value {
  const { expression, values, frame } = call;
  const { name } = expression;
  const [first, second] = values;
  const place = placeOf(frame, expression.span);
  const text = textOf(frame, expression.span).slice(0, 160);
  const own = taintOf(receiver);
  const given = taintOf({ kind: "tuple", elements: values });
  const element = (): Value => ({
    ...opaque(receiver.text, { taint: own, parts: receiver.parts, polarity: receiver.polarity }),
    ...(receiver.origin === undefined ? {} : { origin: receiver.origin }),
  });
  const condition = {
    text: textOf(frame, expression.receiver.span).slice(0, 120),
    polarity: polarityOf(expression.receiver),
    place: placeOf(frame, expression.receiver.span),
    ...(name === "then" || name === "then_some" ? { taint: own } : presenceOf(receiver)),
    ...(receiver.byDefault === undefined ? {} : { byDefault: receiver.byDefault }),
  };
  const present = conditionAtom(condition, false);
  const missing = conditionAtom(condition, true);
  const apart = (yes: () => Value, no: () => Value): Value => {
    const arms: Arm[] = [];
    const there = under(frame, [present], yes);
    if (there !== undefined) arms.push({ path: [present], value: there });
    const gone = under(frame, [missing], no);
    if (gone !== undefined) arms.push({ path: [missing], value: gone });
    return choose(arms);
  };
  const telling = (value: Value): boolean => !["opaque", "unit", "text", "number", "contents", "foreign", "name"].includes(value.kind);
  const apply = (callee: Value | undefined): Value =>
    callee === undefined ? opaque("closure") : machine.applyCallable(callee, [element()], frame);
  const iterates = goesOverElements(expression.receiver);
  switch (name) {
    case "is_some":
    case "is_ok":
    case "is_none":
    case "is_err": {
      const negated = name === "is_none" || name === "is_err";
      return {
        ...opaque(text, {
          polarity: polarityOf(expression),
          ...presenceOf(receiver),
          parts: [receiver],
          ...(receiver.byDefault === undefined ? {} : { byDefault: negated ? !receiver.byDefault : receiver.byDefault }),
        }),
        origin: place,
      };
    }
    case "is_empty":
    case "len":
      // How long it is says nothing of whose it is.
      return { ...opaque(text, { polarity: polarityOf(expression), taint: own & ~SHOWN, parts: [receiver] }), origin: place };
    case "is_some_and":
    case "is_ok_and": {
      const result = apply(first);
      const there = presenceOf(receiver);
      const more = result.kind === "bool" ? there : { taint: there.taint | taintOf(result), judges: true };
      const unset = receiver.byDefault === false ? { byDefault: false } : {};
      return { ...opaque(text, { polarity: polarityOf(expression), parts: [receiver], ...more, ...unset }), origin: place };
    }
    case "any":
    case "all":
    case "position":
    case "find":
    case "contains":
    case "eq":
    case "ne":
    case "starts_with":
    case "ends_with":
    case "ct_eq": {
      const result = first === undefined || (first.kind !== "closure" && first.kind !== "function") ? opaque("") : apply(first);
      return {
        ...opaque(text, { polarity: polarityOf(expression), taint: own | given | turned(result), parts: [receiver], judges: true }),
        origin: place,
      };
    }
    case "unwrap_or":
    case "unwrap_or_default":
    case "unwrap_or_else":
    case "or":
    case "or_else": {
      const fallback = (): Value =>
        name === "unwrap_or_default" ? { kind: "bool", value: false } : name.endsWith("else") ? apply(first) : (first ?? opaque("default"));
      if (name === "unwrap_or_default" || first?.kind === "bool") {
        const value = fallback();
        if (value.kind === "bool")
          return {
            ...opaque(text, {
              polarity: receiver.polarity !== 0 ? receiver.polarity : polarityOf(expression.receiver),
              taint: own,
              parts: receiver.parts,
              byDefault: value.value,
            }),
            origin: place,
          };
      }
      const other = under(frame, [missing], fallback);
      if (other === undefined || other.kind === "error" || other.kind === "opaque" || other.kind === "unit") return element();
      return choose([
        { path: [present], value: element() },
        { path: [missing], value: other },
      ]);
    }
    case "map_or":
      return apart(
        () => apply(second),
        () => first ?? opaque("default"),
      );
    case "map_or_else":
      return apart(
        () => apply(second),
        () => apply(first),
      );
    case "then":
      return apart(
        () => machine.applyCallable(first ?? opaque("closure"), [], frame),
        () => ({ kind: "none" }),
      );
    case "then_some":
      return apart(
        () => first ?? opaque("value"),
        () => ({ kind: "none" }),
      );
    case "map":
    case "and_then": {
      if (first === undefined) return element();
      const result = iterates ? apply(first) : (under(frame, [{ ...present, survival: true }], () => apply(first)) ?? opaque("closure"));
      if (iterates) return { kind: "collection", collection: { elements: [result], open: true, checked: false }, origin: place };
      if (!telling(result)) return result.kind === "opaque" ? { ...result, taint: { bits: result.taint.bits | own } } : result;
      return choose([
        { path: [present], value: result },
        { path: [missing], value: { kind: "none" } },
      ]);
    }
    case "filter_map":
    case "flat_map":
      return { kind: "collection", collection: { elements: [apply(first)], open: true, checked: false }, origin: place };
    case "for_each":
    case "try_for_each":
      return apply(first);
    case "fold":
    case "try_fold":
      return folded(machine, [element()], call);
    // A runtime's: the future's outcome.
    case "block_on":
      return first ?? element();
    case "get_or_init":
    case "get_or_insert_with":
    case "get_or_try_init":
      return first === undefined ? element() : machine.applyCallable(first, [], frame);
    case "not":
      return {
        ...opaque(text, { polarity: receiver.polarity === 1 ? -1 : receiver.polarity === -1 ? 1 : 0, taint: own, parts: receiver.parts }),
        origin: place,
      };
  }
  if (name === "clone" || name === "enumerate" || TRANSPARENT_METHODS.has(name)) return receiver;
  const told = ((own | given) & SHOWN) !== 0;
  const [method, ...others] = told ? implemented(machine, name) : machine.methodsNamed(name);
  if (method !== undefined && others.length === 0 && method.item.kind === "function")
    return callFunction(machine, method, receiver, values, frame);
  const guessed = told || machine.methodsNamed(name).length > 0 ? undefined : guessedMethod(machine, receiver, call);
  if (guessed !== undefined) return guessed;
  handsOn(machine, name, values);
  const unread = (own & SHOWN) === 0 && (given & SHOWN) !== 0 && !READING.test(name);
  // What it is told may be in what it gives later: `hasher.update(certificate)`.
  if (given !== 0) receiver.taint.bits |= given & SHOWN;
  for (const [index, value] of values.entries()) leaves(machine, value, expression.arguments[index], frame);
  const hollow = asksItself(expression, values, frame);
  const taint = hollow ? (own | given) & ~SHOWN : claimed(own, name) | given;
  const judges = VERIFYING.test(name) && (taint & SHOWN) !== 0;
  if (judges) machine.consulted.push({ name: name, path: frame.path });
  if (judges && name.startsWith("verify"))
    return { kind: "verdict", group: `verdict:${frame.file}:${expression.span.start}`, boolean: false, origin: place };
  return { ...opaque(text, { polarity: polarityOf(expression), taint, parts: [receiver, ...values], judges, unread }), origin: place };
}

/** What only one library's types can do, on something that came from where nobody looks. */
function guessedMethod(
  machine: Machine,
  receiver: Opaque & { readonly origin?: Place },
  { expression, values, frame }: MethodCall,
): Value | undefined {
  const flags = values.map(examined).find((it) => it.kind === "flags");
  const hit = machine.models.guessMember(expression.name, flags?.of, frame.file);
  const type = hit?.path.slice(0, hit.path.lastIndexOf("::")) ?? "";
  const owner = machine.models.type(type);
  if (hit === undefined || owner === undefined) return undefined;
  const place = receiver.origin ?? placeOf(frame, expression.receiver.span);
  const object = unknownObject(machine, { path: type, hit: owner, guessed: true, place }, frame);
  return applyModel(machine, {
    hit,
    guessed: true,
    expression,
    receiver: { kind: "object", object, type, many: false },
    receiverExpression: expression.receiver,
    values,
    arguments: expression.arguments,
    nameSpan: expression.nameSpan,
    written: expression.name,
    frame,
  });
}

/** A certificate's signature under its own key: whoever makes a certificate can sign it, too. */
function asksItself({ name, receiver }: MethodCall["expression"], values: readonly Value[], frame: Frame): boolean {
  if (name !== "verify_signature" && name !== "verify") return false;
  const certificate = textOf(frame, receiver.span);
  const own = (value: Value): boolean => {
    const it = examined(value);
    if (it.kind === "none") return true;
    const key = it.kind === "opaque" ? it.text.replace(/^(?:Some\()?&*/, "") : "";
    return key.startsWith(`${certificate}.`) && /^\.(?:public_key|subject_pki|tbs_certificate\b)/.test(key.slice(certificate.length));
  };
  return values.length > 0 && values.every(own);
}

/** Methods of this name in any impl of the crate: what judges a certificate need not name anything modelled. */
function implemented(machine: Machine, name: string): readonly Definition[] {
  let known = implementedMethods.get(machine.scopes);
  if (known === undefined) {
    known = new Map();
    implementedMethods.set(machine.scopes, known);
    for (const { item, scope } of machine.scopes.allImpls()) {
      if (item.kind !== "impl") continue;
      for (const method of item.items) {
        if (method.kind !== "function" || method.receiver === undefined) continue;
        const definition: Definition = { item: method, scope: machine.scopes.child(scope, item) };
        known.set(method.name, [...(known.get(method.name) ?? []), definition]);
      }
    }
  }
  return known.get(name) ?? [];
}
const implementedMethods = new WeakMap<Machine["scopes"], Map<string, readonly Definition[]>>();

/** Whether a chain goes over elements, so that `map` is an iterator's and not an option's. */
function goesOverElements(expression: Expression): boolean {
  let current: Expression = expression;
  for (let depth = 0; depth < 30; depth++) {
    if (current.kind === "range" || current.kind === "array") return true;
    if (current.kind === "method") {
      if (ITERATING.has(current.name)) return true;
      current = current.receiver;
    } else if (current.kind === "try" || current.kind === "await" || current.kind === "reference") current = current.operand;
    else return false;
  }
  return false;
}

/** Of a refusal (`is_err`), it is the error that answers. */
const turned = (value: Value): number => taintOf(value) | (value.kind === "verdict" && value.negated === true ? TAINT.error : 0);
