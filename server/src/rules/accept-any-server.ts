/** A verifier or callback of the user's own that believes a server without a valid certificate. */
import type { CodeRule } from "./rule.ts";
import { judgeVerifier } from "./verifiers.ts";

export const acceptAnyServer: CodeRule<"verifier"> = {
  id: "accept-any-server",
  judges: "code",
  observes: "verifier",
  summary: "a verifier accepts server certificates without verifying them",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    {
      title: "rustls: ServerCertVerifier",
      url: "https://docs.rs/rustls/latest/rustls/client/danger/trait.ServerCertVerifier.html",
    },
    {
      title: "openssl crate: SslContextBuilder::set_verify_callback",
      url: "https://docs.rs/openssl/latest/openssl/ssl/struct.SslContextBuilder.html#method.set_verify_callback",
    },
    { title: "RFC 9110, section 4.3.4: https Certificate Verification", url: "https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4" },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  rationale: `An on-path attacker presents a certificate of their own, terminates TLS, and reads and changes all traffic. The connection is
encrypted, to the attacker.

Fine where the peer is authenticated by other means on the same connection, such as an inner TLS session. Suppress the finding
and say what authenticates the peer.

The body decides. Accepting on every path, ignoring the error of an inner verifier, and comparing only names, dates or numbers
of a certificate whose chain is not verified are errors where the verifier is installed, and warnings where no such place was
found. Ignoring only expiry, and deciding by something other than the certificate, are warnings. Delegating and pinning are
silent; a body that cannot be judged is a hint.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature, CryptoProvider};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
struct NoVerifier(CryptoProvider);

impl ServerCertVerifier for NoVerifier {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

pub fn client(provider: CryptoProvider) -> ClientConfig {
    ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(NoVerifier(provider)))
        .with_no_client_auth()
}
`,
      good: `use rustls::{ClientConfig, RootCertStore};

pub fn client(roots: RootCertStore) -> ClientConfig {
    ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
`,
    },
  ],

  judge: (observation) =>
    observation.fact.verifies === "server"
      ? judgeVerifier(observation, {
          peer: "server",
          attack: "on-path attackers can impersonate the server",
          help: "let the library verify the certificate; to trust a private CA, add it to the trust store",
          remedy: { kind: "server-verification", enabled: true },
        })
      : undefined,
};
