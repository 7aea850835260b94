/**
 * The ciphers of old PKCS#12 files, which neither WebCrypto nor @noble has: RC2 (RFC 2268), RC4 and 3DES. They only ever decrypt, for
 * somebody who has the password, so that what lies inside can be shown. Undefined: the padding is none, as after a wrong password.
 */
import { tripleDesCbc } from "./des.ts";

/** `key`: of 24 bytes, or of 16. */
export const decryptTripleDes = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined =>
  isWhole(data) ? unpadded(tripleDesCbc(key, iv, data)) : undefined;

const isWhole = ({ length }: Uint8Array): boolean => length > 0 && length % 8 === 0;

/** `bits`: the effective size of the key. */
export function decryptRc2(key: Uint8Array, bits: number, iv: Uint8Array, data: Uint8Array): Uint8Array | undefined {
  if (!isWhole(data)) return undefined;
  const words = expandRc2(key, bits);
  const plain = new Uint8Array(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += 8) {
    const block = data.subarray(at, at + 8);
    const clear = decryptRc2Block(words, block);
    for (let index = 0; index < 8; index++)
      plain[at + index] = (((clear[index >> 1] ?? 0) >> ((index & 1) * 8)) & 0xff) ^ (before[index] ?? 0);
    before = block;
  }
  return unpadded(plain);
}

export function decryptRc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => {
    [state[a], state[b]] = [state[b] ?? 0, state[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return data.map((byte) => {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    swap(i, j);
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 0xff] ?? 0);
  });
}

function unpadded(plain: Uint8Array): Uint8Array | undefined {
  const count = plain.at(-1) ?? 0;
  const padded = count >= 1 && count <= 8 && count <= plain.length && plain.subarray(-count).every((it) => it === count);
  return padded ? plain.subarray(0, -count) : undefined;
}

/** RFC 2268 §2: a permutation made from the digits of pi. */
const PI = Uint8Array.from(
  `d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82
54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7
08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b2555973
12d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad`
    .replaceAll(/\s/g, "")
    .match(/../g) ?? [],
  (it) => Number.parseInt(it, 16),
);

function expandRc2(key: Uint8Array, bits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  const pi = (at: number): number => PI[at & 0xff] ?? 0;
  bytes.set(key);
  for (let at = key.length; at < 128; at++) bytes[at] = pi((bytes[at - 1] ?? 0) + (bytes[at - key.length] ?? 0));
  const size = Math.ceil(bits / 8);
  bytes[128 - size] = pi((bytes[128 - size] ?? 0) & (0xff >> (8 * size - bits)));
  for (let at = 127 - size; at >= 0; at--) bytes[at] = pi((bytes[at + 1] ?? 0) ^ (bytes[at + size] ?? 0));
  return Uint16Array.from({ length: 64 }, (_, at) => (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8));
}

/** RFC 2268 §4: five mixing rounds, a mash, six, a mash, five, all backwards. */
function decryptRc2Block(words: Uint16Array, block: Uint8Array): Uint16Array {
  const r = Uint16Array.from({ length: 4 }, (_, at) => (block[2 * at] ?? 0) | ((block[2 * at + 1] ?? 0) << 8));
  const at = (index: number): number => r[index & 3] ?? 0;
  let word = 63;
  const mix = (): void => {
    for (let index = 3; index >= 0; index--) {
      const turn = SHIFTS[index] ?? 0;
      const turned = ((at(index) >> turn) | (at(index) << (16 - turn))) & 0xffff;
      r[index] = turned - (words[word--] ?? 0) - (at(index + 3) & at(index + 2)) - (~at(index + 3) & at(index + 1));
    }
  };
  const mash = (): void => {
    for (let index = 3; index >= 0; index--) r[index] = at(index) - (words[at(index + 3) & 63] ?? 0);
  };
  for (const [round, rounds] of [5, 6, 5].entries()) {
    if (round > 0) mash();
    for (let count = 0; count < rounds; count++) mix();
  }
  return r;
}
const SHIFTS = [1, 2, 3, 5] as const;
