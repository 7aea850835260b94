/** What analysis underlines in a library that loads certificates. */
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
rustls = "0.23"
rustls-native-certs = "0.7"
rustls-pemfile = "2"
rustls-pki-types = "1.10"
openssl = "0.10"
tracing = "0.1"
`;

const HEAD = `use std::sync::Arc;

use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore};

type Certificate = CertificateDer<'static>;

`;

/** `severity: what is underlined`, of one rule. */
export async function underlined(of: string, text: string): Promise<readonly string[]> {
  const whole = `${HEAD}${text}`;
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": whole });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  return findings
    .filter(({ rule }) => rule === of)
    .map(({ severity, place: { span } }) => `${severity}: ${whole.slice(span.start, span.end)}`);
}
