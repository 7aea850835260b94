/** pingora: listeners around OpenSSL's acceptor, and peers whose verification an empty name turns off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { enforcement } from "./openssl/recipes.ts";
import { checksCertificates, checksNames, OPEN_SERVER, ownChain, VERIFYING_CLIENT } from "./phrases.ts";

const SETTINGS = "pingora_core::listeners::tls::TlsSettings";
const PEER = "pingora_core::upstreams::peer::HttpPeer";
const OPTIONS = "pingora_core::upstreams::peer::PeerOptions";
const SERVICE = "pingora_core::services::listening::Service";
const LISTENERS = "pingora_core::listeners::Listeners";

const keyBeside = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const;
const bare = { effects: [{ kind: "listens", argument: 0, transport: "plaintext" }] } as const;
const withFiles = { effects: [{ kind: "listens", argument: 0, transport: "tls" }] } as const;
const withSettings = { effects: [{ kind: "listens", argument: 0, transport: "tls", configuration: 2 }] } as const;
const modern = { kind: "states", fact: { kind: "minimum-version", version: "TLS 1.2" } } as const;

const calls = [
  // `mozilla_intermediate_v5` in listeners/tls/boringssl_openssl.
  { path: `${SETTINGS}::intermediate`, returns: { new: SETTINGS }, effects: [modern, ownChain, keyBeside] },
  { path: `${SETTINGS}::with_callbacks`, returns: { new: SETTINGS }, effects: [modern] },
  { path: `${SETTINGS}::from`, returns: { new: SETTINGS }, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: `${SETTINGS}::enable_h2` },
  {
    path: `${PEER}::new`,
    returns: { new: PEER },
    // Without a name, the connectors set `SslVerifyMode::NONE` (connectors/tls), whatever the options say.
    effects: [
      {
        kind: "keyed",
        key: 1,
        argument: 2,
        cases: [{ key: "true", is: [""], states: { kind: "server-verification", enabled: false } }],
      },
    ],
  },
  { path: `${PEER}.options`, returns: { view: OPTIONS } },
  { path: `${OPTIONS}::new`, returns: { new: OPTIONS } },
  { path: `${OPTIONS}.verify_cert`, effects: [checksCertificates] },
  { path: `${OPTIONS}.verify_hostname`, effects: [checksNames] },
  // All that a service listens on is answered by the one application that it was made of.
  { path: `${SERVICE}::new`, returns: { new: SERVICE } },
  { path: `${SERVICE}::with_listeners`, returns: { argument: 1 } },
  { path: `${SERVICE}::endpoints`, returns: { view: LISTENERS } },
  { path: `${SERVICE}::add_tcp`, ...bare },
  { path: `${SERVICE}::add_tcp_with_settings`, ...bare },
  { path: `${SERVICE}::add_tls`, ...withFiles },
  { path: `${SERVICE}::add_tls_with_settings`, ...withSettings },
  { path: `${LISTENERS}::new`, returns: { new: LISTENERS } },
  { path: `${LISTENERS}::tcp`, returns: { new: LISTENERS }, ...bare },
  { path: `${LISTENERS}::tls`, returns: { new: LISTENERS }, ...withFiles },
  { path: `${LISTENERS}::add_tcp`, ...bare },
  { path: `${LISTENERS}::add_tcp_with_settings`, ...bare },
  { path: `${LISTENERS}::add_tls`, ...withFiles },
  { path: `${LISTENERS}::add_tls_with_settings`, ...withSettings },
] as const satisfies readonly CallModel[];

const recipes = [
  // The settings are OpenSSL's own builder, too.
  { at: `${SETTINGS}::intermediate`, ...enforcement },
  { at: `${SETTINGS}::with_callbacks`, ...enforcement },
  {
    at: `${OPTIONS}.verify_cert`,
    gives: { kind: "server-verification", enabled: true },
    title: "Enable certificate verification",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
  {
    at: `${OPTIONS}.verify_hostname`,
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
  },
] as const satisfies readonly Recipe[];

export const pingoraCore = {
  crate: "pingora_core",
  package: "pingora-core",
  versions: ">=0.4, <0.10",
  source: "https://github.com/cloudflare/pingora",
  stack: "openssl",
  aliases: {
    pingora: "pingora_core",
    // With BoringSSL, too, the items of these modules mean the same.
    "pingora_core::tls": "openssl",
    "pingora_core::prelude::HttpPeer": "pingora_core::upstreams::peer::HttpPeer",
  },
  types: {
    "pingora_core::listeners::tls::TlsSettings": {
      sort: "configuration",
      role: "server",
      derefs: ["openssl::ssl::SslAcceptorBuilder"],
      defaults: OPEN_SERVER,
    },
    "pingora_core::upstreams::peer::HttpPeer": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
    "pingora_core::services::listening::Service": { sort: "listener", role: "server" },
    "pingora_core::listeners::Listeners": { sort: "listener", role: "server" },
    "pingora_core::upstreams::peer::PeerOptions": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
