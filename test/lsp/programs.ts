/** Programs and certificates that the protocol tests open. */
import { basicConstraints, certificatePem, time } from "../certificates/build.ts";

export const MANIFEST = `[package]
name = "service"
version = "0.1.0"
edition = "2021"

[dependencies]
reqwest = "0.12.12"
openssl = "0.10.72"
rustls = "0.23.20"
`;

/** One error, whose fix a person reviews: some server that is accepted today may be rejected. */
export const MISTAKEN = `use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
}
`;

/** Session keys are logged: nobody is locked out by the fix, which is safe. */
export const OBSERVED = `use std::sync::Arc;

use rustls::{ClientConfig, KeyLogFile};

pub fn observed(config: &mut ClientConfig) {
    config.key_log = Arc::new(KeyLogFile::new());
}
`;

/** Reads a certificate file by a path literal. */
export const READER = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("certs/ca.pem")?;
    builder.set_session_id_context(b"reader")?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(builder)
}
`;

const DAY = 86_400_000;

/** A CA certificate with this common name, valid for 399 days and some hours, or for as many as are told. */
export function certificate(commonName: string, days = 399.5): string {
  const day = (offset: number) => time(new Date(Date.now() + offset * DAY).toISOString());
  return certificatePem({
    issuer: commonName,
    subject: commonName,
    notBefore: day(-9),
    notAfter: day(days),
    extensions: [basicConstraints(true)],
  });
}

/** Its fix names a CA file that is nowhere in the workspace: a placeholder. */
export const OPEN_SERVER = `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

pub fn configuration(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
}
`;
