/** Which fields the bodies of items take out of values, by demand: of most items nobody asks. */

import type { Declared } from "../names/index.ts";
import { lex } from "../syntax/lexer.ts";
import { LAST_NAME, NAME } from "../syntax/tokens.ts";
import { type BodyContext, type FieldRead, walkBody } from "../types/index.ts";

export class FieldReads {
  readonly #context: BodyContext;
  readonly #known = new Map<Declared, readonly FieldRead[]>();

  constructor(context: BodyContext) {
    this.#context = context;
  }

  /** Names in tokens of which nobody knows what a macro makes are fields of whatever has one. */
  in(item: Declared): readonly FieldRead[] {
    const known = this.#known.get(item);
    if (known !== undefined) return known;
    const found: FieldRead[] = [];
    const tokens = (text: string): void => void found.push(...namesIn(text).map((name) => ({ name, at: undefined, of: undefined })));
    walkBody(item, this.#context, () => {}, { read: (it) => found.push(it), tokens });
    this.#known.set(item, found);
    return found;
  }

  /** A file is to have other bodies. */
  forget(path: string): void {
    for (const it of this.#known.keys()) if (it.fragment.path === path) this.#known.delete(it);
  }
}

function namesIn(text: string): readonly string[] {
  const { kinds, starts, ends, count } = lex(text);
  const found: string[] = [];
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? 0;
    if (kind >= NAME && kind <= LAST_NAME) found.push(text.slice(starts[at], ends[at]));
  }
  return found;
}
