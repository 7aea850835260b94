/** webpki, asked by verifiers of the program's own. */
import type { CanonicalPath } from "../model.ts";

/**
 * What it says of a chain, and not of a name: `verify_for_usage` since rustls-webpki 0.101, the two others in webpki 0.21 and 0.22 and
 * rustls-webpki 0.100 and 0.101 (`end_entity.rs`).
 */
export const chainOfServer: readonly CanonicalPath[] = [
  "webpki::EndEntityCert::verify_for_usage",
  "webpki::EndEntityCert::verify_is_valid_tls_server_cert",
];
export const chainOfClient: readonly CanonicalPath[] = [
  "webpki::EndEntityCert::verify_for_usage",
  "webpki::EndEntityCert::verify_is_valid_tls_client_cert",
];
