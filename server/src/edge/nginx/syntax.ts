/**
 * nginx's configuration as a tree of directives with their places: words, quotes, `;` and blocks, as nginx's own reader takes them
 * (nginx.org, "Configuration file's structure"). Half-written text is read as far as it goes, and what is wrong with it is said.
 */
import { type Span, span } from "../../base/span.ts";
import type { Directive, DirectiveText, Word } from "../directives/tree.ts";

/** nginx's contexts nest six deep, with nested locations and `if` a few more; what is deeper is nobody's configuration. */
const DEEPEST = 32;

interface Open {
  readonly head: readonly Word[];
  readonly inside: number;
  readonly found: Directive[];
}

export const readNginx = (text: string, file: string): DirectiveText => new Reader(text, file).read();

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #problems: { span: Span; what: string }[] = [];
  readonly #comments: Span[] = [];
  readonly #directives: Directive[] = [];
  readonly #open: Open[] = [];
  #words: Word[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  read(): DirectiveText {
    const text = this.#text;
    for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; ) at = this.#take(at);
    this.#unfinished();
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      this.#problem(spanOf(last.head), "a block without `}`");
      this.#add(last.head, text.length, { block: last.found, inside: span(last.inside, text.length) });
    }
    return { file: this.#file, directives: this.#directives, comments: this.#comments, problems: this.#problems };
  }

  /** Where what begins at an offset ends. */
  #take(at: number): number {
    switch (this.#text.charAt(at)) {
      case " ":
      case "\t":
      case "\r":
      case "\n":
        return at + 1;
      case "#": {
        const end = lineEnd(this.#text, at);
        this.#comments.push(span(at, end));
        return end;
      }
      case ";":
        if (this.#words.length === 0) this.#problem(span(at, at + 1), "unexpected `;`");
        this.#add(this.#words, at + 1);
        this.#words = [];
        return at + 1;
      case "{":
        return this.#openBlock(at);
      case "}":
        return this.#closeBlock(at);
      default: {
        const word = readWord(this.#text, at);
        this.#words.push(word);
        if (this.#words.length === 1 && word.value.startsWith("$") && isAlone(this.#text, word.span)) {
          this.#add(this.#words, word.span.end);
          this.#words = [];
        }
        return word.span.end;
      }
    }
  }

  #openBlock(at: number): number {
    const head = this.#words;
    this.#words = [];
    if (head.length === 0) this.#problem(span(at, at + 1), "unexpected `{`");
    const isForeign = head[0]?.value.endsWith("_by_lua_block") === true;
    if (!isForeign && this.#open.length < DEEPEST) {
      this.#open.push({ head, inside: at + 1, found: [] });
      return at + 1;
    }
    if (!isForeign) this.#problem(span(at, at + 1), `blocks nest more than ${DEEPEST} deep`);
    const end = closingBrace(this.#text, at);
    this.#add(head, end);
    return end;
  }

  #closeBlock(at: number): number {
    this.#unfinished();
    const closed = this.#open.pop();
    if (closed === undefined) this.#problem(span(at, at + 1), "unexpected `}`");
    else this.#add(closed.head, at + 1, { block: closed.found, inside: span(closed.inside, at) });
    return at + 1;
  }

  #unfinished(): void {
    if (this.#words.length > 0) this.#problem(spanOf(this.#words), "a directive without `;`");
    this.#words = [];
  }

  #add([name, ...words]: readonly Word[], end: number, block?: Pick<Required<Directive>, "block" | "inside">): void {
    if (name === undefined) return;
    const whole = { file: this.#file, name, words, span: span(name.span.start, end), ...block };
    (this.#open.at(-1)?.found ?? this.#directives).push(whole);
  }

  #problem(place: Span, what: string): void {
    this.#problems.push({ span: place, what });
  }
}

const spanOf = (words: readonly Word[]): Span => span(words[0]?.span.start ?? 0, words.at(-1)?.span.end ?? 0);

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : text.charAt(end - 1) === "\r" ? end - 1 : end;
}

/** On its line: a variable there stands for lines of its own. */
const isAlone = (text: string, { start, end }: Span): boolean =>
  text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "" && text.slice(end, lineEnd(text, end)).trim() === "";

const ENDS_WORD: ReadonlySet<string> = new Set([" ", "\t", "\r", "\n", ";", "{"]);

/** A quoted word ends with its quote; in a bare one `\` takes the next character along, and `${` begins a variable's name. */
function readWord(text: string, start: number): Word {
  const quote = text.charAt(start);
  const isQuoted = quote === '"' || quote === "'";
  let value = "";
  let at = isQuoted ? start + 1 : start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted ? character === quote : ENDS_WORD.has(character)) break;
    if (character === "\\" && at + 1 < text.length) {
      const next = text.charAt(++at);
      // Only these are unescaped; a `\.` of a regular expression stays as it is.
      value += next === '"' || next === "'" || next === "\\" ? next : `\\${next}`;
    } else if (!isQuoted && character === "$" && text.charAt(at + 1) === "{") {
      value += "${";
      at++;
    } else value += character;
  }
  return { value, span: span(start, isQuoted && at < text.length ? at + 1 : at) };
}

/** Behind the brace that closes the one at an offset, whatever stands between. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === "{") depth++;
    else if (text.charAt(at) === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}
