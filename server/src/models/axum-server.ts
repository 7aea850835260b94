/** axum-server: configurations whose file constructors, and reloads, all end in a server that asks for no client certificate. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { clientVerifier } from "./rustls/templates.ts";

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
  { path: `${CONFIG}::from_sni_pem_files`, versions: ">=0.9, <0.10", returns: { new: CONFIG }, effects: [none] },
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

/** The configuration that the call makes, in rustls' own words, the protocols of HTTP included. */
const MADE = `${clientVerifier.fromFile}
let mut {fresh:tls} = {path:rustls::ServerConfig}::builder()
    .with_client_cert_verifier({fresh:client_verifier})
    .with_single_cert({fresh:chain}, {fresh:key}){try:<rustls::Error>unusable certificate or key};
{fresh:tls}.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];`;
const COLLECTED = ".collect::<Result<Vec<_>, _>>(){try:<rustls::pki_types::pem::Error>malformed certificate};";
const KEY = "let {fresh:key} = {path:rustls::pki_types::PrivateKeyDer}";
const UNREADABLE = "{try:<rustls::pki_types::pem::Error>cannot read the private key};";

const inSteps = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "require a client certificate of your CA",
  edit: { kind: "replace-expression", with: `{path:${CONFIG}}::from_config({path:std::sync::Arc}::new({fresh:tls}))`, settled: true },
  imports: ["rustls::pki_types::pem::PemObject"],
  applicability: "review",
} as const;
const files = {
  ...inSteps,
  before: `let {fresh:chain} = {path:rustls::pki_types::CertificateDer}::pem_file_iter({argument:0}){try:<rustls::pki_types::pem::Error>cannot read the certificate file}
    ${COLLECTED}
${KEY}::from_pem_file({argument:1})${UNREADABLE}
${MADE}`,
} as const;
const texts = {
  ...inSteps,
  before: `let {fresh:chain} = {path:rustls::pki_types::CertificateDer}::pem_slice_iter(&{argument:0})
    ${COLLECTED}
${KEY}::from_pem_slice(&{argument:1})${UNREADABLE}
${MADE}`,
} as const;

const PEM = { package: "rustls-pki-types", versions: ">=1.9" } as const;
/** rustls picks its provider by its features. Who depends on it has chosen; else it is that of `tls-rustls`, the only one before 0.9. */
const chosen = { versions: ">=0.7, <0.10", requires: [PEM, { package: "rustls", versions: ">=0.23, <0.24", direct: true }] } as const;
const only = { versions: ">=0.7, <0.9", requires: [PEM], manifest: { package: "rustls", versions: "0.23" } } as const;

const recipes = [
  { at: `${CONFIG}::from_pem_file`, ...files, ...chosen },
  { at: `${CONFIG}::from_pem_file`, ...files, ...only },
  { at: `${CONFIG}::from_pem_chain_file`, ...files, ...chosen },
  { at: `${CONFIG}::from_pem_chain_file`, ...files, ...only },
  { at: `${CONFIG}::from_pem`, ...texts, ...chosen },
  { at: `${CONFIG}::from_pem`, ...texts, ...only },
] as const satisfies readonly Recipe[];

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
  recipes,
} as const satisfies CrateModel;
