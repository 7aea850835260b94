/** Small Rust files with one place each, for which the fixed text is kept in `golden/` and compiled with the set's crates. */
import type { Stage } from "./stage.ts";

export interface Case extends Stage {
  readonly name: string;
  /** A folder of `test/cargo/sets`. */
  readonly set: string;
  /** Which of the fixes. */
  readonly number?: number;
}

const REQUIRED = { kind: "client-authentication", mode: "required" } as const;
const VERIFIED = { kind: "server-verification", enabled: true } as const;
const NO_CLIENT_AUTH = {
  at: ".with_no_client_auth",
  call: "rustls::ConfigBuilder<rustls::ServerConfig>::with_no_client_auth",
  want: REQUIRED,
  role: "server",
} as const;
const R23 = { rustls: "0.23.20", "rustls-pemfile": "2.2.0", "rustls-pki-types": "1.14.0" };
const R22 = { rustls: "0.22.4", "rustls-pemfile": "2.2.0", "rustls-pki-types": "1.14.0" };
const R21 = { rustls: "0.21.12", "rustls-pemfile": "1.0.4" };
const R20 = { rustls: "0.20.9", "rustls-pemfile": "1.0.4" };

const newServer = (returns: string, end: string) => `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

fn config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> ${returns} {
    // The certificate is our own.
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("certificate");
    ${end}
}
`;
const oldServer = `use rustls::{Certificate, PrivateKey, ServerConfig};

fn config(
    chain: Vec<Certificate>,
    key: PrivateKey,
) -> Result<ServerConfig, Box<dyn std::error::Error>> {
    let config = ServerConfig::builder()
        .with_safe_defaults()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(config)
}
`;

