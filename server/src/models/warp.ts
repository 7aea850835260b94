/** warp 0.3: a server whose TLS is off until `tls()`, and whose client authentication is off until it is named. 0.4 has no TLS. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { allowsAnonymousClients, namesClientCa, OPEN_SERVER, ownChain, ownKey, required, requiresClients } from "./phrases.ts";

const SERVER = "warp::Server";
const TLS = "warp::TlsServer";
const plaintext = { effects: [{ kind: "listens", argument: 0, transport: "plaintext" }] } as const;
const tls = { effects: [{ kind: "listens", argument: 0, transport: "tls" }] } as const;

const calls = [
  { path: "warp::serve", returns: { new: SERVER }, effects: [{ kind: "serves", argument: 0 }] },
  { path: `${SERVER}::tls`, returns: { becomes: TLS } },
  { path: `${SERVER}::run`, ...plaintext },
  { path: `${SERVER}::bind`, ...plaintext },
  { path: `${SERVER}::bind_with_graceful_shutdown`, ...plaintext },
  { path: `${TLS}::run`, ...tls },
  { path: `${TLS}::bind`, ...tls },
  { path: `${TLS}::bind_with_graceful_shutdown`, ...tls },
  { path: `${TLS}::cert_path`, returns: "self", effects: [ownChain] },
  { path: `${TLS}::cert`, returns: "self", effects: [ownChain] },
  { path: `${TLS}::key_path`, returns: "self", effects: [ownKey] },
  { path: `${TLS}::key`, returns: "self", effects: [ownKey] },
  { path: `${TLS}::client_auth_optional_path`, returns: "self", effects: [...namesClientCa, allowsAnonymousClients] },
  { path: `${TLS}::client_auth_optional`, returns: "self", effects: [...namesClientCa, allowsAnonymousClients] },
  { path: `${TLS}::client_auth_required_path`, returns: "self", effects: [...namesClientCa, requiresClients] },
  { path: `${TLS}::client_auth_required`, returns: "self", effects: [...namesClientCa, requiresClients] },
] as const satisfies readonly CallModel[];

const recipes = [
  { at: `${TLS}::client_auth_optional_path`, ...required, edit: { kind: "replace-name", with: "client_auth_required_path" } },
  { at: `${TLS}::client_auth_optional`, ...required, edit: { kind: "replace-name", with: "client_auth_required" } },
  {
    at: `${SERVER}::tls`,
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    edit: { kind: "append", with: ".client_auth_required_path({ca})" },
  },
] as const satisfies readonly Recipe[];

export const warp = {
  crate: "warp",
  package: "warp",
  versions: ">=0.3, <0.4",
  source: "https://github.com/seanmonstar/warp",
  stack: "rustls",
  types: {
    "warp::Server": { sort: "listener", role: "server", chains: true },
    "warp::TlsServer": { sort: "configuration", role: "server", chains: true, defaults: OPEN_SERVER },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
