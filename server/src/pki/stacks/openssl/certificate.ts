/** A certificate as OpenSSL judges it: the flags that `ossl_x509v3_cache_extensions` derives from its extensions. */

import { toHex } from "../../der/characters.ts";
import { context, type DerError, DerReader, sameBytes, TAG } from "../../der/der.ts";
import { readBits, readInteger, type Time } from "../../der/primitives.ts";
import type { SignatureAlgorithm } from "../../x509/algorithms.ts";
import { type Certificate, readCertificate } from "../../x509/certificate.ts";
import type { Extension } from "../../x509/extensions.ts";
import { isPoint } from "../curves.ts";
import type { Place } from "../verdict.ts";
import { type AlternativeName, readAlternativeName } from "./alternative-names.ts";
import { type DistinguishedName, distinguishedName, nameError, sameName } from "./names.ts";
import { parameterError } from "./parameters.ts";
import { type Point, readPoints } from "./points.ts";
import { areResources, isProxyInformation, NETSCAPE, RESOURCES, readNetscapeType } from "./rare-extensions.ts";
import { keyStrength, postQuantumStrength } from "./strength.ts";
import { readNameConstraints } from "./subtrees.ts";
import type { OpensslBehaviour } from "./versions.ts";

export interface OpensslCertificate {
  readonly place: Place;
  readonly der: Uint8Array;
  readonly certificate: Certificate;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** An extension that cannot be decoded, or that is there twice; such a certificate issues and is issued nothing. */
  readonly invalid: Extension | undefined;
  /** A critical extension that OpenSSL does not know. */
  readonly unhandled: Extension | undefined;
  readonly selfIssued: boolean;
  /** Self-issued, valid in its extensions, and its identifiers and its signature's algorithm fit its own key. */
  readonly selfSigned: boolean;
  /** Whether its public key can be decoded; one that cannot has issued nothing and is worth nothing. */
  readonly keyDecodes: boolean;
  /** Whether ECDSA over SHA-3 is an algorithm that its key can have signed with. */
  readonly ellipticSha3: boolean;
  readonly constraints: { readonly ca: boolean; readonly pathLength: number | undefined } | undefined;
  /** Netscape's certificate type, where there is one. */
  readonly netscapeType: number | undefined;
  /** A proxy certificate of RFC 3820: the extension that says so. */
  readonly proxy: Extension | undefined;
  readonly names: readonly AlternativeName[];
  readonly points: readonly Point[];
  readonly authority: AuthorityKeyId | undefined;
}

export interface AuthorityKeyId {
  readonly keyId: string | undefined;
  readonly issuer: DistinguishedName | undefined;
  readonly serial: string | undefined;
}

/** Known to OpenSSL 3 (`X509_supported_extension`), so that they may be critical. */
const HANDLED: ReadonlySet<string> = new Set([
  "2.16.840.1.113730.1.1",
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.19",
  "2.5.29.32",
  "2.5.29.31",
  "2.5.29.37",
  "1.3.6.1.5.5.7.1.7",
  "1.3.6.1.5.5.7.1.8",
  "1.3.6.1.5.5.7.48.1.5",
  "2.5.29.36",
  "1.3.6.1.5.5.7.1.14",
  "2.5.29.30",
  "2.5.29.33",
  "2.5.29.54",
]);

/** Those whose value is decoded before anything else is asked. */
const DECODED = [
  "basicConstraints",
  "keyUsage",
  "extKeyUsage",
  "subjectKeyIdentifier",
  "authorityKeyIdentifier",
  "subjectAltName",
  "nameConstraints",
  "cRLDistributionPoints",
  "nsCertType",
  "proxyCertInfo",
  ...RESOURCES,
];

