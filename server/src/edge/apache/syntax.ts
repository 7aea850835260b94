/**
 * Apache's configuration as a tree of directives with their places (httpd.apache.org, "Configuration Files"): a directive a line, `\` at
 * its end goes on with the next one, and `<Section words>` holds directives. Names are taken in lower case, as Apache compares them. What
 * stands under `<IfModule>` and its like belongs to the section around it. Half-written text is read as far as it goes.
 */
import { type Span, span } from "../../base/span.ts";
import type { Directive, DirectiveText, Word } from "../directives/tree.ts";

/** Sections that only say whether what they hold is there. */
const CONDITIONS: ReadonlySet<string> = new Set(["ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection", "macro"]);

/** Virtual hosts, locations and conditions in each other need a handful; what is deeper is nobody's configuration. */
const DEEPEST = 32;

interface Open {
  readonly head: readonly Word[];
  readonly inside: number;
  readonly found: Directive[];
}

export const readApache = (text: string, file: string): DirectiveText => new Reader(text, file).read();

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #problems: { span: Span; what: string }[] = [];
  readonly #comments: Span[] = [];
  readonly #directives: Directive[] = [];
  readonly #open: Open[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  read(): DirectiveText {
    const text = this.#text;
    for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; ) at = this.#line(at);
    for (let last = this.#open.pop(); last !== undefined; last = this.#open.pop()) {
      this.#problem(spanOf(last.head), `a section without \`</${writtenName(last.head, text)}>\``);
      this.#add(last.head, text.length, { block: last.found, inside: span(last.inside, text.length) });
    }
    return { file: this.#file, directives: this.#directives, comments: this.#comments, problems: this.#problems };
  }

  /** Where the line behind the one at an offset begins. */
  #line(from: number): number {
    const text = this.#text;
    const start = blanksFrom(text, from);
    const end = lineEnd(text, start);
    const character = text.charAt(start);
    if (character === "#") this.#comments.push(span(start, end));
    else if (text.startsWith("</", start)) this.#close(start, end);
    else if (character === "<") this.#openSection(start, end);
    else if (start < end) this.#add(named(wordsIn(text, start, end)), end);
    return end + 1;
  }

  /** The `>` ends the last word, or stands behind it. */
  #openSection(start: number, end: number): void {
    const text = this.#text;
    const last = text.lastIndexOf(">", end - 1);
    if (last < start) this.#problem(span(start, end), "a section without `>`");
    const head = named(wordsIn(text, start + 1, last < start ? end : last));
    if (head.length === 0) return;
    if (this.#open.length >= DEEPEST) this.#problem(span(start, end), `sections nest more than ${DEEPEST} deep`);
    else this.#open.push({ head, inside: end, found: [] });
  }

  #close(start: number, end: number): void {
    const [name] = named(wordsIn(this.#text, start + 2, Math.max(start + 2, this.#text.lastIndexOf(">", end - 1))));
    const at = this.#open.findLastIndex(({ head }) => head[0]?.value === name?.value);
    if (at < 0 || at < this.#open.length - 1) this.#problem(span(start, end), `unexpected \`</${name?.value ?? ""}>\``);
    for (let left = at < 0 ? 0 : this.#open.length - at; left > 0; left--) {
      const closed = this.#open.pop();
      if (closed !== undefined) this.#add(closed.head, end, { block: closed.found, inside: span(closed.inside, start) });
    }
  }

  #add([name, ...words]: readonly Word[], end: number, block?: Pick<Required<Directive>, "block" | "inside">): void {
    if (name === undefined) return;
    const around = this.#open.at(-1)?.found ?? this.#directives;
    if (block !== undefined && CONDITIONS.has(name.value)) around.push(...block.block);
    else around.push({ file: this.#file, name, words, span: span(name.span.start, end), ...block });
  }

  #problem(place: Span, what: string): void {
    this.#problems.push({ span: place, what });
  }
}

const named = ([name, ...words]: readonly Word[]): readonly Word[] =>
  name === undefined ? [] : [{ ...name, value: keyOf(name.value.toLowerCase()) }, ...words];

/** Both take in files; where one finds none, Apache refuses to start. */
const keyOf = (name: string): string => (name === "includeoptional" ? "include" : name);

const writtenName = ([name]: readonly Word[], text: string): string =>
  name === undefined ? "" : text.slice(name.span.start, name.span.end);

const spanOf = (words: readonly Word[]): Span => span(words[0]?.span.start ?? 0, words.at(-1)?.span.end ?? 0);

/** The length of a line end that `\` takes away; 0 where there is none. */
const continuation = (text: string, at: number): number =>
  text.charAt(at) !== "\\" ? 0 : text.charAt(at + 1) === "\n" ? 2 : text.startsWith("\r\n", at + 1) ? 3 : 0;

/** The end of the last of the lines that make one, without its own line end. */
function lineEnd(text: string, from: number): number {
  for (let at = from; ; ) {
    const found = text.indexOf("\n", at);
    if (found < 0) return text.length;
    const before = found > from && text.charAt(found - 1) === "\r" ? found - 1 : found;
    if (text.charAt(before - 1) !== "\\" || before - 1 < from) return before;
    at = found + 1;
  }
}

const isBlank = (character: string): boolean => character === " " || character === "\t" || character === "\r";

function blanksFrom(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charAt(at))) at++;
  return at;
}

function wordsIn(text: string, from: number, end: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = from; at < end; ) {
    const skipped = continuation(text, at);
    if (skipped > 0) at += skipped;
    else if (isBlank(text.charAt(at))) at++;
    else {
      const word = readWord(text, at, end);
      words.push(word);
      at = word.span.end;
    }
  }
  return words;
}

/** Quoted where it begins with a quote; there `\` takes a quote or another `\` along (`ap_getword_conf`). */
function readWord(text: string, start: number, end: number): Word {
  const quote = text.charAt(start);
  const isQuoted = quote === '"' || quote === "'";
  let value = "";
  let at = isQuoted ? start + 1 : start;
  while (at < end) {
    const character = text.charAt(at);
    if (isQuoted ? character === quote : isBlank(character)) break;
    const skipped = continuation(text, at);
    const next = text.charAt(at + 1);
    if (skipped > 0) at += skipped;
    else if (isQuoted && character === "\\" && (next === quote || next === "\\") && at + 1 < end) {
      value += next;
      at += 2;
    } else {
      value += character;
      at++;
    }
  }
  return { value, span: span(start, isQuoted && at < end ? at + 1 : Math.min(at, end)) };
}
