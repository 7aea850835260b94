/** How far a comment in a file of settings reaches: its line, or what begins below it. */
import { type Span, span } from "../base/span.ts";
import { tomlKeys } from "../cargo/index.ts";
import type { Suppression } from "./suppressions.ts";

/** A comment behind a line is for that line, one on a line of its own for what begins below: a line, a value of several, a table. */
export function reachesIn(kind: "settings" | "environment" | "manifest", text: string): (one: Suppression) => Span | undefined {
  const contentAfter = contentIn(text);
  let keys: ReturnType<typeof tomlKeys> | undefined;
  return ({ span: comment }) => {
    const start = lineStart(text, comment.start);
    if (text.slice(start, comment.start).replace(/[\s#]/g, "") !== "") return span(start, comment.end);
    const at = contentAfter(comment.end);
    if (at === undefined) return undefined;
    const end = lineEnd(text, at);
    if (kind === "environment") return span(at, end);
    keys ??= tomlKeys(text);
    const index = firstFrom(keys, at);
    const key = keys[index];
    if (key === undefined || key.span.start > end) return span(at, end);
    if (key.value) return span(at, Math.max(end, key.value.end));
    const header = keys.slice(index + 1).find((it) => it.value === undefined);
    return span(at, header?.span.start ?? text.length);
  };
}

/** The first thing from an offset on that is neither blank nor a comment; each line is looked at once, however many ask. */
function contentIn(text: string): (offset: number) => number | undefined {
  const known = new Map<number, number | undefined>();
  return (offset) => {
    const passed: number[] = [];
    let found: number | undefined;
    for (let at = offset; at < text.length; at = lineEnd(text, at) + 1) {
      if (known.has(at)) {
        found = known.get(at);
        break;
      }
      passed.push(at);
      let content = at;
      while (text[content] === " " || text[content] === "\t") content++;
      if (content < text.length && !isLineEnd(text[content]) && text[content] !== "#") {
        found = content;
        break;
      }
    }
    for (const at of passed) known.set(at, found);
    return found;
  };
}

const isLineEnd = (character: string | undefined): boolean => character === "\n" || character === "\r";

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(text[at - 1])) at--;
  return at;
}

function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isLineEnd(text[at])) at++;
  return at;
}

/** Of keys in the order of the text, the index of the first at or behind an offset. */
function firstFrom(keys: ReturnType<typeof tomlKeys>, offset: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
