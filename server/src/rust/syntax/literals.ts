/**
 * Where comments and quoted literals end: all that hides brackets and names from whoever scans a Rust text.
 * Each function takes the offset at which one begins, and `end`, where the text ends; `OPEN` is the answer where nothing closes it.
 */
import { endOfName, startsName, widthAt } from "./characters.ts";
import { type Units, unitAt } from "./units.ts";

export const OPEN = -1;

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const STAR = 42;
const SLASH = 47;
const BACKSLASH = 92;
const LOWER_R = 114;

/** From `//` to the end of its line, which is not part of it; the return of a Windows line neither. */
export const endOfLineComment = endOfLine;

export function endOfLine(units: Units, start: number, end: number): number {
  let at = units.indexOf(NEWLINE, start);
  if (at < 0 || at > end) at = end;
  return at > start && unitAt(units, at - 1) === 13 ? at - 1 : at;
}

/** From a slash and star to the star and slash that close it; comments nest. */
export function endOfBlockComment(units: Units, start: number, end: number): number {
  let depth = 1;
  for (let at = start + 2; at < end; at++) {
    const unit = unitAt(units, at);
    if (unit === STAR && unitAt(units, at + 1) === SLASH) {
      at++;
      if (--depth === 0) return at + 1;
    } else if (unit === SLASH && unitAt(units, at + 1) === STAR) {
      at++;
      depth++;
    }
  }
  return OPEN;
}

/** From a quote to the one that closes it. A prefix (`b`, `c`) stands before `start`. */
export function endOfString(units: Units, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const unit = unitAt(units, at);
    if (unit === QUOTE) return at + 1;
    if (unit === BACKSLASH) at++;
  }
  return OPEN;
}

/** Whether the `r` at an offset opens a raw string: `r"`, `r#"`; `r#name` is a name. */
export function startsRawString(units: Units, at: number): boolean {
  if (unitAt(units, at) !== LOWER_R) return false;
  let quote = at + 1;
  while (unitAt(units, quote) === HASH) quote++;
  return unitAt(units, quote) === QUOTE;
}

/** From the `r` of a raw string to its last `#`. */
export function endOfRawString(units: Units, start: number, end: number): number {
  let quote = start + 1;
  while (unitAt(units, quote) === HASH) quote++;
  const hashes = quote - start - 1;
  for (let at = units.indexOf(QUOTE, quote + 1); at >= 0 && at < end; at = units.indexOf(QUOTE, at + 1)) {
    let found = 0;
    while (found < hashes && unitAt(units, at + 1 + found) === HASH) found++;
    if (found === hashes) return at + 1 + hashes;
  }
  return OPEN;
}

/** From an apostrophe to the end of a character (`'a'`, `'\''`), or of the lifetime that it is instead (`'a`, `'r#a`): see `isLifetime`. */
export function endOfQuoted(units: Units, start: number, end: number): number {
  const first = start + 1;
  if (unitAt(units, first) === BACKSLASH) return endOfEscaped(units, first, end);
  const after = first + widthAt(units, first);
  if (unitAt(units, first) !== NEWLINE && unitAt(units, after) === APOSTROPHE) return after + 1;
  if (!startsName(units, first)) return OPEN;
  let name = endOfName(units, first);
  if (name === first + 1 && unitAt(units, first) === LOWER_R && unitAt(units, name) === HASH) name = endOfName(units, name + 1);
  return unitAt(units, name) === APOSTROPHE ? name + 1 : name;
}

/** Of what `endOfQuoted` ended. */
export const isLifetime = (units: Units, end: number): boolean => unitAt(units, end - 1) !== APOSTROPHE;

function endOfEscaped(units: Units, backslash: number, end: number): number {
  for (let at = backslash + 2; at < end; at++) {
    const unit = unitAt(units, at);
    if (unit === APOSTROPHE) return at + 1;
    if (unit === NEWLINE) return OPEN;
  }
  return OPEN;
}
