/** The words of a text as its tokens have them, with their places, and which of these name something. */
import type { Span } from "../base/span.ts";
import { type RustFile, wordsAndPlaces } from "../rust/index.ts";
import { classOf, DIGIT, isSpace, LETTER } from "../rust/syntax/characters.ts";

type Source = Pick<RustFile, "text" | "comments">;

export type Words = ReadonlyMap<string, readonly number[]>;

const known = new WeakMap<RustFile, Words>();

export function wordsOf(file: RustFile): Words {
  const words = known.get(file) ?? wordsIn(file, { start: 0, end: file.text.length });
  known.set(file, words);
  return words;
}

/** `within`: a part that begins and ends between two tokens. */
export function wordsIn({ text, comments }: Source, within: Span): Words {
  const words = new Map<string, number[]>();
  for (const { word, at } of wordsAndPlaces(text.slice(within.start, within.end))) {
    const place = within.start + at;
    if (isStandard(place, { text, comments })) continue;
    const places = words.get(word);
    if (places === undefined) words.set(word, [place]);
    else places.push(place);
  }
  return words;
}

/** The first of the spans, which are in order, that ends behind a place. */
function firstBehind(spans: readonly Span[], place: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Without methods and fields, which no import and no item is named by. */
export const namings = (places: readonly number[], source: Source): readonly number[] =>
  places.filter((at) => {
    const end = endBefore(at, source);
    return source.text[end - 1] !== "." || source.text[end - 2] === ".";
  });

/** `std::error::Error` is no other `Error` that is imported. */
function isStandard(place: number, source: Source): boolean {
  let first: string | undefined;
  for (let at = endBefore(place, source); source.text.startsWith("::", at - 2); ) {
    // Behind a blank `::` begins a path.
    const end = at - 2;
    const start = startOfWord(end, source.text);
    if (start === end) break;
    first = source.text.slice(start, end);
    at = endBefore(start, source);
  }
  return first !== undefined && STANDARD.has(first);
}

const STANDARD: ReadonlySet<string> = new Set(["std", "core", "alloc"]);

const isNamePart = (unit: number): boolean => unit >= 0x80 || (classOf(unit) & (LETTER | DIGIT)) !== 0;

function startOfWord(end: number, text: string): number {
  let start = end;
  while (start > 0 && isNamePart(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Where what stands before a place ends: blanks and comments say nothing. */
function endBefore(place: number, { text, comments }: Source): number {
  let end = place;
  for (;;) {
    while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
    const comment = comments[firstBehind(comments, end - 1)];
    if (comment === undefined || comment.end !== end) return end;
    end = comment.start;
  }
}
