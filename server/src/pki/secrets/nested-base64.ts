/**
 * Private keys in the base64 of a whole PEM file, as manifests of Kubernetes hold them: base64 within base64. Known by the words of the
 * boundary, which read the same from one of three digits on, wherever the text around them begins.
 */
import { type Span, span } from "../../base/span.ts";
import { isDigit, LEAST_DIGITS } from "./in-base64.ts";

const WORDS = "PRIVATE KEY";

/** The digits that the words alone decide, for each byte of three that they may begin at. */
const MARKS: readonly string[] = [0, 1, 2].map((before) => {
  const digits = btoa(`${"\0".repeat(before)}${WORDS}`).replaceAll("=", "");
  const first = Math.ceil((before * 8) / 6);
  return digits.slice(first, Math.floor(((before + WORDS.length) * 8) / 6));
});

export function inNestedBase64(text: string): readonly Span[] {
  return MARKS.flatMap((mark) => {
    const found: Span[] = [];
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, found.at(-1)?.end ?? at + 1)) found.push(runAround(text, at));
    return found;
  });
}

/** All digits around a place, on lines before and behind that hold nothing else, too. */
function runAround(text: string, at: number): Span {
  let start = at;
  for (let before = startOfWord(text, at); before < start; before = wordOfLineBefore(text, before)) start = before;
  let end = endOfWord(text, at);
  for (let next = wordOfNextLine(text, end); next > end; next = wordOfNextLine(text, end)) end = next;
  return span(start, end);
}

function startOfWord(text: string, at: number): number {
  let start = at;
  while (start > 0 && isDigit(text, start - 1)) start--;
  return start;
}

function endOfWord(text: string, at: number): number {
  let end = at;
  while (end < text.length && (isDigit(text, end) || text.charAt(end) === "=")) end++;
  return end;
}

const isBlank = (character: string): boolean => character === " " || character === "\t" || character === "\r" || character === "\n";

/** The end of the only word of the next line; where it is not one of digits, the same place. */
function wordOfNextLine(text: string, end: number): number {
  let at = end;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  const word = endOfWord(text, at);
  const isAlone = word === text.length || text.charAt(word) === "\n" || text.charAt(word) === "\r";
  return at > end && word - at >= LEAST_DIGITS && isAlone ? word : end;
}

function wordOfLineBefore(text: string, start: number): number {
  let at = start;
  while (at > 0 && isBlank(text.charAt(at - 1))) at--;
  const word = startOfWord(text, at);
  return at < start && at - word >= LEAST_DIGITS ? word : start;
}
