/** What a setting is when nobody says it: by attributes of its field, by `Default`, by the only literals of the crate. */
import type { Definition, FieldDeclaration, Pattern, Type } from "../../rust/index.ts";
import { attributesIn } from "../cfg-text.ts";
import { words } from "../lexicon.ts";
import type { Frame, Machine } from "../machine.ts";
import { examined, type Opaque, type Value } from "../values.ts";
import { derives, isDefaultTaken } from "./derived-defaults.ts";
import { newFrame } from "./frames.ts";
import { matchPattern } from "./patterns.ts";
import { fieldsOf } from "./types.ts";

/** A condition without configuration. */
export function defaultOf(machine: Machine, value: Opaque): boolean | undefined {
  if (value.byDefault !== undefined) return value.byDefault;
  const found = ofField(machine, value);
  return found?.kind === "bool" ? found.value !== (value.field?.negated ?? false) : undefined;
}

/** Any value without configuration, a variant of an enum above all. */
export function defaultValueOf(machine: Machine, value: Value): Value | undefined {
  if (value.kind !== "opaque") return undefined;
  if (value.field?.negated === true || value.byDefault !== undefined) {
    const known = defaultOf(machine, value);
    return known === undefined ? undefined : { kind: "bool", value: known };
  }
  return ofField(machine, value);
}

/** Whether a pattern fits what a value is without configuration. */
export function fitsByDefault(machine: Machine, pattern: Pattern, value: Value, frame: Frame): boolean | undefined {
  const there = presenceByDefault(pattern, value);
  if (there !== undefined) return there;
  const unset = defaultValueOf(machine, value);
  if (unset === undefined) return undefined;
  const { fits } = matchPattern(machine, pattern, unset, frame);
  return fits === "maybe" ? undefined : fits === "yes";
}

/** Nobody has set the variable: `let Ok(it) = env::var(…)` does not fit, and `Err(_)` does. */
function presenceByDefault(pattern: Pattern, value: Value): boolean | undefined {
  if (value.kind !== "opaque" || value.byDefault !== false) return undefined;
  const name = pattern.kind === "tuple-struct" || pattern.kind === "path" ? pattern.path.segments.at(-1)?.name : undefined;
  if (name === "Ok" || name === "Some") return false;
  return name === "Err" || name === "None" ? true : undefined;
}

function ofField(machine: Machine, value: Opaque): Value | undefined {
  const { field } = value;
  return field === undefined ? undefined : fieldDefault(machine, field.of, field.name);
}

function fieldDefault(machine: Machine, of: Definition, name: string): Value | undefined {
  // A variant's fields have what their attributes say: nobody makes one without saying the rest.
  if (of.variant !== undefined) {
    const field = fieldsOf(of).find((it) => it.name === name);
    return field === undefined ? undefined : ofAttributes(machine, field, of);
  }
  const known = machine.unset.get(of.item)?.get(name);
  if (known !== undefined) return known === "none" ? undefined : known;
  const values = machine.unset.get(of.item) ?? new Map<string, Value | "none">();
  machine.unset.set(of.item, values);
  // Asked for again on the way: a default that depends on itself.
  values.set(name, "none");
  const declaration = of.item.kind === "struct" ? of.item.fields.find((it) => it.name === name) : undefined;
  const found =
    (declaration === undefined ? undefined : ofAttributes(machine, declaration, of)) ??
    ofDefaultImpl(machine, of, name, declaration) ??
    (declaration !== undefined && derives(of, "Default") ? ofDerived(machine, of, declaration) : undefined) ??
    ofConstructor(machine, of, name) ??
    (declaration !== undefined && isBool(declaration.type) && !isOption(declaration.type) ? ofComputed(machine, of, name) : undefined);
  if (found === undefined) values.delete(name);
  else values.set(name, found);
  return found ?? ofLiterals(machine, of, name);
}

