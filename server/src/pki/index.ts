/**
 * Certificates, revocation lists, requests and keys: what a file holds, where each byte of it stands in the text, and what the
 * loaders of rustls and OpenSSL make of it. PEM and DER are read by code of our own, because no library keeps positions or is as
 * strict as the stacks are. Nothing here throws, asks the clock or knows a rule; of a private key only kind, size, encryption and
 * the public key's pin leave the folder.
 */

export { visible } from "../base/visible.ts";
export { latin1 } from "./der/characters.ts";
export { type ByteRange, DER_LIMIT, sameRange } from "./der/der.ts";
export { timeText } from "./der/primitives.ts";
export { certificateRole, type Description, days, daysUntil, describe } from "./describe/describe.ts";
export { describeFully } from "./describe/describe-fully.ts";
export { looksLikeCertificateFile, MAXIMUM_FILE_BYTES, rangeSpan, readCertificateFile, shapeOf } from "./file.ts";
export { MOST_ROUNDS } from "./keys/derive.ts";
export { looksFactorable } from "./keys/factoring.ts";
export type { PrivateKey } from "./keys/keys.ts";
export { listedAs, readKeyList } from "./keys/listed-keys.ts";
export { mentionsKey } from "./keys/mentions.ts";
export { openKeyStore } from "./keys/open-key-store.ts";
export type { KeyStore } from "./keys/pkcs12.ts";
export { publishedAt, publishedPin } from "./keys/published-keys.ts";
export { isMostlyWebKeys } from "./keys/text-keys.ts";
export { embeddedKeys } from "./pem/embedded-keys.ts";
export { NO_REASON } from "./pem/loader-openssl.ts";
export type { Loaded, Stack } from "./pem/loading.ts";
export type { PemDefect, PemProblem } from "./pem/pem-section.ts";
export { secretRanges } from "./secrets/secret-ranges.ts";
export { holdsKey, secretSpans, withoutKeys } from "./secrets/secret-spans.ts";
export type { CertificateFile, Parsed, Section } from "./section.ts";
export { readSectionAt } from "./section-apart.ts";
export { coversHost } from "./stacks/covers-host.ts";
export { webpkiReadError } from "./stacks/index.ts";
export type { NativeCheck, VerifyNatively } from "./stacks/native-signatures.ts";
export { type SectionValue, sectionValue } from "./values/section-values.ts";
export type { PublicKey } from "./x509/algorithms.ts";
export { keyText } from "./x509/algorithms.ts";
export type { Certificate } from "./x509/certificate.ts";
export { type NameConstraints, nameConstraintsOf, type Subtree } from "./x509/constraints.ts";
export { type RevocationList, type RevokedEntry, revokedEntries } from "./x509/crl.ts";
export type { Extension } from "./x509/extensions.ts";
export { fieldParts, fieldsAt, fieldsOf } from "./x509/fields.ts";
export { checkIssued, checkIssuedAtOnce, type SignatureCheck } from "./x509/issued.ts";
export type { Attribute, GeneralName, Name } from "./x509/names.ts";
export {
  accessOf,
  attributeValue,
  CA_ISSUERS,
  type CertificatePolicy,
  distributionPointsOf,
  issuerNamesOf,
  issuingPointOf,
  OCSP,
  policiesOf,
  policyMappingsOf,
} from "./x509/particulars.ts";
export type { CertificateRequest } from "./x509/request.ts";
export { revocationOf } from "./x509/revocation.ts";