export function readOpensslCertificate(der: Uint8Array, place: Place, behaviour: OpensslBehaviour): OpensslCertificate | DerError {
  const certificate = readCertificate(der, true);
  if (certificate.kind !== "certificate") return certificate;
  const { extensions, values } = certificate;
  const unloadable =
    values.malformed.find(({ extension, error }) => DECODED.includes(extension.name) && error.ber === true)?.error ??
    parameterError(der, certificate.signature, certificate.outerSignature, certificate.key.algorithm) ??
    nameError(der, certificate.issuer, behaviour) ??
    nameError(der, certificate.subject, behaviour) ??
    (behaviour.refusesShortTimes ? shortTime(certificate.notBefore, certificate.notAfter) : undefined);
  if (unloadable !== undefined) return unloadable;
  const named = (name: string): Extension | undefined => extensions.find((it) => it.name === name);
  const subject = distinguishedName(der, certificate.subject);
  const issuer = distinguishedName(der, certificate.issuer);
  const names = readNames(der, named("subjectAltName"));
  const authority = readAuthority(der, named("authorityKeyIdentifier"));
  const constraints = readBasicConstraints(der, named("basicConstraints"), behaviour);
  const points = readPoints(der, named("cRLDistributionPoints"), issuer, behaviour);
  const netscapeType = readNetscapeType(der, named("nsCertType"));
  const proxy = named("proxyCertInfo");
  const twice = extensions.find(
    (it, index) => DECODED.includes(it.name) && extensions.findIndex((other) => other.oid === it.oid) !== index,
  );
  const invalid =
    twice ??
    (names === undefined ? named("subjectAltName") : undefined) ??
    (netscapeType === "malformed" ? named("nsCertType") : undefined) ??
    (proxy !== undefined && (!isProxyInformation(der, proxy) || forbidsProxy(constraints, named)) ? proxy : undefined) ??
    extensions.find((it) => RESOURCES.includes(it.name) && !areResources(der, it)) ??
    (authority === "malformed" ? named("authorityKeyIdentifier") : undefined) ??
    (constraints === "malformed" ? named("basicConstraints") : undefined) ??
    (points === "malformed" ? named("cRLDistributionPoints") : undefined) ??
    (readNameConstraints(der, named("nameConstraints")) === "malformed" ? named("nameConstraints") : undefined) ??
    values.malformed.find(({ extension: { name } }) => DECODED.includes(name) && name !== "basicConstraints")?.extension ??
    (behaviour.demandsContents && values.keyUsage?.length === 0 ? named("keyUsage") : undefined);
  const selfIssued = sameName(subject, issuer);
  const read = {
    place,
    der,
    certificate,
    subject,
    issuer,
    invalid,
    unhandled: extensions.find((it) => it.critical && !HANDLED.has(it.oid)),
    selfIssued,
    selfSigned: false,
    keyDecodes: decodes(der, certificate) && (behaviour.postQuantum || postQuantumStrength(certificate.key.type) === undefined),
    ellipticSha3: behaviour.ellipticSha3,
    constraints: constraints === "malformed" ? undefined : constraints,
    netscapeType: netscapeType === "malformed" ? undefined : netscapeType,
    proxy,
    names: names ?? [],
    points: points === "malformed" ? [] : points,
    authority: authority === "malformed" ? undefined : authority,
  };
  return { ...read, selfSigned: invalid === undefined && selfIssued && identifiesIssuer(read, read) && algorithmFits(certificate, read) };
}

/** A proxy certificate is no CA and has no alternative names (RFC 3820 §3.5). */
const forbidsProxy = (
  constraints: OpensslCertificate["constraints"] | "malformed",
  named: (name: string) => Extension | undefined,
): boolean =>
  (typeof constraints === "object" && constraints.ca) || named("subjectAltName") !== undefined || named("issuerAltName") !== undefined;

/** A UTCTime or GeneralizedTime without seconds or without a zone. */
export function shortTime(...times: readonly (Time | undefined)[]): DerError | undefined {
  const short = times.find((it) => it !== undefined && it.text.length < (it.element.tag === TAG.generalizedTime ? 15 : 13));
  return short === undefined ? undefined : { kind: "BadDer", offset: short.element.start, message: "a time is too short" };
}

