/**
 * What fixes are made from: the parsed files of a program and its reading. Those of the last few programs are kept, for somebody who looks at a
 * finding asks for its fixes next; for others the same texts are read once more.
 */
import { models } from "../../models/index.ts";
import type { RustSources } from "../../project/index.ts";
import type { Reading } from "../../reading/index.ts";
import { rustParser } from "../../rust/index.ts";
import { type Parsed, type ProgramSource, syntaxErrors } from "../code/program-source.ts";
import type { ContextSource, FixContext } from "./code-fixes.ts";

type Read = (parsed: readonly Parsed[]) => Reading;

/** A file belongs to a few programs. */
const MOST_KEPT = 4;

interface Known {
  readonly parsed: readonly Parsed[];
  readonly reading: Reading;
}

/** Those of a workspace, which is told by its parsed files. */
export function fixContextsOf(sources: RustSources): FixContexts {
  const known = all.get(sources) ?? new FixContexts(sources);
  all.set(sources, known);
  return known;
}

const all = new WeakMap<RustSources, FixContexts>();

class FixContexts {
  readonly #sources: RustSources;
  /** By what asks for them; the last used is the last. */
  readonly #kept = new Map<object, Known>();

  constructor(sources: RustSources) {
    this.#sources = sources;
  }

  /** `read`: how it was read, and is again. */
  sourceFor(parsed: readonly Parsed[], reading: Reading, read: Read): ContextSource {
    const key = {};
    // Parsed files are not held on to: a workspace has many programs, and few that anybody asks about.
    const texts = parsed.map(({ source, rust }) => ({ source, text: rust.text }));
    this.#keep(key, { parsed, reading });
    return (use) => {
      const known = this.#kept.get(key);
      if (known !== undefined) {
        this.#keep(key, known);
        return use(fixContext(known));
      }
      return this.#again(key, texts, read, use);
    };
  }

  #keep(key: object, known: Known): void {
    this.#kept.delete(key);
    this.#kept.set(key, known);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(oldest);
    }
  }

  #again<T>(
    key: object,
    texts: readonly { readonly source: ProgramSource; readonly text: string }[],
    read: Read,
    use: (context: FixContext) => T,
  ): T | undefined {
    const files = this.#sources.parsed(
      texts.map(({ source, text }) => ({ path: source.name, text })),
      rustParser,
    );
    const parsed = files.flatMap((file, at): readonly Parsed[] => {
      const source = texts[at]?.source;
      return file.ok && source !== undefined ? [{ source, rust: file.value }] : [];
    });
    if (parsed.length < texts.length) return undefined;
    const known = { parsed, reading: read(parsed) };
    this.#keep(key, known);
    return use(fixContext(known));
  }
}

function fixContext({ parsed, reading }: Known): FixContext {
  const byFile = new Map(parsed.map((it) => [it.source.name, it]));
  return {
    rustOf: (path) => byFile.get(path)?.rust,
    reading,
    models,
    files: parsed.map(({ source, rust }) => ({ file: source.name, rust, library: mayBeUsed(source) })),
    parse: (text) => {
      const result = rustParser.parse(text);
      return result.ok ? result.value : undefined;
    },
    surroundingsIn: (path) => byFile.get(path)?.source.surroundings ?? {},
    syntaxErrors: (text) => syntaxErrors(rustParser, text),
  };
}

/** Nobody can name what stands in the root of a program, a test or an example. */
const mayBeUsed = ({ name, crate }: ProgramSource): boolean =>
  crate === undefined || (crate.library !== undefined && !name.endsWith("/main.rs"));
