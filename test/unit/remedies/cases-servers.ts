/** Servers of rustls. */
import { type Case, NO_CLIENT_AUTH, R20, R21, R22, R23, REQUIRED } from "./case.ts";

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

export const servers: readonly Case[] = [
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
