/** Bytes as characters: Latin-1 and hexadecimal digits. Views of the bytes would cost more than the characters, so ranges are given. */

export const latin1 = (bytes: Uint8Array, from = 0, to = bytes.length): string => characters(to - from, (at) => bytes[from + at] ?? 0);

export const toHex = (bytes: Uint8Array, from = 0, to = bytes.length): string =>
  characters(2 * (to - from), (at) => digitOf((bytes[from + (at >> 1)] ?? 0) >> (at % 2 === 0 ? 4 : 0)));

/** "0" to "9" and "a" to "f" by the lower four bits. */
const digitOf = (value: number): number => (value & 0x0f) + ((value & 0x0f) < 10 ? 0x30 : 0x57);

/** `fromCharCode` takes its characters as arguments, whose number is limited. */
const AT_ONCE = 8192;

function characters(count: number, code: (at: number) => number): string {
  if (count <= AT_ONCE) return stretch(0, count, code);
  const parts: string[] = [];
  for (let at = 0; at < count; at += AT_ONCE) parts.push(stretch(at, Math.min(AT_ONCE, count - at), code));
  return parts.join("");
}

function stretch(from: number, count: number, code: (at: number) => number): string {
  const codes: number[] = [];
  for (let at = 0; at < count; at++) codes.push(code(from + at));
  return String.fromCharCode.apply(undefined, codes);
}
