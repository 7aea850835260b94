/** How remedies are written with the openssl crate. */
import type { ByHand, Recipe } from "../model.ts";

const CONTEXT = "openssl::ssl::SslContextBuilder";
const SSL = "openssl::ssl::SslRef";

const PEER = "{path:openssl::ssl::SslVerifyMode}::PEER";
const STRICT = `${PEER} | {path:openssl::ssl::SslVerifyMode}::FAIL_IF_NO_PEER_CERT`;

const REQUIRED = { kind: "client-authentication", mode: "required" } as const;
const VERIFIED = { kind: "server-verification", enabled: true } as const;

/** What a server needs beside the question: a CA, the hint which certificate to pick, and a context to resume sessions in. */
const surroundings = `{lacks:trust}{bound}.set_ca_file({ca}){try:<openssl::error::ErrorStack>cannot load the client CA file};
{lacks:trust}{bound}.set_client_ca_list({path:openssl::x509::X509Name}::load_client_ca_file({ca}){try:<openssl::error::ErrorStack>cannot load the client CA file});`;
const context = `{lacks:session-context}{bound}.set_session_id_context(b"mutual-tls"){try:<openssl::error::ErrorStack>cannot set the session id context};`;

const strictMode = {
  role: "server",
  gives: REQUIRED,
  title: "Require client certificates",
  edit: { kind: "replace-argument", argument: 0, with: STRICT },
} as const;
const verifyingMode = {
  role: "client",
  gives: VERIFIED,
  title: "Enable certificate verification",
  edit: { kind: "replace-argument", argument: 0, with: PEER },
} as const;

export const enforcement = {
  role: "server",
  gives: REQUIRED,
  title: "Require client certificates from your CA",
  edit: { kind: "keep" },
  after: `${surroundings}
{bound}.set_verify(${STRICT});
${context}`,
} as const;

/** The trust is there, only the question is missing. */
const question = {
  role: "server",
  gives: REQUIRED,
  title: "Require client certificates",
  edit: { kind: "keep" },
  after: `{bound}.set_verify(${STRICT});
${context}`,
} as const;

const authentication = [
  { at: `${CONTEXT}::set_verify`, ...strictMode, after: `${surroundings}\n${context}` },
  { at: `${CONTEXT}::set_verify`, ...strictMode },
  // What the callback does is another matter.
  { at: `${CONTEXT}::set_verify_callback`, ...strictMode, of: ["client-authentication"] },
  { at: `${SSL}::set_verify_callback`, ...strictMode, of: ["client-authentication"] },
  { at: `${SSL}::set_verify`, ...strictMode },
  { at: "openssl::ssl::SslAcceptor::mozilla_intermediate", ...enforcement },
  { at: "openssl::ssl::SslAcceptor::mozilla_intermediate_v5", ...enforcement },
  { at: "openssl::ssl::SslAcceptor::mozilla_modern", ...enforcement },
  { at: "openssl::ssl::SslAcceptor::mozilla_modern_v5", ...enforcement },
  { at: `${CONTEXT}::set_ca_file`, ...question },
  { at: `${CONTEXT}::load_verify_locations`, ...question },
] as const satisfies readonly Recipe[];

/** A callback is the last word on every chain; without it, OpenSSL's own answer stands. */
const DELEGATES = { kind: "verifier", judgement: "delegates" } as const;
const withoutCallback = {
  role: "server",
  gives: DELEGATES,
  title: "Use OpenSSL's own verification",
  edit: { kind: "replace-segment", with: `.set_verify(${STRICT})` },
} as const;
const withoutClientCallback = {
  role: "client",
  title: "Use OpenSSL's own verification",
  edit: { kind: "replace-segment", with: `.set_verify(${PEER})` },
} as const;

const verification = [
  { at: `${CONTEXT}::set_verify_callback`, ...withoutCallback },
  { at: `${SSL}::set_verify_callback`, ...withoutCallback },
  { at: `${CONTEXT}::set_verify_callback`, ...withoutClientCallback, gives: DELEGATES },
  { at: `${SSL}::set_verify_callback`, ...withoutClientCallback, gives: DELEGATES },
  { at: `${CONTEXT}::set_verify_callback`, ...withoutClientCallback, gives: VERIFIED },
  { at: `${SSL}::set_verify_callback`, ...withoutClientCallback, gives: VERIFIED },
  {
    at: "openssl::ssl::SslContext::builder",
    role: "client",
    gives: VERIFIED,
    title: "Enable certificate verification",
    edit: { kind: "keep" },
    after: `{lacks:trust}{bound}.set_default_verify_paths(){try:<openssl::error::ErrorStack>cannot load the system's certificates};
{bound}.set_verify(${PEER});`,
  },
  { at: `${CONTEXT}::set_verify`, ...verifyingMode },
  { at: `${SSL}::set_verify`, ...verifyingMode },
  {
    at: "openssl::ssl::ConnectConfiguration::verify_hostname",
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "remove-segment" },
  },
  {
    at: "openssl::ssl::ConnectConfiguration::set_verify_hostname",
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "remove-segment" },
  },
] as const satisfies readonly Recipe[];

