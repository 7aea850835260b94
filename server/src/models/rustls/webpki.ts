/** webpki, asked by verifiers of the program's own: what it says of a chain, and not of a name. */
import type { CanonicalPath } from "../model.ts";

/** Since rustls-webpki 0.101 (`end_entity.rs`), for servers and clients alike. */
export const FOR_USAGE: CanonicalPath = "webpki::EndEntityCert::verify_for_usage";
/** In webpki 0.21 and 0.22 and rustls-webpki 0.100 and 0.101. */
export const VALID_SERVER: CanonicalPath = "webpki::EndEntityCert::verify_is_valid_tls_server_cert";
export const VALID_CLIENT: CanonicalPath = "webpki::EndEntityCert::verify_is_valid_tls_client_cert";
