/** The body of a verifier's method, put into an implementation of rustls' trait, and how it is judged. */
import assert from "node:assert/strict";
import { seen } from "./stage.ts";

export const HEAD = `
use std::sync::Arc;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error};
struct V { inner: Arc<dyn ServerCertVerifier>, pin: Vec<u8>, insecure: bool, host: String }
`;
export const server = (body: string, more = ""): string => `${HEAD}
impl ServerCertVerifier for V {
    fn verify_server_cert(&self, ee: &CertificateDer<'_>, im: &[CertificateDer<'_>], name: &ServerName<'_>, ocsp: &[u8], now: UnixTime) -> Result<ServerCertVerified, Error> {
        ${body}
    }
    ${more}
}
`;

export function judged(body: string): string {
  const [first, ...others] = seen(server(body), ["verifier"]).map((it) =>
    it.replace(/^verifier server (\S+) V «verify_server_cert» ?/, "$1 ").trim(),
  );
  assert.deepEqual(others, []);
  return first ?? "";
}
