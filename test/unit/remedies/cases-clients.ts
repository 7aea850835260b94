/** Clients of rustls, native-tls and reqwest. */
import { type Case, R21, R23, VERIFIED } from "./case.ts";

export const clients: readonly Case[] = [
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
