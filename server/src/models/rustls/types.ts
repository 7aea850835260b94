/** rustls' types, values and the traits whose implementations verify peers. */
import type { CrateModel, VerifierMethod, VerifierTrait } from "../model.ts";
import { FOR_USAGE, VALID_CLIENT, VALID_SERVER } from "./webpki.ts";

/** rustls-webpki 0.101 does not look at a list's `nextUpdate`. */
const STALE = { versions: ">=0.21.4, <0.22", fact: { kind: "revocation-expiry", enforced: false } } as const;

const SESSIONS = { fact: { kind: "session-state", store: "made" } } as const;

export const types = {
  "rustls::ServerConfig": { sort: "configuration", role: "server" },
  "rustls::ClientConfig": { sort: "configuration", role: "client" },
  "rustls::ConfigBuilder<rustls::ServerConfig>": { sort: "configuration", role: "server", chains: true },
  "rustls::ConfigBuilder<rustls::ClientConfig>": { sort: "configuration", role: "client", chains: true },
  "rustls::client::danger::DangerousClientConfigBuilder": { sort: "configuration", role: "client" },
  "rustls::client::danger::DangerousClientConfig": { sort: "configuration", role: "client" },
  "rustls::client::DangerousClientConfig": { sort: "configuration", role: "client" },

  "rustls::RootCertStore": { sort: "trust-store" },
  "rustls::OwnedTrustAnchor": { sort: "certificates" },
  "rustls::server::UnparsedCertRevocationList": { sort: "crls" },

  "rustls::server::NoClientAuth": {
    sort: "verifier",
    role: "server",
    defaults: [{ fact: { kind: "client-authentication", mode: "none" } }],
  },
  "rustls::server::AllowAnyAuthenticatedClient": {
    sort: "verifier",
    role: "server",
    chains: true,
    defaults: [{ fact: { kind: "client-authentication", mode: "required" } }, STALE],
  },
  "rustls::server::AllowAnyAnonymousOrAuthenticatedClient": {
    sort: "verifier",
    role: "server",
    chains: true,
    defaults: [{ fact: { kind: "client-authentication", mode: "optional" } }, STALE],
  },
  "rustls::server::ClientCertVerifierBuilder": {
    sort: "verifier",
    role: "server",
    chains: true,
    // `revocation_expiration_policy: Ignore` in webpki/client_verifier.rs `new`, until `enforce_revocation_expiration`.
    defaults: [{ fact: { kind: "client-authentication", mode: "required" } }, { fact: { kind: "revocation-expiry", enforced: false } }],
  },
  "rustls::server::WebPkiClientVerifier": { sort: "verifier", role: "server" },
  "rustls::client::ServerCertVerifierBuilder": {
    sort: "verifier",
    role: "client",
    chains: true,
    defaults: [{ fact: { kind: "revocation-expiry", enforced: false } }, { fact: { kind: "revocation-check", enabled: false } }],
  },
  "rustls::client::WebPkiServerVerifier": { sort: "verifier", role: "client" },
  "rustls::client::WebPkiVerifier": { sort: "verifier", role: "client" },

  "rustls::sign::CertifiedKey": { sort: "other" },
  "rustls::server::ResolvesServerCertUsingSni": { sort: "other", defaults: [{ fact: { kind: "own-certificate", there: false } }] },

  // `can_resume` (server/hs.rs) compares suite, name and extended master secret, never who was trusted.
  "rustls::server::ServerSessionMemoryCache": { sort: "other", defaults: [SESSIONS] },
  "rustls::Ticketer": { sort: "other", defaults: [SESSIONS] },
  "rustls::crypto::ring::Ticketer": { sort: "other", defaults: [SESSIONS] },
  "rustls::crypto::aws_lc_rs::Ticketer": { sort: "other", defaults: [SESSIONS] },

  "rustls::KeyLogFile": { sort: "other", defaults: [{ fact: { kind: "key-log", enabled: true } }] },
  "rustls::NoKeyLog": { sort: "other", defaults: [{ fact: { kind: "key-log", enabled: false } }] },

  "rustls::ServerConnection": { sort: "stream", role: "server", derefs: ["rustls::CommonState"] },
  "rustls::ClientConnection": { sort: "stream", role: "client", derefs: ["rustls::CommonState"] },
  "rustls::CommonState": { sort: "stream" },
} as const satisfies CrateModel["types"];

