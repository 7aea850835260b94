/** HAProxy's configuration as sections of lines of words, with their places (HAProxy Configuration Manual, 2.1 and 2.2). */
import { type Span, span } from "../../base/span.ts";

export interface Word {
  /** Without quotes and escapes. */
  readonly value: string;
  readonly span: Span;
}

export interface Line {
  readonly words: readonly Word[];
  /** From the first word to the last. */
  readonly span: Span;
}

export interface Section {
  readonly kind: string;
  readonly name: string;
  readonly head: Line;
  readonly lines: readonly Line[];
}

export interface HaproxyText {
  readonly sections: readonly Section[];
  readonly comments: readonly Span[];
}

/** Words that begin a section; the others stand in one. */
const SECTIONS: ReadonlySet<string> = new Set(
  "global defaults frontend backend listen peers resolvers userlist mailers cache ring program http-errors fcgi-app log-forward crt-store".split(
    " ",
  ),
);

export function readHaproxy(text: string): HaproxyText {
  const sections: { kind: string; name: string; head: Line; lines: Line[] }[] = [];
  const comments: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const { line, end, comment } = readLine(text, at);
    if (comment !== undefined) comments.push(comment);
    const [first, second] = line?.words ?? [];
    if (line !== undefined && first !== undefined) {
      if (SECTIONS.has(first.value)) sections.push({ kind: first.value, name: second?.value ?? "", head: line, lines: [] });
      else sections.at(-1)?.lines.push(line);
    }
    at = end;
  }
  return { sections, comments };
}

interface Read {
  readonly line?: Line;
  /** Where the next line begins. */
  readonly end: number;
  readonly comment?: Span;
}

function readLine(text: string, from: number): Read {
  const words: Word[] = [];
  let at = from;
  let comment: Span | undefined;
  while (at < text.length && text.charAt(at) !== "\n") {
    const character = text.charAt(at);
    if (character === " " || character === "\t" || character === "\r") at++;
    else if (character === "#") {
      const found = text.indexOf("\n", at);
      const end = found < 0 ? text.length : found;
      comment = span(at, end);
      at = end;
    } else {
      const word = readWord(text, at);
      words.push(word);
      at = word.span.end;
    }
  }
  const [first] = words;
  const last = words.at(-1);
  return {
    ...(first === undefined || last === undefined ? {} : { line: { words, span: span(first.span.start, last.span.end) } }),
    end: at + 1,
    ...(comment === undefined ? {} : { comment }),
  };
}

/** Quotes may begin anywhere in a word; `\` takes the next character along, but within single quotes. */
function readWord(text: string, start: number): Word {
  let value = "";
  let quote = "";
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\n") break;
    if (quote === "" && (character === " " || character === "\t" || character === "\r" || character === "#")) break;
    if (character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === "\\" && quote !== "'" && at + 1 < text.length && text.charAt(at + 1) !== "\n") value += text.charAt(++at);
    else value += character;
  }
  return { value, span: span(start, Math.max(at, start + 1)) };
}
