/**
 * tonic: gRPC over rustls; a server asks for client certificates only where it was given a CA for them. That it speaks TLS shows in none of its
 * types: those in braces say it, and what others make is of none of these.
 */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { asksByHttp, OVER_TLS } from "./phrases.ts";

const SERVER = "tonic::transport::ServerTlsConfig";
const CLIENT = "tonic::transport::ClientTlsConfig";
const ENDPOINT = "tonic::transport::Endpoint";
const CHANNEL = "tonic::transport::Channel";

const PLAIN = "tonic::transport::{PlaintextServer}";
const SECURED = "tonic::transport::{TlsServer}";
const takesConfiguration = [{ kind: "takes", argument: 0, part: "configuration" }] as const;
const plaintext = { effects: [{ kind: "listens", argument: 0, transport: "plaintext" }] } as const;
const tls = { effects: [{ kind: "listens", argument: 0, transport: "tls" }] } as const;

const anchors = { returns: "self", effects: [{ kind: "trusts", argument: 0, source: "certificates" }] } as const;
const system = { returns: "self", effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }] } as const;
const identity = { returns: "self", effects: [{ kind: "takes", argument: 0, part: "certificates" }] } as const;
const keyLog = { returns: "self", effects: [{ kind: "states", fact: { kind: "key-log", enabled: true } }] } as const;

const configured = { kind: "states", fact: { kind: "tls-settings" } } as const;
/** What makes the connection decides, whatever the scheme says. */
const connectsThrough = { beside: true, effects: [{ kind: "accepts", argument: 0 }] } as const;
const connects = { returns: { new: ENDPOINT }, effects: asksByHttp } as const;

