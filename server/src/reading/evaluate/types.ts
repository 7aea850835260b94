/** Values for what was not built here: parameters, fields and results, as far as their types tell. */
import type { Definition, FieldDeclaration, Scope, Type } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import { MAX_ALIASES } from "../budgets.ts";
import { polarityOfName } from "../lexicon.ts";
import { type Frame, type Machine, placeOf } from "../machine.ts";
import { handOut, type ModelObject, newObject } from "../objects.ts";
import { opaque, type RecordState, TAINT, type Value } from "../values.ts";
import { LIST_TYPES, WRAPPER_TYPES } from "./standard.ts";
import { argumentsIn } from "./type-arguments.ts";

/** A value of a declared type: an object whose origin is not known, a record with fields by declaration, or nothing known. */
export function valueOfType(
  machine: Machine,
  type: Type | undefined,
  text: string,
  scope: Scope,
  frame: Frame,
  many = false,
  aliases = 0,
): Value {
  const unknown = (): Value => opaque(text, { polarity: polarityOfName(text), taint: TAINT.configuration });
  if (type === undefined || aliases > MAX_ALIASES) return unknown();
  switch (type.kind) {
    case "reference":
      return valueOfType(machine, type.inner, text, scope, frame, many, aliases);
    case "slice":
      return valueOfType(machine, type.inner, text, scope, frame, true, aliases);
    case "path": {
      const last = type.path.segments.at(-1);
      const [inner] = last?.generics ?? [];
      if (last !== undefined && inner !== undefined && WRAPPER_TYPES.has(last.name))
        return valueOfType(machine, inner, text, scope, frame, many, aliases);
      if (last !== undefined && inner !== undefined && LIST_TYPES.has(last.name))
        return valueOfType(machine, inner, text, scope, frame, true, aliases);
      const resolution = machine.scopes.resolve(type.path, scope);
      if (resolution.kind === "local") {
        const { item } = resolution.definition;
        if (item.kind === "type-alias") return valueOfType(machine, item.type, text, resolution.definition.scope, frame, many, aliases + 1);
        if (item.kind === "struct" && !many) {
          const record = machine.recordOf(resolution.definition, text);
          const known = argumentsIn(machine, type, frame, scope);
          return { kind: "record", record: known === undefined ? record : { ...record, arguments: known } };
        }
        return unknown();
      }
      const name = modelledType(machine, type, scope);
      if (name === undefined) return unknown();
      const hit = machine.models.type(name.path);
      if (hit === undefined) return unknown();
      const place = placeOf(frame, frame.function?.nameSpan ?? type.span);
      const object = unknownObject(machine, { path: name.path, hit, guessed: name.guessed, place }, frame);
      return { kind: "object", object, type: name.path, many };
    }
    default:
      return unknown();
  }
}

/** One that was made where nobody sees it. */
export function unknownObject(
  machine: Machine,
  of: {
    readonly path: string;
    readonly hit: NonNullable<ReturnType<Machine["models"]["type"]>>;
    readonly guessed: boolean;
    readonly place: Place;
  },
  frame: Frame,
): ModelObject {
  const object = newObject(machine.objects, {
    type: of.path,
    sort: of.hit.of.sort,
    model: of.hit.model,
    place: of.place,
    known: false,
    guessed: of.guessed,
    path: frame.path,
    role: of.hit.of.role,
  });
  handOut(object);
  return object;
}

/** The canonical path of a type that a model knows, with its first generic argument where the model tells them apart by it. */
export function modelledType(
  machine: Machine,
  type: Type,
  scope: Scope,
  aliases = 0,
): { readonly path: string; readonly guessed: boolean } | undefined {
  if (aliases > MAX_ALIASES) return undefined;
  if (type.kind === "reference") return modelledType(machine, type.inner, scope, aliases);
  if (type.kind !== "path") return undefined;
  const resolution = machine.scopes.resolve(type.path, scope);
  if (resolution.kind === "local") {
    const { item } = resolution.definition;
    return item.kind === "type-alias" ? modelledType(machine, item.type, resolution.definition.scope, aliases + 1) : undefined;
  }
  const [inner] = type.path.segments.at(-1)?.generics ?? [];
  const argument = inner === undefined ? undefined : modelledType(machine, inner, scope, aliases);
  const fits = (path: string, guessed: boolean): { path: string; guessed: boolean } | undefined => {
    if (argument !== undefined && machine.models.type(`${path}<${argument.path}>`) !== undefined)
      return { path: `${path}<${argument.path}>`, guessed: guessed || argument.guessed };
    return machine.models.type(path) === undefined ? undefined : { path, guessed };
  };
  const paths = resolution.kind === "external" ? resolution.paths : [resolution.segments];
  for (const segments of paths) {
    const found = fits(machine.models.throughReexport(segments) ?? machine.models.canonical(segments.join("::")), false);
    if (found !== undefined) return found;
  }
  if (resolution.kind === "external" && paths.some((it) => it.length > 1 && /^[a-z]/.test(it[0] ?? ""))) return undefined;
  const guess = machine.models.guess(paths[0] ?? []);
  return guess === undefined ? undefined : fits(guess, true);
}

/** A field of a value of the program's own type that was not built here. */
export function declaredField(machine: Machine, record: RecordState, name: string, text: string, place: Place, frame: Frame): Value {
  const { definition } = record;
  const declaration = fieldsOf(definition).find((it) => it.name === name);
  if (definition === undefined || declaration === undefined)
    return { ...opaque(text, { polarity: polarityOfName(name), taint: TAINT.configuration }), origin: place };
  const typed = valueOfType(machine, declaration.type, text, definition.scope, frame);
  if (typed.kind === "object") typed.object.field ??= { type: definition.item, name };
  if (typed.kind !== "opaque") return typed;
  return {
    ...opaque(text, {
      polarity: polarityOfName(name),
      taint: TAINT.configuration,
      field: { of: definition, name, negated: false },
    }),
    origin: place,
  };
}

/** Of a struct, or of a variant of an enum. */
export function fieldsOf(definition: Definition | undefined): readonly FieldDeclaration[] {
  if (definition?.item.kind === "enum") return definition.item.variants.find((it) => it.name === definition.variant)?.fields ?? [];
  return definition?.item.kind === "struct" ? definition.item.fields : [];
}