const floor = {
  gives: { kind: "minimum-version", version: "TLS 1.2" },
  title: "Require TLS 1.2 or later",
  edit: { kind: "replace-argument", argument: 0, with: "Some({path:openssl::ssl::SslVersion}::TLS1_2)" },
} as const;
const newestFloor = {
  gives: { kind: "minimum-version", version: "TLS 1.3" },
  title: "Require TLS 1.3",
  edit: { kind: "replace-argument", argument: 0, with: "Some({path:openssl::ssl::SslVersion}::TLS1_3)" },
} as const;
const ceiling = {
  gives: { kind: "maximum-version", version: "TLS 1.3" },
  title: "Allow the newest TLS version",
  edit: { kind: "remove-segment" },
} as const;

/** Whom a list is made for, only its author knows: what is sound of it stays. */
const soundCiphers = {
  gives: { kind: "cipher-list" },
  title: "Exclude broken ciphers",
  edit: { kind: "replace-argument", argument: 0, with: "{sound:0}" },
} as const;

/** The cipher suites of `mozilla_intermediate_v5` (connector.rs): forward secret, authenticated encryption only. */
const ciphers = {
  gives: { kind: "cipher-list" },
  title: "Allow only AEAD ciphers with forward secrecy",
  edit: {
    kind: "replace-argument",
    argument: 0,
    with: '"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"',
  },
} as const;

const protocol = [
  { at: `${CONTEXT}::set_min_proto_version`, ...floor },
  { at: `${SSL}::set_min_proto_version`, ...floor },
  { at: `${CONTEXT}::set_min_proto_version`, ...newestFloor },
  { at: `${SSL}::set_min_proto_version`, ...newestFloor },
  { at: `${CONTEXT}::set_max_proto_version`, ...ceiling },
  { at: `${SSL}::set_max_proto_version`, ...ceiling },
  {
    at: `${CONTEXT}::clear_options`,
    gives: { kind: "minimum-version", version: "TLS 1.2" },
    title: "Keep old TLS versions disabled",
    edit: { kind: "remove-segment" },
  },
  { at: `${CONTEXT}::set_cipher_list`, ...soundCiphers },
  { at: `${SSL}::set_cipher_list`, ...soundCiphers },
  { at: `${CONTEXT}::set_cipher_list`, ...ciphers },
  { at: `${SSL}::set_cipher_list`, ...ciphers },
  {
    at: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    versions: ">=0.10.24, <0.11",
    gives: { kind: "preset", name: "mozilla_intermediate_v5" },
    title: "Use Mozilla's current intermediate preset",
    edit: { kind: "replace-name", with: "mozilla_intermediate_v5" },
  },
  {
    at: "openssl::ssl::SslAcceptor::mozilla_modern",
    versions: ">=0.10.24, <0.11",
    gives: { kind: "preset", name: "mozilla_intermediate_v5" },
    title: "Use Mozilla's current preset for TLS 1.2 and 1.3",
    edit: { kind: "replace-name", with: "mozilla_intermediate_v5" },
  },
] as const satisfies readonly Recipe[];

const FLAGS = "{path:openssl::x509::verify::X509VerifyFlags}";
const SET = `set_flags(${FLAGS}::CRL_CHECK | ${FLAGS}::CRL_CHECK_ALL){try:<openssl::error::ErrorStack>cannot turn revocation checks on};`;
const LOAD =
  ".add_lookup({path:openssl::x509::store::X509Lookup}::file()){try:<openssl::error::ErrorStack>cannot look up}.load_crl_file({argument:0}, {argument:1})";
const checked = {
  at: "openssl::x509::store::X509LookupRef::load_crl_file",
  versions: ">=0.10.46, <0.11",
  gives: { kind: "revocation-check", enabled: true },
  title: "Enable CRL checking",
} as const;

