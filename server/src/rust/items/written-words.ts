/** The names and strings that a text writes as code, with their places: what its authors call things. */
import type { Span } from "../../base/span.ts";
import { isName } from "../syntax/state.ts";
import type { Tokens } from "../syntax/tokens.ts";
import * as token from "../syntax/tokens.ts";

export interface WrittenWord {
  /** Of a string with its quotes. */
  readonly text: string;
  readonly span: Span;
  /** It is called on something: whoever declares the method has chosen the name. */
  readonly isCalledMethod: boolean;
  /** Behind `::`. */
  readonly isInPath: boolean;
}

export function* writtenWords({ kinds, text, starts, ends, count }: Tokens): Iterable<WrittenWord> {
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? token.END;
    if (!isName(kind) && kind !== token.STRING) continue;
    const span = { start: starts[at] ?? 0, end: ends[at] ?? 0 };
    const isMember = isName(kind) && at > 0 && kinds[at - 1] === token.DOT;
    const isInPath = isName(kind) && at > 0 && kinds[at - 1] === token.PATH_SEPARATOR;
    yield { text: text.slice(span.start, span.end), span, isCalledMethod: isMember && isCalled(kinds, at + 1), isInPath };
  }
}

/** `(`, or `::<T>` in front of it, which no field has. */
const isCalled = (kinds: Uint8Array, next: number): boolean => kinds[next] === token.LEFT_PAREN || kinds[next] === token.PATH_SEPARATOR;
