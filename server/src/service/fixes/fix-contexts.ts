/**
 * What fixes are made from: those of the last few units are kept, for somebody who looks at a finding asks for its fixes next; for others
 * the same texts are read once more.
 */
import { models } from "../../models/index.ts";
import type { RustSources } from "../../project/index.ts";
import { rustParser } from "../../rust/index.ts";
import type { ContextSource, FixContext } from "./code-fixes.ts";

/** A file belongs to a few units. */
const MOST_KEPT = 4;

/** Those of a workspace, which is told by its parsed files. */
export function fixContextsOf(sources: RustSources): FixContexts {
  const known = all.get(sources) ?? new FixContexts();
  all.set(sources, known);
  return known;
}

const all = new WeakMap<RustSources, FixContexts>();

class FixContexts {
  /** By what asks for them; the last used is the last. */
  readonly #kept = new Map<object, { readonly texts: object; readonly context: FixContext }>();

  /**
   * `texts`: another one when the texts are others. `again`: makes it from the texts as they are; undefined where they cannot be had any more.
   * It must not hold what was made.
   */
  sourceFor(first: FixContext, texts: () => object, again: () => FixContext | undefined): ContextSource {
    const key = {};
    this.#keep(key, texts(), first);
    return (use) => {
      const known = this.#kept.get(key);
      const context = known !== undefined && known.texts === texts() ? known.context : again();
      if (context === undefined) return undefined;
      this.#keep(key, texts(), context);
      return use(context);
    };
  }

  #keep(key: object, texts: object, context: FixContext): void {
    this.#kept.delete(key);
    this.#kept.set(key, { texts, context });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}

type ReadFiles = Pick<FixContext, "files" | "rustOf" | "surroundingsIn">;

export const fixContext = (of: Pick<FixContext, "observations" | "remedies">, read: ReadFiles): FixContext => ({
  ...read,
  ...of,
  models,
  parse: (text) => {
    const result = rustParser.parse(text);
    return result.ok ? result.value : undefined;
  },
  syntaxErrors: (text) => {
    const result = rustParser.parse(text);
    return result.ok ? result.value.errors.length : undefined;
  },
});
