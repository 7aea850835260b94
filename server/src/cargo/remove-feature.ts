/** A feature taken out of a manifest's text, in the manifest's own manner: with the last one goes the list that held it. */
import { covers, type Span, span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type TomlKey, tomlKeys } from "./toml.ts";

/** `name`: the place of the feature's name, within its quotes. */
export function withoutFeature(text: string, name: Span): TextEdit {
  const key = tomlKeys(text).findLast((it) => it.value !== undefined && covers(it.value, name));
  const list = key?.value;
  // What a crate's own feature switches on may be nothing; a comment between the brackets is the author's.
  const alone =
    list !== undefined &&
    /^\[\s*$/.test(text.slice(list.start, name.start - 1)) &&
    /^\s*(?:,\s*)?\]$/.test(text.slice(name.end + 1, list.end));
  return key === undefined || !alone || key.path.at(-1) !== "features" || key.path[0] === "features"
    ? withoutElement(text, name)
    : withoutKey(text, key, list);
}

function withoutKey(text: string, { span: key, path }: TomlKey, list: Span): TextEdit {
  const start = lineStart(text, key.start);
  if (text.slice(start, key.start).trim() === "") {
    const line = /^[^\r\n]*(?:\r?\n)?/.exec(text.slice(list.end))?.[0] ?? "";
    return { span: span(start, list.end + line.length), text: "" };
  }
  const table = tomlKeys(text).find(
    (it) => it.value !== undefined && covers(it.value, key) && it.path.join("\n") === path.slice(0, -1).join("\n"),
  )?.value;
  const inside = table === undefined ? "" : `${text.slice(table.start, key.start)}${text.slice(list.end, table.end)}`;
  const version = /^\{[\s,]*version\s*=\s*("[^"]*"|'[^']*')[\s,]*\}$/.exec(inside)?.[1];
  // Nothing but the version is left, which needs no table.
  if (table !== undefined && version !== undefined) return { span: table, text: version };
  const before = /,\s*$/.exec(text.slice(0, key.start))?.[0].length;
  if (before !== undefined) return { span: span(key.start - before, list.end), text: "" };
  const after = /^\s*,[ \t]*/.exec(text.slice(list.end))?.[0].length ?? 0;
  return { span: span(key.start, list.end + after), text: "" };
}

/** An element of an array with its quotes and one comma. */
function withoutElement(text: string, at: Span): TextEdit {
  const start = at.start - 1;
  const end = at.end + 1;
  const line = lineStart(text, start);
  const lineEnd = /^,?[ \t]*\r?\n/.exec(text.slice(end))?.[0];
  if (lineEnd !== undefined && text.slice(line, start).trim() === "") return { span: span(line, end + lineEnd.length), text: "" };
  const after = /^\s*,[ \t]*/.exec(text.slice(end))?.[0];
  if (after !== undefined) return { span: span(start, end + after.length), text: "" };
  const before = text.slice(0, start).trimEnd();
  return { span: span(before.length - (before.endsWith(",") ? 1 : 0), end), text: "" };
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
