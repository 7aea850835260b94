/** What a path means as a value: a variable, an item of the crate, a word of a model's vocabulary, or a name of another crate. */
import type { ValueModel } from "../../models/model.ts";
import type { Definition, Path as RustPath, ValueItem } from "../../rust/index.ts";
import type { Fact } from "../../tls/facts.ts";
import { recordDraft } from "../drafts.ts";
import { isAsideAtom } from "../guards.ts";
import { CHANGEABLE } from "../lexicon.ts";
import { type Frame, type Machine, placeOf, textOf } from "../machine.ts";
import type { Hit } from "../model-tables.ts";
import { newObject } from "../objects.ts";
import { conditional, extend, sameAtom } from "../path-conditions.ts";
import { at, objectsIn, opaque, type Value } from "../values.ts";
import { newFrame } from "./frames.ts";
import { TRANSPARENT_BARE } from "./standard.ts";
import { eachTwin } from "./twins.ts";
import { throughParameter } from "./type-arguments.ts";

/** A path, resolved for calling or for its value. */
export type Named =
  | { readonly kind: "value"; readonly value: Value }
  /** `twins`: all of them, where builds differ. */
  | { readonly kind: "definition"; readonly definition: Definition; readonly twins: readonly Definition[] }
  /** Canonical candidates, best first. `guessed`: taken by its shape. */
  | {
      readonly kind: "foreign";
      readonly paths: readonly string[];
      readonly guess: string | undefined;
      readonly segments: readonly string[];
      /** No other crate's: a part of the program that was not read. */
      readonly unread: boolean;
    };

export function resolveName(machine: Machine, path: RustPath, frame: Frame): Named {
  const [only] = path.segments;
  if (path.segments.length === 1 && only !== undefined && !path.global && path.self === undefined) {
    const variable = frame.environment.find(only.name);
    if (variable !== undefined) return { kind: "value", value: variable.value };
  }
  const known = throughParameter(machine, path, frame);
  if (known !== undefined) return { kind: "definition", definition: known, twins: [known] };
  const resolution = machine.scopes.resolve(path, frame.scope);
  if (resolution.kind === "local")
    return { kind: "definition", definition: resolution.definition, twins: twinsOf(machine, path, resolution.definition, frame) };
  const written = path.segments.map((it) => it.name);
  const all = resolution.kind === "external" ? resolution.paths : [resolution.segments];
  const paths = all.map((it) => machine.models.throughReexport(it) ?? machine.models.canonical(it.join("::")));
  // Without a manifest it may be a crate's all the same.
  const unread = resolution.kind === "unknown" && written.length > 1 && machine.featuresIn(frame.file) !== undefined;
  const foreignCrate = resolution.kind === "external" && all.every((it) => /^[a-z_]/.test(it[0] ?? "") && it.length > 1);
  return { kind: "foreign", paths, guess: foreignCrate ? undefined : machine.models.guess(all[0] ?? written), segments: written, unread };
}

function twinsOf(machine: Machine, path: RustPath, first: Definition, frame: Frame): readonly Definition[] {
  const { item, variant } = first;
  if (
    variant !== undefined ||
    item.attributes.cfg.length === 0 ||
    (item.kind !== "function" && item.kind !== "const" && item.kind !== "static")
  )
    return [first];
  const twins = machine.scopes.definitions(path, frame.scope).filter((it) => it.item.kind === item.kind && it.variant === undefined);
  return twins.length > 1 ? twins : [first];
}

export function evaluatePath(machine: Machine, path: RustPath, frame: Frame): Value {
  const place = placeOf(frame, path.span);
  const named = resolveName(machine, path, frame);
  if (named.kind === "value")
    return named.value.kind === "opaque" && named.value.origin === undefined ? { ...named.value, origin: place } : named.value;
  if (named.kind === "definition")
    return at(eachTwin(machine, named.twins, frame, (it) => valueOfDefinition(machine, it, frame)) ?? opaque("excluded by cfg"), place);
  const last = named.segments.at(-1) ?? "";
  if (named.segments.length === 1 && last === "None") return { kind: "none", origin: place };
  for (const candidate of [...named.paths, ...(named.guess === undefined ? [] : [named.guess])]) {
    const hit = machine.models.value(candidate);
    if (hit !== undefined)
      return at(modelledValue(machine, hit, path, frame, candidate === named.guess && !named.paths.includes(candidate)), place);
  }
  if (last === "MAX") return { kind: "number", value: 4294967295, origin: place };
  if (named.segments.length === 1 && TRANSPARENT_BARE.has(last)) return { kind: "foreign", paths: [[last]], origin: place };
  return named.paths.some((it) => /(?:^|::)[A-Z_0-9]+$/.test(it)) || /^[A-Z]/.test(last)
    ? { kind: "name", path: (named.paths[0] ?? last).split("::"), origin: place }
    : { kind: "foreign", paths: named.paths.map((it) => it.split("::")), origin: place };
}

