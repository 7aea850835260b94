/** axum-server: configurations whose file constructors, and reloads, all end in a server that asks for no client certificate. */
import type { ByHand, CallModel, CrateModel, Recipe } from "./model.ts";
import { clientVerifier } from "./rustls/templates.ts";

const CONFIG = "axum_server::tls_rustls::RustlsConfig";
const OPENSSL = "axum_server::tls_openssl::OpenSSLConfig";
const RECENT = ">=0.5, <0.10";
/** What was read, and compiled, of the conversion from OpenSSL's builder. */
const READ = ">=0.8, <0.10";
const ACCEPTOR = "axum_server::tls_rustls::RustlsAcceptor";
const takes = { kind: "takes", argument: 0, part: "configuration" } as const;
const none = { kind: "states", fact: { kind: "client-authentication", mode: "none" } } as const;
const chain = { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" } as const;
const key = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const;
const loaded = { returns: { new: CONFIG }, effects: [none, chain, key], error: { type: "std::io::Error" } } as const;
const reloaded = { effects: [none, chain, key] } as const;
/** With OpenSSL, what is not called a chain is one certificate (axum-server 0.8.0, tls_openssl/mod.rs: `config_from_pem`, `config_from_pem_file`). */
const leaf = { kind: "loads", argument: 0, reads: "first-certificate", as: "own-chain" } as const;
const ofText = [none, leaf, { kind: "takes-first", argument: 0 }, key] as const;
const ofFile = [none, leaf, { kind: "takes-first", argument: 0, path: true }, key] as const;
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
  { path: `${OPENSSL}::try_from`, versions: READ, returns: { new: OPENSSL }, effects: [takes] },
  { path: `${OPENSSL}::get_inner`, versions: READ, returns: "clone" },
  { path: `${OPENSSL}::from_pem`, versions: RECENT, returns: { new: OPENSSL }, effects: ofText },
  { path: `${OPENSSL}::from_pem_file`, versions: RECENT, returns: { new: OPENSSL }, effects: ofFile },
  { path: `${OPENSSL}::from_pem_chain_file`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::from_der`, versions: RECENT, returns: { new: OPENSSL }, effects: [none, chain, key] },
  { path: `${OPENSSL}::reload_from_acceptor`, versions: RECENT, effects: [takes] },
  { path: `${OPENSSL}::reload_from_pem`, versions: RECENT, effects: ofText },
  { path: `${OPENSSL}::reload_from_pem_file`, versions: RECENT, effects: ofFile },
  { path: `${OPENSSL}::reload_from_pem_chain_file`, versions: RECENT, ...reloaded },
  { path: `${OPENSSL}::reload_from_der`, versions: RECENT, ...reloaded },
  { path: "axum_server::bind_openssl", versions: RECENT, returns: { new: "axum_server::Server" }, effects: [tls] },
  {
    path: "axum_server::bind",
    returns: { new: "axum_server::Server" },
    effects: [{ kind: "listens", argument: 0, transport: "plaintext" }],
  },
  { path: "axum_server::Server::acceptor", returns: "self", effects: [{ kind: "accepts", argument: 0 }] },
  { path: "axum_server::Server::serve", effects: [{ kind: "serves", argument: 0 }] },
] as const satisfies readonly CallModel[];

/** The configuration that the call makes, in rustls' own words, the protocols of HTTP included. */
const MADE = `${clientVerifier.fromStoreOrFile}
let mut {fresh:tls} = {path:rustls::ServerConfig}::builder()
    .with_client_cert_verifier({fresh:client_verifier})
    .with_single_cert({fresh:chain}, {fresh:key}){try:<rustls::Error>unusable certificate or key};
{fresh:tls}.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];`;
const COLLECTED = ".collect::<Result<Vec<_>, _>>(){try:<rustls::pki_types::pem::Error>malformed certificate};";
const KEY = "let {fresh:key} = {path:rustls::pki_types::PrivateKeyDer}";
const UNREADABLE = "{try:<rustls::pki_types::pem::Error>cannot read the private key};";

const asked = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "Require client certificates from your CA",
  imports: ["rustls::pki_types::pem::PemObject"],
} as const;
const files = {
  ...asked,
  before: `let {fresh:chain} = {path:rustls::pki_types::CertificateDer}::pem_file_iter({argument:0}){try:<rustls::pki_types::pem::Error>cannot read the certificate file}
    ${COLLECTED}
${KEY}::from_pem_file({argument:1})${UNREADABLE}
${MADE}`,
} as const;
const texts = {
  ...asked,
  before: `let {fresh:chain} = {path:rustls::pki_types::CertificateDer}::pem_slice_iter(&{argument:0})
    ${COLLECTED}
${KEY}::from_pem_slice(&{argument:1})${UNREADABLE}
${MADE}`,
} as const;
const values = {
  ...asked,
  before: `let {fresh:chain} = {argument:0}.into_iter().map({path:rustls::pki_types::CertificateDer}::from).collect();
${KEY}::try_from({argument:1}).map_err(std::io::Error::other){try:<std::io::Error>unusable private key};
${MADE}`,
} as const;

const PEM = { package: "rustls-pki-types", versions: ">=1.9" } as const;
/** rustls picks its provider by its features. Who depends on it has chosen; else it is that of `tls-rustls`, the only one before 0.9. */
const chosen = { versions: ">=0.7, <0.10", requires: [PEM, { package: "rustls", versions: ">=0.23, <0.24", direct: true }] } as const;
const only = { versions: ">=0.7, <0.9", requires: [PEM], manifest: { package: "rustls", versions: "0.23" } } as const;
const SHARED = "({path:std::sync::Arc}::new({fresh:tls}))";
const made = { edit: { kind: "replace-expression", with: `{path:${CONFIG}}::from_config${SHARED}`, settled: true } } as const;
const renewed = { edit: { kind: "replace-expression", with: `{receiver}.reload_from_config${SHARED}`, settled: true } } as const;

/** What the call makes, with OpenSSL. The conversion adds the protocols of HTTP, as the call does. */
const OPENSSL_ERROR = "{try:<openssl::error::ErrorStack>";
const ASKING = `{fresh:tls}.set_ca_file({ca})${OPENSSL_ERROR}cannot load the client CA file};
{fresh:tls}.set_client_ca_list({path:openssl::x509::X509Name}::load_client_ca_file({ca})${OPENSSL_ERROR}cannot load the client CA file});
{fresh:tls}.set_verify({path:openssl::ssl::SslVerifyMode}::PEER | {path:openssl::ssl::SslVerifyMode}::FAIL_IF_NO_PEER_CERT);
{fresh:tls}.set_session_id_context(b"mutual-tls")${OPENSSL_ERROR}cannot set the session id context};`;
const BUILDER = `let mut {fresh:tls} = {path:openssl::ssl::SslAcceptor}::mozilla_modern_v5({path:openssl::ssl::SslMethod}::tls())${OPENSSL_ERROR}cannot set TLS up};`;
const KEY_FILE = `{fresh:tls}.set_private_key_file({argument:1}, {path:openssl::ssl::SslFiletype}::PEM)${OPENSSL_ERROR}cannot load the private key};`;
const opensslAsked = {
  versions: READ,
  gives: { kind: "client-authentication", mode: "required" },
  title: "Require client certificates from your CA",
  edit: { kind: "replace-expression", with: `{path:${OPENSSL}}::try_from({fresh:tls})` },
  manifest: { package: "openssl", versions: "0.10" },
} as const;
const filesAsked = {
  ...opensslAsked,
  before: `${BUILDER}
{fresh:tls}.set_certificate_chain_file({argument:0})${OPENSSL_ERROR}cannot load the certificates};
${KEY_FILE}
${ASKING}`,
} as const;
const textAsked = {
  ...opensslAsked,
  before: `let {fresh:key} = {path:openssl::pkey::PKey}::private_key_from_pem({argument:1})${OPENSSL_ERROR}malformed private key};
