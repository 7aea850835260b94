/** RSA moduli that can be factored: each limit from below, at it and from above, and fast arithmetic beside plain arithmetic. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { looksFactorable, readCertificateFile } from "../../../server/src/pki/index.ts";
import { hasClosePrimes } from "../../../server/src/pki/keys/fermat.ts";
import { Residues } from "../../../server/src/pki/keys/residues.ts";
import { Digits } from "../../../server/src/pki/keys/square-root.ts";
import { certificate, fromHex, integer, oid, sequence, tlv } from "../../certificates/build.ts";

const hexOf = (number: bigint): string => {
  const hex = number.toString(16);
  return hex.padStart(hex.length + (hex.length % 2), "0");
};
const bitsOf = (number: bigint): number => number.toString(2).length;

function weaknessOf(modulus: bigint) {
  const numbers = sequence(integer(fromHex(hexOf(modulus))), integer(Uint8Array.of(1, 0, 1)));
  const key = sequence(sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)), tlv(0x03, 0, numbers));
  const der = certificate({ key });
  const parsed = readCertificateFile(der).sections[0]?.parsed;
  assert.ok(parsed?.kind === "certificate");
  return looksFactorable(der, parsed.key);
}

function floorRoot(value: bigint): bigint {
  if (value === 0n) return 0n;
  let root = 1n << BigInt((bitsOf(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Fermat's method as it is written down: the round that finds the factors, counted from 1. */
function roundOf(modulus: bigint, most: number): number | undefined {
  let root = floorRoot(modulus);
  if (root * root < modulus) root++;
  for (let round = 1; round <= most; round++, root++) {
    const side = root * root - modulus;
    if (floorRoot(side) ** 2n === side) return round;
  }
  return undefined;
}

const SMALL = Array.from({ length: 750 }, (_, index) => BigInt(index + 2)).filter((it, _, all) =>
  all.every((other) => other >= it || it % other !== 0n),
);

/** (a + b)(a - b), found in this round, without a small prime in it. */
function foundIn(round: number, bits: number): bigint {
  for (let a = (3n << BigInt(bits / 2 - 2)) + 0x1234_5678_9abc_def1n; ; a += 2n) {
    const b = floorRoot(2n * a * BigInt(round) - a) & ~1n;
    const modulus = (a + b) * (a - b);
    if (SMALL.every((it) => modulus % it !== 0n) && roundOf(modulus, round + 1) === round) return modulus;
  }
}

for (const bits of [512, 2048, 4096]) {
  test(`close primes are found within a hundred rounds and not after, ${bits} bit`, () => {
    for (const round of [1, 2, 99, 100]) assert.equal(weaknessOf(foundIn(round, bits)), "close primes", `round ${round}`);
    assert.equal(weaknessOf(foundIn(101, bits)), undefined);
  });
}

test("the square of a prime", () => assert.equal(weaknessOf((2n ** 521n - 1n) ** 2n), "close primes"));

test("small primes are found up to 751", () => {
  const sound = foundIn(101, 1024);
  for (const prime of [2n, 3n, 743n, 751n]) assert.equal(weaknessOf(sound * prime), "small prime", String(prime));
  assert.equal(weaknessOf(sound * 757n), undefined);
});

test("keys that are too small or too large to be looked at", () => {
  assert.equal(weaknessOf(3n ** 322n), undefined, "511 bit");
  assert.equal(weaknessOf(3n ** 323n), "small prime", "512 bit");
  assert.equal(weaknessOf(3n ** 5168n), "small prime", "8192 bit");
  assert.equal(weaknessOf(3n ** 5169n), undefined, "8193 bit");
});

test("the rests of a division are those of plain arithmetic", () => {
  const divisors = [2, 3, 5, 7, 64, 751, 32_768, 1_048_573];
  const residues = new Residues(divisors, 8192);
  const all = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 1024, size: "max" }),
    fc.constantFrom(1, 2, 255, 256, 257, 1023, 1024).map((length) => new Uint8Array(length).fill(0xff)),
  );
  fc.assert(
    fc.property(all, fc.nat(3), (bytes, before) => {
      const number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
      const within = Uint8Array.from([...new Uint8Array(before).fill(0xaa), ...bytes]);
      const rests = residues.of(within, { start: before, end: within.length });
      assert.deepEqual(
        [...rests],
        divisors.map((it) => Number(number % BigInt(it))),
      );
    }),
    { numRuns: 300 },
  );
});

test("roots are those of plain arithmetic, but for one", () => {
  const moduli = [45_045, 215_441, 2_022_161];
  const digits = new Digits(8192, moduli);
  const check = (number: bigint): void => {
    const bytes = fromHex(hexOf(number));
    const before = bytes.length % 3;
    digits.take(Uint8Array.from([...new Uint8Array(before), ...bytes]), { start: Math.max(0, before - 1), end: before + bytes.length });
    const root = floorRoot(number);
    assert.ok(digits.root >= root - 1n && digits.root <= root + 1n, number.toString(16));
    assert.equal(digits.lowestOfRoot & 63, Number(digits.root & 63n));
    for (const [index, modulus] of moduli.entries()) {
      assert.equal(digits.restOfRoot(index), Number(digits.root % BigInt(modulus)));
      assert.equal(digits.restOfNumber(index), Number(number % BigInt(modulus)));
    }
  };
  for (const bits of [160, 161, 162, 163, 175, 176, 177, 178, 511, 512, 1023, 1024, 2047, 2048, 2049, 4096, 8191, 8192]) {
    const one = 1n << BigInt(bits - 1);
    for (const number of [one, one + 1n, 2n * one - 1n, (floorRoot(2n * one) - 1n) ** 2n, (floorRoot(2n * one) - 1n) ** 2n - 1n])
      check(number);
  }
  const wide = fc.integer({ min: 20, max: 1024 }).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
  // Long runs of zeros and ones lead to the largest digits.
  const runs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 90 })), { minLength: 8, maxLength: 90 }).map((all) => {
    const text = `1${all.map(([one, length]) => (one ? "1" : "0").repeat(length)).join("")}`;
    return BigInt(`0b${text.padEnd(170, "1").slice(0, 8192)}`);
  });
  fc.assert(
    fc.property(wide, (bytes) => check(BigInt(`0x1${Buffer.from(bytes).toString("hex").slice(0, 2040)}`))),
    { numRuns: 2000 },
  );
  fc.assert(fc.property(runs, check), { numRuns: 2000 });
  fc.assert(
    fc.property(runs, fc.integer({ min: -2, max: 2 }), (number, near) => check(floorRoot(number) ** 2n + BigInt(near))),
    { numRuns: 1000 },
  );
});

test("close primes are those of plain arithmetic", () => {
  const outcomes = new Set<boolean>();
  fc.assert(
    fc.property(fc.integer({ min: 256, max: 700 }), fc.bigInt({ min: 0n, max: 2n ** 250n }), fc.nat(22_000), (half, low, distance) => {
      const p = (1n << BigInt(half - 1)) | low | 1n;
      // Some two hundred rounds apart at most.
      const apart = (floorRoot(8n * BigInt(distance)) * floorRoot(floorRoot(p * p))) / 10n;
      const modulus = p * (p + (apart & ~1n));
      const plainly = roundOf(modulus, 100) !== undefined;
      outcomes.add(plainly);
      const bytes = fromHex(hexOf(modulus));
      assert.equal(hasClosePrimes(bytes, { start: 0, end: bytes.length }, 8192), plainly);
    }),
    { numRuns: 300 },
  );
  assert.equal(outcomes.size, 2, "both were tried");
});
