/**
 * The public half of a private key of a curve: one multiplication of the base point.
 *
 * @noble/curves computes the same, and the tests compare with it. Here it would have to be loaded with every start, since keys are
 * read synchronously, and its first key takes twenty times as long, for it prepares to sign. The formulas of addition have no special
 * cases, and every bit takes the same steps, whatever the key is.
 */
import { sha512 } from "@noble/hashes/sha2.js";
import { shake256 } from "@noble/hashes/sha3.js";
import { CURVE_PARAMETERS, type CurveParameters, isWeierstrass, widthOf } from "./curve-parameters.ts";
import { bytesOf, numberOf, power, remainder } from "./numbers.ts";

/** As it stands in a BIT STRING: an uncompressed point (SEC 1 §2.3.3) or the encoding of RFC 8032. */
export type PublicHalf =
  | { readonly bytes: Uint8Array }
  /** The private half is zero, or not below the order of the base point. */
  | "out of range";

/** `secret`: the contents of the privateKey of RFC 5915. Undefined for curves that are not known here. */
export function publicPoint(curve: string | undefined, secret: Uint8Array): PublicHalf | undefined {
  if (curve === undefined || !isWeierstrass(curve)) return undefined;
  const parameters = CURVE_PARAMETERS[curve];
  const { p, n } = parameters;
  // RFC 5915 §3: as long as the order. OpenSSL takes others, too.
  if (secret.length > 2 * widthOf(n)) return undefined;
  const scalar = numberOf(secret);
  if (scalar === 0n || scalar >= n) return "out of range";
  const { x, y } = weierstrass(parameters, scalar);
  const width = widthOf(p);
  return { bytes: Uint8Array.of(4, ...bytesOf(x, width), ...bytesOf(y, width)) };
}

/** The same point in the form that other bytes have: compressed, hybrid or as it is (SEC 1 §2.3.3, X9.62 §4.3.6). */
export function inFormOf(point: Uint8Array, other: Uint8Array): Uint8Array {
  const [form] = other;
  if (form === 4) return point;
  const odd = (point.at(-1) ?? 0) & 1;
  if (form === 6 || form === 7) return Uint8Array.of(6 | odd, ...point.subarray(1));
  return Uint8Array.of(2 | odd, ...point.subarray(1, 1 + point.length / 2));
}