const servers: readonly Case[] = [
  {
    name: "server-any-error",
    set: "rustls-0.23",
    text: newServer("Result<ServerConfig, Box<dyn std::error::Error>>", "Ok(config)"),
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-io-error",
    set: "rustls-0.23",
    text: newServer("std::io::Result<ServerConfig>", "Ok(config)"),
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  { name: "server-no-error", set: "rustls-0.23", text: newServer("ServerConfig", "config"), versions: R23, ...NO_CLIENT_AUTH },
  {
    name: "server-string-error",
    set: "rustls-0.23",
    text: newServer("Result<ServerConfig, String>", "Ok(config)"),
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-0.22",
    set: "rustls-0.22",
    text: newServer("Result<ServerConfig, Box<dyn std::error::Error>>", "Ok(config)"),
    versions: R22,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-0.22-pemfile",
    set: "rustls-0.22",
    text: newServer("Result<ServerConfig, Box<dyn std::error::Error>>", "Ok(config)"),
    versions: { ...R22, "rustls-pki-types": "1.4.0" },
    ...NO_CLIENT_AUTH,
  },
  { name: "server-0.21", set: "rustls-0.21", text: oldServer, versions: R21, ...NO_CLIENT_AUTH },
  { name: "server-0.20", set: "rustls-0.20", text: oldServer, versions: R20, ...NO_CLIENT_AUTH },
  {
    name: "server-found-ca",
    set: "rustls-0.23",
    text: newServer("ServerConfig", "config"),
    versions: R23,
    ...NO_CLIENT_AUTH,
    surroundings: { clientCa: "certs/clients/ca.pem" },
  },
  {
    name: "server-crlf",
    set: "rustls-0.23",
    text: newServer("ServerConfig", "config").replaceAll("\n", "\r\n"),
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-tabs",
    set: "rustls-0.23",
    text: newServer("ServerConfig", "config").replaceAll("    ", "\t"),
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-one-line",
    set: "rustls-0.23",
    text: `fn config(chain: Vec<rustls::pki_types::CertificateDer<'static>>, key: rustls::pki_types::PrivateKeyDer<'static>) -> Result<rustls::ServerConfig, Box<dyn std::error::Error>> { let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?; Ok(config) }\n`,
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-tokio-rustls",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use tokio_rustls::rustls::{
    self,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use tokio_rustls::TlsAcceptor;

fn acceptor(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<TlsAcceptor, rustls::Error> {
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth() // nobody has certificates
        // ours
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
`,
    versions: { "tokio-rustls": "0.26.1" },
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-closure",
    set: "rustls-0.23",
    text: `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

type Pair = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn configs(pairs: Vec<Pair>) -> Vec<ServerConfig> {
    pairs
        .into_iter()
        .map(|(chain, key)| ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap())
        .collect()
}
`,
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-spare-roots",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig};

fn config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    for ca in CertificateDer::pem_file_iter("clients.pem")? {
        roots.add(ca?)?;
    }
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}
`,
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-spare-verifier",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

fn config(
    roots: RootCertStore,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, Box<dyn std::error::Error>> {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build()?;
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}
`,
    versions: R23,
    ...NO_CLIENT_AUTH,
  },
  {
    name: "server-optional",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;

fn verifier(roots: Arc<RootCertStore>) -> Arc<dyn ClientCertVerifier> {
    WebPkiClientVerifier::builder(roots)
        .allow_unauthenticated()
        .build()
        .expect("client roots are there")
}
`,
    versions: R23,
    at: ".allow_unauthenticated",
    call: "rustls::server::ClientCertVerifierBuilder::allow_unauthenticated",
    want: REQUIRED,
    role: "server",
  },
  {
    name: "server-optional-0.21",
    set: "rustls-0.21",
    text: `use std::sync::Arc;

use rustls::server::{AllowAnyAnonymousOrAuthenticatedClient, ClientCertVerifier};
use rustls::RootCertStore;

fn verifier(roots: RootCertStore) -> Arc<dyn ClientCertVerifier> {
    AllowAnyAnonymousOrAuthenticatedClient::new(roots).boxed()
}
`,
    versions: R21,
    at: "AllowAnyAnonymousOrAuthenticatedClient::new",
    call: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new",
    want: REQUIRED,
    role: "server",
  },
  {
    name: "server-expired-lists",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::server::{danger::ClientCertVerifier, WebPkiClientVerifier};
use rustls::RootCertStore;

fn verifier(
    roots: Arc<RootCertStore>,
    crls: Vec<CertificateRevocationListDer<'static>>,
) -> Result<Arc<dyn ClientCertVerifier>, Box<dyn std::error::Error>> {
    let builder = WebPkiClientVerifier::builder(roots).with_crls(crls);
    Ok(builder.build()?)
}
`,
    versions: R23,
    at: ".with_crls",
    call: "rustls::server::ClientCertVerifierBuilder::with_crls",
    want: { kind: "revocation-expiry", enforced: true },
    role: "server",
  },
];

const clients: readonly Case[] = [
  {
    name: "client-verifier",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::ClientConfig;

fn client(nothing: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(nothing)
        .with_no_client_auth()
}
`,
    versions: R23,
    at: ".with_custom",
    call: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "client-verifier-0.21",
    set: "rustls-0.21",
    text: `use std::sync::Arc;

use rustls::client::ServerCertVerifier;
use rustls::ClientConfig;

fn client(nothing: Arc<dyn ServerCertVerifier>) -> std::io::Result<ClientConfig> {
    Ok(ClientConfig::builder()
        .with_safe_defaults()
        .with_custom_certificate_verifier(nothing)
        .with_no_client_auth())
}
`,
    versions: R21,
    at: ".with_custom",
    call: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "client-set-verifier",
    set: "rustls-0.23",
    text: `use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::{ClientConfig, RootCertStore};

fn client(roots: RootCertStore, nothing: Arc<dyn ServerCertVerifier>) -> ClientConfig {
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config
        .dangerous()
        .set_certificate_verifier(nothing);
    config
}
`,
    versions: R23,
    at: ".set_certificate_verifier",
    call: "rustls::client::danger::DangerousClientConfig::set_certificate_verifier",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "client-native-tls",
    set: "native-tls",
    text: `use native_tls::TlsConnector;

fn connector() -> Result<TlsConnector, native_tls::Error> {
    let mut builder = TlsConnector::builder();
    builder.danger_accept_invalid_certs(true); // self-signed
    builder.use_sni(true);
    builder.build()
}
`,
    versions: { "native-tls": "0.2.18" },
    at: ".danger_accept_invalid_certs",
    call: "native_tls::TlsConnectorBuilder::danger_accept_invalid_certs",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "client-reqwest",
    set: "reqwest-0.12",
    text: `fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
}

fn joined() -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    builder = builder.danger_accept_invalid_hostnames(true);
    builder.build()
}
`,
    versions: { reqwest: "0.12.15" },
    at: ".danger_accept_invalid_certs",
    call: "reqwest::ClientBuilder::danger_accept_invalid_certs",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "client-reqwest-own-value",
    set: "reqwest-0.12",
    text: `fn joined() -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    builder = builder.danger_accept_invalid_hostnames(true);
    builder = builder.https_only(true);
    builder.build()
}
`,
    versions: { reqwest: "0.12.15" },
    at: ".danger_accept_invalid_hostnames",
    call: "reqwest::ClientBuilder::danger_accept_invalid_hostnames",
    want: { kind: "hostname-verification", enabled: true },
    role: "client",
  },
];

const OPENSSL = { openssl: "0.10.72" };
const acceptor = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};

fn acceptor() -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate(SslMethod::tls())?;
    builder.set_private_key_file("key.pem", SslFiletype::PEM)?;
    builder.set_certificate_chain_file("cert.pem")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder.build())
}
`;
const openssl: readonly Case[] = [
  {
    name: "openssl-peer",
    set: "openssl",
    text: acceptor,
    versions: OPENSSL,
    at: ".set_verify",
    call: "openssl::ssl::SslContextBuilder::set_verify",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-nothing",
    set: "openssl",
    text: acceptor.replace("    builder.set_verify(SslVerifyMode::PEER);\n", "").replace(", SslVerifyMode", ""),
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-nothing-io",
    set: "openssl",
    text: `use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod};

