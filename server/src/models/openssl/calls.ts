/** What the openssl crate's calls say: presets, verification, trust, versions, ciphers, sessions. */
import type { CallModel, Effect } from "../model.ts";
import { verificationParameters } from "./verification-parameters.ts";

const CONTEXT = "openssl::ssl::SslContextBuilder";
const SSL = "openssl::ssl::SslRef";
const STORE = "openssl::x509::store::X509StoreBuilderRef";

const asClient = [{ kind: "handshake", as: "client" }] as const satisfies readonly Effect[];
const asServer = [{ kind: "handshake", as: "server" }] as const satisfies readonly Effect[];
/** The name is the first argument; OpenSSL takes an empty one for none (X509_VERIFY_PARAM_set1_host(3)). */
const toName = [{ kind: "handshake", as: "client", name: 0 }] as const satisfies readonly Effect[];
const connects = [...toName, { kind: "verifies-as", argument: 0, to: { argument: 1, is: "stream" } }] as const satisfies readonly Effect[];

const construction = [
  {
    path: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    returns: { new: "openssl::ssl::SslAcceptorBuilder" },
    effects: [
      {
        kind: "states",
        fact: {
          kind: "preset",
          name: "mozilla_intermediate",
          weakness: "lists 3DES and static RSA cipher suites and disables TLS 1.3",
        },
      },
    ],
  },
  {
    path: "openssl::ssl::SslAcceptor::mozilla_modern",
    returns: { new: "openssl::ssl::SslAcceptorBuilder" },
    effects: [
      {
        kind: "states",
        fact: { kind: "preset", name: "mozilla_modern", weakness: "lists CBC cipher suites and disables TLS 1.3" },
      },
    ],
  },
  {
    path: "openssl::ssl::SslAcceptor::mozilla_intermediate_v5",
    versions: ">=0.10.24, <0.11",
    returns: { new: "openssl::ssl::SslAcceptorBuilder" },
    effects: [{ kind: "states", fact: { kind: "minimum-version", version: "TLS 1.2", by: "options" } }],
  },
  {
    path: "openssl::ssl::SslAcceptor::mozilla_modern_v5",
    versions: ">=0.10.24, <0.11",
    returns: { new: "openssl::ssl::SslAcceptorBuilder" },
    effects: [{ kind: "states", fact: { kind: "minimum-version", version: "TLS 1.3", by: "options" } }],
  },
  { path: "openssl::ssl::SslAcceptorBuilder::build", returns: { becomes: "openssl::ssl::SslAcceptor" } },
  { path: "openssl::ssl::SslAcceptor::accept", returns: { new: "openssl::ssl::SslStream" } },
  { path: "openssl::ssl::SslAcceptor::context", versions: ">=0.10.29, <0.11", returns: { view: "openssl::ssl::SslContextRef" } },
  { path: "openssl::ssl::SslAcceptor::into_context", versions: ">=0.10.29, <0.11", returns: { becomes: "openssl::ssl::SslContext" } },

  {
    path: "openssl::ssl::SslConnector::builder",
    returns: { new: "openssl::ssl::SslConnectorBuilder" },
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
  },
  { path: "openssl::ssl::SslConnectorBuilder::build", returns: { becomes: "openssl::ssl::SslConnector" } },
  { path: "openssl::ssl::SslConnector::connect", returns: { new: "openssl::ssl::SslStream" }, effects: connects },
  { path: "openssl::ssl::SslConnector::configure", returns: { new: "openssl::ssl::ConnectConfiguration" } },
  { path: "openssl::ssl::SslConnector::context", versions: ">=0.10.29, <0.11", returns: { view: "openssl::ssl::SslContextRef" } },
  { path: "openssl::ssl::SslConnector::into_context", versions: ">=0.10.29, <0.11", returns: { becomes: "openssl::ssl::SslContext" } },
  { path: "openssl::ssl::ConnectConfiguration::connect", returns: { new: "openssl::ssl::SslStream" }, effects: connects },
  {
    path: "openssl::ssl::ConnectConfiguration::into_ssl",
    versions: ">=0.10.32, <0.11",
    returns: { becomes: "openssl::ssl::Ssl" },
    effects: toName,
  },

  { path: "openssl::ssl::SslContext::builder", returns: { new: CONTEXT, side: 0 } },
  { path: `${CONTEXT}::new`, returns: { new: CONTEXT, side: 0 } },
  { path: `${CONTEXT}::build`, returns: { becomes: "openssl::ssl::SslContext" } },
  {
    path: "openssl::ssl::Ssl::new",
    returns: { new: "openssl::ssl::Ssl" },
    effects: [{ kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: "openssl::ssl::Ssl::connect", returns: { new: "openssl::ssl::SslStream" }, effects: asClient },
  { path: "openssl::ssl::Ssl::accept", returns: { new: "openssl::ssl::SslStream" }, effects: asServer },
  { path: `${SSL}::set_connect_state`, versions: ">=0.10.32, <0.11", effects: asClient },
  { path: `${SSL}::set_accept_state`, versions: ">=0.10.32, <0.11", effects: asServer },
  {
    path: "openssl::ssl::SslStream::new",
    versions: ">=0.10.32, <0.11",
    returns: { new: "openssl::ssl::SslStream" },
    effects: [{ kind: "takes", argument: 0, part: "configuration" }],
  },
  // Deprecated, and before 0.10.32 the only way to a stream without its handshake; older releases were not read.
  {
    path: "openssl::ssl::SslStreamBuilder::new",
    versions: ">=0.10.30, <0.11",
    returns: { new: "openssl::ssl::SslStreamBuilder" },
    effects: [{ kind: "takes", argument: 0, part: "configuration" }],
  },
  {
    path: "openssl::ssl::SslStreamBuilder::connect",
    versions: ">=0.10.30, <0.11",
    returns: { new: "openssl::ssl::SslStream" },
    effects: asClient,
  },
  {
    path: "openssl::ssl::SslStreamBuilder::accept",
    versions: ">=0.10.30, <0.11",
    returns: { new: "openssl::ssl::SslStream" },
    effects: asServer,
  },
  { path: "openssl::ssl::SslStream::connect", versions: ">=0.10.32, <0.11", effects: asClient },
  { path: "openssl::ssl::SslStream::accept", versions: ">=0.10.32, <0.11", effects: asServer },
] as const satisfies readonly CallModel[];

/** For a server the bits say whether a client must show a certificate, for a client whether the server is verified. */
export const verifyMode = {
  kind: "flags",
  argument: 0,
  cases: [
    { role: "server", has: ["PEER", "FAIL_IF_NO_PEER_CERT"], states: [{ kind: "client-authentication", mode: "required" }] },
    { role: "server", has: ["PEER"], states: [{ kind: "client-authentication", mode: "optional" }] },
    { role: "server", has: ["FAIL_IF_NO_PEER_CERT"], states: [{ kind: "client-authentication", mode: "ignored" }] },
    { role: "server", states: [{ kind: "client-authentication", mode: "none" }] },
    { role: "client", has: ["PEER"], states: [{ kind: "server-verification", enabled: true }] },
    { role: "client", lacks: ["PEER"], states: [{ kind: "server-verification", enabled: false }] },
    // A raw context: the second bit is a server's; without PEER neither side verifies anything.
    { has: ["PEER", "FAIL_IF_NO_PEER_CERT"], states: [{ kind: "client-authentication", mode: "required" }] },
    { has: ["FAIL_IF_NO_PEER_CERT"], states: [{ kind: "client-authentication", mode: "ignored" }] },
    { has: ["PEER"], states: [{ kind: "server-verification", enabled: true }] },
    { lacks: ["PEER"], states: [{ kind: "server-verification", enabled: false }] },
  ],
} as const satisfies Effect;

const callback = [
  verifyMode,
  { kind: "callback", argument: 1, verifies: "peer", accepts: "true", inner: 0, certificate: [1] },
] as const satisfies readonly Effect[];

const hostname = [
  {
    kind: "switch",
    argument: 0,
    on: { kind: "hostname-verification", enabled: true },
    off: { kind: "hostname-verification", enabled: false },
  },
] as const satisfies readonly Effect[];

const verification = [
  { path: `${CONTEXT}::set_verify`, effects: [verifyMode] },
  { path: `${CONTEXT}::set_verify_callback`, effects: callback },
  { path: `${SSL}::set_verify`, effects: [verifyMode] },
  { path: `${SSL}::set_verify_callback`, effects: callback },
  { path: `${CONTEXT}::set_verify_depth` },
  { path: "openssl::ssl::ConnectConfiguration::verify_hostname", returns: "self", effects: hostname },
  { path: "openssl::ssl::ConnectConfiguration::set_verify_hostname", effects: hostname },
  { path: "openssl::ssl::ConnectConfiguration::use_server_name_indication", returns: "self" },
  { path: "openssl::ssl::ConnectConfiguration::set_use_server_name_indication" },
  { path: `${CONTEXT}::verify_param_mut`, versions: ">=0.10.31, <0.11", returns: { view: "openssl::x509::verify::X509VerifyParamRef" } },
  { path: `${SSL}::param_mut`, returns: { view: "openssl::x509::verify::X509VerifyParamRef" } },
] as const satisfies readonly CallModel[];

const store = [{ kind: "takes", argument: 0, part: "trust-store" }] as const;
const file = [
  { kind: "trusts", argument: 0, source: "path" },
  { kind: "loads", argument: 0, reads: "certificates" },
] as const;

const trust = [
  { path: `${CONTEXT}::set_ca_file`, fails: "anchor", effects: file },
  { path: `${CONTEXT}::load_verify_locations`, versions: ">=0.10.69, <0.11", fails: "anchor", effects: file },
  {
    path: `${CONTEXT}::set_default_verify_paths`,
    fails: "anchor",
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
  },
  { path: `${CONTEXT}::set_verify_cert_store`, fails: "anchor", effects: store },
  { path: `${CONTEXT}::set_cert_store`, versions: ">=0.10.29, <0.11", effects: store },
  { path: `${SSL}::set_verify_cert_store`, versions: ">=0.10.46, <0.11", fails: "anchor", effects: store },
  { path: `${CONTEXT}::cert_store_mut`, returns: { view: STORE } },
  // Names only, sent as a hint: trusts nothing.
  { path: `${CONTEXT}::set_client_ca_list` },
  { path: `${CONTEXT}::add_client_ca`, versions: ">=0.10.23, <0.11" },
  {
    path: "openssl::x509::store::X509StoreBuilder::new",
    returns: { new: "openssl::x509::store::X509StoreBuilder" },
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "none" } }],
  },
  { path: "openssl::x509::store::X509StoreBuilder::build", returns: { becomes: "openssl::x509::store::X509Store" } },
  { path: `${STORE}::add_cert`, fails: "anchor", effects: [{ kind: "trusts", argument: 0, source: "certificates" }] },
  {
    path: `${STORE}::set_default_paths`,
    fails: "anchor",
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
  },
  { path: `${STORE}::add_lookup`, versions: ">=0.10.31, <0.11", returns: { view: "openssl::x509::store::X509LookupRef" } },
  {
    path: "openssl::x509::store::X509LookupRef::load_cert_file",
    versions: ">=0.10.44, <0.11",
    fails: "anchor",
    effects: file,
  },
] as const satisfies readonly CallModel[];

