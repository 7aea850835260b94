/** Files that a value was read from: the paths in what it is made of. */
import type { FunctionId, Value } from "../flow/index.ts";
import { FILE_READERS, UNCHANGING } from "../models/file-contents.ts";
import type { Objects } from "./objects.ts";
import { lastOf } from "./std-names.ts";

/** Where a value is the contents of files, and nothing that was made of them: the texts in it that name these. */
export function namingContents(value: Value): ReturnType<typeof namingValues> {
  switch (value.kind) {
    case "part":
    case "labelled":
      return namingContents(value.of);
    case "alternatives":
      return value.of.flatMap((it) => namingContents(it.value));
    case "apply": {
      const [first] = value.arguments;
      if (first === undefined) return [];
      if (value.callee.startsWith(".")) return UNCHANGING.has(lastOf(value.callee)) ? namingContents(first) : [];
      return FILE_READERS.has(value.callee.split("::").slice(-2).join("::")) ? namingValues(first) : [];
    }
    default:
      return [];
  }
}

/** The texts in it that name files. */
export function namingValues(value: Value): readonly (Value & { readonly kind: "constant"; readonly value: string })[] {
  const found = new Set<Value & { readonly kind: "constant"; readonly value: string }>();
  const seen = new Set<Value>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (isName(next)) found.add(next);
    open.push(...inside(next));
  }
  return [...found];
}

const isName = (it: Value): it is Value & { readonly kind: "constant"; readonly value: string } =>
  it.kind === "constant" && typeof it.value === "string" && it.value !== "" && !INLINE.test(it.value);

export function filesIn(value: Value, objects: Objects, root: FunctionId): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<Value>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (isName(next)) found.add(next.value);
    if (next.kind === "object") {
      const [object] = objects.meant(next, { root, place: NOWHERE, type: undefined });
      for (const it of object?.object.sources ?? []) found.add(it);
    }
    open.push(...inside(next));
  }
  return [...found];
}

const NOWHERE = { file: "", span: { start: 0, end: 0 } };

/** PEM text that stands in the program itself names no file. */
const INLINE = /-----BEGIN|\n/;

function inside(value: Value): readonly Value[] {
  switch (value.kind) {
    case "apply":
      return value.arguments.slice(0, 1);
    case "part":
    case "labelled":
      return [value.of];
    case "collection":
      return value.element === undefined ? [] : [value.element];
    case "alternatives":
      return value.of.map((it) => it.value);
    case "record":
      return value.fields.map(([, it]) => it);
    default:
      return [];
  }
}
