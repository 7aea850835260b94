/** openssl 0.9: the builders of 0.10 under their first names, with constants in place of associated ones. */
import type { ByHand, CallModel, CrateModel, Recipe } from "../model.ts";

const NINE = { versions: ">=0.9, <0.10" } as const;
const ACCEPTOR = "openssl::ssl::SslAcceptorBuilder";
const CONNECTOR = "openssl::ssl::SslConnectorBuilder";
const CONTEXT = "openssl::ssl::SslContextBuilder";
const SSL = "openssl::ssl::SslRef";
const UNNAMED = "danger_connect_without_providing_domain_for_certificate_verification_and_server_name_indication";

/** From which release on 0.9 has what 0.10 has, as 0.10 has it; read in the sources of all 25. */
export const sinceNine: Readonly<Record<string, string>> = {
  "openssl::ssl::SslAcceptorBuilder::build": "0.9",
  "openssl::ssl::SslAcceptor::accept": "0.9",
  "openssl::ssl::SslConnectorBuilder::build": "0.9",
  "openssl::ssl::SslConnector::connect": "0.9",
  "openssl::ssl::SslConnector::configure": "0.9.10",
  "openssl::ssl::ConnectConfiguration::connect": "0.9.10",
  "openssl::ssl::SslContext::builder": "0.9",
  "openssl::ssl::SslContextBuilder::new": "0.9",
  "openssl::ssl::SslContextBuilder::build": "0.9",
  "openssl::ssl::Ssl::new": "0.9",
  "openssl::ssl::Ssl::connect": "0.9",
  "openssl::ssl::Ssl::accept": "0.9",
  "openssl::ssl::SslContextBuilder::set_verify": "0.9",
  "openssl::ssl::SslContextBuilder::set_verify_callback": "0.9",
  "openssl::ssl::SslContextBuilder::set_verify_depth": "0.9",
  "openssl::ssl::SslRef::set_verify": "0.9",
  "openssl::ssl::SslRef::set_verify_callback": "0.9",
  "openssl::ssl::SslContextBuilder::set_ca_file": "0.9",
  "openssl::ssl::SslContextBuilder::set_default_verify_paths": "0.9",
  "openssl::ssl::SslContextBuilder::set_verify_cert_store": "0.9.8",
  "openssl::ssl::SslContextBuilder::cert_store_mut": "0.9.2",
  "openssl::ssl::SslContextBuilder::set_client_ca_list": "0.9.1",
  "openssl::x509::store::X509StoreBuilder::new": "0.9.2",
  "openssl::x509::store::X509StoreBuilder::build": "0.9.2",
  "openssl::x509::store::X509StoreBuilderRef::add_cert": "0.9.2",
  "openssl::x509::store::X509StoreBuilderRef::set_default_paths": "0.9.7",
  "openssl::ssl::SslContextBuilder::set_options": "0.9",
  "openssl::ssl::SslContextBuilder::clear_options": "0.9",
  "openssl::ssl::SslContextBuilder::set_cipher_list": "0.9",
  "openssl::ssl::SslContextBuilder::set_servername_callback": "0.9",
  "openssl::ssl::SslRef::set_ssl_context": "0.9",
  "openssl::ssl::SslContextBuilder::set_session_id_context": "0.9",
  "openssl::x509::X509::from_pem": "0.9",
  "openssl::x509::X509::from_der": "0.9",
  "openssl::x509::X509::stack_from_pem": "0.9.5",
  "openssl::x509::X509Name::load_client_ca_file": "0.9.1",
  "openssl::pkey::PKey::private_key_from_pem": "0.9",
  "openssl::pkey::PKey::private_key_from_der": "0.9.15",
  "openssl::pkey::PKeyRef::private_key_to_der": "0.9.2",
  "openssl::rsa::RsaRef::private_key_to_pem": "0.9",
  "openssl::rsa::RsaRef::private_key_to_der": "0.9.2",
  "openssl::ec::EcKeyRef::private_key_to_pem": "0.9.2",
  "openssl::ec::EcKeyRef::private_key_to_der": "0.9.2",
  "openssl::ssl::SslContextBuilder::set_certificate_chain_file": "0.9",
  "openssl::ssl::SslContextBuilder::set_private_key_file": "0.9",
  "openssl::ssl::SslContextBuilder::set_certificate": "0.9",
  "openssl::ssl::SslContextBuilder::set_private_key": "0.9",
  "openssl::ssl::SslContextBuilder::add_extra_chain_cert": "0.9",
  "openssl::ssl::SslContextBuilder::check_private_key": "0.9",
  "openssl::ssl::SslRef::peer_certificate": "0.9",
  "openssl::ssl::SslRef::peer_cert_chain": "0.9.16",
  "openssl::x509::X509StoreContextRef::current_cert": "0.9",
  "openssl::ssl::SslStream::ssl": "0.9",
  "openssl::ssl::SslRef::param_mut": "0.9",
  "openssl::x509::verify::X509VerifyParamRef::set_host": "0.9",
  "openssl::x509::verify::X509VerifyParamRef::set_ip": "0.9.18",
};

