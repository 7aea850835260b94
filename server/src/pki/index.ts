/**
 * Certificates, revocation lists, requests and keys: what a file holds, where each byte of it stands in the text, and what the
 * loaders of rustls and OpenSSL make of it. PEM and DER are read by code of our own, because no library keeps positions or is as
 * strict as the stacks are. Nothing here throws, asks the clock or knows a rule; of a private key only kind, size, encryption and
 * the public key's pin leave the folder.
 */

export type { PublicKey, SignatureAlgorithm } from "./algorithms.ts";
export { keyText } from "./algorithms.ts";
export type { Certificate } from "./certificate.ts";
export { latin1 } from "./characters.ts";
export { type NameConstraints, nameConstraintsOf, type Subtree } from "./constraints.ts";
export { type RevocationList, type RevokedEntry, revokedEntries } from "./crl.ts";
export { type ByteRange, DER_LIMIT, type DerError, sameRange } from "./der.ts";
export { MOST_ROUNDS } from "./derive.ts";
export { certificateRole, type Description, days, daysUntil, describe, timeText } from "./describe.ts";
export { describeFully } from "./describe-fully.ts";
export type { Extension } from "./extensions.ts";
export { looksFactorable } from "./factoring.ts";
export { type FieldPlace, fieldAt } from "./fields.ts";
export {
  type CertificateFile,
  looksLikeCertificateFile,
  MAXIMUM_FILE_BYTES,
  type Parsed,
  rangeSpan,
  readCertificateFile,
  type Section,
  shapeOf,
} from "./file.ts";
export { checkIssued, type SignatureCheck } from "./issued.ts";
export type { PrivateKey } from "./keys.ts";
export { NO_REASON } from "./loader-openssl.ts";
export { LOADER_VERSIONS } from "./loaders.ts";
export type { Loaded, Loading, Stack } from "./loading.ts";
export type { Attribute, GeneralName, Name } from "./names.ts";
export { type Opened, openKeyStore } from "./open-key-store.ts";
export {
  accessOf,
  attributeValue,
  CA_ISSUERS,
  type CertificatePolicy,
  distributionPointsOf,
  issuerNamesOf,
  keyAlgorithmOf,
  parametersOf,
  policiesOf,
  policyMappingsOf,
} from "./particulars.ts";
export type { PemDefect, PemProblem } from "./pem.ts";
export type { KeyStore } from "./pkcs12.ts";
export { publishedAt, publishedPin } from "./published-keys.ts";
export type { CertificateRequest } from "./request.ts";
export { revocationOf } from "./revocation.ts";
export { visible } from "./visible.ts";
