/** TOML as values: a parse that says where it failed, and the places of keys, which the parser does not keep. */
import { parse, TomlError } from "smol-toml";
import { LineIndex } from "../base/line-index.ts";
import { err, ok, type Result } from "../base/result.ts";
import { type Span, span } from "../base/span.ts";

export type TomlTable = Readonly<Record<string, unknown>>;

export interface TomlFailure {
  readonly message: string;
  /** Where the parser gave up. */
  readonly offset: number;
}

/** In UTF-16 units. Lock files of the largest workspaces have a quarter of it. */
export const LARGEST_TOML = 4 << 20;
/** Levels of tables and arrays. */
const DEEPEST = 64;

export function parseToml(text: string): Result<TomlTable, TomlFailure> {
  if (text.length > LARGEST_TOML) return err({ message: `${text.length} code units, at most ${LARGEST_TOML} are read`, offset: 0 });
  try {
    return ok(parse(text.startsWith("\uFEFF") ? text.slice(1) : text, { unsafeKeyBehaviour: "drop", maxDepth: DEEPEST }));
  } catch (cause) {
    const offset = cause instanceof TomlError ? offsetOf(text, cause.line, cause.column) : 0;
    return err({ message: summary(cause), offset });
  }
}

/** For whoever is not shown the place. */
export const tomlFault = (text: string, { message, offset }: TomlFailure): string =>
  `it is not valid TOML (line ${new LineIndex(text).position(offset).line + 1}: ${message})`;

export const isTable = (value: unknown): value is TomlTable =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** A table's own value, whatever the key is called. */
export const member = (value: unknown, key: string): unknown => (isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined);

export const tableAt = (value: unknown, ...path: readonly string[]): TomlTable | undefined => {
  const found = path.reduce(member, value);
  return isTable(found) ? found : undefined;
};

export const stringAt = (value: unknown, key: string): string | undefined => {
  const found = member(value, key);
  return typeof found === "string" ? found : undefined;
};

export const stringsAt = (value: unknown, key: string): readonly string[] => {
  const found: unknown = member(value, key);
  return Array.isArray(found) ? found.filter((it) => typeof it === "string") : [];
};

/** A key with the path of tables that leads to it. */
export interface TomlKey {
  readonly path: readonly string[];
  readonly span: Span;
  /** Absent for a table header. */
  readonly value?: Span;
}

/** Every key that can be found, in half-written text too: what is not understood ends at its line. */
export function tomlKeys(text: string): readonly TomlKey[] {
  const keys: TomlKey[] = [];
  const scanner = new Scanner(text, keys);
  let table: readonly string[] = [];
  while (!scanner.done()) {
    scanner.skip(/[\s\uFEFF]/);
    if (scanner.at("#")) scanner.toLineEnd();
    else if (scanner.at("[")) table = scanner.header();
    else if (!scanner.done()) {
      if (!scanner.pair(table)) scanner.toLineEnd();
    }
  }
  return keys;
}

/** The place of the key that stands at `path`, or of the longest part of it that stands somewhere. */
export function placeOfKey(keys: readonly TomlKey[], path: readonly string[]): TomlKey | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = keys.find((it) => it.path.length === length && it.path.every((name, index) => name === path[index]));
    if (found) return found;
  }
  return undefined;
}

/** A string, without its quotes, wherever it stands: as a value, in an array, as a quoted key. */
export interface TomlString {
  /** As written: escapes are not resolved. */
  readonly text: string;
  readonly span: Span;
}

