/** Changes to a text: replacements that are stated against the original and applied together. */
import type { Span } from "./span.ts";

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Changes to one file. */
export interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

/** One entry a file, in the order in which the files are first named. */
export function byFile(all: readonly FileEdits[]): FileEdits[] {
  const found = new Map<string, TextEdit[]>();
  for (const { file, edits } of all) found.set(file, [...(found.get(file) ?? []), ...edits]);
  return [...found].map(([file, edits]) => ({ file, edits: withoutDuplicates(edits) }));
}

/** Two edits conflict when they replace a common code unit; insertions at one place do not. */
export function conflict(a: TextEdit, b: TextEdit): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/** Equal edits are kept once, so that two fixes may add the same import. */
export function withoutDuplicates(edits: readonly TextEdit[]): TextEdit[] {
  return [...new Map(edits.map((it) => [`${it.span.start} ${it.span.end} ${it.text}`, it])).values()];
}

/** Insertions at one place keep their order. */
const inOrder = (edits: readonly TextEdit[]): TextEdit[] =>
  [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);

/** Applies edits that do not conflict, in the order of their places; insertions at one place keep their given order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(position, edit.span.start) + edit.text;
    position = Math.max(position, edit.span.end);
  }
  return result + text.slice(position);
}

/**
 * The edits of a text that do what two rounds of edits do, the second stated against what the first makes. Edits of the first round
 * that the second leaves alone are kept as they are.
 */
export function composed(text: string, first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const before = placed(piecesOf(text, first), 0);
  /** Beyond every edit that is still to come; the last piece first. */
  const beyond: Piece[] = [];
  // From the end, so that places before it stay right; the last of several insertions at one place comes first.
  for (const edit of inOrder(second).reverse()) {
    const touched: Placed[] = [];
    for (let last = before.at(-1); last !== undefined && last.to >= edit.span.start; last = before.at(-1)) {
      before.pop();
      if (last.from > edit.span.end) beyond.push(last.piece);
      else touched.push(last);
    }
    touched.reverse();
    before.push(...placed(changed(touched, edit), touched[0]?.from ?? 0));
  }
  return [...before.map((it) => it.piece), ...beyond.reverse()].flatMap(({ span, text: replacement }) =>
    replacement === undefined || replacement === text.slice(span.start, span.end) ? [] : [{ span, text: replacement }],
  );
}

/** Where a place is when `edits` before it were made. */
export function movedBy(edits: readonly TextEdit[], { start, end }: Span): Span {
  const shift = edits.filter((it) => it.span.end <= start).reduce((sum, it) => sum + it.text.length - (it.span.end - it.span.start), 0);
  return { start: start + shift, end: end + shift };
}

/** Without the ends of a replacement that are what was there. No line end of two characters is divided, and no surrogate pair. */
export function minimal(text: string, edits: readonly TextEdit[]): TextEdit[] {
  return edits.flatMap(({ span, text: after }) => {
    const before = text.slice(span.start, span.end);
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head++;
    while (head > 0 && divides(before, head, after)) head--;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    while (tail > 0 && divides(before, before.length - tail, after, after.length - tail)) tail--;
    const trimmed = { span: { start: span.start + head, end: span.end - tail }, text: after.slice(head, after.length - tail) };
    return trimmed.text === "" && trimmed.span.start === trimmed.span.end ? [] : [trimmed];
  });
}

const divides = (a: string, at: number, b: string, there = at): boolean => dividesOne(a, at) || dividesOne(b, there);

const dividesOne = (text: string, at: number): boolean => /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(at - 1, at + 1));

/** A part of an edited text: what it was before, and what it is now, where that is something else. */
interface Piece {
  readonly span: Span;
  readonly text?: string;
}

function piecesOf(text: string, edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (const edit of inOrder(edits)) {
    pieces.push({ span: { start: position, end: edit.span.start } }, edit);
    position = edit.span.end;
  }
  return [...pieces, { span: { start: position, end: text.length } }];
}

interface Placed {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

/** Pieces that follow one another from a place of the edited text on. */
function placed(pieces: readonly Piece[], start: number): Placed[] {
  let position = start;
  return pieces.map((piece) => {
    const from = position;
    position += piece.text?.length ?? piece.span.end - piece.span.start;
    return { piece, from, to: position };
  });
}

/** `all`: every piece that the edit touches, in order. */
function changed(all: readonly Placed[], { span: { start, end }, text }: TextEdit): readonly Piece[] {
  // Two insertions at one place may be equal, and would be taken for one: what is inserted beside new text becomes a part of it.
  const beside = start < end ? -1 : all.findIndex(({ piece, from, to }) => (piece.text ?? "") !== "" && from <= start && start <= to);
  const neighbour = all[beside];
  if (neighbour?.piece.text !== undefined) {
    const [written, at] = [neighbour.piece.text, start - neighbour.from];
    const longer = { span: neighbour.piece.span, text: written.slice(0, at) + text + written.slice(at) };
    return all.map(({ piece }, index) => (index === beside ? longer : piece));
  }
  const home = all.find(({ piece, from, to }) => piece.text === undefined && from <= start && end <= to);
  const met = home === undefined ? all.filter(({ from, to }) => from < end && start < to) : [home];
  const [head, tail] = [met[0], met.at(-1)];
  if (head === undefined || tail === undefined) return all.map((it) => it.piece);
  const before = cut(head.piece, 0, Math.max(0, start - head.from));
  const after = cut(tail.piece, Math.min(tail.to, end) - tail.from, tail.to - tail.from);
  const whole: Piece = {
    span: { start: before.span.end, end: after.span.start },
    text: (before.text ?? "") + text + (after.text ?? ""),
  };
  return [
    ...all.slice(0, all.indexOf(head)).map((it) => it.piece),
    ...(before.text === undefined ? [before] : []),
    whole,
    ...(after.text === undefined ? [after] : []),
    ...all.slice(all.indexOf(tail) + 1).map((it) => it.piece),
  ];
}

/** A part of a piece. What was replaced belongs to its beginning whole, or to its end. */
const cut = ({ span, text }: Piece, from: number, to: number): Piece =>
  text === undefined
    ? { span: { start: span.start + from, end: span.start + to } }
    : { span: from === 0 ? { start: span.start, end: span.start } : { start: span.end, end: span.end }, text: text.slice(from, to) };