fn acceptor() -> std::io::Result<SslAcceptorBuilder> {
    let builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())?;
    Ok(builder)
}
`,
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate_v5(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate_v5",
    want: REQUIRED,
    role: "server",
    binding: "builder",
  },
  {
    name: "openssl-preset",
    set: "openssl",
    text: acceptor,
    versions: OPENSSL,
    at: "SslAcceptor::mozilla_intermediate(",
    call: "openssl::ssl::SslAcceptor::mozilla_intermediate",
    want: { kind: "preset", name: "mozilla_intermediate_v5" },
    role: "server",
  },
  {
    name: "openssl-floor",
    set: "openssl",
    text: `use openssl::ssl::*;

fn floor(builder: &mut SslContextBuilder) {
    builder
        .set_min_proto_version(Some(SslVersion::TLS1))
        .expect("version");
}
`,
    versions: OPENSSL,
    at: ".set_min_proto_version",
    call: "openssl::ssl::SslContextBuilder::set_min_proto_version",
    want: { kind: "minimum-version", version: "TLS 1.2" },
    role: "server",
  },
  {
    name: "openssl-callback",
    set: "openssl",
    text: `use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

fn trust(builder: &mut SslConnectorBuilder) {
    builder.set_verify_callback(SslVerifyMode::PEER, |_, context| {
        println!("{}", context.error());
        true
    });
}
`,
    versions: OPENSSL,
    at: ".set_verify_callback",
    call: "openssl::ssl::SslContextBuilder::set_verify_callback",
    want: VERIFIED,
    role: "client",
  },
  {
    name: "openssl-connector-none",
    set: "openssl",
    text: `use openssl::ssl::{self, SslConnector, SslMethod};

