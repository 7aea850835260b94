/** Whether a public key is a point of its curve: OpenSSL does not decode one that is not. */

interface Curve {
  readonly size: number;
  readonly prime: bigint;
  readonly b: bigint;
}

/** NIST SP 800-186 §3.2.1; a is -3 for all of them. */
const CURVES: Readonly<Record<string, Curve>> = {
  "P-192": {
    size: 24,
    prime: 0xfffffffffffffffffffffffffffffffeffffffffffffffffn,
    b: 0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
  },
  "P-224": {
    size: 28,
    prime: 0xffffffffffffffffffffffffffffffff000000000000000000000001n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  "P-256": {
    size: 32,
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    size: 48,
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  "P-521": {
    size: 66,
    prime: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

/** Points of other curves are believed. */
export function isPoint(curve: string | undefined, key: Uint8Array): boolean {
  const [form = 0] = key;
  if (![2, 3, 4, 6, 7].includes(form)) return false;
  const known = curve === undefined ? undefined : CURVES[curve];
  if (known === undefined) return true;
  const { size, prime, b } = known;
  const compressed = form < 4;
  if (key.length !== 1 + size * (compressed ? 1 : 2)) return false;
  const x = numberOf(key.subarray(1, 1 + size));
  if (x >= prime) return false;
  const square = (x ** 3n - 3n * x + b) % prime;
  if (compressed) return isSquare(square < 0n ? square + prime : square, prime);
  const y = numberOf(key.subarray(1 + size));
  // The hybrid forms say twice which of the two points it is.
  return y < prime && (square - y * y) % prime === 0n && (form === 4 || (y & 1n) === BigInt(form & 1));
}

/** Euler's criterion. */
function isSquare(value: bigint, prime: bigint): boolean {
  let result = 1n;
  let base = value;
  for (let exponent = (prime - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % prime;
    base = (base * base) % prime;
  }
  return value === 0n || result === 1n;
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
