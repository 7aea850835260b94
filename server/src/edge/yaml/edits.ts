/** Fixes in YAML: a scalar replaced, fields added to a map in the style that the map has, blocks with their indentation or flow (JSON). */
import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { type Span, span } from "../../base/span.ts";
import type { TextEdit } from "../../base/text-edit.ts";
import { placeOf, resolved, type YamlValue } from "./documents.ts";
import { TomlMap, TomlString } from "./toml.ts";

/** What a fix writes. */
export type Tree = string | boolean | readonly Tree[] | Fields;
export interface Fields {
  readonly [key: string]: Tree;
}

/** `text` as it is to stand there. */
export function replaced(value: YamlValue | undefined, text: string): readonly TextEdit[] {
  const at = value === undefined ? undefined : placeOf(value);
  if (at === undefined) return [];
  return [{ span: at, text: resolved(value)?.node instanceof TomlString ? JSON.stringify(text) : text }];
}

/** Fields of a map: behind one of its own that stands on one line, else before all others. */
export function added(text: string, value: YamlValue | undefined, fields: Fields, behind?: string): readonly TextEdit[] {
  const map = resolved(value)?.node;
  if (map === undefined || !isMap(map)) return [];
  if (map instanceof TomlMap) return addedToToml(text, map, fields, behind);
  const own = map.items.find(({ key }) => isScalar(key) && key.value === behind);
  const start = keyStart(own ?? map.items[0]);
  if (start === undefined) return map.items.length === 0 ? intoEmpty(map, fields) : [];
  const style = { isFlow: map.flow === true, isJson: text.charAt(start) === '"' && map.flow === true };
  const { lead, indent } = lineOf(text, start);
  const written = Object.entries(fields).map(([key, it]) => field(key, it, style, indent));
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const between = style.isFlow && !lead ? ", " : `${style.isFlow ? "," : ""}${newline}${indent}`;
  const end = own === undefined ? undefined : endOf(own, text, style.isFlow);
  const whole = written.map((it) => it.replaceAll("\n", newline)).join(between);
  return [end === undefined ? { span: span(start, start), text: whole + between } : { span: span(end, end), text: between + whole }];
}

/** Behind a field of the table, which all tables are written with. */
function addedToToml(text: string, map: TomlMap, fields: Fields, behind: string | undefined): readonly TextEdit[] {
  const own = map.items.find(({ key }) => isScalar(key) && key.value === behind);
  const start = keyStart(own);
  const end = own !== undefined && isScalar(own.value) ? own.value.range?.[1] : undefined;
  if (start === undefined || end === undefined) return [];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const between = map.isInline ? ", " : `${newline}${lineOf(text, start).indent}`;
  const lineEnd = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const at = map.isInline ? end : text.charAt(lineEnd - 1) === "\r" ? lineEnd - 1 : lineEnd;
  const written = Object.entries(fields).map(([key, it]) => `${between}${key} = ${flow(it, true)}`);
  return [{ span: span(at, at), text: written.join("") }];
}

function intoEmpty(map: YAMLMap, fields: Fields): readonly TextEdit[] {
  const at = map.range?.[0];
  return at === undefined
    ? []
    : [
        {
          span: span(at + 1, at + 1),
          text: Object.entries(fields)
            .map(([key, it]) => `${JSON.stringify(key)}: ${flow(it, true)}`)
            .join(", "),
        },
      ];
}

const keyStart = (pair: Pair | undefined): number | undefined =>
  pair !== undefined && isScalar(pair.key) ? pair.key.range?.[0] : undefined;

/** The end of a field that stands on one line, its comment included; undefined where it does not. */
function endOf({ key, value }: Pair, text: string, isFlow: boolean): number | undefined {
  if (!isScalar(value) || !isScalar(key)) return undefined;
  const at = rangeOf(value);
  const start = key.range?.[0];
  if (at === undefined || start === undefined || text.slice(start, at.end).includes("\n")) return undefined;
  if (isFlow) return at.end;
  const end = text.indexOf("\n", at.end);
  return end < 0 ? text.length : text.charAt(end - 1) === "\r" ? end - 1 : end;
}

function rangeOf(node: Node): Span | undefined {
  const [start, end] = node.range ?? [];
  return start === undefined || end === undefined ? undefined : span(start, end);
}

/** `lead`: nothing but blanks and a dash stands before. */
function lineOf(text: string, at: number): { readonly lead: boolean; readonly indent: string } {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(start, at);
  return { lead: before.replaceAll("-", "").trim() === "", indent: " ".repeat(before.length) };
}

interface Style {
  readonly isFlow: boolean;
  readonly isJson: boolean;
}

function field(key: string, value: Tree, style: Style, indent: string): string {
  const name = style.isJson ? JSON.stringify(key) : scalar(key);
  if (style.isFlow || !isFields(value)) return `${name}: ${flow(value, style.isJson)}`;
  const inner = Object.entries(value).map(([one, it]) => `\n${indent}  ${field(one, it, style, `${indent}  `)}`);
  return `${name}:${inner.join("")}`;
}

function flow(value: Tree, isJson: boolean): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return isJson ? JSON.stringify(value) : scalar(value);
  if (!isFields(value)) return `[${value.map((it) => flow(it, isJson)).join(", ")}]`;
  const inner = Object.entries(value).map(([key, it]) => `${isJson ? JSON.stringify(key) : scalar(key)}: ${flow(it, isJson)}`);
  return inner.length === 0 ? "{}" : `{ ${inner.join(", ")} }`;
}

const isFields = (value: Tree): value is Fields => typeof value === "object" && !Array.isArray(value);

/** Booleans of YAML 1.1, which older readers have. */
const WORDS: ReadonlySet<string> = new Set("on off yes no y n true false null".split(" "));
const STARTS = "abcdefghijklmnopqrstuvwxyz_/";
const GOES_ON = `${STARTS}0123456789.-`;

/** What is no name or path is quoted. */
function scalar(text: string): string {
  const lower = text.toLowerCase();
  const isPlain = lower !== "" && STARTS.includes(lower.charAt(0)) && [...lower].every((it) => GOES_ON.includes(it)) && !WORDS.has(lower);
  return isPlain ? text : JSON.stringify(text);
}
