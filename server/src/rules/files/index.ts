/** The rules over certificate files, in the order of their ids. */
import type { FileRule } from "../rule.ts";
import { caAsEndEntity } from "./ca-as-end-entity.ts";
import { expiredCertificate } from "./expired-certificate.ts";
import { expiringCertificate } from "./expiring-certificate.ts";
import { exposedPrivateKey } from "./exposed-private-key.ts";
import { malformedCertificate } from "./malformed-certificate.ts";
import { missingSubjectAlternativeName } from "./missing-subject-alternative-name.ts";
import { silentPemLoss } from "./silent-pem-loss.ts";
import { weakKey } from "./weak-key.ts";
import { weakSignature } from "./weak-signature.ts";

export const fileRules: readonly FileRule[] = [
  caAsEndEntity,
  expiredCertificate,
  expiringCertificate,
  exposedPrivateKey,
  malformedCertificate,
  missingSubjectAlternativeName,
  silentPemLoss,
  weakKey,
  weakSignature,
];
