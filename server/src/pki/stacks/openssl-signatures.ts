/** Signatures of certificates as OpenSSL checks them: any algorithm that the issuer's key fits, as far as it is at hand. */
import { readAlgorithm, type SignatureAlgorithm } from "../algorithms.ts";
import { context, DerReader, TAG } from "../der.ts";
import { HASHES, type Hash, RSA_PSS } from "../oids.ts";
import { readSmallInteger } from "../primitives.ts";
import { algorithmFits, keyBits, type OpensslCertificate, signedParts } from "./openssl-certificate.ts";
import {
  CHECKED_CURVES,
  type KeyLimits,
  type Scheme,
  SIGNATURE_HASHES,
  type SignatureCheck,
  type SignatureHash,
  verifySignature,
} from "./signatures.ts";

const LIMITS: KeyLimits = { least: 512, most: 16_384, compressedPoints: true };

export async function checkSignature(subject: OpensslCertificate, issuer: OpensslCertificate): Promise<SignatureCheck> {
  return subject.certificate.signaturesAgree ? checkSigned(subject.der, subject.certificate.signature, issuer) : "invalid";
}

/** A certificate or a list, whose two algorithms OpenSSL does not compare. */
export async function checkSigned(der: Uint8Array, signature: SignatureAlgorithm, issuer: OpensslCertificate): Promise<SignatureCheck> {
  if (!algorithmFits({ signature }, issuer)) return "invalid";
  const scheme = schemeOf(der, signature, issuer);
  if (scheme === undefined) return "cannot tell";
  const parts = signedParts({ der });
  if (parts.unused > 0) return "invalid";
  return verifySignature(scheme, plainPoint(scheme, keyBits(issuer)), parts.message, parts.signature, LIMITS);
}

/** A hybrid point is an uncompressed one that also says whether y is odd. */
const plainPoint = ({ type }: Scheme, key: Uint8Array): Uint8Array =>
  type === "ECDSA" && (key[0] === 6 || key[0] === 7) ? Uint8Array.from(key, (byte, at) => (at === 0 ? 4 : byte)) : key;

function schemeOf(der: Uint8Array, signature: SignatureAlgorithm, issuer: OpensslCertificate): Scheme | undefined {
  const { type, curve } = issuer.certificate.key;
  if (type === "Ed25519" || type === "Ed448") return { type };
  if (type === "ML-DSA-44") return { type: "ML-DSA", size: 44 };
  if (type === "ML-DSA-65") return { type: "ML-DSA", size: 65 };
  if (type === "ML-DSA-87") return { type: "ML-DSA", size: 87 };
  const hash = hashOf(signature.hash);
  if (hash === undefined) return undefined;
  if (signature.oid === RSA_PSS) return pssScheme(der, signature, hash);
  if (type === "RSA") return { type, hash };
  if (type === "DSA") return dsaScheme(issuer, hash);
  const known = CHECKED_CURVES.find((it) => it === curve);
  return type === "EC" && known !== undefined ? { type: "ECDSA", curve: known, hash } : undefined;
}

const hashOf = (hash: Hash | undefined): SignatureHash | undefined => SIGNATURE_HASHES.find((it) => it === hash);

/** The numbers that a DSA key shares with others stand beside it, or nowhere. */
function dsaScheme({ der, certificate }: OpensslCertificate, hash: SignatureHash): Scheme | undefined {
  const { parameters } = certificate.key.algorithm;
  return parameters && { type: "DSA", hash, parameters: der.subarray(parameters.start, parameters.end) };
}

/** RFC 4055 §3.1: hash, mask and salt, each with its default. */
function pssScheme(der: Uint8Array, { parameters }: SignatureAlgorithm, hash: SignatureHash): Scheme | undefined {
  if (parameters?.tag !== TAG.sequence) return undefined;
  const reader = DerReader.lax(der, { start: parameters.content, end: parameters.end });
  reader.optional(context(0), "a hash");
  const field = reader.optional(context(1), "a mask");
  const salt = reader.optional(context(2), "a salt");
  let maskHash: Hash | undefined = "SHA-1";
  if (field !== undefined) {
    const { parameters: inner } = readAlgorithm(reader.inside(field), "a mask");
    maskHash = inner === undefined ? undefined : HASHES[readAlgorithm(reader.within(inner), "the mask's hash").oid];
  }
  const length = salt === undefined ? 20 : readSmallInteger(reader.inside(salt), "the salt's length");
  const mask = hashOf(maskHash);
  return reader.error !== undefined || mask === undefined || length === undefined
    ? undefined
    : { type: "RSA-PSS", hash, salt: length, mask };
}
