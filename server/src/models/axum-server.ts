/** axum-server: configurations whose file constructors, and reloads, all end in a server that asks for no client certificate. */
import type { CallModel, CrateModel } from "./model.ts";

const CONFIG = "axum_server::tls_rustls::RustlsConfig";
const OPENSSL = "axum_server::tls_openssl::OpenSSLConfig";
const RECENT = ">=0.5, <0.10";
const ACCEPTOR = "axum_server::tls_rustls::RustlsAcceptor";
const takes = { kind: "takes", argument: 0, part: "configuration" } as const;
const none = { kind: "states", fact: { kind: "client-authentication", mode: "none" } } as const;
const chain = { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" } as const;
const key = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const;
const loaded = { returns: { new: CONFIG }, effects: [none, chain, key] } as const;
const reloaded = { effects: [none, chain, key] } as const;
const tls = { kind: "listens", argument: 0, transport: "tls", configuration: 1 } as const;

const calls = [
  { path: `${CONFIG}::from_config`, returns: { new: CONFIG }, effects: [takes] },
  { path: `${CONFIG}::from_pem`, ...loaded },
  { path: `${CONFIG}::from_pem_file`, ...loaded },
  { path: `${CONFIG}::from_pem_chain_file`, versions: ">=0.6, <0.10", ...loaded },
  { path: `${CONFIG}::from_der`, ...loaded },
  { path: `${CONFIG}::reload_from_config`, effects: [takes] },
  // These replace whatever verifier the configuration had.
  { path: `${CONFIG}::reload_from_pem`, ...reloaded },
  { path: `${CONFIG}::reload_from_pem_file`, ...reloaded },
  { path: `${CONFIG}::reload_from_der`, ...reloaded },
  { path: "axum_server::bind_rustls", returns: { new: "axum_server::Server" }, effects: [tls] },
  { path: "axum_server::from_tcp_rustls", returns: { new: "axum_server::Server" }, effects: [tls] },
  { path: "axum_server::tls_rustls::RustlsAcceptor::new", returns: { new: ACCEPTOR }, effects: [takes] },
  { path: `${OPENSSL}::from_acceptor`, versions: RECENT, returns: { new: OPENSSL }, effects: [takes] },
  { path: `${OPENSSL}::from_pem`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::from_pem_file`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::from_pem_chain_file`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::from_der`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::reload_from_acceptor`, versions: RECENT, effects: [takes] },
  { path: `${OPENSSL}::reload_from_pem`, versions: RECENT, ...reloaded },
  { path: `${OPENSSL}::reload_from_pem_file`, versions: RECENT, ...reloaded },
  { path: `${OPENSSL}::reload_from_pem_chain_file`, versions: RECENT, ...reloaded },
  { path: `${OPENSSL}::reload_from_der`, versions: RECENT, ...reloaded },
  { path: "axum_server::bind_openssl", versions: RECENT, returns: { new: "axum_server::Server" }, effects: [tls] },
  {
    path: "axum_server::bind",
    returns: { new: "axum_server::Server" },
    effects: [{ kind: "listens", argument: 0, transport: "plaintext" }],
  },
  { path: "axum_server::Server::acceptor", returns: "self", effects: [{ kind: "accepts", argument: 0 }] },
] as const satisfies readonly CallModel[];

export const axumServer = {
  crate: "axum_server",
  package: "axum-server",
  versions: ">=0.4, <0.10",
  source: "https://github.com/programatik29/axum-server",
  stack: "rustls",
  aliases: { "axum_server::tls_rustls::bind_rustls": "axum_server::bind_rustls" },
  types: {
    "axum_server::tls_rustls::RustlsConfig": { sort: "configuration", role: "server" },
    "axum_server::tls_rustls::RustlsAcceptor": { sort: "configuration", role: "server", chains: true },
    "axum_server::tls_openssl::OpenSSLConfig": { sort: "configuration", role: "server" },
    "axum_server::Server": { sort: "listener", role: "server", chains: true },
  },
  calls,
} as const satisfies CrateModel;