export function modelledValue(
  machine: Machine,
  hit: Hit<ValueModel>,
  path: { readonly span: RustPath["span"] },
  frame: Frame,
  guessed: boolean,
): Value {
  const { of } = hit;
  if (of.kind === "flags") return { kind: "flags", bits: of.bits, of: hit.path };
  if (of.kind === "word") return { kind: "word", of: of.of, word: of.word };
  if (of.kind === "accepted") return { kind: "accepted" };
  if (of.kind === "library-verdict") return { kind: "verdict", group: `verdict:${frame.file}:${path.span.start}`, boolean: false };
  const type = machine.models.type(of.type);
  const object = newObject(machine.objects, {
    type: of.type,
    sort: type?.of.sort ?? "other",
    model: type?.model ?? hit.model,
    place: placeOf(frame, path.span),
    known: true,
    guessed,
    path: frame.path,
    role: type?.of.role,
  });
  const draft = recordDraft(machine, { arguments: [], nameSpan: path.span, written: textOf(frame, path.span), guessed, frame, hit });
  const made = machine.drafts[draft];
  if (made !== undefined) made.object = object;
  const say = (fact: Fact, byDefault: boolean): void => {
    if (fact.kind === "trust" && fact.anchors === "system") object.system = true;
    object.events.push({ kind: fact.kind, facts: { any: [fact] }, place: object.place, related: [], path: frame.path, byDefault, draft });
  };
  for (const fact of type === undefined ? [] : machine.models.defaultsOf(type, frame.file)) say(fact, true);
  // Whoever names the value says what it stands for.
  for (const fact of of.states ?? []) say(fact, false);
  return { kind: "object", object, type: of.type, many: object.sort === "certificates" };
}

export function valueOfDefinition(machine: Machine, definition: Definition, frame: Frame): Value {
  const { item, variant } = definition;
  if (variant !== undefined) return { kind: "record", record: { definition, variant, fields: new Map(), path: frame.path } };
  switch (item.kind) {
    case "function":
      return { kind: "function", definition };
    case "const":
    case "static":
      return evaluateConstant(machine, definition, item, frame);
    case "struct":
      return { kind: "record", record: { definition, fields: new Map(), path: frame.path } };
    default:
      return opaque("name" in item && item.name !== undefined ? item.name : item.kind);
  }
}

/**
 * A constant or static. One that holds an object happens where it is used, as a function does: a use under conditions is quieter than
 * the static itself would be, and the first use without any is the last that is evaluated.
 */
function evaluateConstant(machine: Machine, definition: Definition, item: ValueItem, frame: Frame): Value {
  const state = machine.constants.get(item) ?? { busy: false, readings: [] };
  machine.constants.set(item, state);
  if (state.busy) return opaque("cyclic constant");
  const conditions = conditional(frame.path);
  const [first] = state.readings;
  const known = state.readings.find((it) => it.path.every((atom) => conditions.some((other) => sameAtom(atom, other))));
  if (known !== undefined) return known.value;
  if (first !== undefined && state.readings.length >= MAX_READINGS) return first.value;
  const context = machine.context.get(item);
  const own = (context?.path ?? []).filter((it) => !isAsideAtom(it));
  const path = extend(frame.path, own) ?? frame.path;
  state.busy = true;
  const inner = newFrame({
    scope: definition.scope,
    source: definition.scope.source,
    file: definition.scope.file,
    path,
    depth: frame.depth + 1,
  });
  const expression = item.value();
  let value =
    expression === undefined ? machine.valueOfType(item.type, item.name, definition.scope, frame) : machine.evaluate(expression, inner);
  if (value.kind === "opaque" && item.type !== undefined) {
    const typed = machine.valueOfType(item.type, item.name, definition.scope, frame);
    if (typed.kind !== "opaque") value = typed;
  }
  for (const closure of inner.closures)
    if (closure.kind === "closure" && !closure.closure.applied) machine.applyCallable(closure, [], inner);
  if (item.kind === "static" && item.type !== undefined && CHANGEABLE.test(textOf(inner, item.type.span))) value = later(value, item.name);
  state.busy = false;
  state.readings.push({ path: objectsIn(value).length > 0 ? conditions : [], value });
  // What only some builds use is still there for others.
  if (!frame.path.some((it) => it.guard !== undefined && it.guard.kind !== "condition")) machine.reached.add(item);
  return value;
}

/** What others may have put in the place of a static's first value: its plain fields are what they are by default. */
function later(value: Value, name: string): Value {
  if (value.kind !== "record") return value;
  const fields = new Map([...value.record.fields].filter(([, it]) => objectsIn(it).length > 0));
  return { ...value, record: { ...value.record, fields, placeholder: name } };
}

/** Uses of one static under different conditions. */
const MAX_READINGS = 6;
