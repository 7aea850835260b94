/** A TOML file looked up by path: what stands there, and where. Half-written text is read as far as it goes. */
import { type Span, span } from "../base/span.ts";
import { type TomlKey, tomlKeys } from "../cargo/index.ts";

export interface Entry {
  readonly path: readonly string[];
  /** As written, without quotes. */
  readonly value: string;
  readonly valueSpan: Span;
  /** Key and value. */
  readonly span: Span;
}

export interface Table {
  readonly path: readonly string[];
  /** The header's or the key's own words. */
  readonly written: string;
  readonly span: Span;
}

export class TomlTables {
  readonly #text: string;
  readonly #keys: readonly TomlKey[];

  constructor(text: string) {
    this.#text = text;
    this.#keys = tomlKeys(text);
  }

  /** The first names of paths, in order. */
  tops(): readonly string[] {
    return [...new Set(this.#keys.flatMap(({ path }) => path[0] ?? []))];
  }

  /** Names that stand right below a path. */
  below(path: readonly string[]): readonly string[] {
    return [...new Set(this.#keys.flatMap((it) => (starts(it.path, path) ? (it.path[path.length] ?? []) : [])))];
  }

  entry(path: readonly string[]): Entry | undefined {
    const key = this.#keys.find((it) => it.value && it.path.length === path.length && starts(it.path, path));
    if (!key?.value) return undefined;
    const { start, end } = key.value;
    const shift = /^["']/.test(this.#text.slice(start, end)) ? 1 : 0;
    const valueSpan = span(start + shift, Math.max(start + shift, end - shift));
    return { path, value: this.#text.slice(valueSpan.start, valueSpan.end), valueSpan, span: span(key.span.start, end) };
  }

  /** A table by its header, by the key of an inline one, or by the first dotted key that leads into it. */
  table(path: readonly string[]): Table | undefined {
    const inside = this.#keys.filter((it) => starts(it.path, path));
    const found = inside.find((it) => it.path.length === path.length) ?? inside[0];
    if (!found) return undefined;
    const words = this.#text.slice(found.span.start, found.span.end);
    return { path, written: found.value ? words : `[${words}]`, span: found.span };
  }

  /** The place behind the last entry of a table, and what an entry there has to begin with. */
  end(path: readonly string[]): { readonly at: number; readonly lead: string } | undefined {
    const last = this.#keys.findLast((it) => it.value && it.path.length === path.length + 1 && starts(it.path, path));
    if (!last?.value) return undefined;
    const own = this.#keys.find((it) => it.path.length === path.length && it.value && starts(it.path, path));
    if (own) return { at: last.value.end, lead: ", " };
    const key = this.#text.slice(last.span.start, last.span.end);
    const dotted = key.slice(0, Math.max(0, key.lastIndexOf(".") + 1));
    const lineStart = Math.max(this.#text.lastIndexOf("\n", last.span.start - 1), this.#text.lastIndexOf("\r", last.span.start - 1)) + 1;
    const lineEnd = /^[^\r\n]*/.exec(this.#text.slice(last.value.end))?.[0].length ?? 0;
    const newline = /\r\n|\n/.exec(this.#text)?.[0] ?? "\n";
    return { at: last.value.end + lineEnd, lead: `${newline}${this.#text.slice(lineStart, last.span.start)}${dotted}` };
  }
}

const starts = (path: readonly string[], prefix: readonly string[]): boolean =>
  path.length >= prefix.length && prefix.every((name, index) => path[index] === name);