const wholeChain = {
  versions: ">=0.10.31, <0.11",
  gives: { kind: "revocation-gap", gap: "none" },
  title: "Enable CRL checking of the whole chain",
  edit: { kind: "replace-argument", argument: 0, with: `${FLAGS}::CRL_CHECK | ${FLAGS}::CRL_CHECK_ALL` },
} as const;

/** The segments before the call tell a configuration's own store from one that is being built; they stay what they were. */
const revocation = [
  {
    ...checked,
    bound: "openssl::ssl::SslAcceptorBuilder",
    edit: { kind: "replace-segment", with: `.cert_store_mut()${LOAD}`, preceding: ["cert_store_mut", "add_lookup"] },
    after: `{bound}.cert_store_mut().${SET}`,
  },
  {
    ...checked,
    bound: "openssl::x509::store::X509StoreBuilder",
    edit: { kind: "replace-segment", with: LOAD, preceding: ["add_lookup"] },
    after: `{bound}.${SET}`,
  },
  { at: "openssl::x509::store::X509StoreBuilderRef::set_flags", ...wholeChain },
  { at: "openssl::x509::verify::X509VerifyParamRef::set_flags", ...wholeChain },
] as const satisfies readonly Recipe[];

const OPTIONS = "openssl::ssl::SslOptions";
const SETTERS = ["openssl::x509::store::X509StoreBuilderRef::set_flags", "openssl::x509::verify::X509VerifyParamRef::set_flags"] as const;
const timely = {
  gives: { kind: "validity-check", enabled: true },
  title: "Reject expired certificates",
  edit: { kind: "remove-flag", argument: 0, flag: "openssl::x509::verify::X509VerifyFlags::NO_CHECK_TIME" },
} as const;
const observed = {
  gives: { kind: "extension-check", enabled: true },
  title: "Reject unknown critical extensions",
  edit: { kind: "remove-flag", argument: 0, flag: "openssl::x509::verify::X509VerifyFlags::IGNORE_CRITICAL" },
} as const;
const direct = {
  gives: { kind: "proxy-certificates", accepted: false },
  title: "Reject proxy certificates",
  edit: { kind: "remove-flag", argument: 0, flag: "openssl::x509::verify::X509VerifyFlags::ALLOW_PROXY_CERTS" },
} as const;

/** What a flag switches off is on without it. */
const checks = [
  { at: SETTERS[0], ...timely },
  { at: SETTERS[1], ...timely },
  { at: SETTERS[0], ...observed },
  { at: SETTERS[1], ...observed },
  { at: SETTERS[0], ...direct },
  { at: SETTERS[1], ...direct },
  {
    at: "openssl::x509::verify::X509VerifyParamRef::set_time",
    gives: { kind: "validity-check", enabled: true },
    title: "Verify certificates by the system clock",
    edit: { kind: "remove-statement" },
  },
  {
    at: `${CONTEXT}::set_options`,
    gives: { kind: "unbound-renegotiation", allowed: false },
    title: "Disable insecure renegotiation",
    edit: { kind: "remove-flag", argument: 0, flag: `${OPTIONS}::ALLOW_UNSAFE_LEGACY_RENEGOTIATION` },
  },
  {
    at: `${CONTEXT}::clear_options`,
    gives: { kind: "compression", allowed: false },
    title: "Disable TLS compression",
    edit: { kind: "remove-flag", argument: 0, flag: `${OPTIONS}::NO_COMPRESSION` },
  },
] as const satisfies readonly Recipe[];

const trust = [
  {
    at: "openssl::x509::store::X509StoreBuilder::new",
    role: "server",
    gives: { kind: "trust", anchors: "loaded" },
    title: "Load your client CA into the trust store",
    edit: { kind: "keep" },
    after: `for ca in {path:openssl::x509::X509}::stack_from_pem(&std::fs::read({ca}){try:<std::io::Error>cannot read the client CA file}){try:<openssl::error::ErrorStack>malformed certificate in the client CA file} {
    {bound}.add_cert(ca){try:<openssl::error::ErrorStack>unusable certificate in the client CA file};
}`,
  },
  {
    at: "openssl::x509::store::X509StoreBuilder::new",
    role: "client",
    gives: { kind: "trust", anchors: "loaded" },
    title: "Load the CA of your servers into the trust store",
    edit: { kind: "keep" },
    after: `for ca in {path:openssl::x509::X509}::stack_from_pem(&std::fs::read({server-ca}){try:<std::io::Error>cannot read the CA file}){try:<openssl::error::ErrorStack>malformed certificate in the CA file} {
    {bound}.add_cert(ca){try:<openssl::error::ErrorStack>unusable certificate in the CA file};
}`,
  },
] as const satisfies readonly Recipe[];

