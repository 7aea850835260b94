/**
 * The public half of a private key of a curve: one multiplication of the base point, by @noble/curves. It is taken as any point, for what
 * the library would prepare for its base point takes ten times as long and pays for those who sign.
 */
import { edwards } from "@noble/curves/abstract/edwards.js";
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { shake256 } from "@noble/hashes/sha3.js";
import { CURVE_PARAMETERS, isWeierstrass, widthOf } from "./curve-parameters.ts";
import { bytesOf, numberOf } from "./numbers.ts";

/** As it stands in a BIT STRING: an uncompressed point (SEC 1 §2.3.3) or the encoding of RFC 8032. */
export type PublicHalf =
  | { readonly bytes: Uint8Array }
  /** The private half is zero, or not below the order of the base point. */
  | "out of range";

/** `secret`: the contents of the privateKey of RFC 5915. Undefined for curves that are not known here. */
export function publicPoint(curve: string | undefined, secret: Uint8Array): PublicHalf | undefined {
  if (curve === undefined || !isWeierstrass(curve)) return undefined;
  const parameters = CURVE_PARAMETERS[curve];
  const { n, Gx, Gy } = parameters;
  // RFC 5915 §3: as long as the order. OpenSSL takes others, too.
  if (secret.length > 2 * widthOf(n)) return undefined;
  const scalar = numberOf(secret);
  if (scalar === 0n || scalar >= n) return "out of range";
  return {
    bytes: computedOnce(curve, secret, () => {
      const Point = weierstrass(parameters);
      return new Point(Gx, Gy, 1n).multiply(scalar).toBytes(false);
    }),
  };
}

/**
 * The last points that were computed, by a hash of the secret, which itself is not kept: a file is read again for every question about it,
 * and whenever something else in it changes.
 */
const computed = new Map<string, Uint8Array>();
const KEPT = 64;

function computedOnce(curve: string, secret: Uint8Array, compute: () => Uint8Array): Uint8Array {
  const name = `${curve} ${sha512(secret).join()}`;
  const known = computed.get(name);
  if (known !== undefined) return known;
  const bytes = compute();
  const [oldest] = computed.keys();
  if (computed.size >= KEPT && oldest !== undefined) computed.delete(oldest);
  computed.set(name, bytes);
  return bytes;
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
  const known = EDWARDS[type];
  if (known === undefined || secret.length !== known.width) return undefined;
  const { parameters, width, clamp, hash } = known;
  return computedOnce(type, secret, () => {
    const scalar = numberOf(clamp(hash(secret).slice(0, width)).reverse()) % parameters.n;
    const { x, y } = edwards(parameters).fromAffine({ x: parameters.Gx, y: parameters.Gy }).multiply(scalar).toAffine();
    const bytes = bytesOf(y, width).reverse();
    bytes[width - 1] = (bytes[width - 1] ?? 0) | (Number(x & 1n) << 7);
    return bytes;
  });
}

/** a·x² + y² = 1 + d·x²·y² modulo p, with a base point of the order n. */
interface EdwardsCurve {
  readonly parameters: Readonly<Record<"p" | "n" | "h" | "a" | "d" | "Gx" | "Gy", bigint>>;
  /** Bytes of keys. */
  readonly width: number;
  readonly hash: (seed: Uint8Array) => Uint8Array;
  /** Sets the bits that all scalars share. */
  readonly clamp: (scalar: Uint8Array) => Uint8Array;
}

/** RFC 8032 §5.1 and §5.2. */
const EDWARDS: Readonly<Record<string, EdwardsCurve>> = {
  Ed25519: {
    parameters: {
      p: 2n ** 255n - 19n,
      n: 2n ** 252n + 0x14def9dea2f79cd65812631a5cf5d3edn,
      h: 8n,
      a: 2n ** 255n - 20n,
      d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
      Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
      Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
    },
    width: 32,
    hash: sha512,
    clamp: (scalar) => {
      scalar[0] = (scalar[0] ?? 0) & 0xf8;
      scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
      return scalar;
    },
  },
  Ed448: {
    parameters: {
      p: 2n ** 448n - 2n ** 224n - 1n,
      n: 2n ** 446n - 0x8335dc163bb124b65129c96fde933d8d723a70aadc873d6d54a7bb0dn,
      h: 4n,
      a: 1n,
      d: 2n ** 448n - 2n ** 224n - 39082n,
      Gx: 0x4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05en,
      Gy: 0x693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14n,
    },
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
