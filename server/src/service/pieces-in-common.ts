/** Pieces of a key that messages quote: found in one pass over the messages and one over the secrets, however many there are of both. */
import type { Span } from "../base/span.ts";

/** Fewer digits in common with a key are chance. */
const LEAST_IN_COMMON = 8;

export const WORD = /[\w+/-]{8,}/g;

/** `secrets`: their places in the text, where other characters than those of words do not count. */
export function piecesInCommon(text: string, secrets: readonly Span[], messages: readonly string[]): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const message of messages) for (const [word] of message.matchAll(WORD)) for (const { piece } of piecesOf(word)) asked.add(piece);
  const found = new Set<string>();
  if (asked.size === 0) return found;
  const hashes = new Hashes(asked);
  for (const { start, end } of secrets) {
    let hash = 0;
    let count = 0;
    // The last so many characters, round and round.
    const last = new Uint16Array(LEAST_IN_COMMON);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (!isOfWord(code)) continue;
      const place = count % LEAST_IN_COMMON;
      hash = rolled(hash, code, count < LEAST_IN_COMMON ? 0 : (last[place] ?? 0));
      last[place] = code;
      count++;
      if (count < LEAST_IN_COMMON || !hashes.has(hash)) continue;
      const piece = String.fromCharCode(...last.subarray(count % LEAST_IN_COMMON), ...last.subarray(0, count % LEAST_IN_COMMON));
      if (asked.has(piece)) found.add(piece);
    }
  }
  return found;
}

export function withoutPieces(word: string, pieces: ReadonlySet<string>): string {
  let shown = word;
  for (const { piece, at } of piecesOf(word))
    if (pieces.has(piece)) shown = shown.slice(0, at) + "*".repeat(LEAST_IN_COMMON) + shown.slice(at + LEAST_IN_COMMON);
  return shown;
}

const piecesOf = (word: string): readonly { readonly piece: string; readonly at: number }[] =>
  Array.from({ length: Math.max(0, word.length - LEAST_IN_COMMON + 1) }, (_, at) => ({ piece: word.slice(at, at + LEAST_IN_COMMON), at }));

/** `\w`, `+`, `/` and `-`. */
const isOfWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x2f && code <= 0x39) ||
  code === 0x2b ||
  code === 0x2d ||
  code === 0x5f;

/** Of the last so many characters, by one multiplication a character (Rabin and Karp). */
const BASE = 0x01000193;
const OUT = Array.from({ length: LEAST_IN_COMMON }).reduce((power: number) => Math.imul(power, BASE), 1);
const rolled = (hash: number, code: number, out: number): number => (Math.imul(hash, BASE) + code - Math.imul(out, OUT)) | 0;

/** What rules out nearly all that is not asked for, one bit each. */
class Hashes {
  readonly #bits: Uint8Array;

  constructor(pieces: ReadonlySet<string>) {
    this.#bits = new Uint8Array(2 ** Math.ceil(Math.log2(pieces.size * 2 + 64)));
    for (const piece of pieces) {
      let hash = 0;
      for (let at = 0; at < piece.length; at++) hash = rolled(hash, piece.charCodeAt(at), 0);
      const { index, bit } = this.#place(hash);
      this.#bits[index] = (this.#bits[index] ?? 0) | bit;
    }
  }

  has(hash: number): boolean {
    const { index, bit } = this.#place(hash);
    return ((this.#bits[index] ?? 0) & bit) !== 0;
  }

  #place(hash: number): { readonly index: number; readonly bit: number } {
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    return { index: (mixed >>> 3) % this.#bits.length, bit: 1 << (mixed & 7) };
  }
}
