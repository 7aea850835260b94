/** s2n-tls: a builder for both sides; whether it is a server's shows only where it is used. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { ownChain, takesConfiguration } from "./phrases.ts";

const BUILDER = "s2n_tls::config::Builder";
const CONFIG = "s2n_tls::config::Config";
const CONNECTION = "s2n_tls::connection::Connection";

const mode = [{ kind: "word", argument: 0, of: "client-authentication" }] as const;

const calls = [
  { path: `${BUILDER}::new`, returns: { new: BUILDER } },
  { path: `${BUILDER}::default`, returns: { new: BUILDER } },
  { path: `${CONFIG}::builder`, returns: { new: BUILDER } },
  { path: `${BUILDER}::build`, returns: { becomes: CONFIG } },
  { path: `${BUILDER}::set_client_auth_type`, returns: "self", effects: mode },
  {
    path: `${BUILDER}::disable_x509_verification`,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "server-verification", enabled: false } }],
  },
  { path: `${BUILDER}::set_security_policy`, returns: "self" },
  { path: `${BUILDER}::set_verify_host_callback`, returns: "self", effects: [{ kind: "installs", argument: 0, verifies: "server" }] },
  {
    path: `${BUILDER}::load_pem`,
    returns: "self",
    effects: [ownChain, { kind: "loads", argument: 1, reads: "private-key", as: "own-key" }],
  },
  {
    path: `${BUILDER}::trust_pem`,
    returns: "self",
    effects: [
      { kind: "trusts", argument: 0, source: "certificates" },
      { kind: "loads", argument: 0, reads: "certificates" },
    ],
  },
  {
    path: `${BUILDER}::trust_location`,
    returns: "self",
    effects: [
      { kind: "trusts", argument: 0, source: "path" },
      { kind: "loads", argument: 0, reads: "certificates" },
    ],
  },
  { path: `${BUILDER}::with_system_certs`, returns: "self" },
  { path: `${BUILDER}::wipe_trust_store`, returns: "self" },
  {
    path: `${BUILDER}::set_key_log_callback`,
    returns: "self",
    effects: [{ kind: "states", fact: { kind: "key-log", enabled: true } }],
  },
  { path: `${CONNECTION}::new_server`, returns: { new: CONNECTION, role: "server" } },
  { path: `${CONNECTION}::new_client`, returns: { new: CONNECTION, role: "client" } },
  { path: `${CONNECTION}::set_config`, returns: "self", effects: [takesConfiguration] },
  { path: `${CONNECTION}::set_client_auth_type`, returns: "self", effects: mode },
  { path: `${CONNECTION}::peer_cert_chain`, readsPeerIdentity: "certificate" },
  { path: `${CONNECTION}::client_cert_chain_bytes`, readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${BUILDER}::set_client_auth_type`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates",
    edit: { kind: "replace-argument", argument: 0, with: "{path:s2n_tls::enums::ClientAuthType}::Required" },
  },
  {
    at: `${CONNECTION}::set_client_auth_type`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates",
    edit: { kind: "replace-argument", argument: 0, with: "{path:s2n_tls::enums::ClientAuthType}::Required" },
  },
  {
    at: `${BUILDER}::disable_x509_verification`,
    gives: { kind: "server-verification", enabled: true },
    title: "Verify the peer certificate",
    edit: { kind: "remove-segment" },
  },
  {
    at: `${BUILDER}::set_verify_host_callback`,
    gives: { kind: "hostname-verification", enabled: true },
    title: "Use s2n-tls's own hostname verification",
    edit: { kind: "remove-segment" },
  },
  {
    at: `${BUILDER}::set_key_log_callback`,
    gives: { kind: "key-log", enabled: false },
    title: "Disable key logging",
    edit: { kind: "remove-segment" },
    // The call is unsafe, and its block stays.
    needsReview: true,
  },
] as const satisfies readonly Recipe[];

export const s2nTls = {
  crate: "s2n_tls",
  package: "s2n-tls",
  versions: ">=0.3, <0.4",
  source: "https://github.com/aws/s2n-tls",
  types: {
    "s2n_tls::config::Builder": { sort: "configuration", chains: true },
    "s2n_tls::config::Config": { sort: "configuration" },
    "s2n_tls::connection::Connection": { sort: "configuration", chains: true },
  },
  values: {
    "s2n_tls::enums::ClientAuthType::Required": { kind: "word", of: "client-authentication", word: "required" },
    "s2n_tls::enums::ClientAuthType::Optional": { kind: "word", of: "client-authentication", word: "optional" },
    "s2n_tls::enums::ClientAuthType::None": { kind: "word", of: "client-authentication", word: "none" },
  },
  calls,
  verifierTraits: [
    {
      path: "s2n_tls::callbacks::VerifyHostNameCallback",
      methods: [{ name: "verify_host_name", verifies: "server", nameOnly: true, certificate: [0], accepted: [] }],
    },
  ],
  recipes,
} as const satisfies CrateModel;
