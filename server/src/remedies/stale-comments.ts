/**
 * A comment that stands above one decision speaks for it: where the decision is turned round, it goes. One above more than that stays, and
 * so does one that documents.
 */

import { covers, type Span } from "../base/span.ts";
import { conflict, type TextEdit } from "../base/text-edit.ts";
import type { Expression, RustFile, Statement } from "../rust/index.ts";
import { lineEnd, lineStart, nextLine, startsLine } from "./lines.ts";
import { aboveComments } from "./statements.ts";
import { trailTo } from "./trail.ts";

/** With what takes those comments away. */
export function withoutStaleComments(edits: readonly TextEdit[], source: RustFile): readonly TextEdit[] {
  const added = edits.flatMap((edit) => {
    const decision = isTurned(edit, source.text) ? decisionAround(edit.span, source) : undefined;
    return decision === undefined ? [] : commentsOn(decision, source);
  });
  const once = added.filter((it, at) => added.findIndex((one) => one.span.start === it.span.start) === at);
  const free = once.filter((it) => !edits.some((one) => conflict(it, one)));
  return free.length === 0 ? edits : [...edits, ...free];
}

/** Something else stands there, not the same with something beside it. */
function isTurned({ span, text }: TextEdit, whole: string): boolean {
  const words = (it: string): readonly string[] => it.match(/\w+/g) ?? [];
  const left = new Set(words(text));
  return left.size > 0 && words(whole.slice(span.start, span.end)).some((it) => !left.has(it));
}

/** What a comment above it would be about: a line of its own, a call of a chain, a field, or a statement that sets one thing. */
function decisionAround(span: Span, source: RustFile): Span | undefined {
  const { text } = source;
  const trail = trailTo(source, span).toReversed();
  for (const it of trail) {
    if (it.of === "statement") return isOneSetting(it.node) && isApart(it.span, source) ? it.span : undefined;
    if (it.of !== "expression") return undefined;
    const { node } = it;
    if (node.kind === "closure" || node.kind === "block") return undefined;
    if (node.kind === "method" && startsLine(text, node.segmentSpan.start) && covers(node.segmentSpan, span)) return node.segmentSpan;
    if (startsLine(text, node.span.start) && isWhole(node, span)) return node.span;
    if (node.kind !== "struct") continue;
    const field = node.fields.find(({ value }) => covers(value.span, span));
    const start = field && lineStart(text, field.value.span.start);
    if (field === undefined || start === undefined || text.slice(start, field.value.span.start).trim() !== `${field.name}:`)
      return undefined;
    return { start: start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0), end: field.value.span.end };
  }
  return undefined;
}

const isWhole = (node: Expression, span: Span): boolean => node.span.start === span.start && node.span.end === span.end;

/** One call on a variable, or one value given to a field. */
function isOneSetting(statement: Statement): boolean {
  if (statement.kind !== "expression") return false;
  const { expression } = statement;
  const set = expression.kind === "try" ? expression.operand : expression;
  return set.kind === "method" ? set.receiver.kind === "path" || set.receiver.kind === "field" : set.kind === "assign";
}

/** What is said at the head of several lines is about all of them. */
function isApart({ start, end }: Span, source: RustFile): boolean {
  const { text } = source;
  const above = lineStart(text, aboveComments(start, source));
  const isHead = /(?:^|[{(]|(?:\r\n|\n|\r)[ \t]*)(?:\r\n|\n|\r)$/.test(text.slice(0, above));
  return !isHead || /^[ \t]*(?:\}|\r|\n|$)/.test(text.slice(nextLine(text, end)));
}

/** Those directly above, and one behind it. */
function commentsOn({ start, end }: Span, source: RustFile): readonly TextEdit[] {
  const { text, comments } = source;
  const found: TextEdit[] = [];
  const above = aboveComments(start, source);
  const isDocumentation = comments.some((it) => it.start >= above && it.end <= start && /^\/\/[/!]|^\/\*[*!]/.test(text.slice(it.start)));
  if (above < start && !isDocumentation) found.push({ span: { start: above, end: start }, text: "" });
  const line = lineEnd(text, end);
  const behind = comments.find((it) => it.start >= end && it.end <= line);
  if (behind !== undefined && /^[?);,]*[ \t]*$/.test(text.slice(end, behind.start)) && behind.end === line) {
    const kept = text.slice(end, behind.start).trimEnd().length;
    found.push({ span: { start: end + kept, end: behind.end }, text: "" });
  }
  return found;
}
