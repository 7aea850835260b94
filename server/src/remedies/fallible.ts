/** What can be done with an error at a place: returned with `?`, converted first, or only asserted away. */

import { within } from "../analysis/versions.ts";
import type { Definition, FieldDeclaration, FunctionItem, Item, Path, Type } from "../rust/index.ts";
import { meanings } from "./canonical.ts";
import { type Ground, levels } from "./ground.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export type Handling =
  /** The error type takes every standard error; of a box `error` is how it is written, of `anyhow` and its kin the crate. */
  | { readonly kind: "any"; readonly error: string }
  /** One type of error, canonical where it is known: only the same goes through `?`, and those that it is made `from`. */
  | { readonly kind: "one"; readonly error: string; readonly from: readonly string[]; readonly texts?: Texts }
  | { readonly kind: "none" };

/** How an error of the program's takes any other as a text: `Error::Io`. */
interface Texts {
  readonly type: string;
  /** Its variants that hold one text. */
  readonly variants: readonly string[];
}

/** The handling in the innermost function, closure or async block of a trail. Closures and async blocks do not say their type. */
export function handlingAt(trail: readonly Ancestor[], ground: Ground): Handling {
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of === "expression" && ancestor.node.kind === "closure") return { kind: "none" };
    if (
      ancestor.of === "expression" &&
      ancestor.node.kind === "block" &&
      ancestor.node.flavour !== "plain" &&
      ancestor.node.flavour !== "unsafe"
    )
      return { kind: "none" };
    if (ancestor.of === "item") return ancestor.node.kind === "function" ? ofFunction(ancestor.node, ground) : { kind: "none" };
  }
  return { kind: "none" };
}

/** Of several variants that take a text, the one that the function itself names. */
function ofFunction(here: FunctionItem, ground: Ground): Handling {
  const handling = ofReturnType(here.returns, ground, 0);
  if (handling.kind !== "one" || handling.texts === undefined || handling.texts.variants.length === 1) return handling;
  const { texts } = handling;
  const body = here.body();
  const named = new Set(
    (body === undefined ? [] : expressionsIn(body)).flatMap((it) => (it.kind === "path" ? (it.path.segments.at(-1)?.name ?? []) : [])),
  );
  return { ...handling, texts: { ...texts, variants: texts.variants.filter((it) => named.has(it)) } };
}

/** As it is written, or as the prelude has it. */
const TEXTS: ReadonlySet<string> = new Set(["String", "std::string::String", "alloc::string::String"]);

/** The suffix for a fallible call, and for one whose own error type is known. */
export function trySuffix(handling: Handling, message: string, ownError: string | undefined, write: (path: string) => string): string {
  if (handling.kind === "any") return "?";
  if (handling.kind === "one") {
    if (ownError !== undefined && (handling.error === ownError || handling.from.includes(ownError))) return "?";
    if (handling.error === "std::io::Error") return `.map_err(${write("std::io::Error")}::other)?`;
    if (TEXTS.has(handling.error)) return ".map_err(|error| error.to_string())?";
    const [variant, ...others] = handling.texts?.variants ?? [];
    if (variant !== undefined && others.length === 0) return `.map_err(|error| ${handling.texts?.type}::${variant}(error.to_string()))?`;
  }
  return `.expect(${JSON.stringify(message)})`;
}

/** The same for a call of a function of the user's: a box is no error itself. */
export function callSuffix(handling: Handling, message: string, own: Handling, write: (path: string) => string): string {
  if (own.kind !== "any") return trySuffix(handling, message, own.kind === "one" ? own.error : undefined, write);
  const passes = handling.kind === "any" && asAny(own.error, handling.error, "error") !== undefined;
  return passes ? "?" : `.expect(${JSON.stringify(message)})`;
}