fn connector() -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(ssl::SslVerifyMode::NONE);
    builder.build()
}
`,
    versions: OPENSSL,
    at: ".set_verify",
    call: "openssl::ssl::SslContextBuilder::set_verify",
    want: VERIFIED,
    role: "client",
  },
];

const DROPPED = { kind: "dropped-error", what: "anchor", call: "add", systemStore: false } as const;
const PROPAGATE = { want: { kind: "propagate-error" }, fact: DROPPED, call: "rustls::RootCertStore::add", at: ".add(" } as const;
const adding = (
  body: string,
  returns = " -> Result<RootCertStore, Box<dyn std::error::Error>>",
  end = "Ok(roots)",
) => `use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn trust(cas: Vec<CertificateDer<'static>>)${returns} {
    let mut roots = RootCertStore::empty();
    for ca in cas {
${body}
    }
    ${end}
}
`;
const errors: readonly Case[] = [
  { name: "drop-let", set: "rustls-0.23", text: adding("        let _ = roots.add(ca);"), versions: R23, ...PROPAGATE },
  {
    name: "drop-let-no-error",
    set: "rustls-0.23",
    text: adding("        let _ = roots.add(ca);", " -> RootCertStore", "roots"),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-ok",
    set: "rustls-0.23",
    text: adding("        roots.add(ca).ok();", " -> std::io::Result<RootCertStore>"),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-if-err",
    set: "rustls-0.23",
    text: adding('        if roots.add(ca).is_err() {\n            eprintln!("bad certificate");\n            continue;\n        }'),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-if-let",
    set: "rustls-0.23",
    text: adding('        if let Ok(()) = roots.add(ca) {\n            println!("added");\n        }'),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-flatten-for",
    set: "rustls-0.23",
    text: `use std::fs::File;
use std::io::BufReader;

use rustls::RootCertStore;

fn trust() -> Result<RootCertStore, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    let mut reader = BufReader::new(File::open("ca.pem")?);
    for ca in rustls_pemfile::certs(&mut reader).flatten() {
        roots.add(ca)?;
    }
    Ok(roots)
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
  {
    name: "drop-flatten-collect",
    set: "rustls-0.23",
    text: `use std::fs::File;
use std::io::BufReader;

use rustls::pki_types::CertificateDer;

fn load() -> std::io::Result<Vec<CertificateDer<'static>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader)
        .filter_map(|it| it.ok())
        .collect();
    Ok(certs)
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
  {
    name: "drop-flatten-map",
    set: "rustls-0.23",
    text: `use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn load(roots: &mut RootCertStore) {
    roots.add_parsable_certificates(CertificateDer::pem_file_iter("ca.pem").unwrap().flatten());
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "pem_file_iter", systemStore: false },
    at: "CertificateDer::pem_file_iter",
    call: "rustls_pki_types::CertificateDer::pem_file_iter",
  },
  {
    name: "drop-default",
    set: "rustls-0.21",
    text: `use std::fs::File;
use std::io::BufReader;

fn load() -> std::io::Result<Vec<Vec<u8>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader).unwrap_or_default();
    Ok(certs)
}
`,
    versions: R21,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
];

const actix: readonly Case[] = [
  {
    name: "actix-late-hook",
    set: "rustls-0.23",
    text: `use actix_web::{web, App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .workers(2)
        .bind("127.0.0.1:8080")?
        .on_connect(|_connection, extensions| {
            extensions.insert(7_u8);
        })
        .run()
        .await
}
`,
    versions: { "actix-web": "4.9.0" },
    want: { kind: "move-before-listener" },
    at: ".on_connect",
    call: "actix_web::HttpServer::on_connect",
  },
];

