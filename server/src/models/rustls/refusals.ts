/** Errors of rustls, and of webpki below it, that say which check a certificate failed. */
import type { CrateModel } from "../model.ts";

/** They came with 0.21; what went wrong with more detail, with 0.23.24. */
const SINCE = ">=0.21, <0.24";
const DETAILED = ">=0.23.24, <0.24";
/** Before, errors of webpki were handed on as they were. */
const BEFORE = ">=0.15, <0.20";

export const refusals = {
  "rustls::CertificateError::NotValidForName": { of: "name", versions: SINCE },
  "rustls::CertificateError::NotValidForNameContext": { of: "name", versions: DETAILED },
  "rustls::CertificateError::Expired": { of: "time", versions: SINCE },
  "rustls::CertificateError::ExpiredContext": { of: "time", versions: DETAILED },
  "rustls::CertificateError::NotValidYet": { of: "time", versions: SINCE },
  "rustls::CertificateError::NotValidYetContext": { of: "time", versions: DETAILED },
  "rustls::Error::UnsupportedNameType": { of: "unnameable", versions: ">=0.20, <0.24" },
  "webpki::Error::CertNotValidForName": { of: "name", versions: BEFORE },
  "webpki::Error::CertExpired": { of: "time", versions: BEFORE },
  "webpki::Error::CertNotValidYet": { of: "time", versions: BEFORE },
  "webpki::Error::InvalidCertValidity": { of: "time", versions: BEFORE },
} as const satisfies CrateModel["refusals"];
