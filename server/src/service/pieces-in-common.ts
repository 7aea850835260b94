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
    const last = new Uint8Array(LEAST_IN_COMMON);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code >= 128 || OF_WORD[code] === 0) continue;
      const place = count % LEAST_IN_COMMON;
      hash = rolled(hash, code, last[place] ?? 0);
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

/** By code unit: `\w`, `+`, `/` and `-`. */
const OF_WORD = Uint8Array.from({ length: 128 }, (_, code) => (/[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0));

/** Of the last so many characters, by one multiplication a character (Rabin and Karp). */
const BASE = 0x01000193;
const OUT = Array.from({ length: LEAST_IN_COMMON }).reduce((power: number) => Math.imul(power, BASE), 1);
const rolled = (hash: number, code: number, out: number): number => (Math.imul(hash, BASE) + code - Math.imul(out, OUT)) | 0;

/** What rules out nearly all that is not asked for, one bit each. */
class Hashes {
  readonly #words: Int32Array;
  /** Of a word's number: there are a power of two. */
  readonly #mask: number;

  constructor(pieces: ReadonlySet<string>) {
    this.#words = new Int32Array(2 ** Math.ceil(Math.log2(pieces.size + 64)));
    this.#mask = this.#words.length - 1;
    for (const piece of pieces) {
      let hash = 0;
      for (let at = 0; at < piece.length; at++) hash = rolled(hash, piece.charCodeAt(at), 0);
      const mixed = mix(hash);
      const word = (mixed >>> 5) & this.#mask;
      this.#words[word] = (this.#words[word] ?? 0) | (1 << (mixed & 31));
    }
  }

  has(hash: number): boolean {
    const mixed = mix(hash);
    return (((this.#words[(mixed >>> 5) & this.#mask] ?? 0) >>> (mixed & 31)) & 1) === 1;
  }
}

const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