/** serde, clap and their kin. */
function ofAttributes(machine: Machine, field: FieldDeclaration, of: Definition): Value | undefined {
  for (const text of field.attributes.texts.flatMap((it) => attributesIn(it.text))) {
    const written = /\bdefault_values?(?:_t)?\s*=\s*("[^"]*"|[\w:]+)/.exec(text)?.[1] ?? /\bdefault\s*=\s*(true|false)\b/.exec(text)?.[1];
    if (written !== undefined) return spelled(machine, written.replaceAll('"', ""), field.type, of);
    if (/\bdefault_value_t\b/.test(text)) return ofType(machine, field.type, of);
    const path = /^serde\s*\(.*\bdefault\s*=\s*"([\w:\s]+)"/s.exec(text)?.[1];
    if (path !== undefined) return ofFunction(machine, path, of);
    if (/^serde\s*\(.*\bdefault\b/s.test(text)) return ofType(machine, field.type, of);
    if (/^(?:clap|arg|structopt|argh|command)\b/.test(text) && isBool(field.type) && !/\bSetFalse\b/.test(text))
      return { kind: "bool", value: false };
    if (/^(?:clap|arg|command)\b/.test(text) && isBool(field.type)) return { kind: "bool", value: true };
  }
  return undefined;
}

/** A default as an attribute writes it: `true`, `Mode::Strict`, `strict`. */
function spelled(machine: Machine, text: string, type: Type, of: Definition): Value | undefined {
  if (text === "true" || text === "false") return { kind: "bool", value: text === "true" };
  const definition = definitionOf(machine, type, of);
  if (definition?.item.kind !== "enum") return isText(type) ? { kind: "text", value: text, exact: true } : undefined;
  const wanted = words(text.split("::").at(-1) ?? "").join();
  const variant = definition.item.variants.find((it) => words(it.name).join() === wanted);
  return variant === undefined ? undefined : variantOf(definition, variant.name);
}

function ofType(machine: Machine, type: Type, of: Definition): Value | undefined {
  if (isBool(type)) return isOption(type) ? { kind: "none" } : { kind: "bool", value: false };
  if (isOption(type)) return { kind: "none" };
  if (isText(type)) return { kind: "text", value: "", exact: true };
  const definition = definitionOf(machine, type, of);
  if (definition?.item.kind !== "enum") return undefined;
  const marked = definition.item.variants.find((it) => it.attributes.names.includes("default"));
  if (marked !== undefined) return variantOf(definition, marked.name);
  const made = callDefault(machine, definition);
  return made?.kind === "record" && made.record.variant !== undefined ? made : undefined;
}

const variantOf = (definition: Definition, variant: string): Value => ({
  kind: "record",
  record: { definition: { ...definition, variant }, variant, fields: new Map(), path: [] },
});

function definitionOf(machine: Machine, type: Type, of: Definition): Definition | undefined {
  if (type.kind !== "path") return undefined;
  const resolution = machine.scopes.resolve(type.path, of.scope);
  return resolution.kind === "local" ? resolution.definition : undefined;
}

function ofDefaultImpl(machine: Machine, type: Definition, name: string, field: FieldDeclaration | undefined): Value | undefined {
  const made = callDefault(machine, type);
  const value = made?.kind === "record" ? made.record.fields.get(name) : undefined;
  const found = value === undefined ? undefined : examined(value);
  if (found?.kind === "opaque" && field !== undefined && /^(?:\w+::)*[Dd]efault::default\(\)$|^\w+::default\(\)$/.test(found.text))
    return ofType(machine, field.type, type);
  return found === undefined || found.kind === "opaque" || found.kind === "choice" ? undefined : found;
}

/** What a derived default gives it; where nobody takes that, what the constructor gives, by which everybody has it. */
function ofDerived(machine: Machine, of: Definition, field: FieldDeclaration): Value | undefined {
  const derived = ofType(machine, field.type, of);
  const made = ofConstructor(machine, of, field.name);
  return made === undefined || isDefaultTaken(machine, of) ? derived : made;
}

/** What `new` gives it, whatever it is called with. */
function ofConstructor(machine: Machine, type: Definition, name: string): Value | undefined {
  const value = constructed(machine, type, name);
  const plain = value?.kind === "bool" || value?.kind === "none" || (value?.kind === "record" && value.record.variant !== undefined);
  return plain ? value : undefined;
}

function constructed(machine: Machine, type: Definition, name: string): Value | undefined {
  const [definition, another] = machine.scopes
    .associated(type, "new")
    .filter(({ item }) => item.kind === "function" && item.receiver === undefined);
  const made = definition === undefined || another !== undefined ? undefined : call(machine, definition);
  return made?.kind === "record" ? made.record.fields.get(name) : undefined;
}

/** `Self { verify: options.verify.unwrap_or(false) }`: what the constructor makes of it where nobody says anything. */
function ofComputed(machine: Machine, type: Definition, name: string): Value | undefined {
  const value = constructed(machine, type, name);
  return value?.kind === "opaque" && value.byDefault !== undefined ? { kind: "bool", value: value.byDefault } : undefined;
}

/** `Default::default()` of one of the program's own types, as it is written there. */
function callDefault(machine: Machine, type: Definition): Value | undefined {
  const [definition] = machine.scopes.associated(type, "default", "Default");
  return definition === undefined ? undefined : call(machine, definition);
}

function ofFunction(machine: Machine, path: string, of: Definition): Value | undefined {
  const resolution = machine.scopes.resolveSegments(
    path.split("::").map((it) => it.trim()),
    of.scope,
  );
  return resolution.kind === "local" ? call(machine, resolution.definition) : undefined;
}

function call(machine: Machine, definition: Definition): Value | undefined {
  if (definition.item.kind !== "function") return undefined;
  const { scope } = definition;
  const value = examined(
    machine.callFunction(definition, undefined, [], newFrame({ scope, source: scope.source, file: scope.file, path: [], depth: 0 })),
  );
  return value.kind === "opaque" || value.kind === "choice" ? undefined : value;
}

function ofLiterals(machine: Machine, type: Definition, name: string): Value | undefined {
  const values = machine.built.get(type.item)?.get(name) ?? [];
  const all = new Set(values.map((it) => (it.kind === "bool" ? it.value : undefined)));
  const [only] = all;
  return all.size === 1 && only !== undefined ? { kind: "bool", value: only } : undefined;
}

const lastOf = (type: Type): { readonly name: string; readonly generics: readonly Type[] } | undefined =>
  type.kind === "path" ? type.path.segments.at(-1) : undefined;
const isOption = (type: Type): boolean => lastOf(type)?.name === "Option";
const isText = (type: Type): boolean => lastOf(type)?.name === "String" || lastOf(type)?.name === "str";
function isBool(type: Type): boolean {
  const last = lastOf(type);
  const [inner] = last?.generics ?? [];
  return last?.name === "bool" || (last?.name === "Option" && inner !== undefined && isBool(inner));
}
