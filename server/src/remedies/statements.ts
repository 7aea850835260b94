/** Statements put before or after the one that holds an expression, or taken out, as the lines around them are written. */

import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { RustFile } from "../rust/index.ts";
import { withAttributes } from "./attribute-edits.ts";
import { endsLine, indentationAt, indented, lineEnd, lineStart, startsLine, styleOf, wholeLines } from "./lines.ts";
import type { Ancestor } from "./trail.ts";

/** Where statements can be put for an expression. */
export type Host =
  | { readonly kind: "block"; readonly statement: Ancestor; readonly tail: boolean }
  /** The body of a closure or match arm that is no block yet. */
  | { readonly kind: "bare"; readonly body: Span; readonly arm: boolean };

export function hostOf(trail: readonly Ancestor[]): Result<Host, string> {
  for (let at = trail.length - 2; at >= 0; at--) {
    const [ancestor, inner] = [trail[at], trail[at + 1]];
    if (ancestor === undefined || inner === undefined) break;
    if (ancestor.of === "block") return ok({ kind: "block", statement: inner, tail: inner.of === "expression" });
    if (inner.of !== "expression" || inner.node.kind === "block") continue;
    if (ancestor.of === "expression" && ancestor.node.kind === "closure") return ok({ kind: "bare", body: inner.span, arm: false });
    if (ancestor.of === "arm" && ancestor.node.body === inner.node) return ok({ kind: "bare", body: inner.span, arm: true });
  }
  return err("the value stands in a constant, where no statements can be put before it");
}

/** `before` and `after` are statements in our own layout: a line each, four blanks a level. */
export function placeStatements(
  host: Host,
  before: string | undefined,
  after: string | undefined,
  source: RustFile,
): Result<readonly TextEdit[], string> {
  const { text } = source;
  const style = styleOf(text);
  const edits: TextEdit[] = [];
  if (host.kind === "bare") {
    if (after !== undefined) return err("the value is handed on where it is made: nothing can be put after it");
    if (before === undefined) return ok([]);
    const outer = indentationAt(text, host.body.start);
    const inner = outer + style.unit;
    const lines = indented(before.split("\n"), inner, style);
    edits.push({ span: { start: host.body.start, end: host.body.start }, text: `{${style.eol}${inner}${lines}${style.eol}${inner}` });
    const comma = host.arm && text[host.body.end] === "," ? 1 : 0;
    edits.push({ span: { start: host.body.end, end: host.body.end + comma }, text: `${style.eol}${outer}}` });
    return ok(edits);
  }
  const span = wholeStatement(host.statement);
  const indentation = indentationAt(text, span.start);
  if (before !== undefined) {
    const start = aboveComments(span.start, source);
    edits.push({ span: { start, end: start }, text: indented(before.split("\n"), indentation, style) + style.eol + indentation });
  }
  if (after !== undefined) {
    if (host.tail) return err("the value is returned where it is made: nothing can be put after it");
    const end = endsLine(text, span.end) ? lineEnd(text, span.end) : span.end;
    edits.push({ span: { start: end, end }, text: style.eol + indentation + indented(after.split("\n"), indentation, style) });
  }
  return ok(edits);
}

/** A statement goes with its lines and the comments right above it, or, where it shares them, with one blank. */
export const removeStatement = (statement: Ancestor, source: RustFile): TextEdit => takeStatement(statement, source, aboveComments);

/** The same where what is said of it goes on to be true. */
export function takeStatement(
  statement: Ancestor,
  source: RustFile,
  from: (offset: number, source: RustFile) => number = (offset) => offset,
): TextEdit {
  const span = wholeStatement(statement);
  const lines = wholeLines(source.text, { start: from(span.start, source), end: span.end });
  if (lines !== undefined) return { span: withBlankLine(lines, source.text), text: "" };
  const blank = /^[ \t]/.test(source.text.slice(span.end)) ? 1 : 0;
  return { span: { start: span.start, end: span.end + blank }, text: "" };
}

/** Of two blank lines around it one goes, too. */
function withBlankLine({ start, end }: Span, text: string): Span {
  const isAfterBlank = /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(0, start));
  const blank = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end))?.[0].length;
  return isAfterBlank && blank !== undefined ? { start, end: end + blank } : { start, end };
}

/** With its attributes. */
const wholeStatement = (statement: Ancestor): Span => (statement.of === "statement" ? withAttributes(statement.node) : statement.span);

/** Over the comments that stand directly above, so that they stay with what they explain. */
export function aboveComments(offset: number, { text, comments }: Pick<RustFile, "text" | "comments">): number {
  let start = offset;
  for (;;) {
    if (!startsLine(text, start)) return start;
    const above = comments.findLast((it) => it.end <= start);
    if (above === undefined || above.end < lineStart(text, start) - 2 || !startsLine(text, above.start)) return start;
    if (!/^(\r\n|\n|\r)?[ \t]*$/.test(text.slice(above.end, start))) return start;
    start = above.start;
  }
}
