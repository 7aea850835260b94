/**
 * A text as an array of code units, so that scanning is arithmetic and every offset is one of the string's own (UTF-16).
 * Eight bits a unit where the text is ASCII, as most Rust is, sixteen otherwise.
 */

/** Followed by at least `PADDING` zeros, so that whoever scans may look ahead without asking where the text ends. */
export type Units = Uint8Array | Uint16Array;

const PADDING = 4;

const encoder = new TextEncoder();

export function unitsOf(text: string): Units {
  const bytes = new Uint8Array(text.length + PADDING);
  // Only ASCII takes one byte for each code unit, so that all of it fits if nothing else is in it.
  const { read } = encoder.encodeInto(text, bytes.subarray(0, text.length));
  if (read === text.length) return bytes;
  const units = new Uint16Array(text.length + PADDING);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** The unit at an offset, zero beyond the padding. */
export const unitAt = (units: Units, at: number): number => units[at] ?? 0;
