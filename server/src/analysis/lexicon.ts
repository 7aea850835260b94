/** Words by which programmers say what they mean: chosen insecurity, mutual TLS, a bundle, a check. Data only. */

/** A condition that is about whom one believes: `args.check_config` and `cfg.debug` are not. */
export const OF_VERIFICATION =
  /verif(?!\w*_?(?:config|settings|syntax))|secur|danger|unsafe|cert|tls|ssl|trust|strict|self_?signed|lax|hostname/i;

/** A choice about host names is none about certificates. */
export const HOSTNAME = /host_?names?|domain|\bsni\b/i;
export const CERTIFICATE = /cert|verify_?(?:peer|tls|ssl|ca)|insecure|danger/i;
/** The side of a connection that OpenSSL's methods are for: `SslMethod::tls_server()`. */
export function sideNamed(method: string): "client" | "server" | undefined {
  const side = /\bd?tls_(client|server)\b/.exec(method)?.[1];
  return side === "client" || side === "server" ? side : undefined;
}

/** libpq's mode that compares no name (`sslmode=verify-ca`), and MySQL's. */
export const CA_ALONE = /^(?!.*verify[-_]?(?:full|identity)).*verify[-_]?ca\b/i;

/** An option that turns TLS or its checks on. */
export const ENABLING = /client_?(?:auth|cert)|tls|ssl|https|verif|mutual/i;

/** One that turns TLS on, and says nothing of whom it believes. */
export const ENCRYPTING = /tls|ssl|https/i;
export const CHECKING = /verif|check|auth|cert|insecure|mutual/i;

/** A field about certificates or whether there is TLS, or any of a type that is about TLS. */
export const isSettingOfTls = (type: string, field: string): boolean =>
  [ENCRYPTING, CERTIFICATE, INTENT].some((it) => it.test(field)) || ENCRYPTING.test(inSnakeCase(type));

/** `HttpServer` says nothing of `https`, nor `AccessLog` of `ssl`. */
const inSnakeCase = (type: string): string => type.replace(/(?<=[a-z\d])(?=[A-Z])/g, "_");

/** What is called so tells OpenSSL a name that the peer's certificate must have: `X509_VERIFY_PARAM_add1_host`, and those that wrap it. */
export const NAMES_HOST = /(?:^|[_:])(?:set|add)1?_(?:host(?:_?name)?|ip(?:_?addr(?:ess)?|_asc)?)$/i;

/** What is called so gives the certificates of the platform or of the web. */
export const SYSTEM_STORE =
  /(?:native|system|platform|default|mozilla|webpki|public|well_?known|os)_?(?:tls_?|ssl_?|ca_?|root_?|trust_?)?(?:certs?|certificates?|roots?|cas|anchors?|store)(?![a-z])/i;

/** Names that mean mutual TLS is wanted, tested against an identifier or string without regard to case. */
export const INTENT =
  /(?:^|[^a-z])(?:m_?tls|mutual_?tls|mutual_?auth)|mutual[-_ ]?tls|client[-_]?(?:auth[-_]?)?ca(?![a-z])|client[-_]?cert|client[-_]?auth[-_]?cert(?!_resolver)|trusted[-_]?client/i;

/** And those that mean it unless they only say whose settings something is: beside `ServerAuthentication`, `ClientAuthentication` does. */
export const CLIENT_AUTHENTICATION = /client[-_]?auth(?!_cert_resolver)/i;

/** Names that speak of lists of revoked certificates. */
export const REVOCATION =
  /(?:^|[^a-z])crls?(?![a-z])|[a-z_]Crls?(?![a-z])|^Crl|revocation[-_ ]?list|revoked[-_ ]?cert|cert(?:s|ificates?)?[-_ ]?revo/;

/** Names of what looks at a peer's address before its words are believed. */
export const ADDRESS_CHECK = /trusted_?prox|^is_loopback$|peer_addr|remote_addr|ConnectInfo|realip|is_trusted/i;

/** A variable, a field, a method or a function that is called so holds or gives the headers of a message, whatever its type; gRPC's are its metadata. */
export const HOLDS_HEADERS = /^(?:\w+_)?(?:headers(?:_mut)?|header_?map|metadata(?:_mut)?)$/i;

/** Names of code that has to do with who holds a certificate, whichever library reads it. */
export const LOOKS_AT_PEER = /peer_?cert|peer_?identity|conn_data|on_connect|verified_chain|subject|x509_parser|fingerprint|common_?name/i;

/** A middleware or handler that is called so sends clients to https. */
export const REDIRECTING = /redirect|(?:force|to|require|upgrade)_?(?:https|tls|ssl)(?![a-z])/i;