export const values = {
  "rustls::server::NoClientAuth": { kind: "object", type: "rustls::server::NoClientAuth" },
  "rustls::NoKeyLog": { kind: "object", type: "rustls::NoKeyLog" },
} as const satisfies CrateModel["values"];

/**
 * Parameters: message, certificate, signature; a verifier with a key of its own looks at the first and the last. Both have verifying
 * default bodies up to 0.21.
 */
const signature = { verifies: "signature", certificate: [0, 1, 2] } as const;
const delegates = ["rustls::crypto::verify_tls12_signature", "rustls::crypto::verify_tls13_signature"] as const;

const newSignatures = [
  { name: "verify_tls12_signature", ...signature, accepted: ["rustls::client::danger::HandshakeSignatureValid::assertion"], delegates },
  { name: "verify_tls13_signature", ...signature, accepted: ["rustls::client::danger::HandshakeSignatureValid::assertion"], delegates },
] as const satisfies readonly VerifierMethod[];

const oldSignatures = [
  { name: "verify_tls12_signature", ...signature, accepted: ["rustls::client::HandshakeSignatureValid::assertion"] },
  { name: "verify_tls13_signature", ...signature, accepted: ["rustls::client::HandshakeSignatureValid::assertion"] },
] as const satisfies readonly VerifierMethod[];

const presence = [
  {
    name: "offer_client_auth",
    verifies: "client",
    certificate: [],
    accepted: [],
    whenFalse: { kind: "client-authentication", mode: "none" },
  },
  {
    name: "client_auth_mandatory",
    verifies: "client",
    certificate: [],
    accepted: [],
    whenFalse: { kind: "client-authentication", mode: "optional" },
  },
] as const satisfies readonly VerifierMethod[];

const OF_SERVERS = ["supported_verify_schemes", "request_scts", "requires_raw_public_keys", "root_hint_subjects"] as const;
const OF_CLIENTS = ["supported_verify_schemes", "requires_raw_public_keys", "root_hint_subjects", "client_auth_root_subjects"] as const;

export const verifierTraits = [
  {
    path: "rustls::client::danger::ServerCertVerifier",
    others: OF_SERVERS,
    versions: ">=0.22, <0.24",
    rawKeys: "requires_raw_public_keys",
    methods: [
      {
        name: "verify_server_cert",
        verifies: "server",
        certificate: [0],
        beside: 1,
        accepted: ["rustls::client::danger::ServerCertVerified::assertion"],
        delegatesOfChain: ["rustls::client::verify_server_cert_signed_by_trust_anchor", FOR_USAGE],
      },
      ...newSignatures,
    ],
  },
  {
    path: "rustls::client::ServerCertVerifier",
    others: OF_SERVERS,
    versions: ">=0.21.3, <0.22",
    methods: [
      {
        name: "verify_server_cert",
        verifies: "server",
        certificate: [0],
        beside: 1,
        accepted: ["rustls::client::ServerCertVerified::assertion"],
        delegatesOfChain: ["rustls::client::verify_server_cert_signed_by_trust_anchor", FOR_USAGE, VALID_SERVER],
      },
      ...oldSignatures,
    ],
  },
  {
    path: "rustls::client::ServerCertVerifier",
    others: OF_SERVERS,
    versions: ">=0.20, <0.21.3",
    methods: [
      {
        name: "verify_server_cert",
        verifies: "server",
        certificate: [0],
        beside: 1,
        accepted: ["rustls::client::ServerCertVerified::assertion"],
        delegatesOfChain: [FOR_USAGE, VALID_SERVER],
      },
      ...oldSignatures,
    ],
  },
  {
    path: "rustls::server::danger::ClientCertVerifier",
    others: OF_CLIENTS,
    versions: ">=0.22, <0.24",
    rawKeys: "requires_raw_public_keys",
    methods: [
      {
        name: "verify_client_cert",
        verifies: "client",
        certificate: [0],
        beside: 1,
        accepted: ["rustls::server::danger::ClientCertVerified::assertion"],
        delegates: [FOR_USAGE],
      },
      ...presence,
      ...newSignatures,
    ],
  },
  {
    path: "rustls::server::ClientCertVerifier",
    others: OF_CLIENTS,
    versions: ">=0.20, <0.22",
    methods: [
      {
        name: "verify_client_cert",
        verifies: "client",
        certificate: [0],
        beside: 1,
        accepted: ["rustls::server::ClientCertVerified::assertion"],
        delegates: [FOR_USAGE, VALID_CLIENT],
      },
      ...presence,
      ...oldSignatures,
    ],
  },
] as const satisfies readonly VerifierTrait[];
