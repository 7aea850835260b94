/** What code says in names and strings of those that it talks with: comments say nothing. */
import { covers, type Span } from "../base/span.ts";
import type { RustFile } from "../rust/index.ts";
import { ADDRESS_CHECK, LOOKS_AT_PEER } from "./lexicon.ts";

/** It has to do with who holds a certificate. */
export function looksAtPeers(file: RustFile): boolean {
  const looks = known.get(file) ?? says(file, LOOKS_AT_PEER);
  known.set(file, looks);
  return looks;
}
const known = new WeakMap<RustFile, boolean>();

/** A part of it asks for the address that a request came from. */
export const asksForAddress = (file: RustFile, within: Span): boolean => says(file, ADDRESS_CHECK, within);

function says(file: RustFile, name: RegExp, within: Span = { start: 0, end: file.text.length }): boolean {
  for (const { text, span } of file.words()) if (covers(within, span) && name.test(text)) return true;
  return false;
}
