/** axum-server: `RustlsConfig`, whose file constructors all end in a server that asks for no client certificate. */
import type { CallModel, CrateModel } from "./model.ts";

const CONFIG = "axum_server::tls_rustls::RustlsConfig";
const none = { kind: "states", fact: { kind: "client-authentication", mode: "none" } } as const;
const chain = { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" } as const;
const key = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const;
const loaded = { returns: { new: CONFIG }, effects: [none, chain, key] } as const;
const reloaded = { effects: [none, chain, key] } as const;
const tls = { kind: "listens", argument: 0, transport: "tls", configuration: 1 } as const;

const calls = [
  { path: `${CONFIG}::from_config`, returns: { new: CONFIG }, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  { path: `${CONFIG}::from_pem`, ...loaded },
  { path: `${CONFIG}::from_pem_file`, ...loaded },
  { path: `${CONFIG}::from_pem_chain_file`, versions: ">=0.6, <0.9", ...loaded },
  { path: `${CONFIG}::from_der`, ...loaded },
  { path: `${CONFIG}::reload_from_config`, effects: [{ kind: "takes", argument: 0, part: "configuration" }] },
  // These replace whatever verifier the configuration had.
  { path: `${CONFIG}::reload_from_pem`, ...reloaded },
  { path: `${CONFIG}::reload_from_pem_file`, ...reloaded },
  { path: `${CONFIG}::reload_from_der`, ...reloaded },
  { path: "axum_server::bind_rustls", returns: { new: "axum_server::Server" }, effects: [tls] },
  { path: "axum_server::from_tcp_rustls", returns: { new: "axum_server::Server" }, effects: [tls] },
  { path: "axum_server::tls_rustls::bind_rustls", returns: { new: "axum_server::Server" }, effects: [tls] },
  {
    path: "axum_server::bind",
    returns: { new: "axum_server::Server" },
    effects: [{ kind: "listens", argument: 0, transport: "plaintext" }],
  },
] as const satisfies readonly CallModel[];

export const axumServer = {
  crate: "axum_server",
  package: "axum-server",
  versions: ">=0.4, <0.9",
  source: "https://github.com/programatik29/axum-server",
  stack: "rustls",
  types: {
    "axum_server::tls_rustls::RustlsConfig": { sort: "configuration", role: "server" },
    "axum_server::Server": { sort: "listener", role: "server", chains: true },
  },
  calls,
} as const satisfies CrateModel;
