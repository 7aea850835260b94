/** Files that a value was read from: the paths in what it is made of. */
import { CONFIGURED, type FunctionId, payloadOf, type Value } from "../flow/index.ts";
import { FILE_READERS, UNCHANGING } from "../models/file-contents.ts";
import { lastOf } from "../rust/last-of.ts";
import type { FactOf } from "../tls/facts.ts";
import type { Objects } from "./objects.ts";

/** Where a value is the contents of files, and nothing that was made of them: the texts in it that name these. */
export const namingContents = (value: Value): ReturnType<typeof namingValues> => contentsIn(value).flatMap(namingValues);

/** Where a value is the contents of files: the paths of these. */
function contentsIn(value: Value): readonly Value[] {
  switch (value.kind) {
    case "part":
    case "labelled":
      return contentsIn(value.of);
    case "alternatives":
      return value.of.flatMap((it) => contentsIn(it.value));
    case "apply": {
      const [first] = value.arguments;
      if (first === undefined) return [];
      if (value.callee.startsWith(".")) return UNCHANGING.has(lastOf(value.callee)) ? contentsIn(first) : [];
      return FILE_READERS.has(value.callee.split("::").slice(-2).join("::")) ? [first] : [];
    }
    default:
      return [];
  }
}

/**
 * Of a text that stands in the program, how many certificates it has: its author knows. Of another crate's constant nobody needs to
 * count them: it is what that crate was published with.
 */
export function certificatesWritten(value: Value): number | "fixed" | undefined {
  switch (value.kind) {
    case "part":
    case "labelled":
      return certificatesWritten(value.of);
    case "constant":
      return typeof value.value === "string" ? value.value.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g)?.length : undefined;
    case "function":
      return value.target.kind === "external" ? "fixed" : undefined;
    case "apply": {
      const [first] = value.arguments;
      return first !== undefined && value.callee.startsWith(".") && UNCHANGING.has(lastOf(value.callee))
        ? certificatesWritten(first)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Who knows what certificates hold that are read from a value, or, of a path, from the file there. */
export function sourceOf(value: Value, isPath: boolean): FactOf<"partial-bundle">["from"] {
  const named = isPath ? [value] : contentsIn(value);
  if (named.some(isConfigured)) return "configured";
  return isGiven(value) || named.some(isUntold) ? "given" : "own";
}

/** A path that the program does not write: what is made of something of which nothing is known. */
function isUntold(value: Value): boolean {
  switch (value.kind) {
    case "unknown":
      return true;
    case "part":
    case "labelled":
      return isUntold(value.of);
    case "alternatives":
      return value.of.some((it) => isUntold(it.value));
    case "apply": {
      const [first] = value.arguments;
      return first !== undefined && !NAMING.has(lastOf(value.callee)) && isUntold(first);
    }
    default:
      return false;
  }
}

/** What is asked of something given by its methods is given, too; what a function makes of it is something else. */
function isGiven(value: Value): boolean {
  switch (value.kind) {
    case "input":
      return true;
    case "part":
    case "labelled":
      return isGiven(value.of);
    case "alternatives":
      return value.of.some((it) => isGiven(it.value));
    case "apply": {
      if (isSet(value.callee)) return true;
      const [first] = value.arguments;
      return first !== undefined && value.callee.startsWith(".") && isGiven(first);
    }
    default:
      return false;
  }
}

/** A variable of the environment, or an option. */
const isSet = (callee: string): boolean => callee === CONFIGURED || callee.startsWith("std::env::");

function isConfigured(value: Value): boolean {
  switch (value.kind) {
    case "input":
      return true;
    case "part":
      return isField(value.name) || isConfigured(value.of);
    case "labelled":
      return isConfigured(value.of);
    case "alternatives":
      return value.of.some((it) => isConfigured(it.value));
    case "apply": {
      if (isSet(value.callee)) return true;
      const [first] = value.arguments;
      return first !== undefined && !NAMING.has(lastOf(value.callee)) && isConfigured(first);
    }
    default:
      return false;
  }
}

/** Of a struct that nobody here has filled. */
const isField = (name: string): boolean => payloadOf(name) === undefined && !/^(?:success|each|\d+)$/.test(name);

/** What gives a path another name than the one that was configured. */
const NAMING: ReadonlySet<string> = new Set(["join", "with_file_name", "with_extension"]);

/** The texts in it that name files. */
export function namingValues(value: Value): readonly (Value & { readonly kind: "constant"; readonly value: string })[] {
  return [...madeOf(value)].filter(isName);
}

const isName = (it: Value): it is Value & { readonly kind: "constant"; readonly value: string } =>
  it.kind === "constant" && typeof it.value === "string" && it.value !== "" && !INLINE.test(it.value);

export function filesIn(value: Value, objects: Objects, root: FunctionId): readonly string[] {
  const found = new Set<string>();
  for (const it of madeOf(value)) {
    if (isName(it)) found.add(it.value);
    if (it.kind !== "object") continue;
    const [object] = objects.meant(it, { root, place: NOWHERE, type: undefined });
    for (const source of object?.object.sources ?? []) found.add(source);
  }
  return [...found];
}

const NOWHERE = { file: "", span: { start: 0, end: 0 } };

/** PEM text that stands in the program itself names no file. */
const INLINE = /-----BEGIN|\n/;

/** A value, and the parts of it that are asked for, the outermost first. */
interface Asked {
  readonly value: Value;
  readonly parts: readonly string[];
}

/** What may be in a value. Of what an unknown function made of a struct, a part comes from the field of that name, if there is one. */
function madeOf(value: Value): ReadonlySet<Value> {
  const found = new Set<Value>();
  const seen = new Set<string>();
  const open: Asked[] = [{ value, parts: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = `${next.value.id} ${next.parts.join(" ")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.add(next.value);
    open.push(...inside(next));
  }
  return found;
}

function inside({ value, parts }: Asked): readonly Asked[] {
  const all = (values: readonly Value[]): readonly Asked[] => values.map((it) => ({ value: it, parts }));
  switch (value.kind) {
    case "apply":
      return all(value.arguments.slice(0, 1));
    case "part":
      return [{ value: value.of, parts: [value.name, ...parts] }];
    case "labelled":
      return all([value.of]);
    case "collection":
      return all(value.element === undefined ? [] : [value.element]);
    case "alternatives":
      return all(value.of.map((it) => it.value));
    case "record":
      return partOf(value, parts) ?? all(value.fields.map(([, it]) => it));
    default:
      return [];
  }
}

/** Undefined where no part that is asked for is one of this struct. */
function partOf({ type, fields }: Value & { readonly kind: "record" }, parts: readonly string[]): readonly Asked[] | undefined {
  for (const [at, name] of parts.entries()) {
    const payload = payloadOf(name);
    if (payload !== undefined && payload.of !== type) continue;
    const found = fields.find(([it]) => it === (payload?.field ?? name));
    if (found !== undefined) return [{ value: found[1], parts: parts.slice(at + 1) }];
  }
  return undefined;
}
