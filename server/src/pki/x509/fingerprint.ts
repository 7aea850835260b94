/** SHA-256, synchronous so that readers and rules need not wait, and the two fingerprints people compare. */

/** FIPS 180-4 §6.2. */
export function sha256(bytes: Uint8Array): Uint8Array {
  digestOf(bytes);
  return Uint8Array.from({ length: 32 }, (_, at) => byteAt(at));
}

/** Into `state`. */
function digestOf(bytes: Uint8Array): void {
  state.set(INITIAL);
  const { length } = bytes;
  let at = 0;
  for (; at + BLOCK <= length; at += BLOCK) block(bytes, at);
  const rest = length - at;
  const padded = rest < BLOCK - LENGTH ? BLOCK : 2 * BLOCK;
  tail.fill(0, rest, padded);
  for (let index = 0; index < rest; index++) tail[index] = bytes[at + index] ?? 0;
  tail[rest] = 0x80;
  for (let index = 0, bits = length * 8; bits > 0; index++, bits = Math.floor(bits / 256)) tail[padded - 1 - index] = bits;
  for (let index = 0; index < padded; index += BLOCK) block(tail, index);
}

const BLOCK = 64;
/** Bytes at the end that say how much there was. */
const LENGTH = 8;
/** Shared: one text is digested after the other. */
const tail = new Uint8Array(2 * BLOCK);
const state = new Int32Array(8);

const byteAt = (at: number): number => ((state[at >> 2] ?? 0) >>> (24 - 8 * (at & 3))) & 0xff;

/** In one piece: a text that is put together of others takes ten times the room, and those of all certificates are kept. */
export function colonHex(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (const byte of bytes) codes.push(COLON, digit(byte >> 4), digit(byte & 0x0f));
  return String.fromCharCode.apply(undefined, codes.slice(1));
}
const COLON = 0x3a;
const digit = (value: number): number => value + (value < 10 ? 0x30 : 0x37);

export function fingerprint(der: Uint8Array): string {
  digestOf(der);
  for (let at = 0; at < 32; at++) {
    const byte = byteAt(at);
    PAIRS[3 * at] = digit(byte >> 4);
    PAIRS[3 * at + 1] = digit(byte & 0x0f);
  }
  return String.fromCharCode.apply(undefined, PAIRS);
}
/** Written over, as the digits of a pin are: such texts are made of each certificate. */
const PAIRS: number[] = Array.from({ length: 32 * 3 - 1 }, () => COLON);

export function pin(spki: Uint8Array): string {
  digestOf(spki);
  for (let at = 0, code = PREFIX; at < 32; at += 3, code += 4) {
    const three = (byteAt(at) << 16) | (byteAt(at + 1) << 8) | byteAt(at + 2);
    for (let shift = 18, to = code; shift >= 0; shift -= 6, to++) PIN[to] = BASE64.charCodeAt((three >> shift) & 63);
  }
  // Of the last three bytes there are two.
  PIN[PIN.length - 1] = PAD;
  return String.fromCharCode.apply(undefined, PIN);
}
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PAD = 0x3d;
const PIN: number[] = Array.from("sha256/".padEnd(51, "="), (it) => it.charCodeAt(0));
const PREFIX = 7;

const INITIAL = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** Signed, as all words here: numbers above 2^31 would be kept as fractions. */
const ROUNDS = Int32Array.from(
  (
    "428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe " +
    "9bdc06a7 c19bf174 e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da 983e5152 a831c66d b00327c8 bf597fc7 " +
    "c6e00bf3 d5a79147 06ca6351 14292967 27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 a2bfe8a1 a81a664b " +
    "c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 " +
    "748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2"
  )
    .split(" ")
    .map((word) => Number.parseInt(word, 16)),
);

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

const schedule = new Int32Array(64);

function block(bytes: Uint8Array, at: number): void {
  const w = (index: number): number => schedule[index] ?? 0;
  for (let index = 0; index < 16; index++) {
    const from = at + index * 4;
    schedule[index] = ((bytes[from] ?? 0) << 24) | ((bytes[from + 1] ?? 0) << 16) | ((bytes[from + 2] ?? 0) << 8) | (bytes[from + 3] ?? 0);
  }
  for (let index = 16; index < 64; index++) {
    const small = turn(w(index - 15), 7) ^ turn(w(index - 15), 18) ^ (w(index - 15) >>> 3);
    const large = turn(w(index - 2), 17) ^ turn(w(index - 2), 19) ^ (w(index - 2) >>> 10);
    schedule[index] = w(index - 16) + small + w(index - 7) + large;
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let index = 0; index < 64; index++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[index] ?? 0) + w(index)) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
  state[4] = (state[4] ?? 0) + e;
  state[5] = (state[5] ?? 0) + f;
  state[6] = (state[6] ?? 0) + g;
  state[7] = (state[7] ?? 0) + h;
}