/** What such a one answers. */
export const ANSWERS_REDIRECT =
  /(?:Permanent|Temporary)Redirect|MovedPermanently|MOVED_PERMANENTLY|(?:PERMANENT|TEMPORARY)_REDIRECT|::Found\(\)|StatusCode::FOUND|SeeOther|SEE_OTHER|Redirect::|redirect_to|\b30[1278]\b/;

/** The one path that has to be answered in the clear. */
export const CHALLENGE = /acme|challenge|well_?-?known/i;

/** What accepts a TLS handshake is called so. */
export const SPEAKS_TLS = /tls|ssl|acceptor/i;

/** Functions whose name says that they judge what they are given. */
export const VERIFYING =
  /^(?:verify|verified|validate|check|ensure|authenticate|is_valid|is_trusted|assert)(?:_|$)|_(?:verify|validate)$|^is_.*(?:valid|trusted|pinned|allowed)/;

/** Those that are given a certificate to read or to keep it, and do not judge it. */
export const READING =
  /^(?:parse|decode|deserialize|from|try_from|read|load|open|new|send|try_send|push|append|extend|insert|set|store|save|write|put|replace|update|add|log|trace|debug|info|warn|error|record|call)(?:_|$)/;

/** Identifiers split at `_`, case changes and everything that is no letter, in lower case. */
export function words(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1 ")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((it) => it !== "");
}

/** Whether a function of that name tells its callers that nobody is verified: `insecure_skip_verify`, `danger_accept_invalid_certs`. */
export const isOffer = (name: string): boolean => {
  const spaced = words(name).join("_");
  return (
    (OFFERED.test(spaced) || leaves(spaced, LEAVING_OUT, CHECKS) || leaves(spaced, LETTING_IN, UNCHECKED) || offersKeys(name)) &&
    !/(?:^|_)default(?:_|$)/.test(spaced)
  );
};
/** `with_key_logging`, `enable_key_log`: whoever calls it wants to decrypt what is recorded. */
export const offersKeys = (name: string): boolean => /^(?:with|enable|use|allow|set)_(?:ssl_?)?key_?log(?:_?file|ging|ger)?$/.test(name);
/** An option for it. The variable `SSLKEYLOGFILE` is none of the program's: what writes to the file that it names asks for it anyway. */
export const KEY_LOG = /(?<!ssl)key_?log/i;
const OFFERED = /(?:^|_)(?:insecure(?:ly)?|unsecure|danger(?:ous(?:ly)?)?|unverified|noverify|nocheck|blindly)(?:_|$)/;
/** `skip_hostname_check`, `accept_any`: a verb, and anywhere behind it what it is about. */
function leaves(name: string, verb: RegExp, object: RegExp): boolean {
  const said = verb.exec(name);
  return said !== null && object.test(name.slice(said.index + said[0].length));
}
const LEAVING_OUT = /(?:^|_)(?:skip|bypass|disable|ignore|no|without)_/;
const CHECKS = /(?:^|_)(?:verif|validat|checks?(?:_|$)|hostnames?(?:_|$)|cert[a-z]*_errors?(?:_|$))/;
const LETTING_IN = /(?:^|_)(?:accept|allow|trust)s?_/;
const UNCHECKED = /(?:^|_)(?:invalid|any|anything|all|self_signed|untrusted|unverified|expired)(?:_|$)/;

/** Macros that tell people something, and give the program nothing. */
export const LOGGING =
  /^(?:e?print(?:ln)?|write(?:ln)?|event|span|(?:s?log_)?(?:log|trace|debug|info|notice|warn|warning|error|crit|critical|fatal)(?:_once)?)$/;

/** Functions and methods that do, by their names: `logger.warn(…)`, `metrics.increment(…)`. */
export const TELLING =
  /^(?:log|warn|warning|error|report|notify|alert|emit|inc|increment|record|capture)(?:_|$)|^or_log|^(?:e?print(?:ln)?)$|_(?:log|logged)$/;

/** Methods and fields of certificates, of every library that reads them, which give what their makers have written. */
export const CLAIMS: ReadonlySet<string> = new Set([
  "subject",
  "subject_name",
  "issuer",
  "issuer_name",
  "common_name",
  "common_names",
  "subject_alternative_name",
  "subject_alternative_names",
  "subject_alt_names",
  "issuer_alt_names",
  "dns_names",
  "valid_dns_names",
  "valid_uri_names",
  "validity",
  "not_before",
  "not_after",
  "serial",
  "serial_number",
  "raw_serial",
  "raw_serial_as_string",
  "basic_constraints",
  "key_usage",
  "extended_key_usage",
  "is_ca",
  "extensions",
  "extensions_map",
  "get_extension_unique",
  "iter_extensions",
  "find_extension",
]);
