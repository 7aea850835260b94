/** The rules over certificate files, in the order of their ids. */
import type { FileRule } from "../rule.ts";
import { caAsEndEntity } from "./ca-as-end-entity.ts";
import { committedPrivateKey } from "./committed-private-key.ts";
import { duplicateCertificate } from "./duplicate-certificate.ts";
import { expiredCertificate } from "./expired-certificate.ts";
import { expiringCertificate } from "./expiring-certificate.ts";
import { exposedPrivateKey } from "./exposed-private-key.ts";
import { invalidSignature } from "./invalid-signature.ts";
import { issuerExpiresFirst } from "./issuer-expires-first.ts";
import { keyMismatch } from "./key-mismatch.ts";
import { leafAsAnchor } from "./leaf-as-anchor.ts";
import { malformedCertificate } from "./malformed-certificate.ts";
import { missingIntermediate } from "./missing-intermediate.ts";
import { missingSubjectAlternativeName } from "./missing-subject-alternative-name.ts";
import { readablePrivateKey } from "./readable-private-key.ts";
import { revokedCertificate } from "./revoked-certificate.ts";
import { rootInChain } from "./root-in-chain.ts";
import { silentPemLoss } from "./silent-pem-loss.ts";
import { staleRevocationList } from "./stale-revocation-list.ts";
import { unmatchedRevocationList } from "./unmatched-revocation-list.ts";
import { unrelatedCertificate } from "./unrelated-certificate.ts";
import { unsupportedRevocationList } from "./unsupported-revocation-list.ts";
import { weakKey } from "./weak-key.ts";
import { weakSignature } from "./weak-signature.ts";
import { wrongChainOrder } from "./wrong-chain-order.ts";

export const fileRules: readonly FileRule[] = [
  caAsEndEntity,
  committedPrivateKey,
  duplicateCertificate,
  expiredCertificate,
  expiringCertificate,
  exposedPrivateKey,
  invalidSignature,
  issuerExpiresFirst,
  keyMismatch,
  leafAsAnchor,
  malformedCertificate,
  missingIntermediate,
  missingSubjectAlternativeName,
  readablePrivateKey,
  revokedCertificate,
  rootInChain,
  silentPemLoss,
  staleRevocationList,
  unmatchedRevocationList,
  unrelatedCertificate,
  unsupportedRevocationList,
  weakKey,
  weakSignature,
  wrongChainOrder,
];