const minimum = {
  kind: "word",
  argument: 0,
  of: "minimum-version",
  none: { kind: "minimum-version", version: "oldest" },
} as const satisfies Effect;
const maximum = {
  kind: "word",
  argument: 0,
  of: "maximum-version",
  none: { kind: "maximum-version", version: "TLS 1.3" },
} as const satisfies Effect;

const protocol = [
  { path: `${CONTEXT}::set_min_proto_version`, versions: ">=0.10.5, <0.11", fails: "setting", effects: [minimum] },
  { path: `${CONTEXT}::set_max_proto_version`, versions: ">=0.10.5, <0.11", effects: [maximum] },
  { path: `${SSL}::set_min_proto_version`, versions: ">=0.10.46, <0.11", fails: "setting", effects: [minimum] },
  { path: `${SSL}::set_max_proto_version`, versions: ">=0.10.46, <0.11", effects: [maximum] },
  {
    path: `${CONTEXT}::set_options`,
    // Options accumulate over calls: only what a call alone makes certain is said.
    effects: [
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [
          { has: ["NO_TLSV1", "NO_TLSV1_1", "NO_TLSV1_2"], states: [{ kind: "minimum-version", version: "TLS 1.3", by: "options" }] },
          { has: ["NO_TLSV1", "NO_TLSV1_1"], states: [{ kind: "minimum-version", version: "TLS 1.2", by: "options" }] },
        ],
      },
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [{ has: ["ALLOW_UNSAFE_LEGACY_RENEGOTIATION"], states: [{ kind: "unbound-renegotiation", allowed: true }] }],
      },
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [{ has: ["NO_COMPRESSION"], states: [{ kind: "compression", allowed: false }] }],
      },
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [{ has: ["NO_TICKET"], states: [{ kind: "session-tickets", enabled: false }] }],
      },
    ],
  },
  {
    path: `${CONTEXT}::clear_options`,
    effects: [
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [
          { has: ["NO_SSLV3"], states: [{ kind: "minimum-version", version: "SSL 3.0", by: "cleared options" }] },
          { has: ["NO_TLSV1"], states: [{ kind: "minimum-version", version: "TLS 1.0", by: "cleared options" }] },
          { has: ["NO_TLSV1_1"], states: [{ kind: "minimum-version", version: "TLS 1.1", by: "cleared options" }] },
        ],
      },
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [{ has: ["ALLOW_UNSAFE_LEGACY_RENEGOTIATION"], states: [{ kind: "unbound-renegotiation", allowed: false }] }],
      },
      {
        kind: "flags",
        argument: 0,
        accumulates: true,
        cases: [{ has: ["NO_COMPRESSION"], states: [{ kind: "compression", allowed: true }] }],
      },
    ],
  },
  { path: `${CONTEXT}::set_cipher_list`, fails: "setting", effects: [{ kind: "text", argument: 0, of: "cipher-list" }] },
  {
    path: `${SSL}::set_cipher_list`,
    versions: ">=0.10.46, <0.11",
    fails: "setting",
    effects: [{ kind: "text", argument: 0, of: "cipher-list" }],
  },
  { path: `${CONTEXT}::set_ciphersuites`, versions: ">=0.10.10, <0.11", fails: "setting" },
  {
    path: `${CONTEXT}::set_security_level`,
    versions: ">=0.10.58, <0.11",
    effects: [{ kind: "number", argument: 0, of: "security-level" }],
  },
] as const satisfies readonly CallModel[];