/** The same for remedies, by the call at which they are written: those of 0.10 are in words that 0.9 has from then on. */
export const remediesSinceNine: Readonly<Record<string, string>> = {
  "openssl::ssl::SslContextBuilder::set_cipher_list": "0.9",
  "openssl::ssl::SslContextBuilder::set_certificate_file": "0.9",
  "openssl::ssl::SslContextBuilder::set_default_verify_paths": "0.9",
  "openssl::x509::store::X509StoreBuilder::new": "0.9.5",
  "openssl::x509::store::X509StoreBuilderRef::set_default_paths": "0.9.7",
};

const unnamed = { returns: { new: "openssl::ssl::SslStream" }, effects: [{ kind: "handshake", as: "client", unnamed: true }] } as const;

/** Only SSL 2 and 3 are off, and of its suites for those two none is left (connector.rs). */
const INTERMEDIATE = {
  kind: "preset",
  name: "mozilla_intermediate",
  weakness: "lists 3DES and static RSA cipher suites and allows TLS 1.0",
} as const;
/** Those with SHA-384 and SHA-256 are of TLS 1.2: nothing older can be negotiated. */
const MODERN = { kind: "preset", name: "mozilla_modern", weakness: "lists CBC cipher suites" } as const;
const identity = [
  { kind: "takes", argument: 1, part: "private-key" },
  { kind: "takes", argument: 2, part: "certificates" },
  { kind: "takes", argument: 3, part: "certificates" },
] as const;
const acceptor = { new: ACCEPTOR } as const;

export const nineCalls = [
  { path: `${ACCEPTOR}::mozilla_intermediate`, ...NINE, returns: acceptor, effects: [{ kind: "states", fact: INTERMEDIATE }, ...identity] },
  { path: `${ACCEPTOR}::mozilla_modern`, ...NINE, returns: acceptor, effects: [{ kind: "states", fact: MODERN }, ...identity] },
  {
    path: `${ACCEPTOR}::mozilla_intermediate_raw`,
    versions: ">=0.9.6, <0.10",
    returns: acceptor,
    effects: [{ kind: "states", fact: INTERMEDIATE }],
  },
  { path: `${ACCEPTOR}::mozilla_modern_raw`, versions: ">=0.9.6, <0.10", returns: acceptor, effects: [{ kind: "states", fact: MODERN }] },
  { path: `${ACCEPTOR}::builder_mut`, ...NINE, returns: { view: CONTEXT } },
  {
    path: `${CONNECTOR}::new`,
    ...NINE,
    returns: { new: CONNECTOR },
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
  },
  { path: `${CONNECTOR}::builder_mut`, ...NINE, returns: { view: CONTEXT } },
  { path: `openssl::ssl::SslConnector::${UNNAMED}`, versions: ">=0.9.2, <0.10", ...unnamed },
  { path: `openssl::ssl::ConnectConfiguration::${UNNAMED}`, versions: ">=0.9.10, <0.10", ...unnamed },
  { path: "openssl::ssl::ConnectConfiguration::ssl_mut", versions: ">=0.9.10, <0.10", returns: { view: SSL } },
  // An error where there is one.
  { path: `${SSL}::verify_result`, ...NINE },
  {
    path: `${CONTEXT}::set_certificate_file`,
    ...NINE,
    fails: "setting",
    effects: [
      { kind: "loads", argument: 0, reads: "first-certificate", as: "own-chain" },
      { kind: "takes-first", argument: 0, path: true, when: { argument: 1, is: "openssl::x509::X509_FILETYPE_PEM" } },
    ],
  },
  { path: "openssl::pkey::PKeyRef::private_key_to_pem", ...NINE, givesPrivateKey: true },
] as const satisfies readonly CallModel[];

