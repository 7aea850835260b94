/** Format strings: the texts between the placeholders, and the names of the variables in those. */
import type { Literal } from "../ast.ts";
import type { Local, Piece } from "./body.ts";

/** A text, or a placeholder: the name or number in it, empty for the next argument. */
export type FormatPart = string | { readonly argument: string };

export function formatParts(text: string): FormatPart[] {
  const parts: FormatPart[] = [];
  const piece = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+/g;
  for (const [whole, argument] of text.matchAll(piece)) {
    const last = parts.at(-1);
    if (argument !== undefined) parts.push({ argument: (argument.split(":", 1)[0] ?? "").trim() });
    else if (typeof last === "string") parts[parts.length - 1] = last + unescaped(whole);
    else parts.push(unescaped(whole));
  }
  return parts;
}

/** What a text names in braces, as value, width or precision: `{name:>width$}`. */
export const namedInFormat = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{|\{([^{}]*)\}/g)].flatMap(([, placeholder = ""]) => {
    const [value = "", ...format] = placeholder.split(":");
    const sizes = [...format.join(":").matchAll(NAMES)].filter(([, , dollar]) => dollar !== "").map(([, name = ""]) => name);
    return NAME.test(value.trim()) ? [value.trim(), ...sizes] : sizes;
  });
const NAME = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const NAMES = /([\p{XID_Start}_]\p{XID_Continue}*)(\$?)/gu;

const unescaped = (text: string): string => (text === "{{" || text === "}}" ? text.slice(1) : text);

/** With the arguments in their places; `find` tells the variable of a name, `constant` what no variable is. */
export function piecesOf(
  literal: Literal,
  positional: readonly Local[],
  find: (name: string) => Local | undefined,
  constant: (name: string) => Local,
): Piece[] | undefined {
  if (literal.type !== "string") return undefined;
  let next = 0;
  return formatParts(literal.value).map((part) => {
    if (typeof part === "string") return part;
    if (part.argument === "") return positional[next++] ?? "";
    const index = Number(part.argument);
    if (Number.isInteger(index)) return positional[index] ?? "";
    return find(part.argument) ?? positional[next++] ?? constant(part.argument);
  });
}
