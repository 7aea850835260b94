/** Finds BEGIN and END lines of PEM, also those that are written almost right, and says what is wrong with each. */
import { type Span, span } from "../../base/span.ts";
import { isBlank } from "./base64.ts";

export interface Boundary {
  readonly word: "BEGIN" | "END";
  /** In upper case with single blanks. */
  readonly label: string;
  /** From the first dash to the last. */
  readonly span: Span;
  /** `start`: at the start of its line · `indented`: only blanks before it · `glued`: right after a boundary · `inside`: other text. */
  readonly position: "start" | "indented" | "glued" | "inside";
  /** Completes "the boundary …" when it is not spelled as RFC 7468 §3 has it. */
  readonly defect: string | undefined;
}

/** RFC 7468 has the longest label in use at 23 characters. */
const LONGEST_LABEL = 64;
/** More dashes than anybody types by mistake: a ruler, not a boundary. */
const MOST_DASHES = 12;

/** Searches for dashes before the words and then looks around them, so that the time stays linear whatever the text holds. */
export function findBoundaries(text: string, atMost: number): Boundary[] {
  const boundaries: Boundary[] = [];
  let free = 0;
  for (const { 0: found, 1: word = "", index } of text.matchAll(DASHES_AND_WORD)) {
    if (boundaries.length >= atMost) break;
    const at = index + found.length - word.length;
    if (at < free) continue;
    const boundary = boundaryAt(text, at, word, free);
    if (boundary === undefined) continue;
    boundaries.push(boundary);
    free = boundary.span.end;
  }
  return boundaries;
}

/** Two dashes (`isDash`) at least, and up to three blanks (`isSpace`): dashes are what base64 does not have. */
const DASHES_AND_WORD = /[-\u2010-\u2015\u2212\u00ad]{2}[\t\v\f \u00a0]{0,3}(BEGIN|END)/gi;

function boundaryAt(text: string, at: number, word: string, free: number): Boundary | undefined {
  let dashesEnd = at;
  while (dashesEnd > free && at - dashesEnd < 3 && isSpace(text.charCodeAt(dashesEnd - 1))) dashesEnd--;
  let start = dashesEnd;
  while (start > free && dashesEnd - start <= MOST_DASHES && isDash(text.charCodeAt(start - 1))) start--;
  const before = text.slice(start, dashesEnd);
  const gap = text.slice(dashesEnd, at);
  if (before.length < 2 || before.length > MOST_DASHES) return undefined;
  const behindWord = text.slice(at + word.length, at + word.length + LONGEST_LABEL + MOST_DASHES);
  const isBroken = BROKEN_LABEL.test(behindWord);
  const after = /^([\s\u00a0]*)([A-Za-z0-9][A-Za-z0-9 \u00a0.#]*?)?([ \t\u00a0]*)((?![A-Za-z0-9 .#]).*)?$/s.exec(
    isBroken ? behindWord.replace("\r", " ") : behindWord,
  );
  const [, separator = "", rawLabel = "", tail = "", rest = ""] = after ?? [];
  if (rawLabel === "" || rawLabel.length > LONGEST_LABEL || !/^[ \t\u00a0]+$/.test(separator)) return undefined;
  const behind = trailingDashes(rest);
  // Without dashes behind it, only what is otherwise right passes for a boundary.
  if (behind === 0 && before !== "-----") return undefined;
  const label = rawLabel.toUpperCase().replace(/[\s\u00a0]+/g, " ");
  if (!isLabel(label)) return undefined;
  const end = at + word.length + separator.length + rawLabel.length + (behind === 0 ? 0 : tail.length + behind);
  const closing = rest.slice(0, behind);
  const written = `${before}${gap}${word}${separator}${rawLabel}${behind === 0 ? "" : tail}${closing}`;
  return {
    word: word.toUpperCase() === "BEGIN" ? "BEGIN" : "END",
    label,
    span: span(start, end),
    position: position(text, start, free),
    defect: isBroken ? "is broken by a carriage return" : defect(written, before, closing, `${gap}${separator}${rawLabel}${tail}`, word),
  };
}

/** The words before a lone carriage return and behind it, up to the dashes: it ends a line for rustls and none for OpenSSL. */
const BROKEN_LABEL = /^[A-Za-z0-9 .#]+\r[A-Za-z0-9 .#]+-{2}-*(?!-|END|BEGIN)/;

/** RFC 4716 and OpenPGP have boundaries of their own. */
export const isLabel = (label: string): boolean => label.length <= LONGEST_LABEL && !/^(?:SSH2|PGP) /.test(label);

/** Of ten dashes between two boundaries five belong to each. */
function trailingDashes(rest: string): number {
  let count = 0;
  while (count < rest.length && isDash(rest.charCodeAt(count))) count++;
  return count > 5 && /^(BEGIN|END)/i.test(rest.slice(count)) ? count - 5 : count;
}

function position(text: string, start: number, free: number): Boundary["position"] {
  let at = start;
  while (at > free && isSpace(text.charCodeAt(at - 1))) at--;
  const previous = text.charCodeAt(at - 1);
  if (at === 0 || previous === 0x0a || previous === 0x0d || (at === 1 && previous === 0xfeff)) return at === start ? "start" : "indented";
  return at === free && free > 0 ? "glued" : "inside";
}

function defect(written: string, before: string, closing: string, blanks: string, word: string): string | undefined {
  if (/^-----(BEGIN|END) [A-Z0-9.#]+( [A-Z0-9.#]+)*-----$/.test(written)) return undefined;
  if (/[^-]/.test(before + closing)) return "has typographic dashes";
  if (before.length !== 5) return `starts with ${before.length} dashes instead of 5`;
  if (closing.length !== 5) return closing === "" ? "has no dashes at its end" : `ends with ${closing.length} dashes instead of 5`;
  if (blanks.includes("\u00a0")) return "has a no-break space";
  if (word !== word.toUpperCase() || /[a-z]/.test(blanks)) return "is in lower case";
  return "has extra spaces";
}

const isSpace = (code: number): boolean => (isBlank(code) && code !== 0x0a && code !== 0x0d) || code === 0xa0;

/** Hyphen-minus, the hyphens and dashes of General Punctuation, the minus sign, the soft hyphen. */
const isDash = (code: number): boolean => code === 0x2d || (code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xad;

/** Words behind BEGIN on its line are none of the contents: where those begin. Some words consist of digits, but none that DER begins with. */
export function behindRemark(text: string, { start, end }: Span): number {
  const body = text.slice(start, end);
  const close = body.search(/[\r\n]/);
  const rest = body.slice(0, Math.max(0, close));
  const isWord = /^[ \t]*[^M\s]/.test(rest) && BEGINS_AS_DER.test(body.slice(close, close + LONGEST_LINE));
  // An escaped line end stands before digits, or alone before the real one.
  if (rest.includes("\\n") && (!isWord || /^[ \t]*(?:\\r)?\\n[ \t]*$/.test(rest))) return start;
  return isWord || /[^\sA-Za-z0-9+/=\\]/.test(rest) ? start + close : start;
}
/** A sequence: its tag is six bits of one digit. */
const BEGINS_AS_DER = /^[\r\n]+[ \t]*M[A-Za-z0-9+/]{2}/;
const LONGEST_LINE = 80;
