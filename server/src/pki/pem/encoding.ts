/** How the text of a PEM file is encoded, and what of that its readers stumble over. */
import { type Span, span } from "../../base/span.ts";
import type { PemProblem } from "./pem-section.ts";

export function decodeText(bytes: Uint8Array): { readonly text: string; readonly utf16: boolean } {
  const [first, second] = bytes;
  // ASCII in UTF-16 has a zero as every other byte; a mark alone proves nothing.
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const [one, other, , last] = marked ? bytes.subarray(2) : bytes;
  const third = bytes[marked ? 4 : 2];
  const start = one !== 0 && other === 0 && last === 0 ? "utf-16le" : one === 0 && other !== 0 && third === 0 ? "utf-16be" : "utf-8";
  // What begins as UTF-16 may go on as something else: readers find the boundaries that are one byte each.
  const encoding = start !== "utf-8" && hasPlainBoundary(bytes) ? "utf-8" : start;
  return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), utf16: encoding !== "utf-8" };
}

function hasPlainBoundary(bytes: Uint8Array): boolean {
  for (let at = 0; at + BOUNDARY.length <= bytes.length; at++)
    if (bytes[at] === DASH && bytes[at + 1] === DASH && BOUNDARY.every((code, index) => bytes[at + index] === code)) return true;
  return false;
}
const BOUNDARY = Array.from("-----BEGIN ", (it) => it.charCodeAt(0));
const DASH = 0x2d;

/** Boundaries whose characters have two bytes each, in a text that is read as one byte each: `>>` of PowerShell appends such lines. */
export function partsInUtf16(text: string): PemProblem[] {
  const found = TWO_BYTES_EACH.exec(text);
  if (found === null) return [];
  const { 0: written, index } = found;
  return [{ defect: "partly-utf-16", span: span(index, index + written.length), message: "the file is UTF-16 in this part" }];
}
const TWO_BYTES_EACH = /(?:-\0){5}B\0E\0G\0I\0N\0 (?:\0[A-Za-z0-9 ])+(?:\0-){5}/;

export function encodingProblems(text: string, utf16: boolean, begin: Span | undefined): PemProblem[] {
  const place = begin ?? span(0, Math.min(1, text.length));
  if (utf16) return [{ defect: "utf-16", span: place, message: "the file is UTF-16" }];
  if (!text.startsWith("\ufeff")) return [];
  // A mark in front of other text than a boundary disturbs nobody.
  return place.start === 1
    ? [{ defect: "byte-order-mark", span: span(0, place.end), message: "byte order mark before the first boundary" }]
    : [];
}
