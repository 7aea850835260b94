/**
 * DES (FIPS 46-3), three times over as old PKCS#12 files have it, backwards only: neither WebCrypto nor @noble has it, and somebody who
 * has the password of such a file wants to see what is in it.
 */

/** CBC, padding and all; `key`: 24 bytes, or 16 where the third key is the first. */
export function tripleDesCbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const [first, second, third] = [0, 8, key.length === 16 ? 0 : 16].map((at) => schedule(key.subarray(at, at + 8)));
  const plain = new Uint8Array(data.length);
  if (first === undefined || second === undefined || third === undefined) return plain;
  const rounds = [...third.toReversed(), ...second, ...first.toReversed()];
  const halves: Halves = [0, 0];
  for (let at = 0; at + 8 <= data.length; at += 8) {
    decryptBlock(rounds, data, at, halves);
    for (let index = 0; index < 8; index++) {
      const before = at === 0 ? iv[index] : data[at - 8 + index];
      plain[at + index] = ((halves[index >> 2 === 0 ? 0 : 1] >>> (24 - 8 * (index & 3))) & 0xff) ^ (before ?? 0);
    }
  }
  return plain;
}

type Halves = [number, number];

/** Between the three passes the permutations at the ends cancel out. */
function decryptBlock(rounds: readonly Uint8Array[], data: Uint8Array, at: number, into: Halves): void {
  const word = (from: number): number =>
    ((data[from] ?? 0) << 24) | ((data[from + 1] ?? 0) << 16) | ((data[from + 2] ?? 0) << 8) | (data[from + 3] ?? 0);
  into[0] = word(at);
  into[1] = word(at + 4);
  permute(into, INITIAL);
  let [left, right] = into;
  for (const [index, key] of rounds.entries()) {
    const turned = (right >>> 1) | (right << 31);
    let mixed = 0;
    for (let box = 0; box < 8; box++) {
      const six = ((turned << (4 * box)) | (box === 0 ? 0 : turned >>> (32 - 4 * box))) >>> 26;
      mixed |= BOXES[box * 64 + (six ^ (key[box] ?? 0))] ?? 0;
    }
    [left, right] = [right, left ^ mixed];
    // Each pass ends with its halves exchanged.
    if (index % 16 === 15) [left, right] = [right, left];
  }
  into[0] = left;
  into[1] = right;
  permute(into, FINAL);
}

function permute(halves: Halves, table: Uint8Array): void {
  const [high, low] = halves;
  let [first, second] = [0, 0];
  for (let index = 0; index < 64; index++) {
    const from = table[index] ?? 0;
    const bit = ((from < 32 ? high >>> (31 - from) : low >>> (63 - from)) & 1) << (31 - (index & 31));
    if (index < 32) first |= bit;
    else second |= bit;
  }
  halves[0] = first;
  halves[1] = second;
}

/** Sixteen round keys as eight pieces of six bits each. */
function schedule(key: Uint8Array): Uint8Array[] {
  const bit = (at: number): number => ((key[(at - 1) >> 3] ?? 0) >> (7 - ((at - 1) & 7))) & 1;
  let halves = [CHOICE.slice(0, 28).map(bit), CHOICE.slice(28).map(bit)];
  return Array.from({ length: 16 }, (_, round) => {
    const turn = [0, 1, 8, 15].includes(round) ? 1 : 2;
    halves = halves.map((half) => [...half.slice(turn), ...half.slice(0, turn)]);
    const bits = halves.flat();
    const chosen = COMPRESSION.map((at) => bits[at - 1] ?? 0);
    return Uint8Array.from({ length: 8 }, (_, piece) => chosen.slice(piece * 6, piece * 6 + 6).reduce((sum, it) => sum * 2 + it, 0));
  });
}

/** IP and its inverse, counted from 0. */
const INITIAL = Uint8Array.from(
  { length: 64 },
  (_, at) => [57, 59, 61, 63, 56, 58, 60, 62].map((from) => from - 8 * (at & 7))[at >> 3] ?? 0,
);
const FINAL = Uint8Array.from({ length: 64 }, (_, at) => INITIAL.indexOf(at));

/** PC-1 and PC-2, counted from 1 as FIPS 46-3 has them. */
const CHOICE = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7,
  62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
const COMPRESSION = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48,
  44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];

/** The eight boxes, four rows each. */
const S =
  `e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9
a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c 7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e
2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453 c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d
4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c d2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b`.split(
    /\s/,
  );
const P = [16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25];

/** Each box with the permutation P behind it. */
const BOXES = Int32Array.from({ length: 512 }, (_, at) => {
  const [box, six] = [at >> 6, at & 63];
  const row = S[box * 4 + ((six >> 4) & 2) + (six & 1)] ?? "";
  const four = Number.parseInt(row[(six >> 1) & 15] ?? "0", 16);
  const value = four << (28 - 4 * box);
  return P.reduce((sum, from, to) => sum | (((value >>> (32 - from)) & 1) << (31 - to)), 0);
});
