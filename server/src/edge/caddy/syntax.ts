/** A Caddyfile as directives of words, with their places (caddyserver.com, "Caddyfile Concepts"). */
import { type Span, span } from "../../base/span.ts";

export interface Word {
  /** Without quotes. */
  readonly value: string;
  readonly span: Span;
}

export interface Directive {
  readonly name: Word;
  readonly words: readonly Word[];
  readonly block?: readonly Directive[];
  /** From its name to its last word or bracket. */
  readonly span: Span;
}

/** A person nests a few; whoever walks them recurses. */
const DEEPEST = 100;

interface Open {
  readonly directives: Directive[];
  /** What the block is of. */
  readonly words: readonly Word[];
}

/** Brackets that do not match are closed by the end. */
export function readCaddyfile(text: string): readonly Directive[] {
  const top: Directive[] = [];
  const open: Open[] = [];
  const into = (): Directive[] => open.at(-1)?.directives ?? top;
  let line: Word[] = [];
  const end = (): void => {
    const made = directiveOf(line);
    if (made !== undefined) into().push(made);
    line = [];
  };
  const close = (at: number): void => {
    const { words, directives } = open.pop() ?? { words: [], directives: [] };
    const made = directiveOf(words, directives, at);
    if (made !== undefined) into().push(made);
  };
  for (const word of wordsOf(text)) {
    if (word.value === "\n") end();
    else if (isBracket(word, text, "{") && open.length < DEEPEST) {
      // The block of global options has no name.
      open.push({ directives: [], words: line.length > 0 ? line : [{ value: "", span: word.span }] });
      line = [];
    } else if (isBracket(word, text, "}")) {
      end();
      if (open.length > 0) close(word.span.end);
    } else line.push(word);
  }
  end();
  while (open.length > 0) close(text.length);
  return top;
}

/** By itself, and not in quotes. */
const isBracket = ({ span: at }: Word, text: string, bracket: string): boolean => text.slice(at.start, at.end) === bracket;

function directiveOf(all: readonly Word[], block?: readonly Directive[], end?: number): Directive | undefined {
  const [name, ...words] = all;
  if (name === undefined) return undefined;
  const to = end ?? (words.at(-1) ?? name).span.end;
  return { name, words, ...(block === undefined ? {} : { block }), span: span(name.span.start, to) };
}

/** With a `\n` at the end of each line that goes not on. */
function* wordsOf(text: string): Generator<Word> {
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (character === "\n") yield { value: "\n", span: span(at, ++at) };
    else if (character.trim() === "") at++;
    else if (character === "#") at = endOfLine(text, at);
    else if (character === "\\" && text.slice(at + 1, at + 3).trimEnd() === "") at = endOfLine(text, at) + 1;
    else {
      const word = character === '"' || character === "`" ? quoted(text, at, character) : bare(text, at);
      yield word;
      at = word.span.end;
    }
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function quoted(text: string, start: number, quote: string): Word {
  let value = "";
  let at = start + 1;
  for (; at < text.length && text.charAt(at) !== quote; at++) {
    if (quote === '"' && text.charAt(at) === "\\" && text.charAt(at + 1) === quote) at++;
    value += text.charAt(at);
  }
  return { value, span: span(start, Math.min(text.length, at + 1)) };
}

function bare(text: string, start: number): Word {
  let at = start;
  while (at < text.length && text.charAt(at).trim() !== "") at++;
  return { value: text.slice(start, at), span: span(start, at) };
}
