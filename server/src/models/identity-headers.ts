/** Headers in which proxies that terminate mutual TLS hand on who the client is. Data only. */

/** Beginnings by which a file is worth reading; shorter ones are too common to be a reason. */
export const HEADER_TRIGGERS = [
  "X-SSL-Client",
  "X-Ssl-Client",
  "x-ssl-client",
  "X-TLS-Client",
  "x-tls-client",
  "X-Client-Cert",
  "x-client-cert",
  "X-Client-Verif",
  "x-client-verif",
  "X-Client-DN",
  "x-client-dn",
  "X-Client-CN",
  "x-client-cn",
  "X-Forwarded-Client-Cert",
  "x-forwarded-client-cert",
  "X-Forwarded-Tls-Client",
  "x-forwarded-tls-client",
  "X-ARR-ClientCert",
  "x-arr-clientcert",
  "X-Amzn-Mtls",
  "x-amzn-mtls",
  "SSL-Client-",
  "ssl-client-",
] as const;

/** Those of them that hold a name out of the certificate. */
export const NAME_HEADER =
  /^(?:x-)?(?:forwarded-(?:tls-)?client-cert(?:-info)?|(?:(?:ssl|tls|mtls)-)?client-(?:s-dn|dn|cn|subject|san)(?:-[a-z0-9-]+)?)$/i;

/**
 * The whole name, without regard to case: nginx and its ingress (`X-SSL-Client-…`, `ssl-client-subject-dn`), Envoy
 * (`x-forwarded-client-cert`), Traefik (`X-Forwarded-Tls-Client-Cert`), Azure (`X-ARR-ClientCert`), AWS (`X-Amzn-Mtls-Clientcert`),
 * RFC 9440 (`Client-Cert`).
 */
export const IDENTITY_HEADER =
  /^(?:x-)?(?:forwarded-(?:tls-)?client-cert(?:-info)?|arr-clientcert|amzn-mtls-clientcert(?:-[a-z-]+)?|(?:(?:ssl|tls|mtls)-)?client-(?:cert|certificate|verify|verified|s-dn|i-dn|dn|cn|subject|issuer|serial|fingerprint|san)(?:-[a-z0-9-]+)?|ssl-cert)$/i;

/** Those in which a client says itself who it is, beside what proves it: `x-agent-id`, `x-user`. */
export const CLAIMED_IDENTITY = /(?:^|-)(?:id|identity|name|user|username|email|principal|account)$/i;

/** What answers a client that is not known, or may not: variants, constants and functions of every server's library. */
export const REFUSALS: ReadonlySet<string> = new Set([
  "UNAUTHORIZED",
  "FORBIDDEN",
  "Unauthorized",
  "Forbidden",
  "ErrorUnauthorized",
  "ErrorForbidden",
  "unauthenticated",
  "permission_denied",
]);

/** Types that hold the headers of a message, by the last of their names, which every crate that passes one on keeps. */
export const HEADER_TYPES: ReadonlySet<string> = new Set(["HeaderMap", "Headers", "MetadataMap"]);

/** Methods of these that are given the name of a header. */
export const HEADER_GETTERS: ReadonlySet<string> = new Set(["get", "get_all", "get_one", "contains_key"]);

/** Methods of a message that are given one, and functions that make a filter of it: warp's. */
export const HEADER_CALLS: ReadonlySet<string> = new Set(["header", "get_header"]);
export const HEADER_FILTERS: ReadonlySet<string> = new Set([
  "warp::header",
  "warp::header::header",
  "warp::header::optional",
  "warp::header::value",
  "warp::filters::header::header",
  "warp::filters::header::optional",
  "warp::filters::header::value",
]);
