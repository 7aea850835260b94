/** Values of structs: short ones on one line, else a field a line. */
import type { ExpressionOf, FieldValue } from "../ast.ts";
import { type Context, outerSpan, type Printer } from "./printer.ts";
import { atIndent, columns, isMultiline, narrower, newline, offsetBy, type Shape, STRUCT_WIDTH } from "./shape.ts";

export function printStruct(it: ExpressionOf<"struct">, shape: Shape, printer: Printer, around: Context): string | undefined {
  const name = printer.text(it.path.span);
  if (
    /[\r\n]/.test(name) ||
    columns(name) + " {".length > shape.width ||
    it.fields.some((field) => (field.attributes?.texts.length ?? 0) > 0)
  )
    return undefined;
  if (it.fields.length === 0 && it.base === undefined) return `${name} {}`;
  const inner = shape.indent + printer.tab;
  const room = narrower(atIndent(inner), 1);
  if (room === undefined) return undefined;
  const fields = it.fields.map((field) => printField(field, room, printer, around));
  const rest = it.base === undefined ? undefined : restOf(it.base, room, printer, around);
  if (it.base !== undefined && rest === undefined) return undefined;
  const all = [...fields, ...(rest === undefined ? [] : [rest])];
  if (all.some((one) => one === undefined)) return undefined;
  const overhead = columns(name) + " {  }".length;
  const line = all.join(", ");
  const limit = Math.min(Math.max(-1, shape.width - overhead), STRUCT_WIDTH);
  if (!isMultiline(line) && columns(line) <= limit) return `${name} { ${line} }`;
  const text = printer.text(it.span);
  const comma = rest !== undefined || (around.inMacro && !/,\s*\}$/.test(text)) ? "" : ",";
  const starts = [...it.fields.map((field) => field.span.start), ...(it.base === undefined ? [] : [outerSpan(it.base).start])];
  const rows = all.map((one, at) => {
    const before = at === 0 ? "" : printer.text({ start: it.fields[at - 1]?.span.end ?? it.span.start, end: starts[at] ?? it.span.end });
    // One empty line between fields stays.
    return (/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(before) ? "\n" : "") + newline(inner) + one;
  });
  return `${name} {${rows.join(",")}${comma}${newline(shape.indent)}}`;
}

function printField(field: FieldValue, shape: Shape, printer: Printer, around: Context): string | undefined {
  if (field.shorthand) return field.name;
  const head = `${field.name}: `;
  const room = offsetBy(shape, columns(head));
  const beside = room === undefined ? undefined : printer.expression(field.value, room, around);
  if (beside !== undefined) return head + beside;
  const below = shape.indent + printer.tab;
  const value = printer.expression(field.value, atIndent(below), around);
  return value === undefined ? undefined : `${field.name}:${newline(below)}${value}`;
}

function restOf(base: NonNullable<ExpressionOf<"struct">["base"]>, shape: Shape, printer: Printer, around: Context): string | undefined {
  const room = offsetBy(shape, 2);
  const text = room === undefined ? undefined : printer.expression(base, room, around);
  return text === undefined ? undefined : `..${text}`;
}
