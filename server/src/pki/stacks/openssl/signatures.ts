/** Signatures of certificates as OpenSSL checks them: any algorithm that the issuer's key fits, as far as it is at hand. */

import { DerReader, TAG } from "../../der/der.ts";
import { RSA_PSS } from "../../der/oids.ts";
import type { SignatureAlgorithm } from "../../x509/algorithms.ts";
import { hashOf, isChecked, plainPoint, pssScheme, type Scheme, type SignatureCheck, type SignatureHash } from "../schemes.ts";
import { type KeyLimits, verifySignature } from "../signatures.ts";
import { algorithmFits, keyBits, type OpensslCertificate, signedParts } from "./certificate.ts";

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

function schemeOf(der: Uint8Array, signature: SignatureAlgorithm, issuer: OpensslCertificate): Scheme | undefined {
  const { type, curve } = issuer.certificate.key;
  if (type === "Ed25519" || type === "Ed448") return { type };
  if (type === "ML-DSA-44") return { type: "ML-DSA", size: 44 };
  if (type === "ML-DSA-65") return { type: "ML-DSA", size: 65 };
  if (type === "ML-DSA-87") return { type: "ML-DSA", size: 87 };
  if (type.startsWith("SLH-DSA-")) return { type: "SLH-DSA", name: type };
  const hash = hashOf(signature.hash);
  if (hash === undefined) return undefined;
  if (signature.oid === RSA_PSS) return laxPssScheme(der, signature, hash);
  if (type === "RSA") return { type, hash };
  if (type === "DSA") return dsaScheme(issuer, hash);
  return type === "EC" && curve !== undefined && isChecked(curve) ? { type: "ECDSA", curve, hash } : undefined;
}

/** The numbers that a DSA key shares with others stand beside it, or nowhere. */
function dsaScheme({ der, certificate }: OpensslCertificate, hash: SignatureHash): Scheme | undefined {
  const { parameters } = certificate.key.algorithm;
  return parameters && { type: "DSA", hash, parameters: der.subarray(parameters.start, parameters.end) };
}

function laxPssScheme(der: Uint8Array, { parameters }: SignatureAlgorithm, hash: SignatureHash): Scheme | undefined {
  if (parameters?.tag !== TAG.sequence) return undefined;
  return pssScheme(DerReader.lax(der, { start: parameters.content, end: parameters.end }), hash);
}
