/**
 * Functions that derives stand for, as the Rust text that a compiler would write, so that they are read as any other function: what
 * `Default` gives, what a deserialiser or the command line gives, with the default of each field.
 */

import type { EnumItem, FieldDeclaration, Type } from "../rust/ast.ts";
import { type Attribute, attributeOf, type Declared, type DefinitionMaps } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { POINTERS } from "../rust/types/index.ts";
import type { DefinitionIds } from "./definition-ids.ts";
import type { Reader, Readers } from "./rows.ts";
import type { Target } from "./value.ts";

export type Derived = "default" | "read" | "result";
/** The function that a derive stands for: none of the program's own is called so. */
export const derivedId = (type: string, what: Derived): string => `${type}::{${what}}`;
/** In these texts what is configured, and whether it is; they name nothing of the program. */
export const READ = "read";
const GIVEN = "given";
/** However many there are of it. */
const SEVERAL = "several";
/** What a program may be started for, one of which it is. */
const ONE_OF = "commands";
/** What that name means: a call with the name of an option. */
export const IS_GIVEN = "{configured}::given";
/** And what it has, by its name. */
export const CONFIGURED = "{configured}::value";
/** One of several commands: its name, and each with its options. */
export const COMMANDS = "{configured}::commands";

export interface DerivedFrom {
  /** Undefined where a type is not read by a derive. */
  readerOf(type: Declared): Reader | undefined;
  /** The path of a type that is written in a declaration, where it is known. */
  pathOf(type: Type, where: Declared): string | undefined;
  /** The program's own types. */
  readonly ids: DefinitionIds;
}

/** Undefined where the type derives nothing of the kind. */
export function derivedText(declared: Declared, what: Derived, from: DerivedFrom): string | undefined {
  if (what === "default") return derivesDefault(declared) ? defaultText(declared) : undefined;
  const reader = from.readerOf(declared);
  if (reader === undefined) return undefined;
  if (what === "result") return "fn result() -> Self { ::std::result::Result::Ok(<Self as Read>::read()) }";
  return readText(declared, reader, from);
}

/** Whether the compiler sees it or not. */
function attributesIn(text: string): readonly Attribute[] {
  const found = attributeOf(text);
  return found.path === "cfg_attr" ? found.arguments.slice(1) : [found];
}

/** Whether a field has an option of it. */
export const hasOptions = ({ lowered }: Declared, { attributes }: Reader): boolean =>
  lowered?.kind === "struct" &&
  lowered.fields.some((field) => field.attributes.texts.some(({ text }) => attributesIn(text).some((it) => attributes.includes(it.path))));

/** Paths that the type derives, as written. */
export const derivesOf = ({ tree }: Declared): readonly string[] =>
  tree.attributes.flatMap(attributesIn).flatMap((it) => (it.path === "derive" ? it.arguments.map(({ path }) => path) : []));

/** Where a name leads nowhere, macros of other crates may bring it: then it is known by itself. */
export function derivePath(written: string, { module }: Declared, rows: Readers, maps: DefinitionMaps): string {
  const segments = written.split("::").filter((it) => it !== "");
  const [found] = maps.resolve(segments, module, written.startsWith("::")).found;
  if (found?.definition.sort === "external") return found.definition.path.join("::");
  const isUnknown = found === undefined && segments.length === 1;
  return Object.keys(rows).find((it) => isUnknown && it.endsWith(`::${written}`)) ?? written;
}

export const derivesDefault = (type: Declared): boolean => derivesOf(type).some((it) => lastOf(it) === "Default");

function defaultText(declared: Declared): string | undefined {
  const { lowered } = declared;
  if (lowered?.kind === "struct") return record(lowered.fields.map((it) => `${it.name}: ${defaultOf(written(declared, it))}`));
  if (lowered?.kind !== "enum") return undefined;
  const variant = lowered.variants.find((it) => it.attributes.names.includes("default"));
  return variant && `fn default() -> Self { Self::${variant.name} }`;
}

