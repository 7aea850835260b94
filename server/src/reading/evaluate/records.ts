/** Values of the program's own types: built by literals, read by fields, and what they are when nobody says it. */
import type { Definition, ExpressionOf, Item } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import { recordDraft } from "../drafts.ts";
import { applyModel, stateDefaults } from "../effects.ts";
import { polarityOfName } from "../lexicon.ts";
import { type Frame, type Machine, placeOf, textOf } from "../machine.ts";
import { handOut, newObject } from "../objects.ts";
import { claimed, examined, objectsIn, opaque, type RecordState, SHOWN, taintOf, type Value } from "../values.ts";
import { mapArms } from "./choices.ts";
import { argumentsIn, ownArguments } from "./type-arguments.ts";
import { declaredField, modelledType } from "./types.ts";

export function evaluateStruct(machine: Machine, expression: ExpressionOf<"struct">, frame: Frame): Value {
  const place = placeOf(frame, expression.span);
  const base = expression.base === undefined ? undefined : examined(machine.evaluate(expression.base, frame));
  const type = { kind: "path", span: expression.path.span, path: expression.path } as const;
  const resolution = machine.scopes.resolve(expression.path, frame.scope);
  if (resolution.kind !== "local") {
    const known = modelledType(machine, type, frame.scope);
    const hit = known === undefined ? undefined : machine.models.type(known.path);
    if (known !== undefined && hit !== undefined)
      return buildModelled(machine, expression, { path: known.path, guessed: known.guessed, hit }, base, frame);
  }
  const fields = new Map<string, Value>(base?.kind === "record" ? base.record.fields : []);
  for (const field of expression.fields) {
    const value = machine.evaluate(field.value, frame);
    fields.set(field.name, value);
    for (const object of objectsIn(value)) handOut(object);
  }
  if (resolution.kind !== "local") {
    const parts = [...fields.values()];
    return { ...opaque(textOf(frame, expression.path.span), { parts, taint: taintOf({ kind: "tuple", elements: parts }) }), origin: place };
  }
  const { definition } = resolution;
  remember(machine, definition.item, fields);
  const known = argumentsIn(machine, type, frame) ?? (definition.item === frame.owner?.item ? ownArguments(machine, frame) : undefined);
  for (const [name, value] of fields)
    if (objectsIn(value).length > 0 && isLent(machine, definition, name)) for (const object of objectsIn(value)) object.disturbed = true;
  return {
    kind: "record",
    record: {
      definition,
      fields,
      path: frame.path,
      ...(definition.variant === undefined ? {} : { variant: definition.variant }),
      ...(known === undefined ? {} : { arguments: known }),
    },
    origin: place,
  };
}

/** `fn roots_mut(&mut self) -> &mut RootCertStore { &mut self.roots }`: others may do with it what is not seen. */
function isLent(machine: Machine, type: Definition, field: string): boolean {
  return machine.scopes.implsOf(type).some(
    ({ item }) =>
      item.kind === "impl" &&
      item.items.some((it) => {
        if (it.kind !== "function" || it.receiver?.mutable !== true || it.returns?.kind !== "reference" || !it.returns.mutable)
          return false;
        const tail = it.body()?.tail;
        return tail?.kind === "reference" && tail.mutable && tail.operand.kind === "field" && tail.operand.name === field;
      }),
  );
}

