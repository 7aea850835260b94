/** Which of two errors rustls-webpki reports when no path was found (`Error::rank`), and which end the search. */
import type { Refusal } from "../verdict.ts";

const RANKS: Readonly<Record<string, number>> = {
  CertNotValidYet: 290,
  CertExpired: 290,
  CertNotValidForName: 280,
  CertDistrusted: 270,
  CertRevoked: 270,
  UnknownRevocationStatus: 270,
  CrlExpired: 270,
  InvalidSignatureForPublicKey: 260,
  InvalidCrlSignatureForPublicKey: 260,
  SignatureAlgorithmMismatch: 250,
  EmptyEkuExtension: 245,
  RequiredEkuNotFound: 240,
  RequiredEkuNotFoundContext: 240,
  NameConstraintViolation: 230,
  PathLenConstraintViolated: 220,
  IssuerNotCertSigner: 215,
  CaUsedAsEndEntity: 210,
  EndEntityUsedAsCa: 210,
  EndEntityCertHasCertSignKeyUsage: 205,
  IssuerNotCrlSigner: 200,
  InvalidCertValidity: 190,
  InvalidNetworkMaskConstraint: 180,
  UnsupportedSignatureAlgorithmForPublicKey: 150,
  UnsupportedSignatureAlgorithmForPublicKeyContext: 150,
  UnsupportedCrlSignatureAlgorithmForPublicKey: 150,
  UnsupportedCrlSignatureAlgorithmForPublicKeyContext: 150,
  UnsupportedSignatureAlgorithm: 140,
  UnsupportedSignatureAlgorithmContext: 140,
  UnsupportedCrlSignatureAlgorithm: 140,
  UnsupportedCrlSignatureAlgorithmContext: 140,
  UnsupportedCriticalExtension: 130,
  UnsupportedCertVersion: 130,
  MaximumPathDepthExceeded: 61,
  MalformedDnsIdentifier: 60,
  MalformedNameConstraint: 50,
  MalformedExtensions: 40,
  TrailingData: 40,
  ExtensionValueInvalid: 30,
  BadDerTime: 20,
  BadDer: 10,
};

const rank = ({ kind }: Refusal): number => RANKS[kind.split("(", 1)[0] ?? kind] ?? 0;

/** The first of equals; of two unknown issuers the one further up, where the gap is. */
export function mostSpecific(first: Refusal, second: Refusal): Refusal {
  if (first.kind === "UnknownIssuer" && second.kind === "UnknownIssuer") return second;
  return rank(first) >= rank(second) ? first : second;
}

export const isFatal = (kind: string): boolean =>
  kind === "panic" || (/^Maximum.*Exceeded$/.test(kind) && kind !== "MaximumPathDepthExceeded");