/** `secret`: the seed, RFC 8032 §5.1.5 and §5.2.5. Undefined for other types of key, and for seeds of another length. */
export function publicEdwards(type: string, secret: Uint8Array): Uint8Array | undefined {
  const curve = EDWARDS[type];
  if (curve === undefined || secret.length !== curve.width) return undefined;
  const { width, clamp, hash } = curve;
  const scalar = numberOf(clamp(hash(secret).slice(0, width)).reverse());
  const { x, y } = edwards(curve, scalar);
  const bytes = bytesOf(y, width).reverse();
  bytes[width - 1] = (bytes[width - 1] ?? 0) | (Number(x & 1n) << 7);
  return bytes;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

/** Four bits of the scalar at once, each with the same steps. `bits`: as many as the scalar may have. */
function multiplied(base: Point, scalar: bigint, bits: number, zero: Point, add: (one: Point, other: Point) => Point): Point {
  const multiples = [zero, base];
  while (multiples.length < 16) multiples.push(add(multiples.at(-1) ?? zero, base));
  let sum = zero;
  for (let at = BigInt(Math.ceil(bits / 4) * 4 - 4); at >= 0n; at -= 4n) {
    for (let double = 0; double < 4; double++) sum = add(sum, sum);
    sum = add(sum, multiples[Number((scalar >> at) & 15n)] ?? zero);
  }
  return sum;
}

function affine({ x, y, z }: Point, p: bigint): { readonly x: bigint; readonly y: bigint } {
  const inverse = power(remainder(z, p), p - 2n, p);
  return { x: remainder(x * inverse, p), y: remainder(y * inverse, p) };
}

/** Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves" (EUROCRYPT 2016), algorithm 1. */
function weierstrass({ p, a: written, b, n, Gx, Gy }: CurveParameters, scalar: bigint): { readonly x: bigint; readonly y: bigint } {
  // Mostly -3, which is quicker to multiply with.
  const a = written === p - 3n ? -3n : written;
  const b3 = 3n * b;
  const add = (one: Point, other: Point): Point => {
    const xx = (one.x * other.x) % p;
    const yy = (one.y * other.y) % p;
    const zz = (one.z * other.z) % p;
    const xy = ((one.x + one.y) * (other.x + other.y) - xx - yy) % p;
    const xz = ((one.x + one.z) * (other.x + other.z) - xx - zz) % p;
    const yz = ((one.y + one.z) * (other.y + other.z) - yy - zz) % p;
    const middle = (a * xz + b3 * zz) % p;
    const less = yy - middle;
    const more = yy + middle;
    const s = (3n * xx + a * zz) % p;
    const t = (b3 * xz + a * ((xx - a * zz) % p)) % p;
    return { x: (xy * less - yz * t) % p, y: (less * more + s * t) % p, z: (yz * more + xy * s) % p };
  };
  const point = multiplied({ x: Gx, y: Gy, z: 1n }, scalar, n.toString(2).length, { x: 0n, y: 1n, z: 0n }, add);
  return affine(point, p);
}

/** a·x² + y² = 1 + d·x²·y² modulo p. */
interface EdwardsCurve {
  readonly p: bigint;
  readonly a: bigint;
  readonly d: bigint;
  readonly x: bigint;
  readonly y: bigint;
  /** Bytes of keys. */
  readonly width: number;
  readonly hash: (seed: Uint8Array) => Uint8Array;
  /** Sets the bits that all scalars share. */
  readonly clamp: (scalar: Uint8Array) => Uint8Array;
}

/** RFC 8032 §5.1 and §5.2. */
const EDWARDS: Readonly<Record<string, EdwardsCurve>> = {
  Ed25519: {
    p: 2n ** 255n - 19n,
    a: -1n,
    d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
    x: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
    y: 0x6666666666666666666666666666666666666666666666666666666666666658n,
    width: 32,
    hash: sha512,
    clamp: (scalar) => {
      scalar[0] = (scalar[0] ?? 0) & 0xf8;
      scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
      return scalar;
    },
  },
  Ed448: {
    p: 2n ** 448n - 2n ** 224n - 1n,
    a: 1n,
    d: -39081n,
    x: 0x4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05en,
    y: 0x693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14n,
    width: 57,
    hash: (seed) => shake256(seed, { dkLen: 114 }),
    clamp: (scalar) => {
      scalar[0] = (scalar[0] ?? 0) & 0xfc;
      scalar[55] = (scalar[55] ?? 0) | 0x80;
      scalar[56] = 0;
      return scalar;
    },
  },
};

/** Bernstein and Lange, "Faster addition and doubling on elliptic curves" (ASIACRYPT 2007), §4, with a as in RFC 8032. */
function edwards({ p, a, d, x, y, width }: EdwardsCurve, scalar: bigint): { readonly x: bigint; readonly y: bigint } {
  const add = (one: Point, other: Point): Point => {
    const zz = (one.z * other.z) % p;
    const xx = (one.x * other.x) % p;
    const yy = (one.y * other.y) % p;
    const square = (zz * zz) % p;
    const part = (d * ((xx * yy) % p)) % p;
    const less = square - part;
    const more = square + part;
    const cross = ((one.x + one.y) * (other.x + other.y) - xx - yy) % p;
    return { x: (((zz * less) % p) * cross) % p, y: (((zz * more) % p) * (yy - a * xx)) % p, z: (less * more) % p };
  };
  return affine(multiplied({ x, y, z: 1n }, scalar, 8 * width, { x: 0n, y: 1n, z: 1n }, add), p);
}