/** `Err(error)` as the function returns it; undefined where that is not known. `own`: of a function of the user's that failed. */
export function returning(
  handling: Handling,
  name: string,
  own: Handling | undefined,
  ownError: string | undefined,
  write: (path: string) => string,
): string | undefined {
  const error = own?.kind === "one" ? own.error : ownError;
  if (handling.kind === "any") return own?.kind === "any" ? asAny(own.error, handling.error, name) : `Err(${name}.into())`;
  if (handling.kind !== "one") return undefined;
  if (error === handling.error) return `Err(${name})`;
  if (error !== undefined && handling.from.includes(error)) return `Err(${name}.into())`;
  // A box that another thread must not have is no error for `other`, its text always is.
  const given = error === undefined ? `${name}.to_string()` : name;
  if (handling.error === "std::io::Error") return `Err(${write("std::io::Error")}::other(${given}))`;
  return TEXTS.has(handling.error) ? `Err(${name}.to_string())` : undefined;
}

/** A box is no error itself, and one that another thread must not have is none that it may. */
function asAny(own: string, wanted: string, name: string): string | undefined {
  if (own === wanted) return `Err(${name})`;
  const isBoxed = own.startsWith("Box");
  if (isBoxed && (!wanted.startsWith("Box") || (wanted.includes("Send") && !own.includes("Send")))) return undefined;
  return `Err(${name}.into())`;
}

/** What a function that returns this type does with errors. */
export const handlingOf = (returns: Type | undefined, ground: Ground): Handling => ofReturnType(returns, ground, 0);

/** The type of error of a site's call, where its model tells it. */
export function errorOf({ callModel, model, version }: Site): string | undefined {
  const own = callModel?.error ?? model.error;
  return own !== undefined && within(version, own.versions) ? own.type : undefined;
}

function ofReturnType(type: Type | undefined, ground: Ground, depth: number): Handling {
  if (type === undefined || depth > 4) return { kind: "none" };
  if (type.kind === "bounds") {
    // `impl Future<Output = …>` hides its output; nothing is known.
    return { kind: "none" };
  }
  if (type.kind !== "path") return { kind: "none" };
  const last = type.path.segments.at(-1);
  if (last === undefined) return { kind: "none" };
  const alias = last.generics.length === 1 ? aliasOf(type.path, ground) : undefined;
  if (alias !== undefined) return ofReturnType(alias, ground, depth + 1);
  const resolution = ground.scopes.resolve(type.path, ground.scope);
  if (resolution.kind === "local") {
    const { item } = resolution.definition;
    if (item.kind !== "type-alias") return { kind: "none" };
    // An alias with the error as its second parameter is used with one of its own.
    if (last.generics.length > 1) return ofErrorType(last.generics[1], ground);
    return ofReturnType(item.type, ground, depth + 1);
  }
  const means = canonicalOf(type.path, ground);
  if (!/(?:^|::)Result$/.test(means)) return { kind: "none" };
  if (last.generics.length > 1) return ofErrorType(last.generics[1], ground);
  if (/^(?:anyhow|eyre|color_eyre)::/.test(means)) return { kind: "any", error: means.split("::")[0] ?? means };
  if (means === "std::io::Result") return { kind: "one", error: "std::io::Error", from: [] };
  // `reqwest::Result<T>`: a crate's own alias.
  const own = ground.models.find((it) => means === `${it.crate}::Result`)?.error;
  return own === undefined ? { kind: "none" } : { kind: "one", error: own.type, from: [] };
}