const record = (fields: readonly string[]): string => `fn made() -> Self { Self { ${fields.join(", ")} } }`;
const defaultOf = (type: string): string => `<${type} as Default>::default()`;

const written = (declared: Declared, { type }: FieldDeclaration): string => textOf(declared, type);

const textOf = ({ fragment }: Declared, { span }: Type): string =>
  fragment.text.slice(span.start - fragment.shift, span.end - fragment.shift);

/** What may be missing is there where it is given, and of several each is read as the one. */
function readOf(type: Type, name: string, declared: Declared, from: DerivedFrom): string {
  const path = from.pathOf(type, declared) ?? "";
  const given = type.kind === "path" ? (type.path.segments.at(-1)?.generics ?? []) : [];
  const held = given.at(-1);
  const read = (it: Type): string => readOf(it, name, declared, from);
  if (path === OPTION && held !== undefined) return `::std::option::Option::Some(${read(held)})`;
  // A value is what a pointer leads to.
  if (POINTERS.has(path) && held !== undefined) return read(held);
  const each = held !== undefined && isRead(from.pathOf(held, declared), from) ? held : undefined;
  if (each !== undefined && SEQUENCES.has(path)) return `${SEVERAL}(${read(each)})`;
  if (each !== undefined && MAPS.has(path)) return `${SEVERAL}((${given.map(read).join(", ")}))`;
  return `<${textOf(declared, type)} as Read>::${READ}(${JSON.stringify(name)})`;
}

/** A struct of the program's that is read, too, or an enum with a default or such a struct in a variant, however deep. */
function isRead(path: string | undefined, from: DerivedFrom, within: ReadonlySet<string> = new Set()): boolean {
  const type = path === undefined || within.has(path) ? undefined : from.ids.known(path);
  const reader = type?.sort === "item" ? from.readerOf(type) : undefined;
  if (path === undefined || type?.sort !== "item" || reader === undefined) return false;
  return type.lowered?.kind === "struct" || hasReadVariants(type, reader, from, new Set([...within, path]));
}

/** Of an enum: fields with defaults of their own, or that hold what is read. */
const hasReadVariants = (declared: Declared, reader: Reader, from: DerivedFrom, within?: ReadonlySet<string>): boolean =>
  declared.lowered?.kind === "enum" &&
  declared.lowered.variants.some(({ fields }) =>
    fields.some((it) => hasDefault(it, reader) || isRead(from.pathOf(it.type, declared), from, within)),
  );

const OPTION = "std::option::Option";
const SEQUENCES: ReadonlySet<string> = new Set(["std::vec::Vec", "std::collections::VecDeque"]);
const MAPS: ReadonlySet<string> = new Set(["std::collections::HashMap", "std::collections::BTreeMap"]);

/** Enums are read from what is configured alone, unless their variants are commands, or have defaults, or hold structs that do. */
function readText(declared: Declared, reader: Reader, from: DerivedFrom): string | undefined {
  const { lowered } = declared;
  if (lowered?.kind === "enum" && (reader.areCommands === true || hasReadVariants(declared, reader, from))) {
    const isLeft = ({ fields }: Variant): boolean => reader.areCommands === true && fields.length === 0;
    const each = lowered.variants.flatMap((it) => {
      const fields = it.fields.map((field) => readField(field, it.fields, declared, reader, undefined, from));
      return isLeft(it) ? [] : [fields.length === 0 ? `Self::${it.name}` : `Self::${it.name} { ${fields.join(", ")} }`];
    });
    return `fn made() -> Self { ${ONE_OF}(${[JSON.stringify(declared.name), ...each].join(", ")}) }`;
  }
  if (lowered?.kind !== "struct") return undefined;
  const whole = given(optionsIn(declared.tree.attributes, reader), reader, "Self", undefined);
  return record(lowered.fields.map((it) => readField(it, lowered.fields, declared, reader, whole, from)));
}

type Variant = EnumItem["variants"][number];

