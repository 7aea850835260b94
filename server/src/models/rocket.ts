/** Rocket 0.5: mutual TLS is optional unless it is called mandatory. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { keyBeside, OPEN_SERVER, ownChain, requiresClients, trustsPath } from "./phrases.ts";

const TLS = "rocket::config::TlsConfig";
const MUTUAL = "rocket::config::MutualTls";
const ca = { returns: { new: MUTUAL }, effects: trustsPath } as const;
const mandatory = {
  kind: "switch",
  argument: 0,
  on: { kind: "client-authentication", mode: "required" },
  off: { kind: "client-authentication", mode: "optional" },
} as const;

const calls = [
  { path: `${TLS}::from_paths`, returns: { new: TLS }, effects: [ownChain, keyBeside] },
  { path: `${TLS}::from_bytes`, returns: { new: TLS }, effects: [ownChain, keyBeside] },
  // It asks for certificates; whether it insists is the mutual part's own word.
  { path: `${TLS}::with_mutual`, returns: "self", effects: [requiresClients, { kind: "takes", argument: 0, part: "verifier" }] },
  { path: `${MUTUAL}::from_path`, ...ca },
  { path: `${MUTUAL}::from_bytes`, ...ca },
  { path: `${MUTUAL}::mandatory`, returns: "self", effects: [mandatory] },
  { path: `${MUTUAL}.mandatory`, effects: [mandatory] },
] as const satisfies readonly CallModel[];

const required = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "Reject clients without a certificate",
} as const;

const recipes = [
  { at: `${MUTUAL}::from_path`, ...required, edit: { kind: "append", with: ".mandatory(true)" } },
  { at: `${MUTUAL}::from_bytes`, ...required, edit: { kind: "append", with: ".mandatory(true)" } },
  { at: `${MUTUAL}.mandatory`, ...required, edit: { kind: "replace-argument", argument: 0, with: "true" } },
  { at: `${MUTUAL}::mandatory`, ...required, edit: { kind: "replace-argument", argument: 0, with: "true" } },
  {
    at: `${TLS}::from_paths`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: { kind: "append", with: ".with_mutual({path:rocket::config::MutualTls}::from_path({ca}).mandatory(true))" },
    manifest: { package: "rocket", versions: "0.5", features: ["mtls"] },
  },
] as const satisfies readonly Recipe[];

export const rocket = {
  crate: "rocket",
  package: "rocket",
  versions: ">=0.5, <0.6",
  source: "https://github.com/rwf2/Rocket",
  stack: "rustls",
  types: {
    "rocket::config::TlsConfig": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
    // The certificate that the client has shown, verified.
    "rocket::mtls::Certificate": { sort: "other" },
    // `mandatory: Default::default()` in config/tls.rs `from_path`.
    "rocket::config::MutualTls": {
      sort: "verifier",
      role: "server",
      chains: true,
      defaults: [{ fact: { kind: "client-authentication", mode: "optional" } }],
    },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
