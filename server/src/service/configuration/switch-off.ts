/** A rule switched off in the text of a `tlslint.toml`, in the manner in which its other rules are written. */
import { err, ok, type Result } from "../../base/result.ts";
import { type Span, span } from "../../base/span.ts";
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
import { member, parseToml, type TomlKey, tableAt, tomlKeys } from "../../cargo/index.ts";

const RULES = "rules";
const OFF = '"off"';

export function switchedOffIn(text: string, rule: string): Result<readonly TextEdit[], string> {
  const edit = editFor(text, rule);
  const made = edit && parseToml(applyEdits(text, [edit]));
  return edit !== undefined && made?.ok && member(tableAt(made.value, RULES), rule) === "off"
    ? ok([edit])
    : err("tlslint.toml is written in a way that is better changed by hand");
}

function editFor(text: string, rule: string): TextEdit | undefined {
  const keys = tomlKeys(text);
  const at = (...path: readonly string[]): readonly TomlKey[] =>
    keys.filter((it) => it.path.length === path.length && path.every((name, index) => name === it.path[index]));
  const written = at(RULES, rule).find((it) => it.value !== undefined)?.value;
  if (written !== undefined) return { span: written, text: OFF };
  const lineEnd = /\r\n|\n/.exec(text)?.[0] ?? "\n";
  const table = at(RULES)[0];
  if (table !== undefined && table.value === undefined) {
    const end = endOfLine(text, table.span.end);
    return insert(end, `${lineEnd}${rule} = ${OFF}`);
  }
  if (table?.value !== undefined) return inserted(text, table.value, `${rule} = ${OFF}`);
  const dotted = keys.find((it) => it.path[0] === RULES);
  if (dotted !== undefined) {
    const start = text.lastIndexOf("\n", dotted.span.start - 1) + 1;
    return insert(start, `${RULES}.${rule} = ${OFF}${lineEnd}`);
  }
  const before = text === "" ? "" : text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
  return insert(text.length, `${before}[${RULES}]${lineEnd}${rule} = ${OFF}${lineEnd}`);
}

/** Before the other entries of a table in braces. */
function inserted(text: string, { start, end }: Span, entry: string): TextEdit | undefined {
  if (text[start] !== "{") return undefined;
  const isEmpty = text.slice(start + 1, end - 1).trim() === "";
  return isEmpty ? { span: span(start, end), text: `{ ${entry} }` } : insert(start + 1, ` ${entry},`);
}

const insert = (at: number, text: string): TextEdit => ({ span: span(at, at), text });

function endOfLine(text: string, offset: number): number {
  const found = /\r?\n/.exec(text.slice(offset))?.index;
  return found === undefined ? text.length : offset + found;
}
