/** What rustls' calls say, for servers, clients, trust stores and verifiers. */
import type { CallModel } from "../model.ts";

const OLD = ">=0.20, <0.22";
const NEW = ">=0.22, <0.24";
const ALL = ">=0.16, <0.24";

const certificates = [
  { kind: "takes", argument: 0, part: "certificates" },
  { kind: "takes", argument: 1, part: "private-key" },
] as const;

// No answer ends the handshake with `NoCertificatesPresented` (server/hs.rs).
const ownResolver = [{ kind: "asks", argument: 0, method: "resolve", loses: "own-certificate" }] as const;
const resolver = [{ kind: "asks", argument: 0, method: "resolve", never: { kind: "own-certificate", there: false } }] as const;

/** Who is told the session keys. */
export const logsKeys = [
  { kind: "takes", argument: 0, part: "hook" },
  { kind: "tells-keys", argument: 0, method: "log" },
] as const;
const sessions = [{ kind: "keeps-sessions", argument: 0 }] as const;

const server = [
  { path: "rustls::ServerConfig::builder", returns: { new: "rustls::ConfigBuilder<rustls::ServerConfig>" } },
  {
    path: "rustls::ServerConfig::builder_with_protocol_versions",
    versions: NEW,
    returns: { new: "rustls::ConfigBuilder<rustls::ServerConfig>" },
  },
  {
    path: "rustls::ServerConfig::builder_with_provider",
    versions: NEW,
    returns: { new: "rustls::ConfigBuilder<rustls::ServerConfig>" },
  },
  {
    path: "rustls::ServerConfig::builder_with_details",
    versions: ">=0.23, <0.24",
    returns: { new: "rustls::ConfigBuilder<rustls::ServerConfig>" },
  },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_safe_defaults", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_safe_default_cipher_suites", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_safe_default_kx_groups", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_safe_default_protocol_versions", returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_protocol_versions", returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_cipher_suites", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_kx_groups", versions: OLD, returns: "self" },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_no_client_auth",
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "client-authentication", mode: "none" } }],
  },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_client_cert_verifier",
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "client" },
    ],
  },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_single_cert",
    returns: { becomes: "rustls::ServerConfig" },
    effects: certificates,
  },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_single_cert_with_ocsp",
    versions: NEW,
    returns: { becomes: "rustls::ServerConfig" },
    effects: certificates,
  },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_single_cert_with_ocsp_and_sct",
    versions: OLD,
    returns: { becomes: "rustls::ServerConfig" },
    effects: certificates,
  },
  {
    path: "rustls::ConfigBuilder<rustls::ServerConfig>::with_cert_resolver",
    returns: { becomes: "rustls::ServerConfig" },
    effects: resolver,
  },
  { path: "rustls::ServerConfig.cert_resolver", versions: ALL, effects: resolver },
  { path: "rustls::server::ResolvesServerCertUsingSni::new", returns: { new: "rustls::server::ResolvesServerCertUsingSni" } },
  {
    path: "rustls::server::ResolvesServerCertUsingSni::add",
    effects: [{ kind: "states", fact: { kind: "own-certificate", there: true } }],
  },
  { path: "rustls::ServerConfig.max_early_data_size", effects: [{ kind: "number", argument: 0, of: "early-data" }] },
  { path: "rustls::ServerConfig.key_log", effects: logsKeys },
  { path: "rustls::ServerConfig.session_storage", versions: ALL, effects: sessions },
  { path: "rustls::ServerConfig.ticketer", versions: ALL, effects: sessions },
  { path: "rustls::ServerConfig.alpn_protocols", versions: ALL },
  { path: "rustls::ServerConnection::new", effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
] as const satisfies readonly CallModel[];