/** `RootCertStore { roots }`: a struct literal of a library's type is a construction and assignments of its fields. */
function buildModelled(
  machine: Machine,
  expression: ExpressionOf<"struct">,
  of: { readonly path: string; readonly guessed: boolean; readonly hit: NonNullable<ReturnType<Machine["models"]["type"]>> },
  base: Value | undefined,
  frame: Frame,
): Value {
  const object =
    base?.kind === "object"
      ? base.object
      : newObject(machine.objects, {
          type: of.path,
          sort: of.hit.of.sort,
          model: of.hit.model,
          place: placeOf(frame, expression.path.span),
          known: true,
          guessed: of.guessed,
          path: frame.path,
          role: of.hit.of.role,
        });
  const receiver: Value = { kind: "object", object, type: of.path, many: false };
  for (const field of expression.fields) {
    const value = machine.evaluate(field.value, frame);
    for (const one of objectsIn(value)) handOut(one);
    const hit = machine.models.member(of.path, field.name, frame.file, ".");
    if (hit === undefined) {
      // A private builder's field that holds another object (`DangerousClientConfigBuilder { cfg }`) carries it on.
      const held = examined(value);
      if (held.kind === "object" && held.object.sort === object.sort && expression.fields.length === 1)
        return { ...receiver, object: held.object };
      continue;
    }
    applyModel(machine, {
      hit,
      guessed: of.guessed,
      expression,
      receiver,
      values: [value],
      arguments: [field.value],
      nameSpan: field.span,
      written: field.name,
      frame,
    });
  }
  if (base === undefined) {
    const nameSpan = expression.path.span;
    const written = textOf(frame, nameSpan);
    const draft = recordDraft(machine, {
      arguments: [],
      nameSpan,
      written,
      guessed: of.guessed,
      frame,
      hit: { path: of.path, model: of.hit.model },
    });
    stateDefaults(machine, object, of.path, { frame, nameSpan }, draft);
  }
  return receiver;
}

function remember(machine: Machine, item: Item, fields: ReadonlyMap<string, Value>): void {
  const known = machine.built.get(item) ?? new Map<string, Value[]>();
  for (const [name, value] of fields) {
    const values = known.get(name) ?? [];
    if (values.length < 8) values.push(value);
    known.set(name, values);
  }
  machine.built.set(item, known);
}

export function evaluateField(machine: Machine, expression: ExpressionOf<"field">, frame: Frame): Value {
  const base = machine.evaluate(expression.base, frame);
  return fieldOf(machine, base, expression.name, textOf(frame, expression.span), placeOf(frame, expression.span), frame);
}

export function fieldOf(machine: Machine, base: Value, name: string, text: string, place: Place, frame: Frame): Value {
  return mapArms(base, frame, (value): Value => {
    const it = examined(value);
    switch (it.kind) {
      case "record": {
        const known = it.record.fields.get(name);
        // What `Default` leaves out is for others to give.
        const isUnset = known?.kind === "none" && known.origin !== undefined && machine.isDefault(known.origin);
        if (known !== undefined && !isUnset) return known;
        const made = declaredField(machine, it.record, name, text, place, frame);
        if (known !== undefined) return made;
        // The same field is the same object each time.
        if (made.kind === "object" || made.kind === "record" || made.kind === "opaque") it.record.fields.set(name, made);
        return made;
      }
      case "tuple":
        return it.elements[Number(name)] ?? opaque(text);
      case "object": {
        handOut(it.object);
        if (it.object.sort === "certificates" || it.object.sort === "crls" || it.object.sort === "private-key") return it;
        const part = machine.models.member(it.type, name, frame.file, ".")?.of.returns;
        if (typeof part === "object" && "view" in part) return { ...it, type: part.view };
        return { ...opaque(text, { parts: [it], polarity: polarityOfName(name), taint: claimed(it.object.taint, name) }), origin: place };
      }
      case "opaque": {
        const [only] = it.parts;
        // A newtype's: what came of a certificate is more than what else went into it.
        const whole = only !== undefined && (taintOf(it) & SHOWN & ~taintOf(only)) === 0;
        if (name === "0" && it.parts.length === 1 && whole) return only;
        return { ...opaque(text, { polarity: polarityOfName(name), taint: claimed(taintOf(it), name), parts: it.parts }), origin: place };
      }
      case "contents":
      case "accepted":
        return it;
      default:
        return { ...opaque(text, { polarity: polarityOfName(name), taint: taintOf(it) }), origin: place };
    }
  });
}

/** A record that was not built here, one for each type and spelling. */
export function recordOf(definition: Definition, text: string): RecordState {
  return { definition, fields: new Map(), path: [], placeholder: text };
}