export const nineValues = {
  "openssl::ssl::SSL_OP_NO_SSLV2": { kind: "flags", bits: ["NO_SSLV2"], ...NINE },
  "openssl::ssl::SSL_OP_NO_SSLV3": { kind: "flags", bits: ["NO_SSLV3"], ...NINE },
  "openssl::ssl::SSL_OP_NO_TLSV1": { kind: "flags", bits: ["NO_TLSV1"], ...NINE },
  "openssl::ssl::SSL_OP_NO_TLSV1_1": { kind: "flags", bits: ["NO_TLSV1_1"], ...NINE },
  "openssl::ssl::SSL_OP_NO_TLSV1_2": { kind: "flags", bits: ["NO_TLSV1_2"], ...NINE },
  "openssl::ssl::SSL_OP_ALL": { kind: "flags", bits: ["ALL"], ...NINE },
  "openssl::ssl::SSL_OP_NO_TICKET": { kind: "flags", bits: ["NO_TICKET"], ...NINE },
  "openssl::ssl::SSL_OP_NO_COMPRESSION": { kind: "flags", bits: ["NO_COMPRESSION"], ...NINE },
  "openssl::ssl::SSL_OP_SINGLE_DH_USE": { kind: "flags", bits: ["SINGLE_DH_USE"], ...NINE },
  "openssl::ssl::SSL_OP_SINGLE_ECDH_USE": { kind: "flags", bits: ["SINGLE_ECDH_USE"], ...NINE },
  "openssl::ssl::SSL_OP_CIPHER_SERVER_PREFERENCE": { kind: "flags", bits: ["CIPHER_SERVER_PREFERENCE"], ...NINE },
  "openssl::ssl::SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION": { kind: "flags", bits: ["ALLOW_UNSAFE_LEGACY_RENEGOTIATION"], ...NINE },
  "openssl::ssl::SSL_OP_NO_SSL_MASK": {
    kind: "flags",
    bits: ["NO_SSLV2", "NO_SSLV3", "NO_TLSV1", "NO_TLSV1_1", "NO_TLSV1_2"],
    ...NINE,
  },
} as const satisfies CrateModel["values"];

const PEER = "{path:openssl::ssl::SSL_VERIFY_PEER}";
const STRICT = `${PEER} | {path:openssl::ssl::SSL_VERIFY_FAIL_IF_NO_PEER_CERT}`;
const TRUST = "set_ca_file({ca}){try:<openssl::error::ErrorStack>cannot load the client CA file};";
const SESSIONS = 'set_session_id_context(b"mutual-tls"){try:<openssl::error::ErrorStack>cannot set the session id context};';
const REQUIRED = { kind: "client-authentication", mode: "required" } as const;
const VERIFIED = { kind: "server-verification", enabled: true } as const;
const DELEGATES = { kind: "verifier", judgement: "delegates" } as const;

/** Before 0.9.23 a builder has no method of its context's: what comes after is called on what the call itself is. */
const strict = {
  ...NINE,
  role: "server",
  gives: REQUIRED,
  title: "Require client certificates",
  edit: { kind: "replace-argument", argument: 0, with: STRICT },
} as const;
const surrounded = { ...strict, after: `{lacks:trust}{receiver}.${TRUST}\n{lacks:session-context}{receiver}.${SESSIONS}` } as const;
const verifying = {
  ...NINE,
  role: "client",
  gives: VERIFIED,
  title: "Enable certificate verification",
  edit: { kind: "replace-argument", argument: 0, with: PEER },
} as const;
const enforced = {
  ...NINE,
  role: "server",
  gives: REQUIRED,
  title: "Require client certificates from your CA",
  edit: { kind: "keep" },
  after: `{lacks:trust}{bound}.builder_mut().${TRUST}
{bound}.builder_mut().set_verify(${STRICT});
{lacks:session-context}{bound}.builder_mut().${SESSIONS}`,
} as const;
const resumed = {
  ...NINE,
  gives: { kind: "session-context", set: true },
  title: "Set a session ID context",
  edit: { kind: "keep" },
  after: `{bound}.builder_mut().${SESSIONS}`,
} as const;
const asServer = {
  ...NINE,
  role: "server",
  gives: DELEGATES,
  title: "Use OpenSSL's own verification",
  edit: { kind: "replace-segment", with: `.set_verify(${STRICT})` },
} as const;
const asClient = {
  ...NINE,
  role: "client",
  title: "Use OpenSSL's own verification",
  edit: { kind: "replace-segment", with: `.set_verify(${PEER})` },
} as const;