/** The others have an identifier that says everything: with parameters none of them is decoded (measured on 1.1.1 to 4.0). */
const PARAMETRIZED: ReadonlySet<string> = new Set(["RSA", "RSA-PSS", "DSA", "EC"]);

const decodes = (der: Uint8Array, certificate: Certificate): boolean =>
  keyStrength(certificate.key) !== undefined &&
  (PARAMETRIZED.has(certificate.key.type) || isOfItsLength(der, certificate)) &&
  (certificate.key.type !== "EC" || isPoint(certificate.key.curve, keyBits({ der, certificate }))) &&
  (!certificate.key.type.startsWith("RSA") || isRsaKey(keyBits({ der, certificate })));

/** Kinds of one size have no parameters, and as many bytes as they need (`ossl_ecx_key_op`). */
const isOfItsLength = (der: Uint8Array, certificate: Certificate): boolean =>
  certificate.key.algorithm.parameters === undefined && keyBits({ der, certificate }).length * 8 === certificate.key.bits;

/** `d2i_RSAPublicKey`: two numbers of any form and nothing else; what follows them is not looked at. */
function isRsaKey(key: Uint8Array): boolean {
  const reader = DerReader.lax(key);
  const numbers = reader.inside(reader.read(TAG.sequence, "an RSA key"));
  numbers.read(TAG.integer, "the modulus");
  numbers.read(TAG.integer, "the exponent");
  numbers.finish("the exponent");
  return reader.error === undefined;
}

/** `ossl_x509_likely_issued`: by name, by identifiers and by the kind of key. The signature is checked later. */
export function likelyIssued(issuer: OpensslCertificate, subject: OpensslCertificate, { knowsBySerial }: OpensslBehaviour): boolean {
  if (issuer.invalid !== undefined || subject.invalid !== undefined) return false;
  if (!sameName(issuer.subject, subject.issuer)) return false;
  if (knowsBySerial && sameSerial(issuer, subject)) return issuer.selfSigned;
  return identifiesIssuer(subject, issuer) && algorithmFits(subject.certificate, issuer);
}

/** An authority gives each number once: by RFC 5280 §4.1.2.2 these are the same certificate. */
const sameSerial = (one: OpensslCertificate, other: OpensslCertificate): boolean =>
  one.certificate.serial.hex === other.certificate.serial.hex && sameName(one.issuer, other.issuer);

/** `X509_check_akid`: what a certificate or a list says about its issuer's key identifier, serial number and issuer. */
export function identifiesIssuer(
  { authority }: Pick<OpensslCertificate, "authority">,
  { certificate, issuer }: Pick<OpensslCertificate, "certificate" | "issuer">,
): boolean {
  if (authority === undefined) return true;
  const { subjectKeyId } = certificate.values;
  if (authority.keyId !== undefined && subjectKeyId !== undefined && authority.keyId !== subjectKeyId) return false;
  if (authority.serial !== undefined && authority.serial !== certificate.serial.hex) return false;
  return authority.issuer === undefined || sameName(authority.issuer, issuer);
}

/** Whether the issuer's key can have made a signature of this algorithm (`check_sig_alg_match`). */
export function algorithmFits(
  { signature }: { readonly signature: SignatureAlgorithm },
  { certificate, keyDecodes, ellipticSha3 }: Pick<OpensslCertificate, "certificate" | "keyDecodes" | "ellipticSha3">,
): boolean {
  if (!keyDecodes) return false;
  const { type, curve } = certificate.key;
  const [family = "", hash = ""] = signature.name.split(" with ");
  if (family === "SM2") return curve === "SM2";
  if (family === "ECDSA" && hash.startsWith("SHA3-") && !ellipticSha3) return false;
  if (family === "ECDSA") return type === "EC";
  return family === type || (family === "RSA-PSS" && type === "RSA");
}

function readNames(der: Uint8Array, extension: Extension | undefined): AlternativeName[] | undefined {
  if (extension === undefined) return [];
  const reader = DerReader.lax(der, extension.value);
  const list = reader.inside(reader.read(TAG.sequence, "a list of names"));
  const names: AlternativeName[] = [];
  while (list.more) {
    const name = readAlternativeName(list);
    if (name !== undefined) names.push(name);
  }
  return reader.error === undefined ? names : undefined;
}