function ofErrorType(type: Type | undefined, ground: Ground, depth = 0): Handling {
  if (type?.kind !== "path") return { kind: "none" };
  const last = type.path.segments.at(-1);
  const means = canonicalOf(type.path, ground);
  if (last?.name === "Box") {
    const inner = last.generics[0];
    const dynamic =
      inner?.kind === "bounds" &&
      inner.dynamic &&
      inner.bounds.some((it) => it.kind === "path" && it.path.segments.at(-1)?.name === "Error");
    const bounds =
      inner?.kind === "bounds" ? inner.bounds.map((it) => (it.kind === "path" ? (it.path.segments.at(-1)?.name ?? "") : "")) : [];
    return dynamic ? { kind: "any", error: `Box ${bounds.sort().join(" ")}` } : { kind: "none" };
  }
  const alias = aliasOf(type.path, ground);
  if (alias !== undefined && depth < 4) return ofErrorType(alias, ground, depth + 1);
  if (/^(?:anyhow::Error|(?:color_)?eyre::(?:eyre::)?Report)$/.test(means)) return { kind: "any", error: means.split("::")[0] ?? means };
  const resolution = ground.scopes.resolve(type.path, ground.scope);
  if (resolution.kind !== "local") return { kind: "one", error: means, from: [] };
  const from = madeFrom(resolution.definition, ground);
  const variants = textVariants(resolution.definition.item);
  const written = type.path.segments.map((it) => it.name).join("::");
  return { kind: "one", error: means, from, ...(variants.length === 0 ? {} : { texts: { type: written, variants } }) };
}

const textVariants = (item: Item): readonly string[] =>
  item.kind === "enum"
    ? item.variants.flatMap(({ name, fields: [field, ...more] }) => (more.length === 0 && isText(field) ? [name] : []))
    : [];

const isText = (it: FieldDeclaration | undefined): boolean =>
  it?.name === "0" && it.type.kind === "path" && it.type.path.segments.at(-1)?.name === "String";

/** What an alias of the program's stands for: names are resolved past it, to the type without its parameters. */
function aliasOf(path: Path, ground: Ground): Type | undefined {
  const [name, ...more] = path.segments.map((it) => it.name);
  const { scope, scopes } = ground;
  const [near] = more.length > 0 ? [] : levels(scope).flatMap(({ items }) => aliasesNamed(name, items));
  if (near !== undefined || more.length > 0) return near;
  // Of another file, where the name leads to the same type: `anyhow::Result` is none of the program's.
  const [found, ...others] = scopes.roots.flatMap(({ items }) => aliasesNamed(name, items));
  if (found?.kind !== "path" || others.length > 0) return undefined;
  return canonicalOf(found.path, ground) === canonicalOf(path, ground) ? found : undefined;
}

const aliasesNamed = (name: string | undefined, items: readonly Item[]): readonly Type[] =>
  items.flatMap((it) => (it.kind === "type-alias" && it.name === name ? [it.type] : []));

/** Types that the program's own error takes by `From`: written out in this file, or derived from a field that is marked so. */
function madeFrom({ item }: Definition, ground: Ground): readonly string[] {
  const fields = item.kind === "enum" ? item.variants.flatMap((it) => it.fields) : item.kind === "struct" ? item.fields : [];
  const derived = fields.flatMap((it) => (it.attributes.names.includes("from") ? [it.type] : []));
  const name = "name" in item ? item.name : undefined;
  const written = implsIn(ground.source.items).flatMap(({ trait, type }): readonly Type[] => {
    const last = trait?.segments.at(-1);
    return last?.name === "From" && type.kind === "path" && type.path.segments.at(-1)?.name === name ? last.generics : [];
  });
  return [...derived, ...written].flatMap((it) => (it.kind === "path" ? [canonicalOf(it.path, ground)] : []));
}

const implsIn = (items: readonly Item[]): readonly Extract<Item, { readonly kind: "impl" }>[] =>
  items.flatMap((it) => (it.kind === "impl" ? [it] : it.kind === "module" ? implsIn(it.items ?? []) : []));

/** The canonical path of a type, or its text for what is local, in the prelude or unknown. */
function canonicalOf(path: Path, { scope, scopes, models }: Ground): string {
  const segments = path.segments.map((it) => it.name);
  const [first, ...others] = meanings(segments, scope, scopes, models, path.global);
  return first === undefined || others.length > 0 ? segments.join("::") : first;
}
