/** Parsed Rust: trees of open documents are kept and parsed on as the text changes, all others live as long as they are used. */
import { err, ok, type Result } from "../base/result.ts";
import type { RustFile, RustParser } from "../rust/index.ts";
import type { ParseFailure } from "../rust/parser.ts";

export class RustSources {
  readonly #parser: () => Promise<RustParser>;
  readonly #kept = new Map<string, RustFile>();

  constructor(parser: () => Promise<RustParser>) {
    this.#parser = parser;
  }

  /**
   * `use` is called at once and may not wait: an open document's tree is replaced by its next version's. `keep`: the document is
   * open, so its tree is worth keeping.
   */
  async with<T>(
    path: string,
    text: string,
    keep: boolean,
    use: (file: RustFile, parser: RustParser) => T,
  ): Promise<Result<T, ParseFailure>> {
    const parser = await this.#parser();
    const parsed = keep ? this.#current(parser, path, text) : parser.parse(text);
    if (!parsed.ok) return err(parsed.error);
    try {
      return ok(use(parsed.value, parser));
    } finally {
      if (!keep) parsed.value.dispose();
    }
  }

  drop(path: string): void {
    this.#kept.get(path)?.dispose();
    this.#kept.delete(path);
  }

  dispose(): void {
    for (const path of [...this.#kept.keys()]) this.drop(path);
  }

  #current(parser: RustParser, path: string, text: string): Result<RustFile, ParseFailure> {
    const known = this.#kept.get(path);
    if (known?.text === text) return ok(known);
    this.#kept.delete(path);
    const parsed = known ? known.edited(text) : parser.parse(text);
    if (parsed.ok) this.#kept.set(path, parsed.value);
    else known?.dispose();
    return parsed;
  }
}
