/** Parsed Rust: trees of open documents are parsed on as the text changes, and the last used ones of other files are kept within bounds. */
import { ok, type Result } from "../base/result.ts";
import type { RustFile, RustParser } from "../rust/index.ts";
import type { ParseFailure } from "../rust/parser.ts";

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What one program may hold (`programs.ts`), so that the next, which mostly shares its files, finds them: a tree takes about twenty times its text. */
const MOST_KEPT = 5_000_000;

export class RustSources {
  readonly #parser: () => Promise<RustParser>;
  readonly #isOpen: (path: string) => boolean;
  readonly #from: RustSources | undefined;
  /** In the order of their last use. */
  readonly #kept = new Map<string, RustFile>();
  #size = 0;
  #ready: RustParser | undefined;

  /** `from`: its trees are used where the text is the same. */
  constructor(parser: () => Promise<RustParser>, isOpen: (path: string) => boolean, from?: RustSources) {
    this.#parser = parser;
    this.#isOpen = isOpen;
    this.#from = from;
  }

  /** `use` is called at once and may not wait: trees are replaced by those of their next versions, and freed when others are wanted. */
  async with<T>(
    texts: readonly SourceText[],
    use: (files: readonly Result<RustFile, ParseFailure>[], parser: RustParser) => T,
  ): Promise<T> {
    const parser = await this.#parser();
    this.#ready = parser;
    return this.#use(parser, texts, use);
  }

  /** The same at once, for whoever had trees of these texts before. */
  again<T>(texts: readonly SourceText[], use: (files: readonly Result<RustFile, ParseFailure>[], parser: RustParser) => T): T | undefined {
    return this.#ready && this.#use(this.#ready, texts, use);
  }

  /** Whether this is still the tree of a file, and not freed. */
  holds(path: string, file: RustFile): boolean {
    return this.#kept.get(path) === file || this.#from?.holds(path, file) === true;
  }

  #use<T>(
    parser: RustParser,
    texts: readonly SourceText[],
    use: (files: readonly Result<RustFile, ParseFailure>[], parser: RustParser) => T,
  ): T {
    const parsed = texts.map((it) => this.#current(parser, it));
    try {
      return use(parsed, parser);
    } finally {
      this.#shrink();
    }
  }

  drop(path: string): void {
    const known = this.#kept.get(path);
    if (known === undefined) return;
    this.#kept.delete(path);
    this.#size -= known.text.length;
    known.dispose();
  }

  dispose(): void {
    for (const path of [...this.#kept.keys()]) this.drop(path);
  }

  #current(parser: RustParser, { path, text }: SourceText): Result<RustFile, ParseFailure> {
    const known = this.#kept.get(path);
    const lent = known !== undefined || this.#from === undefined ? undefined : this.#from.#kept.get(path);
    // Nobody waits while it is used, so that it cannot be freed meanwhile.
    if (lent?.text === text) return ok(lent);
    if (known !== undefined) {
      this.#kept.delete(path);
      this.#size -= known.text.length;
      if (known.text === text) {
        this.#keep(path, known);
        return ok(known);
      }
    }
    // Only while somebody types are texts alike enough for that to be worth it.
    const edited = known !== undefined && this.#isOpen(path);
    const parsed = edited ? known.edited(text) : parser.parse(text);
    if (parsed.ok) this.#keep(path, parsed.value);
    if (!edited || !parsed.ok) known?.dispose();
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
