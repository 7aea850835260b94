/**
 * The client authentication of native-tls that no release has, and the actix crate that was never published: guides show
 * them, people paste them, and the build is "repaired" by deleting the line, which leaves a server that accepts everybody.
 */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { clientVerifier } from "./rustls/templates.ts";

const ACCEPTOR = "native_tls::TlsAcceptorBuilder";
const mode = { imaginary: true, returns: "self", effects: [{ kind: "word", argument: 0, of: "client-authentication" }] } as const;

const calls = [
  { path: `${ACCEPTOR}::client_auth_native_tls`, ...mode },
  { path: `${ACCEPTOR}::client_auth`, ...mode },
  { path: `${ACCEPTOR}::client_auth_mode`, ...mode },
  { path: `${ACCEPTOR}::set_client_auth`, ...mode },
  {
    path: `${ACCEPTOR}::add_root_certificate`,
    imaginary: true,
    returns: "self",
    effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
  },
] as const satisfies readonly CallModel[];

const required = { kind: "word", of: "client-authentication", word: "required" } as const;
const optional = { kind: "word", of: "client-authentication", word: "optional" } as const;
const none = { kind: "word", of: "client-authentication", word: "none" } as const;

const DROPS = ["actix_web_native_tls", "native_tls", "tokio_native_tls", "actix_http::ConnectInfo"] as const;

const rustls = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "Rewrite with rustls, requiring client certificates",
  imports: ["rustls::pki_types::pem::PemObject"],
  requires: [{ package: "rustls-pki-types", versions: ">=1.9" }],
  edit: {
    kind: "rebuild",
    name: "tls",
    with: `${clientVerifier.fromFile}
let {fresh:chain} = {path:rustls::pki_types::CertificateDer}::pem_file_iter({chain}){try:<rustls::pki_types::pem::Error>cannot read the certificate file}
    .collect::<Result<Vec<_>, _>>(){try:<rustls::pki_types::pem::Error>malformed certificate};
let {fresh:key} = {path:rustls::pki_types::PrivateKeyDer}::from_pem_file({key}){try:<rustls::pki_types::pem::Error>cannot read the private key};
let {fresh:tls} = {path:rustls::ServerConfig}::builder()
    .with_client_cert_verifier({fresh:client_verifier})
    .with_single_cert({fresh:chain}, {fresh:key}){try:<rustls::Error>certificate and key do not fit};`,
    handOver: {
      bind_rustls: { name: "bind_rustls_0_23", argument: 1 },
      listen_rustls: { name: "listen_rustls_0_23", argument: 1 },
      bind_openssl: { name: "bind_rustls_0_23", argument: 1 },
      bind_native_tls: { name: "bind_rustls_0_23", argument: 1 },
      listen_native_tls: { name: "listen_rustls_0_23", argument: 1 },
    },
    without: ["wrap"],
    drops: DROPS,
  },
  manifest: { package: "rustls", versions: "0.23" },
  alsoNeeds: [{ package: "actix-web", versions: "4.6", features: ["rustls-0_23"] }],
} as const;

