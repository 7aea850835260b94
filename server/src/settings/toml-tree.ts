/** A TOML file as a tree with the places of its keys and values: what the parser made of it, put where the text has it. */
import { err, ok, type Result } from "../base/result.ts";
import { type Span, span } from "../base/span.ts";
import { isTable, parseToml, type TomlFailure, type TomlKey, tomlKeys } from "../cargo/index.ts";

/** An item of an array stands where the array does. */
export type TomlNode =
  | { readonly kind: "table"; readonly span: Span; readonly isInline: boolean; readonly entries: readonly TomlEntry[] }
  | { readonly kind: "array"; readonly span: Span; readonly items: readonly TomlNode[] }
  | { readonly kind: "string" | "other"; readonly span: Span; readonly text: string };

export interface TomlEntry {
  readonly key: string;
  /** Of a table without a line of its own, where the first thing in it stands. */
  readonly keySpan: Span;
  readonly value: TomlNode;
}

export function tomlTree(text: string): Result<TomlNode, TomlFailure> {
  const parsed = parseToml(text);
  if (!parsed.ok) return err(parsed.error);
  const keys = new Map<string, TomlKey>();
  for (const it of tomlKeys(text))
    for (let length = it.path.length; length > 0; length--) {
      const path = pathOf(it.path.slice(0, length));
      const isOwn = length === it.path.length;
      const known = keys.get(path);
      if (known === undefined || (isOwn && known.path.length > length)) keys.set(path, it);
    }
  return ok(nodeOf(parsed.value, [], span(0, 0), { text, keys }));
}

interface Whole {
  readonly text: string;
  /** By their paths: the key itself, else the first that leads through it. */
  readonly keys: ReadonlyMap<string, TomlKey>;
}

const pathOf = (names: readonly string[]): string => JSON.stringify(names);

function nodeOf(value: unknown, path: readonly string[], at: Span, whole: Whole): TomlNode {
  if (Array.isArray(value)) return { kind: "array", span: at, items: value.map((it: unknown) => nodeOf(it, path, at, whole)) };
  if (!isTable(value)) return { kind: typeof value === "string" ? "string" : "other", span: at, text: String(value) };
  const entries = Object.entries(value).map(([key, it]): TomlEntry => {
    const inner = [...path, key];
    const found = whole.keys.get(pathOf(inner));
    const keySpan = found?.span ?? at;
    const isOwn = found?.path.length === inner.length;
    return { key, keySpan, value: nodeOf(it, inner, (isOwn ? found.value : undefined) ?? keySpan, whole) };
  });
  return { kind: "table", span: at, isInline: whole.text.charAt(at.start) === "{", entries };
}