/** Any byte but zero is true here. */
function readBasicConstraints(
  der: Uint8Array,
  extension: Extension | undefined,
  { allowsIdleLength }: OpensslBehaviour,
): OpensslCertificate["constraints"] | "malformed" {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const fields = reader.inside(reader.read(TAG.sequence, "basic constraints"));
  const truth = fields.optional(TAG.boolean, "cA");
  const length = fields.nextIs(TAG.integer) ? readInteger(fields, "pathLenConstraint").bytes : undefined;
  fields.finish("basic constraints");
  const long = truth !== undefined && truth.end - truth.content !== 1;
  if (reader.error !== undefined || long || (length !== undefined && (length[0] ?? 0) >= 0x80)) return "malformed";
  const ca = truth !== undefined && der[truth.content] !== 0;
  const pathLength = length?.reduce((sum, byte) => sum * 256 + byte, 0);
  return !ca && (pathLength ?? 0) !== 0 && !allowsIdleLength ? "malformed" : { ca, pathLength };
}

export function readAuthority(der: Uint8Array, extension: Extension | undefined): AuthorityKeyId | "malformed" | undefined {
  if (extension === undefined) return undefined;
  const reader = DerReader.lax(der, extension.value);
  const fields = reader.inside(reader.read(TAG.sequence, "an authority key identifier"));
  const keyId = fields.optional(context(0, false), "a key identifier");
  const issuers = fields.optional(context(1), "issuers");
  const serial = fields.optional(context(2, false), "a serial number");
  fields.finish("the serial number");
  let issuer: DistinguishedName | undefined;
  if (issuers !== undefined) {
    const list = reader.inside(issuers);
    while (list.more) issuer ??= readAlternativeName(list)?.directory;
  }
  if (reader.error !== undefined) return "malformed";
  const hex = (part: typeof keyId): string | undefined => (part === undefined ? undefined : toHex(reader.contents(part)));
  return { keyId: hex(keyId), issuer, serial: hex(serial) };
}

/** The contents of the subjectPublicKey, and of the signature. */
export function keyBits({ der, certificate }: Pick<OpensslCertificate, "der" | "certificate">): Uint8Array {
  const reader = DerReader.lax(der, certificate.key);
  const inner = reader.inside(reader.read(TAG.sequence, "a public key"));
  inner.read(TAG.sequence, "an algorithm");
  return readBits(inner, "a key").bytes;
}
export interface SignedParts {
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  /** Bits that do not belong to the signature, which then counts as malformed. */
  readonly unused: number;
}
export function signedParts({ der }: Pick<OpensslCertificate, "der">): SignedParts {
  const reader = DerReader.lax(der);
  const outer = reader.inside(reader.read(TAG.sequence, "a certificate"));
  const tbs = outer.read(TAG.sequence, "the signed part");
  outer.read(TAG.sequence, "the signature algorithm");
  const { bytes: signature, unused } = readBits(outer, "the signature");
  return { message: der.subarray(tbs.start, tbs.end), signature, unused };
}

export const sameCertificate = (a: OpensslCertificate, b: OpensslCertificate): boolean => sameBytes(a.der, b.der);

/** `check_ca`: 0 no CA, 1 a CA, above that one that is taken for one for old times' sake. */
export function authorityGrade({ certificate, constraints, selfSigned, netscapeType }: OpensslCertificate): 0 | 1 | 3 | 4 | 5 {
  const { keyUsage } = certificate.values;
  if (keyUsage !== undefined && !keyUsage.includes("keyCertSign")) return 0;
  if (constraints !== undefined) return constraints.ca ? 1 : 0;
  if (certificate.version.number === 1 && selfSigned) return 3;
  if (keyUsage !== undefined) return 4;
  return ((netscapeType ?? 0) & NETSCAPE.anyAuthority) !== 0 ? 5 : 0;
}
