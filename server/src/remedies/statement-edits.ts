/** Statements put in place of others where an error is handed on. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Block, Expression, RustFile } from "../rust/index.ts";
import { endsLine, indentationAt, indented, lineEnd, startsLine, styleOf } from "./lines.ts";
import { removeStatement } from "./statements.ts";
import type { Ancestor } from "./trail.ts";

/** `if roots.add(cert).is_err() { continue; }` → `roots.add(cert)?;` */
export function inPlaceOfIf(
  span: Span,
  value: Expression,
  suffix: string,
  trail: readonly Ancestor[],
  source: RustFile,
): readonly TextEdit[] {
  const { text } = source;
  const whole = trail.findLast((it) => it.of === "statement" && it.span.start === span.start);
  const end = whole?.span.end ?? span.end;
  return [
    {
      span: { start: span.start, end },
      text: indented([`${textOf(value, source)}${suffix};`], indentationAt(text, span.start), styleOf(text)),
    },
  ];
}

/** Only `continue`, `break` or a macro (a log line) stands in the block. */
export function isIdle(block: Block): boolean {
  const all = [
    ...block.statements.map((it) => (it.kind === "expression" ? it.expression : undefined)),
    ...(block.tail === undefined ? [] : [block.tail]),
  ];
  return all.every((it) => it?.kind === "continue" || it?.kind === "macro");
}

/** `let _ = value;` → `value?;` */
export function asStatement(ancestor: Ancestor, span: Span, value: Expression, suffix: string, source: RustFile): readonly TextEdit[] {
  const { text } = source;
  const written = textOf(value, source);
  if (/[\r\n]/.test(written)) {
    return [
      { span: { start: span.start, end: value.span.start }, text: "" },
      { span: { start: value.span.end, end: value.span.end }, text: suffix },
    ];
  }
  if (written.trim() === "") return [removeStatement(ancestor, source)];
  return [{ span, text: indented([`${written}${suffix};`], indentationAt(text, span.start), styleOf(text)) }];
}

/** A statement put first into a block. */
export function firstLine(block: Block, line: string, source: RustFile): readonly TextEdit[] {
  const { text } = source;
  const style = styleOf(text);
  const at = block.span.start + 1;
  const first = [...block.statements.map((it) => it.span), ...(block.tail === undefined ? [] : [block.tail.span])].at(0);
  const indentation =
    first !== undefined && startsLine(text, first.start)
      ? indentationAt(text, first.start)
      : indentationAt(text, block.span.start) + style.unit;
  const inserted = style.eol + indentation + indented([line], indentation, style);
  if (endsLine(text, at)) return [{ span: { start: lineEnd(text, at), end: lineEnd(text, at) }, text: inserted }];
  const blank = /^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;
  return [{ span: { start: at, end: at + blank }, text: `${inserted}${style.eol}${indentation}` }];
}

export const textOf = ({ span }: { readonly span: Span }, source: RustFile): string => source.text.slice(span.start, span.end);
