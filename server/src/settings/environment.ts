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

const LINE = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.]*)([ \t]*=[ \t]*)(.*)$/;

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
  const quoted = /^(["'`])((?:\\.|(?!\1).)*)\1/.exec(rest);
  if (quoted) {
    const after = /[ \t]#/.exec(rest.slice(quoted[0].length));
    return { value: quoted[2] ?? "", shift: 1, ...(after ? { comment: quoted[0].length + after.index + 1 } : {}) };
  }
  const comment = /[ \t]#/.exec(rest);
  return { value: (comment ? rest.slice(0, comment.index) : rest).trimEnd(), shift: 0, ...(comment ? { comment: comment.index + 1 } : {}) };
}