const tidyGuide = `use actix_web::{web, App, HttpServer};
use actix_web_native_tls::TlsAcceptor;
use native_tls::Identity;
use std::fs;
use std::sync::Arc;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    // Load server identity (cert + private key)
    let cert = fs::read("server-cert.pem").expect("unable to read server cert");
    let key = fs::read("server-key.pem").expect("unable to read server key");
    let identity = Identity::from_pkcs8(&cert, &key).expect("invalid server identity");
    let address = "127.0.0.1:8443";

    // Configure server TLS acceptor with client CA and verification
    let mut builder = native_tls::TlsAcceptor::builder(identity);
    let ca_cert = fs::read("ca-cert.pem").expect("unable to read CA cert");
    let ca = native_tls::Certificate::from_pem(&ca_cert).expect("invalid CA cert");
    builder.add_root_certificate(ca);
    builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
    // Require and verify client certificates against the CA
    builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
    let acceptor =
        TlsAcceptor::from(Arc::new(builder.build().expect("failed to build TLS acceptor")));

    HttpServer::new(move || {
        App::new()
            .wrap(TlsAcceptor::from(acceptor.clone()))
            .route("/health", web::get().to(|| async { "ok" }))
    })
    .bind_rustls(address, acceptor)?
    .run()
    .await
}
`;
const pastedGuide = `use actix_web::{web, App, HttpServer}; use actix_web_native_tls::TlsAcceptor; use native_tls::{Identity, TlsAcceptor as NativeTlsAcceptor};
use std::fs; use std::sync::Arc;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
// Load server identity (cert + private key)
let cert = fs::read("server-cert.pem").expect("unable to read server cert");
let key = fs::read("server-key.pem").expect("unable to read server key");
let identity = Identity::from_pkcs8(&cert, &key).expect("invalid server identity");
// Configure server TLS acceptor with client CA and verification
let mut builder = native_tls::TlsAcceptor::builder(identity);
let ca_cert = fs::read("ca-cert.pem").expect("unable to read CA cert");
let ca = native_tls::Certificate::from_pem(&ca_cert).expect("invalid CA cert");
builder.add_root_certificate(ca);
builder.client_auth_native_tls(native_tls::ClientAuthMode::Verify);
// Require and verify client certificates against the CA
builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
let acceptor = TlsAcceptor::from(Arc::new(builder.build().expect("failed to build TLS acceptor")));
HttpServer::new(move || {
App::new()
.wrap(TlsAcceptor::from(acceptor.clone()))
.route("/health", web::get().to(|| async { "ok" }))
})
.bind_rustls("127.0.0.1:8443", acceptor)?
.run()
.await
}
`;
const secondGuide = `use actix_web::{web, App, HttpServer}; use actix_http::ConnectInfo; use tokio_native_tls::native_tls::{TlsAcceptor as NativeTlsAcceptor, Identity, Certificate};
use tokio_native_tls::TlsAcceptor;
use std::net::SocketAddr; use std::sync::Arc; use tokio::net::TcpListener;
#[actix_web::main]
async fn main() -> std::io::Result<()> {
let server_identity = Identity::from_pkcs8(
&fs::read("server-cert.pem").expect("cannot read server cert"),
&fs::read("server-key.pem").expect("cannot read server key"),
).expect("invalid server identity");
let mut builder = NativeTlsAcceptor::builder(server_identity);
let ca = Certificate::from_pem(&fs::read("ca-cert.pem").expect("cannot read CA"))?;
builder.add_root_certificate(ca);
builder.client_auth(native_tls::ClientAuth::Required);
let acceptor = TlsAcceptor::from(Arc::new(builder.build()?));
let listener = TcpListener::bind("127.0.0.1:8443").await?;
HttpServer::new(move || {
App::new()
.wrap(TlsAcceptor::from(acceptor.clone()))
.route("/api/secure", web::get().to(|| async { "secure" }))
})
.listen_rustls(listener, acceptor)?
.run()
.await
}
`;
const IMAGINARY = {
  at: ".client_auth_native_tls",
  call: "native_tls::TlsAcceptorBuilder::client_auth_native_tls",
  want: REQUIRED,
  role: "server",
  binding: "builder",
  others: [[".add_root_certificate", "native_tls::TlsAcceptorBuilder::add_root_certificate"]],
} as const;
const SECOND = { ...IMAGINARY, at: ".client_auth(", call: "native_tls::TlsAcceptorBuilder::client_auth" } as const;
const guide: readonly Case[] = [
  { name: "guide-tidy-rustls", set: "rustls-0.23", text: tidyGuide, ...IMAGINARY },
  { name: "guide-tidy-openssl", set: "openssl", text: tidyGuide, ...IMAGINARY, number: 1 },
  { name: "guide-pasted-rustls", set: "rustls-0.23", text: pastedGuide, ...IMAGINARY },
  { name: "guide-pasted-openssl", set: "openssl", text: pastedGuide, ...IMAGINARY, number: 1 },
  { name: "guide-second-rustls", set: "rustls-0.23", text: secondGuide, ...SECOND },
  { name: "guide-second-openssl", set: "openssl", text: secondGuide, ...SECOND, number: 1 },
];

export const cases: readonly Case[] = [...servers, ...clients, ...openssl, ...errors, ...actix, ...guide];