/** The platform's authorities vouch for anybody: a server believes its own CA about its clients. */
const ownCa = {
  role: "server",
  gives: { kind: "trust", anchors: "loaded" },
  title: "Trust your client CA instead of public CAs",
} as const;

const clientTrust = [
  { at: `${CONTEXT}::set_default_verify_paths`, ...ownCa, edit: { kind: "replace-segment", with: ".set_ca_file({ca})" } },
  {
    at: "openssl::x509::store::X509StoreBuilderRef::set_default_paths",
    ...ownCa,
    edit: {
      kind: "replace-expression",
      with: `for ca in {path:openssl::x509::X509}::stack_from_pem(&std::fs::read({ca}){try:<std::io::Error>cannot read the client CA file}){try:<openssl::error::ErrorStack>malformed certificate in the client CA file} {
    {bound}.add_cert(ca){try:<openssl::error::ErrorStack>unusable certificate in the client CA file};
}`,
    },
  },
] as const satisfies readonly Recipe[];

const resumption = {
  gives: { kind: "session-context", set: true },
  title: "Set a session ID context",
  edit: { kind: "keep" },
  after: '{bound}.set_session_id_context(b"mutual-tls"){try:<openssl::error::ErrorStack>cannot set the session id context};',
} as const;

const chains = [
  {
    at: `${CONTEXT}::set_certificate_file`,
    gives: { kind: "partial-bundle" },
    title: "Load the whole chain of the file",
    edit: { kind: "replace-segment", with: ".set_certificate_chain_file({argument:0})" },
  },
] as const satisfies readonly Recipe[];

const levelled = {
  gives: { kind: "security-level" },
  title: "Use the library's default security level",
  edit: { kind: "remove-word", argument: 0, word: "@SECLEVEL=0" },
} as const;

const sessions = [
  { at: "openssl::ssl::SslAcceptor::mozilla_intermediate", ...resumption },
  { at: "openssl::ssl::SslAcceptor::mozilla_intermediate_v5", ...resumption },
  { at: "openssl::ssl::SslAcceptor::mozilla_modern", ...resumption },
  { at: "openssl::ssl::SslAcceptor::mozilla_modern_v5", ...resumption },
  {
    at: `${CONTEXT}::set_security_level`,
    gives: { kind: "security-level" },
    title: "Use the library's default security level",
    edit: { kind: "remove-segment" },
  },
  { at: `${CONTEXT}::set_cipher_list`, ...levelled },
  { at: `${SSL}::set_cipher_list`, ...levelled },
  {
    at: `${CONTEXT}::set_max_early_data`,
    gives: { kind: "early-data", bytes: 0 },
    title: "Disable early data (0-RTT)",
    edit: { kind: "replace-argument", argument: 0, with: "0" },
  },
  {
    at: `${SSL}::set_max_early_data`,
    gives: { kind: "early-data", bytes: 0 },
    title: "Disable early data (0-RTT)",
    edit: { kind: "replace-argument", argument: 0, with: "0" },
  },
  {
    at: `${CONTEXT}::set_keylog_callback`,
    gives: { kind: "key-log", enabled: false },
    title: "Disable key logging",
    edit: { kind: "remove-segment" },
  },
] as const satisfies readonly Recipe[];

export const recipes = [
  ...authentication,
  ...verification,
  ...protocol,
  ...revocation,
  ...checks,
  ...trust,
  ...clientTrust,
  ...sessions,
  ...chains,
] as const satisfies readonly Recipe[];

const UNKNOWN_NAME = "only you know the name that the server's certificate bears";
/** Handshakes, and what hands a name on to them. */
export const byHand = [
  {
    at: [
      "openssl::ssl::Ssl::connect",
      "openssl::ssl::SslStream::connect",
      "openssl::ssl::SslStreamBuilder::connect",
      "openssl::ssl::SslConnector::connect",
      "openssl::ssl::ConnectConfiguration::connect",
      "openssl::ssl::ConnectConfiguration::into_ssl",
    ],
    of: "hostname-verification",
    because: UNKNOWN_NAME,
  },
  { at: [`${SSL}::set_connect_state`], of: "hostname-verification", because: UNKNOWN_NAME },
] as const satisfies readonly ByHand[];