/** `whole`: what has a default for each field. */
function readField(
  field: FieldDeclaration,
  fields: readonly FieldDeclaration[],
  declared: Declared,
  reader: Reader,
  whole: string | undefined,
  from: DerivedFrom,
): string {
  const type = written(declared, field);
  const options = optionsOf(field, reader);
  const path = from.pathOf(field.type, declared);
  const optional = path !== undefined && reader.optional.includes(path) ? defaultOf(type) : undefined;
  const variants = path === undefined ? [] : from.ids.variantsOf(path).map((it) => it.name);
  const other = given(options, reader, type, path, variants) ?? optional ?? (whole && `${whole}.${field.name}`);
  const value = readOf(field.type, field.name, declared, from);
  const skipped = options.find((it) => reader.skips.includes(it.path));
  if (skipped !== undefined) return `${field.name}: ${skipped.value?.written ?? other ?? defaultOf(type)}`;
  if (other === undefined) return `${field.name}: ${value}`;
  const isGiven = givenFor(field, fields, reader)
    .map((it) => `${GIVEN}(${JSON.stringify(it)})`)
    .join(" && ");
  return `${field.name}: if ${isGiven} { ${value} } else { ${other} }`;
}

const optionsOf = ({ attributes }: FieldDeclaration, reader: Reader): readonly Attribute[] =>
  optionsIn(
    attributes.texts.map((it) => it.text),
    reader,
  );

const hasDefault = (field: FieldDeclaration, reader: Reader): boolean =>
  optionsOf(field, reader).some(({ path }) => Object.hasOwn(reader.defaults, path));

/** Without which options a field has its default. Of options that need each other one stands for all: none is accepted alone. */
function givenFor({ name }: FieldDeclaration, fields: readonly FieldDeclaration[], reader: Reader): readonly string[] {
  const neededFor = (option: string): ReadonlySet<string> => {
    const found = new Set([option]);
    for (const it of found) {
      const field = fields.find((one) => one.name === it);
      for (const { path, value } of field === undefined ? [] : optionsOf(field, reader))
        if (reader.needs?.includes(path) === true && value?.text !== undefined) found.add(value.text);
    }
    return found;
  };
  const standsFor = (option: string): string =>
    fields.find((it) => neededFor(option).has(it.name) && neededFor(it.name).has(option))?.name ?? option;
  return [...new Set([...neededFor(name)].map(standsFor))];
}

const optionsIn = (attributes: readonly string[], reader: Reader): readonly Attribute[] =>
  attributes.flatMap(attributesIn).flatMap((it) => (reader.attributes.includes(it.path) ? it.arguments : []));

/** What is there where nothing is given. */
function given(
  options: readonly Attribute[],
  { defaults, leaves }: Reader,
  type: string,
  path: string | undefined,
  variants: readonly string[] = [],
): string | undefined {
  for (const { path: name, value } of options) {
    const how = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (how === undefined) continue;
    if (value === undefined) return defaultOf(type);
    if (how === "called") return `${value.text ?? value.written}()`;
    if (how === "written" || value.text === undefined) return value.written;
    return parsed(value.text, type, path, variants) ?? value.written;
  }
  const [left] = options.flatMap(({ path: name, value }) => leaves?.[name]?.[lastOf(value?.written ?? "")] ?? []);
  return left;
}

function parsed(text: string, type: string, path: string | undefined, variants: readonly string[]): string | undefined {
  if (path?.startsWith(PRIMITIVE) === true) return text;
  const found = variants.find((it) => wordOf(it) === wordOf(text));
  return found && `${type}::${found}`;
}

/** However its words are put together: `NoCheck` is written `no-check` on a command line. */
const wordOf = (name: string): string => name.replaceAll(/[-_]/g, "").toLowerCase();

/** Their values are written as they are parsed. */
const PRIMITIVE = "std::primitive::";

/** What derived functions call, under names that are no path. */
export const INVENTED: ReadonlyMap<string, Target> = new Map([
  [READ, { kind: "external", path: "{configured}::value" }],
  [GIVEN, { kind: "external", path: IS_GIVEN }],
  [SEVERAL, { kind: "external", path: "{configured}::several" }],
  [ONE_OF, { kind: "external", path: COMMANDS }],
]);
