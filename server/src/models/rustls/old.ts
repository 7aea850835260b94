/** rustls 0.15 to 0.19: configurations that are made whole and then changed, verifiers at the crate's root. */

import type { CallModel, CrateModel, Recipe, VerifierMethod, VerifierTrait } from "../model.ts";
import { logsKeys } from "./calls.ts";
import { VALID_CLIENT, VALID_SERVER } from "./webpki.ts";

const BEFORE = ">=0.15, <0.20";

const certificates = [
  { kind: "takes", argument: 0, part: "certificates" },
  { kind: "takes", argument: 1, part: "private-key" },
] as const;
const keys = {
  returns: { new: "rustls_pki_types::PrivateKeyDer" },
  effects: [{ kind: "loads", argument: 0, reads: "private-key" }],
} as const;
const anchors = [{ kind: "trusts", argument: 0, source: "certificates" }] as const;

/** `root_store: anchors::RootCertStore::empty()` in client/mod.rs `new`. */
const emptyClient = {
  returns: { new: "rustls::ClientConfig" },
  effects: [{ kind: "states", fact: { kind: "trust", anchors: "none" } }],
} as const;

export const oldCalls = [
  {
    path: "rustls::ServerConfig::new",
    versions: BEFORE,
    returns: { new: "rustls::ServerConfig" },
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "client" },
    ],
  },
  {
    path: "rustls::ServerConfig::set_client_certificate_verifier",
    // 0.16 takes it at the start alone.
    versions: ">=0.17, <0.20",
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "client" },
    ],
  },
  { path: "rustls::ServerConfig::set_single_cert", versions: BEFORE, effects: certificates },
  { path: "rustls::ServerConfig::set_single_cert_with_ocsp_and_sct", versions: BEFORE, effects: certificates },
  { path: "rustls::ServerConfig.key_log", versions: BEFORE, effects: logsKeys },
  // 0.20 still has both names, for what it calls connections.
  { path: "rustls::ServerSession::new", versions: ">=0.15, <0.21", effects: [{ kind: "takes", argument: 0, part: "configuration" }] },

  { path: "rustls::ClientConfig::new", versions: BEFORE, ...emptyClient },
  { path: "rustls::ClientConfig::default", versions: BEFORE, ...emptyClient },
  { path: "rustls::ClientConfig::dangerous", versions: BEFORE, returns: { view: "rustls::DangerousClientConfig" } },
  { path: "rustls::DangerousClientConfig.cfg", versions: BEFORE, returns: { view: "rustls::ClientConfig" } },
  {
    path: "rustls::DangerousClientConfig::set_certificate_verifier",
    versions: BEFORE,
    effects: [
      { kind: "takes", argument: 0, part: "verifier" },
      { kind: "installs", argument: 0, verifies: "server" },
    ],
  },
  { path: "rustls::ClientConfig::set_single_client_cert", versions: BEFORE, effects: certificates },
  {
    path: "rustls::ClientConfig.root_store",
    versions: BEFORE,
    returns: { view: "rustls::RootCertStore" },
    effects: [
      { kind: "states", fact: { kind: "trust", anchors: "unknown" } },
      { kind: "takes", argument: 0, part: "trust-store" },
    ],
  },
  {
    path: "rustls::ClientConfig.enable_early_data",
    versions: BEFORE,
    effects: [{ kind: "switch", argument: 0, on: { kind: "early-data", bytes: 1 }, off: { kind: "early-data", bytes: 0 } }],
  },
  { path: "rustls::ClientConfig.key_log", versions: BEFORE, effects: logsKeys },
  { path: "rustls::ClientSession::new", versions: ">=0.15, <0.21", effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: "rustls::Session::get_peer_certificates", versions: BEFORE, readsPeerIdentity: "certificate" },

  {
    path: "rustls::RootCertStore::empty",
    versions: BEFORE,
    returns: { new: "rustls::RootCertStore" },
    effects: [{ kind: "states", fact: { kind: "trust", anchors: "none" } }],
  },
  { path: "rustls::RootCertStore.roots", versions: BEFORE, effects: anchors },
  { path: "rustls::RootCertStore::add", versions: BEFORE, fails: "anchor", effects: anchors },
  {
    path: "rustls::RootCertStore::add_pem_file",
    versions: BEFORE,
    fails: "anchor",
    effects: [
      { kind: "trusts", argument: 0, source: "path" },
      { kind: "loads", argument: 0, reads: "certificates" },
    ],
  },
  { path: "rustls::RootCertStore::add_server_trust_anchors", versions: BEFORE, effects: anchors },
  // What rustls-pemfile became.
  {
    path: "rustls::internal::pemfile::certs",
    versions: BEFORE,
    returns: { new: "rustls_pki_types::CertificateDer" },
    effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
    fails: "certificate",
  },
  { path: "rustls::internal::pemfile::pkcs8_private_keys", versions: BEFORE, ...keys },
  { path: "rustls::internal::pemfile::rsa_private_keys", versions: BEFORE, ...keys },
  {
    path: "rustls::Certificate",
    versions: BEFORE,
    returns: { argument: 0 },
    effects: [{ kind: "loads", argument: 0, reads: "first-certificate", whole: true }],
  },
  { path: "rustls::PrivateKey", versions: BEFORE, returns: { argument: 0 } },

  { path: "rustls::NoClientAuth::new", versions: BEFORE, returns: { new: "rustls::NoClientAuth" } },
  {
    path: "rustls::AllowAnyAuthenticatedClient::new",
    versions: BEFORE,
    returns: { new: "rustls::AllowAnyAuthenticatedClient" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  {
    path: "rustls::AllowAnyAnonymousOrAuthenticatedClient::new",
    versions: BEFORE,
    returns: { new: "rustls::AllowAnyAnonymousOrAuthenticatedClient" },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  { path: "rustls::KeyLogFile::new", versions: BEFORE, returns: { new: "rustls::KeyLogFile" } },
] as const satisfies readonly CallModel[];

export const oldTypes = {
  "rustls::DangerousClientConfig": { sort: "configuration", role: "client" },
  "rustls::NoClientAuth": {
    sort: "verifier",
    role: "server",
    defaults: [{ fact: { kind: "client-authentication", mode: "none" } }],
  },
  "rustls::AllowAnyAuthenticatedClient": {
    sort: "verifier",
    role: "server",
    defaults: [{ fact: { kind: "client-authentication", mode: "required" } }],
  },
  "rustls::AllowAnyAnonymousOrAuthenticatedClient": {
    sort: "verifier",
    role: "server",
    defaults: [{ fact: { kind: "client-authentication", mode: "optional" } }],
  },
  "rustls::ServerSession": { sort: "stream", role: "server", derefs: ["rustls::Session"] },
  "rustls::ClientSession": { sort: "stream", role: "client", derefs: ["rustls::Session"] },
  "rustls::Session": { sort: "stream" },
} as const satisfies CrateModel["types"];

const signature = { verifies: "signature", certificate: [0, 1, 2], accepted: ["rustls::HandshakeSignatureValid::assertion"] } as const;
const UNSIGNED = ">=0.15, <0.18";
const SIGNED = ">=0.18, <0.20";
/** With default bodies that verify. */
const signatures = [
  { name: "verify_tls12_signature", ...signature },
  { name: "verify_tls13_signature", ...signature },
] as const satisfies readonly VerifierMethod[];

// Parameters: roots, certificates, name, OCSP response.
const verifyServer = {
  name: "verify_server_cert",
  verifies: "server",
  certificate: [1],
  accepted: ["rustls::ServerCertVerified::assertion"],
  delegatesOfChain: [VALID_SERVER],
} as const satisfies VerifierMethod;
const verifyClient = {
  name: "verify_client_cert",
  verifies: "client",
  certificate: [0],
  accepted: ["rustls::ClientCertVerified::assertion"],
  delegates: [VALID_CLIENT],
} as const satisfies VerifierMethod;
const offer = {
  name: "offer_client_auth",
  verifies: "client",
  certificate: [],
  accepted: [],
  whenFalse: { kind: "client-authentication", mode: "none" },
} as const satisfies VerifierMethod;
/** A flag until 0.16, and an option of one since. */
const mandatory = {
  name: "client_auth_mandatory",
  verifies: "client",
  certificate: [],
  accepted: [],
  whenFalse: { kind: "client-authentication", mode: "optional" },
} as const satisfies VerifierMethod;
const OF_SERVERS = ["supported_verify_schemes"] as const;
const OF_CLIENTS = ["supported_verify_schemes", "client_auth_root_subjects"] as const;
const ofClients = [verifyClient, offer, mandatory];

export const oldTraits = [
  { path: "rustls::ServerCertVerifier", others: OF_SERVERS, versions: UNSIGNED, methods: [verifyServer] },
  { path: "rustls::ServerCertVerifier", others: OF_SERVERS, versions: SIGNED, methods: [verifyServer, ...signatures] },
  { path: "rustls::ClientCertVerifier", others: OF_CLIENTS, versions: UNSIGNED, methods: ofClients },
  { path: "rustls::ClientCertVerifier", others: OF_CLIENTS, versions: SIGNED, methods: [...ofClients, ...signatures] },
] as const satisfies readonly VerifierTrait[];

const REQUIRED = { kind: "client-authentication", mode: "required" } as const;

export const oldRecipes = [
  {
    at: "rustls::NoClientAuth::new",
    versions: BEFORE,
    gives: REQUIRED,
    title: "Require client certificates from your CA",
    before: `let mut {fresh:client_roots} = {path:rustls::RootCertStore}::empty();
{fresh:client_roots}
    .add_pem_file(&mut {path:std::io::BufReader}::new({path:std::fs::File}::open({ca}){try:<std::io::Error>cannot read the client CA file}))
    .expect("malformed client CA file");
assert!(!{fresh:client_roots}.is_empty(), "no certificate in the client CA file");`,
    edit: { kind: "replace-expression", with: "{path:rustls::AllowAnyAuthenticatedClient}::new({fresh:client_roots})" },
  },
  {
    at: "rustls::AllowAnyAnonymousOrAuthenticatedClient::new",
    versions: BEFORE,
    gives: REQUIRED,
    title: "Reject clients without a certificate",
    edit: { kind: "replace-expression", with: "{path:rustls::AllowAnyAuthenticatedClient}::new({argument:0})" },
  },
  {
    at: "rustls::DangerousClientConfig::set_certificate_verifier",
    versions: BEFORE,
    gives: { kind: "server-verification", enabled: true },
    title: "Keep the verifier of the configuration",
    edit: { kind: "remove-segment", preceding: ["dangerous"] },
  },
  {
    at: "rustls::ClientCertVerifier::offer_client_auth",
    versions: BEFORE,
    gives: REQUIRED,
    title: "Reject clients without a certificate",
    edit: { kind: "remove-method" },
  },
  {
    at: "rustls::ClientCertVerifier::client_auth_mandatory",
    versions: BEFORE,
    gives: REQUIRED,
    title: "Reject clients without a certificate",
    edit: { kind: "remove-method" },
  },
] as const satisfies readonly Recipe[];

export const oldByHand = [
  {
    of: "trust",
    at: ["rustls::ClientConfig::new", "rustls::ClientConfig::default"],
    because:
      "the configuration has to be changed after it is made: add the CA of your servers, or those of `webpki-roots`, to its `root_store`",
  },
] as const satisfies CrateModel["byHand"];
