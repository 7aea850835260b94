/**
 * What edits make of a text, part by part and with private keys blotted out. What a part may show is told from what the text shows and from
 * the part alone: to look the whole text through for each of thousands of fixes takes time that grows with its square.
 */
import { mergedSpans, type Span, span } from "../../base/span.ts";
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
import { findBoundaries } from "../pem/boundaries.ts";
import { isDigit, isLayout } from "./in-base64.ts";
import { blotted, partWithoutKeys, secretSpans, withoutKeys } from "./secret-spans.ts";

/** Whole lines, as they are and as they will be. */
export interface EditedPart {
  readonly span: Span;
  readonly before: string;
  readonly after: string;
}

/** `around`: of an edit, what is to be seen. `isPartwise`: of the text. */
export function editedParts(
  text: string,
  isPartwise: boolean,
  edits: readonly TextEdit[],
  around: (place: Span) => Span,
): readonly EditedPart[] {
  const parts: EditedPart[] = [];
  for (const it of isPartwise ? mergedSpans(edits.map((edit) => widened(text, widened(text, around(edit.span))))) : []) {
    const own = edits.filter((edit) => it.start <= edit.span.start && edit.span.end <= it.end).map((edit) => movedInto(it, edit));
    const after = applyEdits(text.slice(it.start, it.end), own);
    if (!isToldPartwise(after, it.start === 0)) return [whole(text, edits)];
    const secrets = mergedSpans([...secretSpans(after), ...knownSecrets(text, it, own)]);
    parts.push({ span: it, before: partWithoutKeys(text, it), after: blotted(after, secrets) });
  }
  return isPartwise ? parts : [whole(text, edits)];
}

const whole = (text: string, edits: readonly TextEdit[]): EditedPart => ({
  span: span(0, text.length),
  before: withoutKeys(text),
  after: withoutKeys(applyEdits(text, edits)),
});

/** Whether what is a key in one part of a text follows from that part: not where there are objects with boundaries, or a key's names. */
export const isPartwise = (text: string): boolean => isToldPartwise(text, true);

const isToldPartwise = (text: string, isStart: boolean): boolean =>
  findBoundaries(text, 1).length === 0 && !/\bkty\b/.test(text) && !text.includes("\0") && !(isStart && text.startsWith("0"));

const movedInto = (part: Span, { span: { start, end }, text }: TextEdit): TextEdit => ({
  span: span(start - part.start, end - part.start),
  text,
});

/** With all that may go on in what is beside it: digits, what stands between them, and the rest of the line. */
function widened(text: string, { start, end }: Span): Span {
  let from = start;
  while (from > 0 && mayGoOn(text, from - 1)) from--;
  let to = end;
  while (to < text.length && mayGoOn(text, to)) to++;
  const lineEnd = text[to - 1] === "\n" ? to - 1 : text.indexOf("\n", to);
  return span(from === 0 ? 0 : text.lastIndexOf("\n", from - 1) + 1, lineEnd < 0 ? text.length : lineEnd + 1);
}

const mayGoOn = (text: string, at: number): boolean => isDigit(text, at) || isLayout(text.charCodeAt(at)) || text[at] === "=";

/** What is a key in the text as it is stays one where the edits leave it alone, at its place in the edited part. */
function knownSecrets(text: string, part: Span, edits: readonly TextEdit[]): readonly Span[] {
  const found: Span[] = [];
  for (const secret of secretSpans(text)) {
    if (secret.end <= part.start || secret.start >= part.end) continue;
    let from = Math.max(secret.start, part.start) - part.start;
    const to = Math.min(secret.end, part.end) - part.start;
    let shift = 0;
    for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
      if (edit.span.start >= to) break;
      if (edit.span.start > from) found.push(span(from + shift, edit.span.start + shift));
      from = Math.max(from, edit.span.end);
      shift += edit.text.length - (edit.span.end - edit.span.start);
    }
    if (from < to) found.push(span(from + shift, to + shift));
  }
  return found;
}
