/**
 * Signatures of RSA and DSA that WebCrypto does not have: old and mixed hashes. Plain arithmetic over public numbers, with the hashes of
 * @noble; a stack that still takes such a signature is predicted, and nothing is trusted because of it.
 */
import { DerReader, TAG } from "../der/der.ts";
import { readInteger } from "../der/primitives.ts";
import { tlv } from "../keys/element.ts";
import { bytesOf, numberOf, power } from "../keys/numbers.ts";
import { type HashFunction, loadHashes } from "./hashes.ts";
import type { RsaScheme, SignatureCheck, SignatureHash } from "./schemes.ts";

export interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** The identifiers of RFC 8017 §B.1, of RIPEMD-160 (ISO/IEC 10118-3) and of SHA-3 (NIST, Computer Security Objects Register), as DER. */
const IDENTIFIERS: Readonly<Record<SignatureHash, readonly number[]>> = {
  MD5: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05],
  "RIPEMD-160": [0x2b, 0x24, 0x03, 0x02, 0x01],
  "SHA-1": [0x2b, 0x0e, 0x03, 0x02, 0x1a],
  "SHA-224": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04],
  "SHA-256": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
  "SHA-384": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02],
  "SHA-512": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03],
  "SHA-512/224": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x05],
  "SHA-512/256": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x06],
  "SHA3-224": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x07],
  "SHA3-256": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x08],
  "SHA3-384": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x09],
  "SHA3-512": [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0a],
};

/** RFC 8017 §8.2.2 and §8.1.2. */
export async function verifyRsa(
  scheme: RsaScheme,
  { modulus, exponent }: RsaNumbers,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const hashes = await loadHashes();
  const hash = hashes[scheme.hash](message);
  const n = numberOf(modulus);
  const opened = numberOf(signature);
  if (opened >= n) return "invalid";
  const encoded = bytesOf(power(opened, numberOf(exponent), n), modulus.length);
  const fits = scheme.type === "RSA" ? isPlain(encoded, scheme.hash, hash) : isProbabilistic(encoded, bitsOf(n), hash, scheme, hashes);
  return fits ? "valid" : "invalid";
}

/** EMSA-PKCS1-v1_5: the one possible encoding is compared as a whole. */
function isPlain(encoded: Uint8Array, name: SignatureHash, hash: Uint8Array): boolean {
  const identifier = tlv(TAG.sequence, [tlv(TAG.oid, [Uint8Array.from(IDENTIFIERS[name])]), tlv(TAG.null, [])]);
  const info = tlv(TAG.sequence, [identifier, tlv(TAG.octetString, [hash])]);
  const filled = encoded.length - info.length - 3;
  if (filled < 8) return false;
  return same(encoded, Uint8Array.from([0, 1, ...new Uint8Array(filled).fill(0xff), 0, ...info]));
}

/** EMSA-PSS-VERIFY, RFC 8017 §9.1.2, with a mask of its own hash. */
function isProbabilistic(
  encoded: Uint8Array,
  bits: number,
  hash: Uint8Array,
  { salt, mask: maskName, hash: name }: Extract<RsaScheme, { readonly type: "RSA-PSS" }>,
  hashes: Readonly<Record<SignatureHash, HashFunction>>,
): boolean {
  const length = Math.ceil((bits - 1) / 8);
  // One bit less than a whole byte more: the first byte is then zero, and not a part of it.
  if (length < encoded.length && encoded[0] !== 0) return false;
  const whole = encoded.subarray(encoded.length - length);
  const split = length - hash.length - 1;
  if (split < salt + 1 || whole.at(-1) !== 0xbc) return false;
  const masked = whole.subarray(0, split);
  const check = whole.subarray(split, -1);
  const unused = 8 * length - (bits - 1);
  if ((masked[0] ?? 0) >> (8 - unused) !== 0) return false;
  const mask = maskOf(check, split, hashes[maskName ?? name]);
  const block = masked.map((byte, at) => byte ^ (mask[at] ?? 0));
  block[0] = (block[0] ?? 0) & (0xff >> unused);
  const zeros = split - salt - 1;
  if (block.subarray(0, zeros).some((it) => it !== 0) || block[zeros] !== 1) return false;
  return same(check, hashes[name](Uint8Array.from([...new Uint8Array(8), ...hash, ...block.subarray(zeros + 1)])));
}

function maskOf(seed: Uint8Array, length: number, hash: HashFunction): Uint8Array {
  const parts: number[] = [];
  for (let counter = 0; parts.length < length; counter++)
    parts.push(...hash(Uint8Array.from([...seed, counter >>> 24, (counter >>> 16) & 0xff, (counter >>> 8) & 0xff, counter & 0xff])));
  return Uint8Array.from(parts.slice(0, length));
}

/** What OpenSSL takes: `OPENSSL_DSA_MAX_MODULUS_BITS`, and the three sizes of q. */
const MOST_DSA_BITS = 10_000;
const DSA_ORDERS: ReadonlySet<number> = new Set([160, 224, 256]);

/** FIPS 186-4 §4.7. `parameters`: the DER of p, q and g; `key`: that of y. */
export async function verifyDsa(
  name: SignatureHash,
  parameters: Uint8Array,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const [p, q, g] = numbersIn(parameters, 3) ?? [];
  const [r, s] = numbersIn(signature, 2) ?? [];
  const reader = new DerReader(key);
  const y = numberOf(readInteger(reader, "y").bytes);
  reader.finish("y");
  if (p === undefined || q === undefined || g === undefined || reader.error !== undefined) return "invalid";
  if (r === undefined || s === undefined || r <= 0n || s <= 0n || r >= q || s >= q) return "invalid";
  if (bitsOf(p) > MOST_DSA_BITS || !DSA_ORDERS.has(bitsOf(q))) return "invalid";
  const hash = (await loadHashes())[name](message);
  const z = numberOf(hash.subarray(0, bitsOf(q) / 8));
  // q is prime: what is raised to q - 2 is the inverse.
  const w = power(s, q - 2n, q);
  const v = ((power(g, (z * w) % q, p) * power(y, (r * w) % q, p)) % p) % q;
  return v === r ? "valid" : "invalid";
}

function numbersIn(der: Uint8Array, count: number): readonly bigint[] | undefined {
  const reader = new DerReader(der);
  const inner = reader.inside(reader.read(TAG.sequence, "numbers"));
  const numbers: bigint[] = [];
  for (let index = 0; index < count; index++) {
    const { bytes } = readInteger(inner, "a number");
    if ((bytes[0] ?? 0x80) >= 0x80) return undefined;
    numbers.push(numberOf(bytes));
  }
  inner.finish("numbers");
  reader.finish("numbers");
  return reader.error === undefined ? numbers : undefined;
}

const bitsOf = (number: bigint): number => number.toString(2).length;
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((it, at) => it === b[at]);
