/** Whether a comparison of a name takes only a part of it: by what it is compared with. */
import type { FactOf } from "./facts.ts";

export type Partial = FactOf<"name-comparison">["part"];

/** What is known of a text: all of it, or where it begins and ends. */
export interface Known {
  readonly whole?: string;
  readonly beginning?: string;
  readonly end?: string;
}

const SEARCHING: ReadonlySet<string> = new Set(["contains", "find", "rfind", "matches", "match_indices", "rmatches"]);
/** Methods of a text that look at a part of it. */
export const PARTIAL: ReadonlySet<string> = new Set([...SEARCHING, "starts_with", "ends_with"]);

/** Methods by which a text is cut where another one is in it. */
export const CUTTING: ReadonlySet<string> = new Set([
  ...["find", "rfind", "match_indices", "rmatch_indices", "split", "rsplit", "splitn", "rsplitn", "split_once", "rsplit_once"],
]);

/** `CN=`, `, CN =`: an attribute's key in a printed name. Values of other attributes may have it in them. */
export const isAttributeKey = (text: string): boolean => /^[^\w=]*\w+\s*=\s*$/.test(text);

/** Undefined: it is a whole name's, a look at how names are written, or not known. */
export function partOf(method: string, text: Known | undefined): Partial | undefined {
  if (text?.whole !== undefined && isForm(text.whole)) return undefined;
  if (SEARCHING.has(method)) return "anywhere";
  if (method === "starts_with") {
    const end = text?.whole ?? text?.end;
    return end === undefined ? "given-beginning" : isOpenEnded(end) ? "beginning" : undefined;
  }
  if (text === undefined) return "given-end";
  return isOpenBeginning(text.whole ?? text.beginning) ? "end" : undefined;
}

/** `.`, `@`, `CN=`, `DNS:`, `spiffe://`: how a name is written, not whose it is. */
export function isForm(text: string): boolean {
  if (!/[a-z0-9]{2}/i.test(text)) return true;
  const written = text.trimEnd();
  const separator = /(?:=|:|:\/\/)$/.exec(written);
  const key = separator === null ? null : /(?<![\w.])[\w.]+$/.exec(written.slice(0, separator.index).trimEnd());
  return key !== null && !/\w/.test(written.slice(0, key.index));
}

/**
 * `admin` is the beginning of `administrator`, and `admin.` that of `admin.example`: a name goes on to the right with what others
 * choose. A separator of the namespace's own (`device-`, `spiffe://domain/`) ends a whole part.
 */
const isOpenEnded = (text: string): boolean => /[^-_/:,=\s]$/.test(text);

/** `example.com` is the end of `evilexample.com`; of `.example.com` only its owner has names. */
const isOpenBeginning = (text: string | undefined): boolean => text !== undefined && /^[a-z0-9]/i.test(text);

/** A pattern that may match in the middle of a name. */
export const isUnanchored = (pattern: string): boolean => {
  const plain = pattern.replace(/^\(\?[a-z]+\)/, "");
  const whole = /^(?:\^|\\A)/.test(plain) && /(?:(?<!\\)\$|\\z)$/.test(plain);
  // The anchors of `^a|b$` hold for one side each.
  return /[a-z0-9]{2}/i.test(plain) && (!whole || alternates(plain));
};

function alternates(pattern: string): boolean {
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "\\") at++;
    else if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    else if (character === "|" && depth === 0) return true;
  }
  return false;
}
