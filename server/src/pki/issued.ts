/** Whether a certificate, list or request was signed with a certain key: for rules about files, which compare what lies there. */
import { type PublicKey, readAlgorithm, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { context, DerReader, readWhole, TAG } from "./der.ts";
import { HASHES, RSA_PSS } from "./oids.ts";
import { readBits, readSmallInteger } from "./primitives.ts";
import {
  CHECKED_CURVES,
  type KeyLimits,
  type Scheme,
  SIGNATURE_HASHES,
  type SignatureCheck,
  type SignatureHash,
  verifySignature,
} from "./stacks/signatures.ts";

export type { SignatureCheck };

/** Whatever any stack takes: here only the arithmetic is asked for. */
const LIMITS: KeyLimits = { least: 512, most: 16_384, compressedPoints: true };

/** `signed`: the DER of what carries the signature; `holder`: the DER that the key stands in. */
export async function checkIssued(signed: Uint8Array, holder: Uint8Array, key: PublicKey): Promise<SignatureCheck> {
  const { reader, element } = readWhole(signed, TAG.sequence, "what is signed");
  const outer = reader.inside(element);
  const body = outer.read(TAG.sequence, "the signed part");
  const algorithm = readSignatureAlgorithm(outer, "the signature algorithm");
  const { bytes } = readBits(outer, "the signature");
  const bits = keyBits(holder, key);
  const scheme = reader.error === undefined ? schemeOf(signed, algorithm, holder, key) : undefined;
  if (scheme === undefined || bits === undefined) return "cannot tell";
  return verifySignature(scheme, bits, signed.subarray(body.start, body.end), bytes, LIMITS);
}

function keyBits(holder: Uint8Array, key: PublicKey): Uint8Array | undefined {
  const reader = new DerReader(holder, key);
  const inner = reader.inside(reader.read(TAG.sequence, "a public key"));
  inner.read(TAG.sequence, "the key's algorithm");
  const { bytes } = readBits(inner, "the key");
  return reader.error === undefined ? bytes : undefined;
}

function schemeOf(der: Uint8Array, algorithm: SignatureAlgorithm, holder: Uint8Array, key: PublicKey): Scheme | undefined {
  const { type, curve } = key;
  if (type === "Ed25519") return algorithm.name === "Ed25519" ? { type } : undefined;
  const hash = SIGNATURE_HASHES.find((it) => it === algorithm.hash);
  if (hash === undefined) return undefined;
  if (algorithm.oid === RSA_PSS) return type === "RSA" || type === "RSA-PSS" ? pssScheme(der, algorithm, hash) : undefined;
  if (type === "DSA") {
    const { parameters } = key.algorithm;
    if (parameters === undefined || !algorithm.name.startsWith("DSA ")) return undefined;
    return { type, hash, parameters: holder.subarray(parameters.start, parameters.end) };
  }
  if (type === "RSA") return algorithm.name.startsWith("RSA ") ? { type, hash } : undefined;
  const known = CHECKED_CURVES.find((it) => it === curve);
  return type === "EC" && known !== undefined && algorithm.name.startsWith("ECDSA ") ? { type: "ECDSA", curve: known, hash } : undefined;
}

/** RFC 4055 §3.1: the mask is made with SHA-1 unless it says otherwise. */
function pssScheme(der: Uint8Array, { parameters }: SignatureAlgorithm, hash: SignatureHash): Scheme | undefined {
  if (parameters?.tag !== TAG.sequence) return undefined;
  const reader = new DerReader(der, { start: parameters.content, end: parameters.end });
  reader.optional(context(0), "a hash");
  const mask = reader.optional(context(1), "a mask");
  const salt = reader.optional(context(2), "a salt");
  const length = salt === undefined ? 20 : readSmallInteger(reader.inside(salt), "the salt's length");
  const masking = mask === undefined ? "SHA-1" : SIGNATURE_HASHES.find((it) => it === maskHash(reader, mask));
  if (reader.error !== undefined || length === undefined || masking === undefined) return undefined;
  return { type: "RSA-PSS", hash, salt: length, mask: masking };
}

function maskHash(reader: DerReader, mask: Parameters<DerReader["inside"]>[0]): string | undefined {
  const outer = reader.inside(mask);
  const generation = outer.inside(outer.read(TAG.sequence, "a mask"));
  generation.read(TAG.oid, "the mask's identifier");
  return HASHES[readAlgorithm(generation, "the mask's hash").oid];
}
