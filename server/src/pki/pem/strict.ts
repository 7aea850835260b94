/** The form in which RFC 7468 §3 wants PEM to be written (`stricttextualmsg`), and in which nearly all of it is. */
import type { Span } from "../../base/span.ts";

const BEGIN = /-----BEGIN ([A-Z0-9]+(?: [A-Z0-9]+)*)-----\r?\n/y;
/** Some at a time: what repeats is kept by the engine, and a body may have a million lines. */
const LINES = /(?:[A-Za-z0-9+/]{64}\r?\n){1,100}/y;
const LAST_AND_END = /(?:[A-Za-z0-9+/]{1,64}={0,2}\r?\n)?-----END ([A-Z0-9 ]+)-----(?=\r?\n|$)/y;

/**
 * Whether a section is written so, from the first dash to the last: lines of 64 digits, a last one of at most as many, and nothing else on
 * the lines of the boundaries. How many digits there are is not looked at.
 */
export function isStrict(text: string, { start, end }: Span): boolean {
  BEGIN.lastIndex = start;
  const label = BEGIN.exec(text)?.[1];
  if (label === undefined) return false;
  let at = BEGIN.lastIndex;
  for (LINES.lastIndex = at; LINES.test(text); at = LINES.lastIndex);
  LAST_AND_END.lastIndex = at;
  return LAST_AND_END.exec(text)?.[1] === label && LAST_AND_END.lastIndex === end;
}
