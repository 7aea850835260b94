/** The names that a text writes as code, and which of them paths begin with: what tells crates and their versions, where nothing else does. */
import { isName, isSegment } from "../syntax/state.ts";
import type { Tokens } from "../syntax/tokens.ts";
import * as token from "../syntax/tokens.ts";

export interface WrittenNames {
  /** Names, and each two that follow one another in a path: `a::b`. */
  readonly all: ReadonlySet<string>;
  /** `rustls` of `rustls::…` and of `use rustls as tls;`, not of `tokio_rustls::rustls::…`. */
  readonly leading: ReadonlySet<string>;
}

export const NO_NAMES: WrittenNames = { all: new Set(), leading: new Set() };

export function writtenNames({ kinds, text, starts, ends, count }: Tokens): WrittenNames {
  const all = new Set<string>();
  const leading = new Set<string>();
  const kind = (at: number): number => kinds[at] ?? token.END;
  const written = (at: number): string => text.slice(starts[at], ends[at]);
  for (let at = 0; at < count; at++) {
    if (!isName(kind(at))) continue;
    const name = written(at);
    all.add(name);
    const isGlobal = kind(at - 1) === token.PATH_SEPARATOR && !isSegment(kind(at - 2)) && kind(at - 2) !== token.GREATER;
    const head = isGlobal ? at - 1 : at;
    const isFirst = isGlobal || kind(at - 1) !== token.PATH_SEPARATOR;
    if (!isFirst && isSegment(kind(at - 2))) all.add(`${written(at - 2)}::${name}`);
    const next = kind(at + 1);
    const isImported = (kind(head - 1) === token.USE || kind(head - 1) === token.CRATE) && (next === token.SEMICOLON || next === token.AS);
    if (isFirst && (next === token.PATH_SEPARATOR || isImported)) leading.add(name);
  }
  return { all, leading };
}