const calls = [
  { path: `${SERVER}::new`, returns: { new: SERVER } },
  { path: `${SERVER}::default`, returns: { new: SERVER } },
  { path: `${SERVER}::identity`, ...identity },
  {
    path: `${SERVER}::client_ca_root`,
    returns: "self",
    effects: [
      { kind: "trusts", argument: 0, source: "certificates" },
      { kind: "states", fact: { kind: "client-authentication", mode: "required" } },
    ],
  },
  {
    path: `${SERVER}::client_auth_optional`,
    versions: ">=0.9, <0.15",
    returns: "self",
    effects: [
      {
        kind: "switch",
        argument: 0,
        on: { kind: "client-authentication", mode: "optional" },
        off: { kind: "client-authentication", mode: "required" },
      },
    ],
  },
  { path: `${SERVER}::use_key_log`, versions: ">=0.13, <0.15", ...keyLog },
  { path: `${CLIENT}::new`, returns: { new: CLIENT } },
  { path: `${CLIENT}::default`, returns: { new: CLIENT } },
  { path: `${CLIENT}::ca_certificate`, ...anchors },
  { path: `${CLIENT}::ca_certificates`, versions: ">=0.12, <0.15", ...anchors },
  { path: `${CLIENT}::trust_anchor`, versions: ">=0.12.3, <0.15", ...anchors },
  { path: `${CLIENT}::trust_anchors`, versions: ">=0.12.3, <0.15", ...anchors },
  { path: `${CLIENT}::with_enabled_roots`, versions: ">=0.12, <0.15", ...system },
  { path: `${CLIENT}::with_native_roots`, versions: ">=0.12, <0.15", ...system },
  { path: `${CLIENT}::with_webpki_roots`, versions: ">=0.12, <0.15", ...system },
  // Another name than the address is verified; that it is verified does not change.
  { path: `${CLIENT}::domain_name`, returns: "self", effects: [{ kind: "verifies-as", argument: 0 }] },
  { path: `${CLIENT}::identity`, ...identity },
  { path: `${CLIENT}::use_key_log`, versions: ">=0.13, <0.15", ...keyLog },
  {
    path: "tonic::transport::Certificate::from_pem",
    returns: { new: "tonic::transport::Certificate" },
    effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
  },
  {
    path: "tonic::transport::Identity::from_pem",
    returns: { new: "tonic::transport::Identity" },
    effects: [
      { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" },
      { kind: "loads", argument: 1, reads: "private-key", as: "own-key" },
    ],
  },
  { path: "tonic::transport::Server::builder", returns: { new: PLAIN } },
  { path: "tonic::transport::Server::default", returns: { new: PLAIN } },
  { path: "tonic::transport::Server::tls_config", returns: "self", effects: takesConfiguration },
  { path: `${PLAIN}::tls_config`, returns: { becomes: SECURED }, effects: takesConfiguration },
  { path: `${SECURED}::tls_config`, returns: "self", effects: takesConfiguration },
  { path: `${PLAIN}::serve`, ...plaintext },
  { path: `${PLAIN}::serve_with_shutdown`, ...plaintext },
  { path: `${SECURED}::serve`, ...tls },
  { path: `${SECURED}::serve_with_shutdown`, ...tls },
  { path: `${ENDPOINT}::new`, ...connects },
  { path: `${ENDPOINT}::from_static`, ...connects },
  { path: `${ENDPOINT}::from_shared`, ...connects },
  { path: `${CHANNEL}::builder`, ...connects },
  { path: `${CHANNEL}::from_static`, ...connects },
  { path: `${CHANNEL}::from_shared`, ...connects },
  // Since 0.10 the scheme alone decides, and settings beside `http://` are not used (`transport/channel/service/connector.rs`).
  {
    path: `${ENDPOINT}::tls_config`,
    versions: ">=0.10, <0.15",
    returns: "self",
    effects: [{ kind: "takes", argument: 0, part: "configuration" }, configured],
  },
  {
    path: `${ENDPOINT}::tls_config`,
    versions: ">=0.4, <0.10",
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "configuration" },
      { kind: "states", fact: OVER_TLS },
    ],
  },
  {
    path: `${ENDPOINT}::tls_config_with_verifier`,
    versions: ">=0.14.6, <0.15",
    returns: "self",
    effects: [
      { kind: "takes", argument: 0, part: "configuration" },
      configured,
      { kind: "takes", argument: 1, part: "verifier" },
      { kind: "installs", argument: 1, verifies: "server" },
    ],
  },
  { path: `${ENDPOINT}::connect_with_connector`, ...connectsThrough },
  { path: `${ENDPOINT}::connect_with_connector_lazy`, versions: ">=0.5, <0.15", ...connectsThrough },
  { path: "tonic::Request::peer_certs", readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const silent = {
  gives: { kind: "key-log", enabled: false },
  title: "Disable key logging",
  edit: { kind: "remove-segment" },
} as const;

const recipes = [
  {
    at: `${SERVER}::client_auth_optional`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Reject clients without a certificate",
    edit: { kind: "remove-segment" },
  },
  {
    at: `${SERVER}::new`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: { kind: "append", with: ".client_ca_root({spare:tonic::transport::Certificate})" },
  },
  {
    at: `${SERVER}::new`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: {
      kind: "append",
      with: ".client_ca_root({path:tonic::transport::Certificate}::from_pem(std::fs::read({ca}){try:<std::io::Error>cannot read the client CA file}))",
    },
  },
  { at: `${SERVER}::use_key_log`, ...silent },
  { at: `${CLIENT}::use_key_log`, ...silent },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    of: "trust",
    at: [CLIENT],
    because: "a CA of your own is given to `ca_certificate`, and the web's to `with_enabled_roots`, which needs a feature of `tonic`",
  },
] as const satisfies CrateModel["byHand"];

export const tonic = {
  crate: "tonic",
  package: "tonic",
  versions: ">=0.4, <0.15",
  source: "https://github.com/hyperium/tonic",
  stack: "rustls",
  aliases: {
    "tonic::transport::server::ServerTlsConfig": "tonic::transport::ServerTlsConfig",
    "tonic::transport::channel::ClientTlsConfig": "tonic::transport::ClientTlsConfig",
  },
  types: {
    "tonic::transport::ServerTlsConfig": {
      sort: "configuration",
      role: "server",
      chains: true,
      defaults: [{ fact: { kind: "client-authentication", mode: "none" } }],
    },
    "tonic::transport::ClientTlsConfig": {
      sort: "configuration",
      role: "client",
      chains: true,
      // Before, the features `tls-roots` and `tls-webpki-roots` filled each store (`transport/channel/service/tls.rs`, `new`).
      defaults: [{ versions: ">=0.12, <0.15", fact: { kind: "trust", anchors: "none" } }],
    },
    "tonic::transport::Certificate": { sort: "certificates" },
    "tonic::transport::Identity": { sort: "certificates" },
    "tonic::transport::Server": { sort: "other", chains: true },
    [PLAIN]: { sort: "listener", role: "server", chains: true },
    [SECURED]: { sort: "listener", role: "server", chains: true },
    "tonic::transport::Channel": { sort: "other" },
    "tonic::transport::Endpoint": { sort: "configuration", role: "client", chains: true },
    "tonic::Request": { sort: "other" },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