const sessions = [
  // OpenSSL 3.0.19, tried: the sessions of all names are one context's, whatever the contexts' session id contexts are (`session_ctx`).
  {
    path: `${CONTEXT}::set_servername_callback`,
    effects: [{ kind: "calls", argument: 0, with: [SSL], connection: true }],
  },
  // Before anything of a handshake is answered: what the connection is told there holds for it (SSL_CTX_set_client_hello_cb(3)).
  {
    path: `${CONTEXT}::set_client_hello_callback`,
    versions: ">=0.10.13, <0.11",
    effects: [{ kind: "calls", argument: 0, with: [SSL] }],
  },
  { path: `${SSL}::set_ssl_context`, effects: [{ kind: "switches", argument: 0 }] },
  {
    path: `${CONTEXT}::set_session_id_context`,
    fails: "setting",
    effects: [{ kind: "states", fact: { kind: "session-context", set: true } }],
  },
  {
    path: `${CONTEXT}::set_session_cache_mode`,
    effects: [
      {
        kind: "flags",
        argument: 0,
        cases: [
          { has: ["SERVER"], states: [{ kind: "session-cache", enabled: true }] },
          { lacks: ["SERVER"], states: [{ kind: "session-cache", enabled: false }] },
        ],
      },
    ],
  },
  {
    path: `${CONTEXT}::set_max_early_data`,
    versions: ">=0.10.9, <0.11",
    fails: "setting",
    effects: [{ kind: "number", argument: 0, of: "early-data" }],
  },
  {
    path: `${SSL}::set_max_early_data`,
    versions: ">=0.10.9, <0.11",
    fails: "setting",
    effects: [{ kind: "number", argument: 0, of: "early-data" }],
  },
  {
    path: `${CONTEXT}::set_keylog_callback`,
    versions: ">=0.10.4, <0.11",
    effects: [{ kind: "states", fact: { kind: "key-log", enabled: true } }],
  },
] as const satisfies readonly CallModel[];

