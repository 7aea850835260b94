/**
 * Whether somebody has written down why a decision was taken: a comment directly above what is changed or taken out, in it, or behind it.
 * What documents an item is not about a decision in it.
 */
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { RustFile } from "../rust/index.ts";
import { lineEnd, startsLine } from "./lines.ts";
import { aboveComments } from "./statements.ts";
import { type Ancestor, trailTo } from "./trail.ts";

export const isExplained = (edits: readonly TextEdit[], source: RustFile): boolean =>
  edits.some(({ span }) => span.end > span.start && isExplainedAt(span, source));

function isExplainedAt(span: Span, source: RustFile): boolean {
  const { comments } = source;
  if (comments.some((it) => covers(span, it) && !isDocumentation(it.start, source))) return true;
  const trail = trailTo(source, span);
  const block = trail.findLastIndex(({ of }) => of === "block");
  // Imports and attributes decide nothing.
  if (block < 0 && !trail.some(({ of }) => of === "expression")) return false;
  const around = trail.slice(block + 1).map((it) => startOf(it, span));
  const line = lineEnd(source.text, span.end);
  return around.some((it) => isBelowOne(it, source)) || comments.some((it) => it.start >= span.end && it.end <= line);
}

/** A call of a chain has its own line. */
const startOf = ({ of, node, span }: Ancestor, changed: Span): number =>
  of === "expression" && node.kind === "method" && covers(node.segmentSpan, changed) ? node.segmentSpan.start : span.start;

function isBelowOne(offset: number, source: RustFile): boolean {
  if (!startsLine(source.text, offset)) return false;
  const above = aboveComments(offset, source);
  return above < offset && !isDocumentation(above, source);
}

const isDocumentation = (offset: number, { text }: RustFile): boolean => /^(?:\/\/[/!]|\/\*[*!])/.test(text.slice(offset));
