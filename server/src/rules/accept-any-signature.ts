/** A verifier that takes the handshake's signature for valid without checking it. */
import { related } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const acceptAnySignature: CodeRule<"verifier"> = {
  id: "accept-any-signature",
  judges: "code",
  observes: "verifier",
  summary: "a verifier accepts handshake signatures without verifying them",
  severity: "error",
  since: "0.1.0",
  cwe: [347, 295],
  sources: [
    { title: "RFC 8446, section 4.4.3: Certificate Verify", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.3" },
    {
      title: "rustls: ServerCertVerifier::verify_tls13_signature",
      url: "https://docs.rs/rustls/latest/rustls/client/danger/trait.ServerCertVerifier.html#tymethod.verify_tls13_signature",
    },
    {
      title: "rustls: crypto::verify_tls13_signature",
      url: "https://docs.rs/rustls/latest/rustls/crypto/fn.verify_tls13_signature.html",
    },
    { title: "CWE-347: Improper Verification of Cryptographic Signature", url: "https://cwe.mitre.org/data/definitions/347.html" },
  ],
  rationale: `Certificates are public: everyone who connects to the real peer receives a copy. Only the signature over the handshake proves
possession of the private key. A verifier that pins a certificate but accepts any signature accepts an attacker who presents the
pinned certificate.

Fine in tests where both peers are the test itself. Rejecting (an error for TLS 1.2 in a client of TLS 1.3) and the library's
defaults are silent.

Where the same verifier also accepts any certificate, \`accept-any-server\` or \`accept-any-client\` reports both.`,
  examples: [
    {
      bad: `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, CryptoProvider};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
pub struct Pinned {
    pin: Vec<u8>,
    provider: CryptoProvider,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if end_entity.as_ref() == self.pin.as_slice() {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
`,
      good: `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature, CryptoProvider};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
pub struct Pinned {
    pin: Vec<u8>,
    provider: CryptoProvider,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if end_entity.as_ref() == self.pin.as_slice() {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
`,
    },
  ],

  judge(observation) {
    const { fact, endpoint, place } = observation;
    if (fact.verifies !== "signature" || (fact.judgement !== "accepts-anything" && fact.judgement !== "drops-error")) return undefined;
    // The methods of one verifier share an endpoint: one fault, one finding.
    const siblings = (endpoint?.facts ?? []).filter((it) => it.fact.kind === "verifier" && it.fact.name === fact.name);
    if (siblings.some(({ fact: it }) => it.kind === "verifier" && it.verifies !== "signature" && believesAnyone(it.judgement)))
      return undefined;
    const equal = siblings.filter(
      ({ fact: it }) => it.kind === "verifier" && it.verifies === "signature" && it.judgement === fact.judgement,
    );
    const [first, ...others] = equal;
    if (first && (first.place.file !== place.file || first.place.span.start !== place.span.start)) return undefined;
    return {
      severity: fact.installed ? "error" : "warning",
      message: `\`${fact.name}\` accepts any handshake signature, so anyone can impersonate the peer`,
      help: "verify the signature with the library's own function for it",
      notes: ["certificates are public: only the signature proves possession of the private key"],
      related: related(others, "here, too"),
      remedies: [{ want: { kind: "verifier", verifies: "signature", judgement: "delegates" } }],
    };
  },
};

const believesAnyone = (judgement: string): boolean => ["accepts-anything", "drops-error", "compares-claims"].includes(judgement);
