/** The words of a text outside of comments, with their places, and which of these name something. */
import type { Span } from "../base/span.ts";
import type { RustFile } from "../rust/index.ts";

export type Words = ReadonlyMap<string, readonly number[]>;

const known = new WeakMap<RustFile, Words>();

export function wordsOf(file: RustFile): Words {
  const words = known.get(file) ?? wordsIn(file, { start: 0, end: file.text.length });
  known.set(file, words);
  return words;
}

/** `std::error::Error` is no other `Error` that is imported. */
const STANDARD_PATH = /(?:^|[^\w:])(?:::)?(?:std|core|alloc)::(?:\w+::)*$/;

/** `within`: a part that begins and ends between two tokens. */
export function wordsIn({ text, comments }: Pick<RustFile, "text" | "comments">, within: Span): Words {
  const words = new Map<string, number[]>();
  const word = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;
  word.lastIndex = within.start;
  let comment = firstBehind(comments, within.start);
  for (let match = word.exec(text); match !== null && match.index < within.end; match = word.exec(text)) {
    const { index } = match;
    while (comment < comments.length && (comments[comment]?.end ?? 0) <= index) comment++;
    if ((comments[comment]?.start ?? text.length) <= index) continue;
    if (text.startsWith("::", index - 2) && STANDARD_PATH.test(text.slice(Math.max(0, index - 96), index))) continue;
    const places = words.get(match[0]);
    if (places === undefined) words.set(match[0], [index]);
    else places.push(index);
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
export const namings = (places: readonly number[], text: string): readonly number[] =>
  places.filter((at) => !/(?:^|[^.])\.\s*$/.test(text.slice(Math.max(0, at - 24), at)));