const openssl = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "Rewrite with OpenSSL, requiring client certificates",
  edit: {
    kind: "rebuild",
    name: "tls",
    with: `let mut {fresh:tls} = {path:openssl::ssl::SslAcceptor}::mozilla_intermediate_v5({path:openssl::ssl::SslMethod}::tls_server()){try:<openssl::error::ErrorStack>cannot make an acceptor};
{fresh:tls}.set_private_key_file({key}, {path:openssl::ssl::SslFiletype}::PEM){try:<openssl::error::ErrorStack>cannot read the private key};
{fresh:tls}.set_certificate_chain_file({chain}){try:<openssl::error::ErrorStack>cannot read the certificate file};
{fresh:tls}.check_private_key(){try:<openssl::error::ErrorStack>certificate and key do not fit};
{fresh:tls}.set_ca_file({ca}){try:<openssl::error::ErrorStack>cannot read the client CA file};
{fresh:tls}.set_client_ca_list({path:openssl::x509::X509Name}::load_client_ca_file({ca}){try:<openssl::error::ErrorStack>cannot read the client CA file});
{fresh:tls}.set_verify({path:openssl::ssl::SslVerifyMode}::PEER | {path:openssl::ssl::SslVerifyMode}::FAIL_IF_NO_PEER_CERT);
{fresh:tls}.set_session_id_context(b"mutual-tls"){try:<openssl::error::ErrorStack>cannot set the session id context};`,
    handOver: {
      bind_rustls: { name: "bind_openssl", argument: 1 },
      listen_rustls: { name: "listen_openssl", argument: 1 },
      bind_native_tls: { name: "bind_openssl", argument: 1 },
      listen_native_tls: { name: "listen_openssl", argument: 1 },
    },
    without: ["wrap"],
    drops: DROPS,
  },
  manifest: { package: "openssl", versions: "0.10.29" },
  alsoNeeds: [{ package: "actix-web", versions: "4", features: ["openssl"] }],
} as const;

const recipes = [
  { at: `${ACCEPTOR}::client_auth_native_tls`, ...rustls },
  { at: `${ACCEPTOR}::client_auth_native_tls`, ...openssl },
  { at: `${ACCEPTOR}::client_auth`, ...rustls },
  { at: `${ACCEPTOR}::client_auth`, ...openssl },
  { at: `${ACCEPTOR}::client_auth_mode`, ...rustls },
  { at: `${ACCEPTOR}::client_auth_mode`, ...openssl },
  { at: `${ACCEPTOR}::set_client_auth`, ...rustls },
  { at: `${ACCEPTOR}::set_client_auth`, ...openssl },
  { at: `${ACCEPTOR}::add_root_certificate`, ...rustls },
  { at: `${ACCEPTOR}::add_root_certificate`, ...openssl },
] as const satisfies readonly Recipe[];

export const imaginaryNativeTls = {
  crate: "native_tls",
  package: "native-tls",
  versions: "",
  source: "https://github.com/rust-native-tls/rust-native-tls/issues/161",
  types: {},
  values: {
    "native_tls::ClientAuthMode::Verify": required,
    "native_tls::ClientAuthMode::Required": required,
    "native_tls::ClientAuthMode::Require": required,
    "native_tls::ClientAuthMode::Request": optional,
    "native_tls::ClientAuthMode::Optional": optional,
    "native_tls::ClientAuthMode::None": none,
    "native_tls::ClientAuth::Verify": required,
    "native_tls::ClientAuth::Required": required,
    "native_tls::ClientAuth::Require": required,
    "native_tls::ClientAuth::Request": optional,
    "native_tls::ClientAuth::Optional": optional,
    "native_tls::ClientAuth::None": none,
  },
  calls,
  recipes,
} as const satisfies CrateModel;

/** `actix_web_native_tls`: in no registry. Its acceptor hands on what it wraps. */
export const imaginaryActixWebNativeTls = {
  crate: "actix_web_native_tls",
  package: "actix-web-native-tls",
  versions: "",
  source: "https://github.com/rust-native-tls/rust-native-tls/issues/161",
  types: { "actix_web_native_tls::TlsAcceptor": { sort: "configuration", role: "server" } },
  calls: [
    { path: "actix_web_native_tls::TlsAcceptor::from", imaginary: true, returns: { argument: 0 } },
    { path: "actix_web_native_tls::TlsAcceptor::new", imaginary: true, returns: { argument: 0 } },
  ],
  byHand: [
    {
      at: ["actix_web_native_tls::TlsAcceptor::from", "actix_web_native_tls::TlsAcceptor::new"],
      of: "imaginary-call",
      because: "the crate does not exist, and what it is given asks nobody: which library the server moves to is yours to say",
    },
  ],
} as const satisfies CrateModel;
