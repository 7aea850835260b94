/** `.env` files: lines of `NAME=value`, with quotes, `export` and comments as the usual readers take them. */
import { type Span, span } from "../base/span.ts";

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly valueSpan: Span;
  /** Name and value. */
  readonly span: Span;
}

export interface EnvironmentFile {
  readonly variables: readonly Variable[];
  /** With their `#`. */
  readonly comments: readonly Span[];
}

const LINE = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.]*)([ \t]*=[ \t]*)(.*)$/s;

export function readEnvironment(text: string): EnvironmentFile {
  const variables: Variable[] = [];
  const comments: Span[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const start = index + (index === 0 && line.startsWith("\uFEFF") ? 1 : 0);
    const match = LINE.exec(text.slice(start, index + line.length));
    const comment = /^[ \t]*(?=#)/.exec(line);
    if (comment) comments.push(span(index + comment[0].length, index + line.length));
    if (!match) continue;
    const [, before = "", name = "", equals = "", rest = ""] = match;
    const at = start + before.length + name.length + equals.length;
    const { value, shift, comment: tail } = valueIn(rest);
    const nameAt = start + before.length;
    variables.push({
      name,
      value,
      valueSpan: span(at + shift, at + shift + value.length),
      span: span(nameAt, at + 2 * shift + value.length),
    });
    if (tail !== undefined) comments.push(span(at + tail, at + rest.length));
  }
  return { variables, comments };
}

/** A `#` begins a comment after a blank only: `redis://host/#insecure` has none. */
function valueIn(rest: string): { readonly value: string; readonly shift: 0 | 1; readonly comment?: number } {
  const close = closingQuote(rest);
  if (close !== undefined) {
    const after = /[ \t]#/.exec(rest.slice(close + 1));
    return { value: rest.slice(1, close), shift: 1, ...(after ? { comment: close + after.index + 2 } : {}) };
  }
  const comment = /[ \t]#/.exec(rest);
  return { value: (comment ? rest.slice(0, comment.index) : rest).trimEnd(), shift: 0, ...(comment ? { comment: comment.index + 1 } : {}) };
}

/** Of a value that begins with a quote, the one that ends it: the first without a backslash before it, else the last one. */
function closingQuote(rest: string): number | undefined {
  const quote = rest.charAt(0);
  if (quote === "" || !"\"'`".includes(quote)) return undefined;
  let escaped: number | undefined;
  for (let at = 1; at < rest.length; at++) {
    if (rest[at] === quote) return at;
    if (rest[at] === "\\" && rest[++at] === quote) escaped = at;
  }
  return escaped;
}
