/** Parsed Rust: the files of open documents, and the last used ones of others within bounds. */
import { ok, type Result } from "../base/result.ts";
import type { RustFile, RustParser } from "../rust/index.ts";
import type { ParseFailure } from "../rust/parser.ts";

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** So that whoever asks for fixes finds the trees of what was just read: in UTF-16 units. */
const MOST_KEPT = 5_000_000;

export class RustSources {
  readonly #isOpen: (path: string) => boolean;
  readonly #from: RustSources | undefined;
  /** In the order of their last use. */
  readonly #kept = new Map<string, RustFile>();
  #size = 0;

  /** `from`: its files are used where the text is the same. */
  constructor(isOpen: (path: string) => boolean, from?: RustSources) {
    this.#isOpen = isOpen;
    this.#from = from;
  }

  parsed(texts: readonly SourceText[], parser: RustParser): readonly Result<RustFile, ParseFailure>[] {
    const found = texts.map((it) => this.#current(it, parser));
    this.#shrink();
    return found;
  }

  drop(path: string): void {
    const known = this.#kept.get(path);
    if (known === undefined) return;
    this.#kept.delete(path);
    this.#size -= known.text.length;
  }

  dispose(): void {
    for (const path of [...this.#kept.keys()]) this.drop(path);
  }

  #current({ path, text }: SourceText, parser: RustParser): Result<RustFile, ParseFailure> {
    const known = this.#kept.get(path);
    if (known?.text === text) {
      // To the end of the order.
      this.#kept.delete(path);
      this.#kept.set(path, known);
      return ok(known);
    }
    this.drop(path);
    const lent = this.#from === undefined ? undefined : this.#from.#kept.get(path);
    if (lent?.text === text) return ok(lent);
    const parsed = parser.parse(text);
    if (parsed.ok) this.#keep(path, parsed.value);
    return parsed;
  }

  #keep(path: string, file: RustFile): void {
    this.#kept.set(path, file);
    this.#size += file.text.length;
  }

  #shrink(): void {
    for (const path of [...this.#kept.keys()]) {
      if (this.#size <= MOST_KEPT) return;
      if (!this.#isOpen(path)) this.drop(path);
    }
  }
}
