/** Whether a certificate, list or request was signed with a certain key: for rules about files, which compare what lies there. */

import { DerReader, readWhole, TAG } from "../der/der.ts";
import { RSA_PSS } from "../der/oids.ts";
import { readBits } from "../der/primitives.ts";
import type { VerifyNatively } from "../stacks/native-signatures.ts";
import { hashOf, isChecked, plainPoint, pssScheme, type Scheme, type SignatureCheck } from "../stacks/schemes.ts";
import { type KeyLimits, verifyAtOnce, verifySignature } from "../stacks/signatures.ts";
import { type PublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";

export type { SignatureCheck };

/** Whatever any stack takes: here only the arithmetic is asked for. */
const LIMITS: KeyLimits = { least: 512, most: 16_384, compressedPoints: true };

/** `signed`: the DER of what carries the signature; `holder`: the DER that the key stands in. */
export async function checkIssued(signed: Uint8Array, holder: Uint8Array, key: PublicKey): Promise<SignatureCheck> {
  const parts = partsOf(signed, holder, key);
  return parts === undefined ? "cannot tell" : verifySignature(parts.scheme, parts.bits, parts.message, parts.signature, LIMITS);
}

/** By the host's own cryptography; undefined: it cannot, and the portable one is to be asked, which takes a promise and far longer. */
export function checkIssuedAtOnce(
  signed: Uint8Array,
  holder: Uint8Array,
  key: PublicKey,
  native: VerifyNatively,
): SignatureCheck | undefined {
  const parts = partsOf(signed, holder, key);
  return parts === undefined ? "cannot tell" : verifyAtOnce(parts.scheme, parts.bits, parts.message, parts.signature, LIMITS, native);
}

interface Parts {
  readonly scheme: Scheme;
  readonly bits: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

function partsOf(signed: Uint8Array, holder: Uint8Array, key: PublicKey): Parts | undefined {
  const { reader, element } = readWhole(signed, TAG.sequence, "what is signed");
  const outer = reader.inside(element);
  const body = outer.read(TAG.sequence, "the signed part");
  const algorithm = readSignatureAlgorithm(outer, "the signature algorithm");
  const { bytes: signature } = readBits(outer, "the signature");
  const bits = keyBits(holder, key);
  const scheme = reader.error === undefined ? schemeOf(signed, algorithm, holder, key) : undefined;
  return scheme === undefined || bits === undefined
    ? undefined
    : { scheme, bits: plainPoint(scheme, bits), message: signed.subarray(body.start, body.end), signature };
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
  const hash = hashOf(algorithm.hash);
  if (hash === undefined) return undefined;
  if (algorithm.oid === RSA_PSS) {
    const { parameters } = algorithm;
    if ((type !== "RSA" && type !== "RSA-PSS") || parameters?.tag !== TAG.sequence) return undefined;
    return pssScheme(new DerReader(der, { start: parameters.content, end: parameters.end }), hash);
  }
  if (type === "DSA") {
    const { parameters } = key.algorithm;
    if (parameters === undefined || !algorithm.name.startsWith("DSA ")) return undefined;
    return { type, hash, parameters: holder.subarray(parameters.start, parameters.end) };
  }
  if (type === "RSA") return algorithm.name.startsWith("RSA ") ? { type, hash } : undefined;
  if (type !== "EC" || curve === undefined || !isChecked(curve) || !algorithm.name.startsWith("ECDSA ")) return undefined;
  return { type: "ECDSA", curve, hash };
}