${BUILDER}
for (place, certificate) in {path:openssl::x509::X509}::stack_from_pem({argument:0})${OPENSSL_ERROR}malformed certificate}.into_iter().enumerate() {
    if place == 0 {
        {fresh:tls}.set_certificate(&certificate)${OPENSSL_ERROR}unusable certificate};
    } else {
        {fresh:tls}.add_extra_chain_cert(certificate)${OPENSSL_ERROR}unusable certificate};
    }
}
{fresh:tls}.set_private_key(&{fresh:key})${OPENSSL_ERROR}unusable private key};
${ASKING}`,
} as const;
const ofValue = {
  ...opensslAsked,
  before: `let {fresh:certificate} = {path:openssl::x509::X509}::from_der({argument:0})${OPENSSL_ERROR}malformed certificate};
let {fresh:key} = {path:openssl::pkey::PKey}::private_key_from_der({argument:1})${OPENSSL_ERROR}malformed private key};
${BUILDER}
{fresh:tls}.set_certificate(&{fresh:certificate})${OPENSSL_ERROR}unusable certificate};
{fresh:tls}.set_private_key(&{fresh:key})${OPENSSL_ERROR}unusable private key};
${ASKING}`,
} as const;
/** The acceptor itself, which the reload answers nothing about: its failures are handled before. */
const exchanged = {
  edit: {
    kind: "replace-expression",
    with: `{path:${OPENSSL}}::try_from({fresh:tls}).map(|made| {receiver}.reload_from_acceptor(made.get_inner()))`,
  },
} as const;

const whole = { versions: RECENT, gives: { kind: "partial-bundle" }, title: "Load the whole chain of the file" } as const;

const recipes = [
  { at: `${CONFIG}::from_pem_file`, ...files, ...made, ...chosen },
  { at: `${CONFIG}::from_pem_file`, ...files, ...made, ...only },
  { at: `${CONFIG}::from_pem_chain_file`, ...files, ...made, ...chosen },
  { at: `${CONFIG}::from_pem_chain_file`, ...files, ...made, ...only },
  { at: `${CONFIG}::from_pem`, ...texts, ...made, ...chosen },
  { at: `${CONFIG}::from_pem`, ...texts, ...made, ...only },
  { at: `${CONFIG}::from_der`, ...values, ...made, ...chosen },
  { at: `${CONFIG}::from_der`, ...values, ...made, ...only },
  { at: `${CONFIG}::reload_from_pem_file`, ...files, ...renewed, ...chosen },
  { at: `${CONFIG}::reload_from_pem_file`, ...files, ...renewed, ...only },
  { at: `${CONFIG}::reload_from_pem`, ...texts, ...renewed, ...chosen },
  { at: `${CONFIG}::reload_from_pem`, ...texts, ...renewed, ...only },
  { at: `${CONFIG}::reload_from_der`, ...values, ...renewed, ...chosen },
  { at: `${CONFIG}::reload_from_der`, ...values, ...renewed, ...only },
  { at: `${OPENSSL}::from_pem_file`, ...filesAsked },
  { at: `${OPENSSL}::from_pem_chain_file`, ...filesAsked },
  { at: `${OPENSSL}::from_pem`, ...textAsked },
  { at: `${OPENSSL}::from_der`, ...ofValue },
  { at: `${OPENSSL}::reload_from_pem_file`, ...filesAsked, ...exchanged },
  { at: `${OPENSSL}::reload_from_pem_chain_file`, ...filesAsked, ...exchanged },
  { at: `${OPENSSL}::reload_from_pem`, ...textAsked, ...exchanged },
  { at: `${OPENSSL}::reload_from_der`, ...ofValue, ...exchanged },
  { at: `${OPENSSL}::from_pem_file`, ...whole, edit: { kind: "replace-name", with: "from_pem_chain_file" } },
  { at: `${OPENSSL}::reload_from_pem_file`, ...whole, edit: { kind: "replace-name", with: "reload_from_pem_chain_file" } },
] as const satisfies readonly Recipe[];

const byHand = [
  {
    at: [`${CONFIG}::from_sni_pem_files`],
    of: "client-authentication",
    because: "its certificates are chosen by name: the resolver has to be built with rustls, and may belong to several servers",
  },
] as const satisfies readonly ByHand[];

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
  byHand,
} as const satisfies CrateModel;
