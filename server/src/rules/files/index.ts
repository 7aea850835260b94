/** The rules over certificate files, in the order of their ids. */

import type { FileRule } from "../rule.ts";
import { caAsEndEntity } from "./ca-as-end-entity.ts";
import { committedPrivateKey } from "./committed-private-key.ts";
import { confusableName } from "./confusable-name.ts";
import { differentlyEncodedName } from "./differently-encoded-name.ts";
import { duplicateCertificate } from "./duplicate-certificate.ts";
import { endEntityAsIssuer } from "./end-entity-as-issuer.ts";
import { endlessCertificate } from "./endless-certificate.ts";
import { expiredCertificate } from "./expired-certificate.ts";
import { expiringCertificate } from "./expiring-certificate.ts";
import { exposedPrivateKey } from "./exposed-private-key.ts";
import { inconsistentKey } from "./inconsistent-key.ts";
import { intermediateAsAnchor } from "./intermediate-as-anchor.ts";
import { invalidSignature } from "./invalid-signature.ts";
import { irrevocableCertificate } from "./irrevocable-certificate.ts";
import { issuerExpiresFirst } from "./issuer-expires-first.ts";
import { keyMismatch } from "./key-mismatch.ts";
import { leafAsAnchor } from "./leaf-as-anchor.ts";
import { malformedCertificate } from "./malformed-certificate.ts";
import { mismatchedKeyIdentifier } from "./mismatched-key-identifier.ts";
import { missingIntermediate } from "./missing-intermediate.ts";
import { missingKey } from "./missing-key.ts";
import { missingRevocationList } from "./missing-revocation-list.ts";
import { missingSubjectAlternativeName } from "./missing-subject-alternative-name.ts";
import { mustStaple } from "./must-staple.ts";
import { noHostName } from "./no-host-name.ts";
import { nonconformingCertificate } from "./nonconforming-certificate.ts";
import { nonconformingRevocationList } from "./nonconforming-revocation-list.ts";
import { notYetValidCertificate } from "./not-yet-valid-certificate.ts";
import { pathTooLong } from "./path-too-long.ts";
import { readablePrivateKey } from "./readable-private-key.ts";
import { recoverableKey } from "./recoverable-key.ts";
import { revokedCertificate } from "./revoked-certificate.ts";
import { rootInChain } from "./root-in-chain.ts";
import { severalPaths } from "./several-paths.ts";
import { severalPrivateKeys } from "./several-private-keys.ts";
import { sharedKey } from "./shared-key.ts";
import { sharedSerialNumber } from "./shared-serial-number.ts";
import { silentPemLoss } from "./silent-pem-loss.ts";
import { staleRevocationList } from "./stale-revocation-list.ts";
import { textOutsideSections } from "./text-outside-sections.ts";
import { uncoveredHost } from "./uncovered-host.ts";
import { unfitCertificateRequest } from "./unfit-certificate-request.ts";
import { unfitForPublicWeb } from "./unfit-for-public-web.ts";
import { unmatchedRevocationList } from "./unmatched-revocation-list.ts";
import { unreachableAnchor } from "./unreachable-anchor.ts";
import { unrelatedCertificate } from "./unrelated-certificate.ts";
import { unrestrictedPurpose } from "./unrestricted-purpose.ts";
import { unsupportedCriticalExtension } from "./unsupported-critical-extension.ts";
import { unsupportedKey } from "./unsupported-key.ts";
import { unsupportedRevocationList } from "./unsupported-revocation-list.ts";
import { unusableName } from "./unusable-name.ts";
import { weakKey } from "./weak-key.ts";
import { weakKeyStore } from "./weak-key-store.ts";
import { weakSignature } from "./weak-signature.ts";
import { wildcardName } from "./wildcard-name.ts";
import { wrongChainOrder } from "./wrong-chain-order.ts";
import { wrongFileContents } from "./wrong-file-contents.ts";
import { wrongKeyUsage } from "./wrong-key-usage.ts";
import { wrongNameConstraint } from "./wrong-name-constraint.ts";
import { wrongPurpose } from "./wrong-purpose.ts";

export const fileRules: readonly FileRule[] = [
  caAsEndEntity,
  committedPrivateKey,
  confusableName,
  differentlyEncodedName,
  duplicateCertificate,
  endEntityAsIssuer,
  endlessCertificate,
  expiredCertificate,
  expiringCertificate,
  exposedPrivateKey,
  inconsistentKey,
  intermediateAsAnchor,
  invalidSignature,
  irrevocableCertificate,
  issuerExpiresFirst,
  keyMismatch,
  leafAsAnchor,
  malformedCertificate,
  mismatchedKeyIdentifier,
  missingIntermediate,
  missingKey,
  missingRevocationList,
  missingSubjectAlternativeName,
  mustStaple,
  noHostName,
  nonconformingCertificate,
  nonconformingRevocationList,
  notYetValidCertificate,
  pathTooLong,
  readablePrivateKey,
  recoverableKey,
  revokedCertificate,
  rootInChain,
  severalPaths,
  severalPrivateKeys,
  sharedKey,
  sharedSerialNumber,
  silentPemLoss,
  staleRevocationList,
  textOutsideSections,
  uncoveredHost,
  unfitCertificateRequest,
  unfitForPublicWeb,
  unmatchedRevocationList,
  unreachableAnchor,
  unrelatedCertificate,
  unrestrictedPurpose,
  unsupportedCriticalExtension,
  unsupportedKey,
  unsupportedRevocationList,
  unusableName,
  weakKey,
  weakKeyStore,
  weakSignature,
  wildcardName,
  wrongChainOrder,
  wrongFileContents,
  wrongKeyUsage,
  wrongNameConstraint,
  wrongPurpose,
];