/** Of a PEM file the first (SSL_CTX_use_certificate_file(3), NOTES); DER has one. */
const leafOfFile = [
  { kind: "loads", argument: 0, reads: "first-certificate", as: "own-chain" },
  { kind: "takes-first", argument: 0, path: true, when: { argument: 1, is: "openssl::ssl::SslFiletype::PEM" } },
] as const satisfies readonly Effect[];

const loaders = [
  {
    path: "openssl::x509::X509::from_pem",
    returns: { new: "openssl::x509::X509" },
    fails: "certificate",
    effects: [
      { kind: "loads", argument: 0, reads: "first-certificate" },
      { kind: "takes-first", argument: 0 },
    ],
  },
  {
    path: "openssl::x509::X509::stack_from_pem",
    returns: { new: "openssl::x509::X509" },
    fails: "certificate",
    effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
  },
  {
    path: "openssl::x509::X509::from_der",
    returns: { new: "openssl::x509::X509" },
    fails: "certificate",
    effects: [{ kind: "loads", argument: 0, reads: "first-certificate" }],
  },
  {
    path: "openssl::x509::X509Name::load_client_ca_file",
    returns: { new: "openssl::x509::X509Name" },
    effects: [{ kind: "loads", argument: 0, reads: "certificates", as: "client-ca" }],
  },
  {
    path: "openssl::pkey::PKey::private_key_from_pem",
    returns: { new: "openssl::pkey::PKey" },
    effects: [{ kind: "loads", argument: 0, reads: "private-key" }],
  },
  {
    path: "openssl::pkey::PKey::private_key_from_der",
    returns: { new: "openssl::pkey::PKey" },
    effects: [{ kind: "loads", argument: 0, reads: "private-key" }],
  },
  { path: "openssl::pkey::PKeyRef::private_key_to_pem_pkcs8", givesPrivateKey: true },
  { path: "openssl::pkey::PKeyRef::private_key_to_der", givesPrivateKey: true },
  { path: "openssl::rsa::RsaRef::private_key_to_pem", givesPrivateKey: true },
  { path: "openssl::rsa::RsaRef::private_key_to_der", givesPrivateKey: true },
  { path: "openssl::ec::EcKeyRef::private_key_to_pem", givesPrivateKey: true },
  { path: "openssl::ec::EcKeyRef::private_key_to_der", givesPrivateKey: true },
  {
    path: `${CONTEXT}::set_certificate_file`,
    fails: "setting",
    effects: leafOfFile,
  },
  {
    path: `${CONTEXT}::set_certificate_chain_file`,
    fails: "setting",
    effects: [{ kind: "loads", argument: 0, reads: "certificates", as: "own-chain" }],
  },
  {
    path: `${CONTEXT}::set_private_key_file`,
    fails: "setting",
    effects: [{ kind: "loads", argument: 0, reads: "private-key", as: "own-key" }],
  },
  { path: `${CONTEXT}::set_certificate`, fails: "setting", effects: [{ kind: "takes", argument: 0, part: "certificates" }] },
  { path: `${CONTEXT}::set_private_key`, fails: "setting", effects: [{ kind: "takes", argument: 0, part: "private-key" }] },
  { path: `${CONTEXT}::add_extra_chain_cert`, fails: "setting", effects: [{ kind: "takes", argument: 0, part: "certificates" }] },
  { path: `${CONTEXT}::check_private_key`, fails: "setting" },
] as const satisfies readonly CallModel[];

const identity = [
  { path: `${SSL}::peer_certificate`, readsPeerIdentity: "certificate" },
  { path: `${SSL}::peer_cert_chain`, readsPeerIdentity: "certificate" },
  { path: `${SSL}::verified_chain`, versions: ">=0.10.9, <0.11", readsPeerIdentity: "certificate" },
  // What a verification callback is asked about.
  { path: "openssl::x509::X509StoreContextRef::current_cert" },
  // X509_V_OK without a certificate, too (SSL_get_verify_result(3), RETURN VALUES).
  { path: `${SSL}::verify_result`, tellsVerdict: "openssl::x509::X509VerifyResult::OK" },
  { path: "openssl::ssl::SslStream::ssl", returns: { view: SSL } },
] as const satisfies readonly CallModel[];

export const calls = [
  ...construction,
  ...verification,
  ...trust,
  ...verificationParameters,
  ...protocol,
  ...sessions,
  ...loaders,
  ...identity,
] as const satisfies readonly CallModel[];
