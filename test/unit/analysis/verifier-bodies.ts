/** A verifier with a body, as a file of a crate, and what is said of it. */
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
rustls = "0.23"
openssl = "0.10"
openssl-sys = "0.9"
x509-parser = "0.16"
`;

export const IMPORTS = `use std::collections::HashMap;
use std::sync::Arc;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
`;

export const SIGNATURES = `
    fn verify_tls12_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.algorithms)
    }
    fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }`;

export const PARAMETERS =
  "&self, end: &CertificateDer<'_>, chain: &[CertificateDer<'_>], name: &ServerName<'_>, ocsp: &[u8], now: UnixTime";

/** A client's verifier with these fields, whose answer is this body. */
export const verifier = (fields: string, body: string, more = ""): string => `${IMPORTS}
#[derive(Debug)]
pub struct Own { ${fields}, algorithms: WebPkiSupportedAlgorithms }

impl ServerCertVerifier for Own {
    fn verify_server_cert(${PARAMETERS}) -> Result<ServerCertVerified, Error> {
        ${body}
    }${SIGNATURES}
}

pub fn install(own: Own) -> ClientConfig {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(own)).with_no_client_auth()
}
${more}`;

export async function said(text: string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  const own = findings.filter(
    ({ rule, message }) => /^accept-any|^disabled-hostname/.test(rule) && !message.startsWith("installed here: "),
  );
  return own.map(({ severity, rule, message }) => `${severity} ${rule}: ${message.slice(0, message.search(/[:,]|$/))}`);
}

export const ANY = "error accept-any-server: `Own` accepts any server certificate";
export const CLAIMS = "error accept-any-server: `Own` compares only fields that an attacker can copy into a certificate";
export const UNSEEN = "warning accept-any-server: `Own` accepts the server without checking its certificate";
export const UNKNOWN = "hint accept-any-server: cannot tell whether `Own` verifies the server certificate";

export const OK = "Ok(ServerCertVerified::assertion())";
export const REFUSED = "Err(Error::General(String::new()))";