export const nineRecipes = [
  { at: `${CONTEXT}::set_verify`, ...surrounded },
  { at: `${CONTEXT}::set_verify`, ...strict },
  { at: `${CONTEXT}::set_verify_callback`, ...strict, of: ["client-authentication"] },
  { at: `${SSL}::set_verify_callback`, ...strict, of: ["client-authentication"] },
  { at: `${SSL}::set_verify`, ...strict },
  { at: `${CONTEXT}::set_verify`, ...verifying },
  { at: `${SSL}::set_verify`, ...verifying },
  { at: `${CONTEXT}::set_verify_callback`, ...asServer },
  { at: `${SSL}::set_verify_callback`, ...asServer },
  { at: `${CONTEXT}::set_verify_callback`, ...asClient, gives: DELEGATES },
  { at: `${SSL}::set_verify_callback`, ...asClient, gives: DELEGATES },
  { at: `${CONTEXT}::set_verify_callback`, ...asClient, gives: VERIFIED },
  { at: `${SSL}::set_verify_callback`, ...asClient, gives: VERIFIED },
  { at: `${ACCEPTOR}::mozilla_intermediate`, ...enforced },
  { at: `${ACCEPTOR}::mozilla_modern`, ...enforced },
  { at: `${ACCEPTOR}::mozilla_intermediate_raw`, ...enforced },
  { at: `${ACCEPTOR}::mozilla_modern_raw`, ...enforced },
  { at: `${ACCEPTOR}::mozilla_intermediate`, ...resumed },
  { at: `${ACCEPTOR}::mozilla_modern`, ...resumed },
  { at: `${ACCEPTOR}::mozilla_intermediate_raw`, ...resumed },
  { at: `${ACCEPTOR}::mozilla_modern_raw`, ...resumed },
  {
    at: `${CONTEXT}::set_ca_file`,
    ...NINE,
    role: "server",
    gives: REQUIRED,
    title: "Require client certificates",
    edit: { kind: "keep" },
    after: `{receiver}.set_verify(${STRICT});\n{lacks:session-context}{receiver}.${SESSIONS}`,
  },
  {
    at: "openssl::ssl::SslContext::builder",
    ...NINE,
    role: "client",
    gives: VERIFIED,
    title: "Enable certificate verification",
    edit: { kind: "keep" },
    after: `{lacks:trust}{bound}.set_default_verify_paths(){try:<openssl::error::ErrorStack>cannot load the system's certificates};
{bound}.set_verify(${PEER});`,
  },
  {
    at: `${CONTEXT}::clear_options`,
    ...NINE,
    gives: { kind: "minimum-version", version: "TLS 1.2" },
    title: "Keep old TLS versions disabled",
    edit: { kind: "remove-segment" },
  },
  {
    at: `${CONTEXT}::set_options`,
    ...NINE,
    gives: { kind: "unbound-renegotiation", allowed: false },
    title: "Disable insecure renegotiation",
    edit: { kind: "remove-flag", argument: 0, flag: "openssl::ssl::SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION" },
  },
  {
    at: `${CONTEXT}::clear_options`,
    ...NINE,
    gives: { kind: "compression", allowed: false },
    title: "Disable TLS compression",
    edit: { kind: "remove-flag", argument: 0, flag: "openssl::ssl::SSL_OP_NO_COMPRESSION" },
  },
] as const satisfies readonly Recipe[];

const NEWER = "no release of 0.9 has a newer one: move to openssl 0.10";
export const nineByHand = [
  {
    at: [`openssl::ssl::SslConnector::${UNNAMED}`, `openssl::ssl::ConnectConfiguration::${UNNAMED}`],
    of: "hostname-verification",
    because: "only you know the name that the server's certificate bears",
  },
  {
    at: [
      `${ACCEPTOR}::mozilla_intermediate`,
      `${ACCEPTOR}::mozilla_modern`,
      `${ACCEPTOR}::mozilla_intermediate_raw`,
      `${ACCEPTOR}::mozilla_modern_raw`,
    ],
    of: "preset",
    because: NEWER,
  },
] as const satisfies readonly ByHand[];
