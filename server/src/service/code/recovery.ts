/**
 * Half-typed code can swallow the rest of a file: after `#[cfg(` or an open brace the parser sees one long error. Items that do not
 * parse on their own are then blanked, so that the others are read as if it were not there; all places stay the same.
 */
import type { Span } from "../../base/span.ts";
import type { RustFile } from "../../rust/index.ts";

/** Each piece is parsed on its own: more of them would take too long. */
const MAXIMUM_PIECES = 2000;
/** An error over more line ends than this holds more than what is being typed. */
const LINE_ENDS = 2;

/** Whether errors of the file can have cost findings elsewhere. */
export function isSwallowed({ text, errors }: RustFile): boolean {
  const end = text.trimEnd().length;
  // Something that is only missing at the very end began somewhere before.
  return errors.some((it) => spreads(text, it) || (it.start === it.end && it.start >= end));
}

function spreads(text: string, { start, end }: Span): boolean {
  let at = start - 1;
  for (let count = 0; count <= LINE_ENDS; count++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0 || at >= end) return false;
  }
  return true;
}

export interface Recovered {
  readonly text: string;
  readonly blanked: readonly Span[];
}

/** `parses`: whether a text is free of syntax errors. */
export function blankBroken(text: string, parses: (text: string) => boolean): Recovered {
  const items = pieces(text, TOP_LEVEL);
  if (items.length > MAXIMUM_PIECES) return { text, blanked: [] };
  const blanked = items.flatMap((piece) => {
    const source = text.slice(piece.start, piece.end);
    return parses(source) ? [] : brokenIn(source, piece, parses);
  });
  return { text: blank(text, blanked), blanked };
}

const WORDS =
  "(?:pub\\b|fn\\b|async\\b|unsafe\\b|impl\\b|mod\\b|use\\b|struct\\b|enum\\b|const\\b|static\\b|trait\\b|type\\b|extern\\b|macro_rules!|#!?\\[|///)";
const TOP_LEVEL = new RegExp(`^${WORDS}`, "gm");
/** Where rustfmt puts the items of an `impl` or `mod`. */
const MEMBER = new RegExp(`^(?: {4}|\\t)${WORDS}`, "gm");
const HOLDS_ITEMS = /^(?:pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?(?:impl|mod|trait)\b[^{;]*\{/;

/** In an `impl`, `mod` or `trait` only the members that do not parse, if the rest does then. */
function brokenIn(source: string, piece: Span, parses: (text: string) => boolean): readonly Span[] {
  if (!HOLDS_ITEMS.test(source)) return [piece];
  const close = source.lastIndexOf("\n}");
  const [, ...members] = pieces(source.slice(0, close < 0 ? source.length : close), MEMBER);
  if (members.length > MAXIMUM_PIECES) return [piece];
  const broken = members.filter((it) => !parses(`impl X {\n${source.slice(it.start, it.end)}\n}`));
  return broken.length > 0 && parses(blank(source, broken))
    ? broken.map((it) => ({ start: piece.start + it.start, end: piece.start + it.end }))
    : [piece];
}

/** The text cut before every match; what stands before the first one is a piece, too. */
function pieces(text: string, starts: RegExp): readonly Span[] {
  const cuts = [0, ...[...text.matchAll(starts)].map((it) => it.index).filter((it) => it > 0), text.length];
  return cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? 0, end }));
}

/** Line ends stay, so that lines keep their numbers. `spans` are in order. */
function blank(text: string, spans: readonly Span[]): string {
  const parts = spans.flatMap(({ start, end }, index) => [
    text.slice(spans[index - 1]?.end ?? 0, start),
    text.slice(start, end).replace(/[^\r\n]/g, " "),
  ]);
  return [...parts, text.slice(spans.at(-1)?.end ?? 0)].join("");
}
