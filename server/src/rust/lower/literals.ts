/** Literals: from their text to their value. */
import { type Span, span } from "../../base/span.ts";
import type { Literal } from "../ast.ts";
import type { Tokens } from "../syntax/tokens.ts";
import * as token from "../syntax/tokens.ts";

/** `type` is the grammar's; `at` is where `text` starts. */
function literalOf(type: string, text: string, at: number): Literal {
  switch (type) {
    case "boolean_literal":
      return { type: "bool", value: text === "true" };
    case "integer_literal":
      return integer(text);
    case "negative_literal": {
      const positive = integer(text.slice(1).trimStart());
      return positive.type === "integer" ? { type: "integer", value: -positive.value } : positive;
    }
    case "string_literal":
    case "raw_string_literal": {
      const { value, span: inside } = stringOf(text, at);
      return { type: "string", value, valueSpan: inside, bytes: text.startsWith("b") };
    }
    default:
      return { type: "other" };
  }
}

/** Of the tokens of a literal, a minus in front of it included; `shift` is where their text starts in the file. */
export function literalAt({ text, kinds, starts, ends }: Tokens, from: number, to: number, shift: number): Literal {
  const written = text.slice(starts[from], ends[to - 1]);
  const start = (starts[from] ?? 0) + shift;
  switch (kinds[from]) {
    case token.TRUE:
    case token.FALSE:
      return { type: "bool", value: kinds[from] === token.TRUE };
    case token.INTEGER:
      return literalOf("integer_literal", written, start);
    case token.STRING:
      return literalOf("string_literal", written, start);
    case token.CHARACTER:
      return character(written);
    case token.MINUS:
      return literalOf("negative_literal", written, start);
    default:
      return { type: "other" };
  }
}

/** The value of a string literal in any spelling, and the place between its quotes. An unterminated one ends with the text. */
export function stringOf(text: string, at: number): { readonly value: string; readonly span: Span } {
  const open = /^[bc]?(r?)(#*)"/.exec(text);
  if (open === null) return { value: "", span: span(at, at) };
  const [prefix, raw, hashes] = open;
  const close = `"${hashes ?? ""}`;
  const end = text.length >= prefix.length + close.length && text.endsWith(close) ? text.length - close.length : text.length;
  const content = text.slice(prefix.length, end);
  const value = raw === "r" ? content.replaceAll("\r\n", "\n") : unescaped(content);
  return { value, span: span(at + prefix.length, at + end) };
}

/** `b'a'` is a number. */
function character(text: string): Literal {
  const inside = /^'([\s\S]+)'$/.exec(text)?.[1];
  return inside === undefined ? { type: "other" } : { type: "character", value: unescaped(inside) };
}

function integer(text: string): Literal {
  const match = /^(0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*)(?:[iu](?:8|16|32|64|128|size))?$/i.exec(text);
  const digits = match?.[1]?.replaceAll("_", "");
  return digits === undefined ? { type: "other" } : { type: "integer", value: Number(digits) };
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["0", "\0"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

function unescaped(content: string): string {
  if (!content.includes("\\")) return content.replaceAll("\r\n", "\n");
  return content.replaceAll(
    /\r\n|\\(?:(?:\r?\n)\s*|x([\da-fA-F]{2})|u\{([\da-fA-F_]{1,8})\}|([\s\S]))/g,
    (whole: string, byte?: string, point?: string, simple?: string) => {
      if (whole === "\r\n") return "\n";
      if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
      if (point !== undefined) {
        const value = Number.parseInt(point.replaceAll("_", ""), 16);
        return value <= 0x10ffff ? String.fromCodePoint(value) : "\ufffd";
      }
      // An escape that Rust does not know stays as it is written.
      if (simple !== undefined) return SIMPLE.get(simple) ?? whole;
      return "";
    },
  );
}
