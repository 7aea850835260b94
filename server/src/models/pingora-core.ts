/** pingora: listeners around OpenSSL's acceptor, and peers whose verification an empty name turns off. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { enforcement } from "./openssl/recipes.ts";
import { checksCertificates, checksNames, OPEN_SERVER, ownChain, VERIFYING_CLIENT } from "./phrases.ts";

const SETTINGS = "pingora_core::listeners::tls::TlsSettings";
const PEER = "pingora_core::upstreams::peer::HttpPeer";
const OPTIONS = "pingora_core::upstreams::peer::PeerOptions";

const keyBeside = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const;
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
    applicability: "safe",
  },
  {
    at: `${OPTIONS}.verify_hostname`,
    gives: { kind: "hostname-verification", enabled: true },
    title: "Enable hostname verification",
    edit: { kind: "replace-argument", argument: 0, with: "true" },
    applicability: "safe",
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
    "pingora_core::upstreams::peer::PeerOptions": { sort: "configuration", role: "client", defaults: VERIFYING_CLIENT },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
