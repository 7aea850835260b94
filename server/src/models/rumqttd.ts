/** rumqttd: the TLS of a broker's listeners; a CA for clients has an effect only with a feature of the crate. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { namesClientCa, OPEN_SERVER, ownChain, ownKey, requiresClients } from "./phrases.ts";

const RUSTLS = "rumqttd::TlsConfig::Rustls";
const NATIVE = "rumqttd::TlsConfig::NativeTls";
const VERIFY = "verify-client-cert";

const calls = [
  // server/tls.rs, until 0.18: `AllowAnyAuthenticatedClient`, and there has to be a CA. Since then with the feature a verifier and an
  // error without a CA, and without the feature "CA cert will be ignored and no client authentication is done".
  {
    path: `${RUSTLS}.capath`,
    versions: ">=0.19, <0.21",
    feature: { name: VERIFY, on: true },
    effects: [...namesClientCa, requiresClients],
  },
  {
    path: `${RUSTLS}.capath`,
    versions: ">=0.19, <0.21",
    feature: { name: VERIFY, on: false },
    effects: [
      {
        kind: "states",
        unlessNone: 0,
        fact: { kind: "client-authentication", mode: "ignored", needs: "the feature `verify-client-cert` of rumqttd" },
      },
    ],
  },
  { path: `${RUSTLS}.capath`, versions: ">=0.13, <0.19", effects: [...namesClientCa, requiresClients] },
  { path: `${RUSTLS}.certpath`, effects: [ownChain] },
  { path: `${RUSTLS}.keypath`, effects: [ownKey] },
  { path: `${NATIVE}.pkcs12path` },
] as const satisfies readonly CallModel[];

const recipes = [
  {
    at: `${RUSTLS}.capath`,
    versions: ">=0.19, <0.21",
    of: ["client-authentication"],
    gives: { kind: "client-authentication", mode: "required" },
    title: "Enable the rumqttd feature that verifies clients",
    edit: { kind: "keep" },
    manifest: { package: "rumqttd", versions: "", features: [VERIFY] },
  },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [NATIVE],
    of: "client-authentication",
    because: "its acceptor is native-tls', which asks no client for a certificate: use the settings for rustls",
  },
  {
    at: [RUSTLS],
    of: "client-authentication",
    because: "without an authority in `capath` clients cannot be judged: which one it is, is told where the settings come from",
  },
] as const satisfies readonly ByHand[];

export const rumqttd = {
  crate: "rumqttd",
  package: "rumqttd",
  versions: ">=0.13, <0.21",
  source: "https://github.com/bytebeamio/rumqtt",
  stack: "rustls",
  types: {
    "rumqttd::TlsConfig::Rustls": { sort: "configuration", role: "server", defaults: [{ versions: ">=0.19, <0.21", ...OPEN_SERVER[0] }] },
    // "native-tls doesn't support client certificate verification"
    "rumqttd::TlsConfig::NativeTls": { sort: "configuration", role: "server", defaults: OPEN_SERVER },
  },
  calls,
  recipes,
  byHand,
} as const satisfies CrateModel;