/** Strings and comments (with their `#`), in order; in half-written text a string ends at its line. */
export function tomlTokens(text: string): { readonly strings: readonly TomlString[]; readonly comments: readonly Span[] } {
  const strings: TomlString[] = [];
  const comments: Span[] = [];
  const pattern = /#[^\r\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|(?<!\\)"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*'/g;
  for (const { 0: token, index } of text.matchAll(pattern)) {
    if (token.startsWith("#")) comments.push(span(index, index + token.length));
    else {
      const quotes = /^(?:"""|''')/.test(token) ? 3 : 1;
      strings.push({ text: token.slice(quotes, -quotes), span: span(index + quotes, index + token.length - quotes) });
    }
  }
  return { strings, comments };
}

class Scanner {
  readonly #text: string;
  readonly #keys: TomlKey[];
  #position = 0;
  #depth = 0;

  constructor(text: string, keys: TomlKey[]) {
    this.#text = text;
    this.#keys = keys;
  }

  done(): boolean {
    return this.#position >= this.#text.length;
  }

  at(start: string): boolean {
    return this.#text.startsWith(start, this.#position);
  }

  skip(what: RegExp): void {
    while (!this.done() && what.test(this.#text.charAt(this.#position))) this.#position++;
  }

  toLineEnd(): void {
    while (!this.done() && !/[\r\n]/.test(this.#text.charAt(this.#position))) this.#position++;
  }

  header(): readonly string[] {
    this.skip(/\[/);
    const start = this.#position;
    const path = this.#dotted();
    if (path.length > 0) this.#keys.push({ path, span: span(start, this.#position) });
    this.toLineEnd();
    return path;
  }

  pair(table: readonly string[]): boolean {
    const start = this.#position;
    const path = [...table, ...this.#dotted()];
    if (this.#position === start) return false;
    const key = span(start, this.#position);
    this.skip(/[ \t]/);
    if (!this.at("=")) {
      this.#keys.push({ path, span: key });
      return false;
    }
    this.#position++;
    this.skip(/[ \t]/);
    const valueStart = this.#position;
    // Before those of an inline table that is its value.
    const index = this.#keys.push({ path, span: key }) - 1;
    this.#value(path);
    this.#keys[index] = { path, span: key, value: span(valueStart, this.#position) };
    return true;
  }

  #dotted(): string[] {
    const path: string[] = [];
    for (;;) {
      this.skip(/[ \t]/);
      const name = this.#name();
      if (name === undefined) return path;
      path.push(name);
      const end = this.#position;
      this.skip(/[ \t]/);
      if (!this.at(".")) {
        this.#position = end;
        return path;
      }
      this.#position++;
    }
  }

  #name(): string | undefined {
    const start = this.#position;
    if (this.at('"') || this.at("'")) {
      this.#string();
      return this.#text.slice(start + 1, this.#position - 1);
    }
    this.skip(/[A-Za-z0-9_-]/);
    return this.#position > start ? this.#text.slice(start, this.#position) : undefined;
  }

  #string(): void {
    const quote = this.#text.charAt(this.#position);
    const long = this.at(quote.repeat(3));
    const close = long ? quote.repeat(3) : quote;
    this.#position += close.length;
    while (!this.done() && !this.at(close)) {
      if (!long && /[\r\n]/.test(this.#text.charAt(this.#position))) return;
      this.#position += quote === '"' && this.at("\\") ? 2 : 1;
    }
    this.#position = Math.min(this.#text.length, this.#position + close.length);
  }

  #value(path: readonly string[]): void {
    this.#depth++;
    if (this.#depth > DEEPEST) this.toLineEnd();
    else this.#valueWithin(path);
    this.#depth--;
  }

  #valueWithin(path: readonly string[]): void {
    if (this.at('"') || this.at("'")) this.#string();
    else if (this.at("{")) this.#inlineTable(path);
    else if (this.at("[")) this.#array();
    else {
      while (!this.done() && !/[,\]}#\s]/.test(this.#text.charAt(this.#position))) this.#position++;
    }
  }

  #inlineTable(path: readonly string[]): void {
    this.#position++;
    while (!this.done()) {
      this.skip(/[\s,]/);
      if (this.at("}")) {
        this.#position++;
        return;
      }
      if (this.at("#")) this.toLineEnd();
      else if (!this.pair(path)) return;
    }
  }

  #array(): void {
    this.#position++;
    while (!this.done()) {
      this.skip(/[\s,]/);
      if (this.at("]")) {
        this.#position++;
        return;
      }
      const before = this.#position;
      if (this.at("#")) this.toLineEnd();
      else {
        // Keys of tables inside an array have no path of their own.
        const known = this.#keys.length;
        this.#value([]);
        this.#keys.length = known;
      }
      if (this.#position === before) return;
    }
  }
}

function summary(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const line = text.split("\n", 1)[0] ?? "";
  const bare = line.replace(/^Invalid TOML document:\s*/, "").replace(/\.$/, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}

/** The parser counts lines by `\n` and both numbers from one. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1 + (line === 1 && text.startsWith("\uFEFF") ? 1 : 0));
}