const client = [
  { path: "rustls::ClientConfig::builder", returns: { new: "rustls::ConfigBuilder<rustls::ClientConfig>" } },
  {
    path: "rustls::ClientConfig::builder_with_protocol_versions",
    versions: NEW,
    returns: { new: "rustls::ConfigBuilder<rustls::ClientConfig>" },
  },
  {
    path: "rustls::ClientConfig::builder_with_provider",
    versions: NEW,
    returns: { new: "rustls::ConfigBuilder<rustls::ClientConfig>" },
  },
  {
    path: "rustls::ClientConfig::builder_with_details",
    versions: ">=0.23, <0.24",
    returns: { new: "rustls::ConfigBuilder<rustls::ClientConfig>" },
  },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_safe_defaults", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_safe_default_cipher_suites", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_safe_default_kx_groups", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_safe_default_protocol_versions", returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_protocol_versions", returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_cipher_suites", versions: OLD, returns: "self" },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_kx_groups", versions: OLD, returns: "self" },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_root_certificates",
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "trust-store" },
      { kind: "states", fact: { kind: "revocation-check", enabled: false } },
    ],
  },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_webpki_verifier",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "takes", argument: 0, part: "verifier" }],
  },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::dangerous",
    versions: NEW,
    returns: { becomes: "rustls::client::danger::DangerousClientConfigBuilder" },
  },
  {
    path: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
    versions: NEW,
    returns: { becomes: "rustls::ConfigBuilder<rustls::ClientConfig>" },
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "server" },
    ],
  },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
    versions: OLD,
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "server" },
    ],
  },
  { path: "rustls::ClientConfig::dangerous", versions: NEW, returns: { view: "rustls::client::danger::DangerousClientConfig" } },
  { path: "rustls::ClientConfig::dangerous", versions: OLD, returns: { view: "rustls::client::DangerousClientConfig" } },
  { path: "rustls::client::danger::DangerousClientConfig.cfg", versions: NEW, returns: { view: "rustls::ClientConfig" } },
  { path: "rustls::client::DangerousClientConfig.cfg", versions: OLD, returns: { view: "rustls::ClientConfig" } },
  {
    path: "rustls::client::DangerousClientConfig::set_certificate_verifier",
    versions: OLD,
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "server" },
    ],
  },
  {
    path: "rustls::client::danger::DangerousClientConfig::set_certificate_verifier",
    versions: NEW,
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "server" },
    ],
  },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_no_client_auth", returns: { becomes: "rustls::ClientConfig" } },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_client_auth_cert",
    versions: ">=0.21.4, <0.24",
    returns: { becomes: "rustls::ClientConfig" },
    effects: certificates,
  },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_single_cert",
    versions: OLD,
    returns: { becomes: "rustls::ClientConfig" },
    effects: certificates,
  },
  {
    path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_client_cert_resolver",
    returns: { becomes: "rustls::ClientConfig" },
    effects: ownResolver,
  },
  { path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_certificate_transparency_logs", versions: OLD, returns: "self" },
  {
    path: "rustls::ClientConfig.enable_early_data",
    effects: [{ kind: "switch", argument: 0, on: { kind: "early-data", bytes: 1 }, off: { kind: "early-data", bytes: 0 } }],
  },
  { path: "rustls::ClientConfig.key_log", effects: logsKeys },
  { path: "rustls::ClientConfig.enable_sni", versions: ALL },
  { path: "rustls::ClientConfig.alpn_protocols", versions: ALL },
  { path: "rustls::ClientConnection::new", effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
] as const satisfies readonly CallModel[];

const trust = [
  {
    path: "rustls::RootCertStore::empty",
    returns: { new: "rustls::RootCertStore" },
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "none" } }],
  },
  {
    path: "rustls::RootCertStore::from_iter",
    versions: ">=0.23, <0.24",
    returns: { new: "rustls::RootCertStore" },
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore.roots",
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore::add",
    fails: "anchor",
    error: { type: "rustls::Error", versions: ">=0.21" },
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore::add_parsable_certificates",
    fails: "anchor",
    error: { type: "rustls::Error", versions: ">=0.21" },
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore::extend",
    versions: NEW,
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore::add_trust_anchors",
    versions: ">=0.21.6, <0.22",
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  {
    path: "rustls::RootCertStore::add_server_trust_anchors",
    versions: OLD,
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
  // The certificate types of 0.20 and 0.21 are tuple structs around what a loader gave.
  {
    path: "rustls::Certificate",
    versions: OLD,
    returns: { argument: 0 },
    effects: [{ kind: "loads", argument: 0, reads: "first-certificate", whole: true }],
  },
  { path: "rustls::PrivateKey", versions: OLD, returns: { argument: 0 } },
  { path: "rustls::server::UnparsedCertRevocationList", versions: ">=0.21, <0.22", returns: { argument: 0 } },
  // Anchors are rebuilt from the parts of another crate's: subject, key, constraints of one and the same.
  {
    path: "rustls::OwnedTrustAnchor::from_subject_spki_name_constraints",
    versions: OLD,
    returns: { argument: 0 },
  },
] as const satisfies readonly CallModel[];

const verifiers = [
  {
    path: "rustls::server::NoClientAuth::new",
    versions: ">=0.20, <0.21",
    returns: { new: "rustls::server::NoClientAuth" },
  },
  {
    path: "rustls::server::NoClientAuth::boxed",
    versions: ">=0.21, <0.22",
    returns: { new: "rustls::server::NoClientAuth" },
  },
  {
    path: "rustls::server::AllowAnyAuthenticatedClient::new",
    versions: OLD,
    returns: { new: "rustls::server::AllowAnyAuthenticatedClient" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::server::AllowAnyAuthenticatedClient::with_crls",
    versions: ">=0.21.4, <0.22",
    returns: "self",
    fails: "crl",
    effects: [{ kind: "revokes", argument: 0, source: "crls" }],
  },
  { path: "rustls::server::AllowAnyAuthenticatedClient::boxed", versions: ">=0.21, <0.22", returns: "self" },
  {
    path: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new",
    versions: OLD,
    returns: { new: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::with_crls",
    versions: ">=0.21.4, <0.22",
    returns: "self",
    fails: "crl",
    effects: [{ kind: "revokes", argument: 0, source: "crls" }],
  },
  { path: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::boxed", versions: ">=0.21, <0.22", returns: "self" },
  {
    path: "rustls::server::WebPkiClientVerifier::builder",
    versions: NEW,
    returns: { new: "rustls::server::ClientCertVerifierBuilder" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::server::WebPkiClientVerifier::builder_with_provider",
    versions: NEW,
    returns: { new: "rustls::server::ClientCertVerifierBuilder" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::server::WebPkiClientVerifier::no_client_auth",
    versions: NEW,
    returns: { new: "rustls::server::NoClientAuth" },
  },
  {
    path: "rustls::server::ClientCertVerifierBuilder::allow_unauthenticated",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "client-authentication", mode: "optional" } }],
  },
  {
    path: "rustls::server::ClientCertVerifierBuilder::with_crls",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "revokes", argument: 0, source: "crls" }],
  },
  {
    path: "rustls::server::ClientCertVerifierBuilder::enforce_revocation_expiration",
    versions: ">=0.23.8, <0.24",
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-expiry", enforced: true } }],
  },
  {
    path: "rustls::server::ClientCertVerifierBuilder::allow_unknown_revocation_status",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-gap", gap: "unknown-status" } }],
  },
  {
    path: "rustls::server::ClientCertVerifierBuilder::only_check_end_entity_revocation",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-gap", gap: "end-entity-only" } }],
  },
  { path: "rustls::server::ClientCertVerifierBuilder::clear_root_hint_subjects", versions: NEW, returns: "self" },
  { path: "rustls::server::ClientCertVerifierBuilder::add_root_hint_subjects", versions: NEW, returns: "self" },
  {
    path: "rustls::server::ClientCertVerifierBuilder::build",
    versions: NEW,
    returns: { becomes: "rustls::server::WebPkiClientVerifier" },
    fails: "anchor",
    error: { type: "rustls::server::VerifierBuilderError" },
  },
  {
    path: "rustls::client::WebPkiServerVerifier::builder",
    versions: NEW,
    returns: { new: "rustls::client::ServerCertVerifierBuilder" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::client::WebPkiServerVerifier::builder_with_provider",
    versions: NEW,
    returns: { new: "rustls::client::ServerCertVerifierBuilder" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::client::ServerCertVerifierBuilder::with_crls",
    versions: NEW,
    returns: "self",
    effects: [
      { kind: "revokes", argument: 0, source: "crls" },
      { kind: "states", fact: { kind: "revocation-check", enabled: true } },
    ],
  },
  {
    path: "rustls::client::ServerCertVerifierBuilder::enforce_revocation_expiration",
    versions: ">=0.23.8, <0.24",
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-expiry", enforced: true } }],
  },
  {
    path: "rustls::client::ServerCertVerifierBuilder::allow_unknown_revocation_status",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-gap", gap: "unknown-status" } }],
  },
  {
    path: "rustls::client::ServerCertVerifierBuilder::only_check_end_entity_revocation",
    versions: NEW,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "revocation-gap", gap: "end-entity-only" } }],
  },
  {
    path: "rustls::client::ServerCertVerifierBuilder::build",
    versions: NEW,
    returns: { becomes: "rustls::client::WebPkiServerVerifier" },
    fails: "anchor",
    error: { type: "rustls::server::VerifierBuilderError" },
  },
  {
    path: "rustls::client::WebPkiVerifier::new",
    versions: OLD,
    returns: { new: "rustls::client::WebPkiVerifier" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
] as const satisfies readonly CallModel[];

const shown = [{ kind: "takes", argument: 0, part: "certificates" }] as const;
const others = [
  // What resolvers answer with, whichever side they are on.
  { path: "rustls::sign::CertifiedKey::new", versions: ALL, returns: { new: "rustls::sign::CertifiedKey" }, effects: shown },
  {
    path: "rustls::sign::CertifiedKey::from_der",
    versions: ">=0.23.23, <0.24",
    returns: { new: "rustls::sign::CertifiedKey" },
    effects: certificates,
  },
  { path: "rustls::sign::CertifiedKey.cert", versions: ALL, effects: shown },
  { path: "rustls::server::ServerSessionMemoryCache::new", returns: { new: "rustls::server::ServerSessionMemoryCache" } },
  { path: "rustls::Ticketer::new", versions: ">=0.16, <0.22", returns: { new: "rustls::Ticketer" } },
  { path: "rustls::crypto::ring::Ticketer::new", versions: NEW, returns: { new: "rustls::crypto::ring::Ticketer" } },
  { path: "rustls::crypto::aws_lc_rs::Ticketer::new", versions: NEW, returns: { new: "rustls::crypto::aws_lc_rs::Ticketer" } },
  { path: "rustls::KeyLogFile::new", returns: { new: "rustls::KeyLogFile" } },
  { path: "rustls::CommonState::peer_certificates", readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

export const calls = [...server, ...client, ...trust, ...verifiers, ...others] as const satisfies readonly CallModel[];
