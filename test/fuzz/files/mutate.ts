/** Bytes and tokens of an original, changed: what a broken download, an editor at work or an attacker makes of it. */
import type { Dice } from "../dice.ts";

/** One to six changes, each of bytes or of tokens. `other`: what parts are taken from. */
export function mutated(original: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  let bytes = original;
  for (let left = 1 + dice.below(6); left > 0; left--)
    bytes = dice.below(3) === 0 ? tokenChanged(bytes, dice, TOKENS) : byteChanged(bytes, other, dice);
  return bytes;
}

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Long ones are what super-linear work feeds on; seldom, since they take most of the time. */
const RUNS = [...new Array<number>(40).fill(2), ...new Array<number>(8).fill(60), 4_000, 30_000];
const INTERESTING = [0x00, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0x2d, 0x0a, 0x0d, 0x22, 0x5c, 0x20, 0x24, 0x7b];

export function byteChanged(bytes: Uint8Array, other: Uint8Array, dice: Dice): Uint8Array {
  const start = dice.below(bytes.length + 1);
  const end = Math.min(bytes.length, start + 1 + dice.below(dice.one([1, 8, 200])));
  const from = dice.below(other.length + 1);
  const head = bytes.subarray(0, start);
  switch (dice.below(8)) {
    case 0:
      return joined(head, bytes.subarray(end));
    case 1:
      return joined(head, bytes.subarray(start, end), bytes.subarray(start));
    case 2:
      return joined(head, other.subarray(from, from + 1 + dice.below(200)), bytes.subarray(start));
    case 3:
      return head;
    case 4:
      return joined(head, Uint8Array.of(dice.one(INTERESTING)), bytes.subarray(start));
    case 5:
      // Long runs of one thing are what super-linear work feeds on.
      return joined(head, new Uint8Array(dice.one(RUNS)).fill(dice.one(INTERESTING)), bytes.subarray(start));
    default: {
      const changed = Uint8Array.from(bytes);
      if (start < changed.length)
        changed[start] = dice.below(3) === 0 ? dice.one(INTERESTING) : (changed[start] ?? 0) ^ (1 << dice.below(8));
      return changed;
    }
  }
}

const TOKENS = [
  ..."[]{}()=,.#\"'`\\:;@?&-_*!$<>|\n\r\t \u2028\u202e\ufeff\u0000",
  '"""',
  "'''",
  "[[",
  "a.b.c = ",
  "${",
  "\\u{",
  "://",
  "-----BEGIN ",
  "-----END ",
  "CERTIFICATE-----\n",
  "PRIVATE KEY-----\n",
  "DEK-Info: ",
  "tlslint: allow(",
  "# tlslint: allow-file(weak-key): a until 2020-01-01",
  "sslmode=disable",
  "**/",
  "[!a-",
  "export ",
  "2026-13-45T99:99:99Z",
  "0x",
  "1e9999",
  "password=",
  "\ud800",
];

export function tokenChanged(bytes: Uint8Array, dice: Dice, vocabulary: readonly string[]): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes);
  const tokens = text.match(/[A-Za-z0-9_]+|\s+|[^A-Za-z0-9_\s]/g) ?? [""];
  const at = dice.below(tokens.length);
  const token = dice.one(vocabulary);
  switch (dice.below(5)) {
    case 0:
      tokens.splice(at, 1 + dice.below(4));
      break;
    case 1:
      tokens.splice(at, 0, token.repeat(dice.one(RUNS)));
      break;
    case 2:
      tokens[at] = token;
      break;
    case 3:
      tokens.splice(at, 0, ...tokens.slice(dice.below(tokens.length)).slice(0, 12));
      break;
    default: {
      const other = dice.below(tokens.length);
      [tokens[at], tokens[other]] = [tokens[other] ?? "", tokens[at] ?? ""];
    }
  }
  const changed = tokens.join("");
  // Without letters of more than one byte the text is the bytes.
  return /[\u0100-\uffff]/.test(changed) ? new TextEncoder().encode(changed) : Uint8Array.from(changed, (it) => it.charCodeAt(0));
}
