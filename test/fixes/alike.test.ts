/** Methods of a verifier that are alike are fixed together: comments and lines make no difference, texts do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { first } from "./first-fix.ts";

const TAKEN = "_: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct";
const verifier = (
  one: string,
  other: string,
): string => `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
struct Pinned(Vec<u8>);

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(&self, end_entity: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        if end_entity.as_ref() == self.0.as_slice() {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer))
        }
    }

    fn verify_tls12_signature(&self, ${TAKEN}) -> Result<HandshakeSignatureValid, Error> {
        ${one}
    }

    fn verify_tls13_signature(&self, ${TAKEN}) -> Result<HandshakeSignatureValid, Error> {
        ${other}
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

fn main() {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(std::sync::Arc::new(Pinned(Vec::new()))).with_no_client_auth();
}
`;
const VALID = "Ok(HandshakeSignatureValid::assertion())";

const isFixedTogether = async (one: string, other: string): Promise<boolean> => {
  const { text } = await first("accept-any-signature", verifier(one, other));
  assert.match(text, /crypto::verify_tls1[23]_signature\(/);
  return !text.includes("HandshakeSignatureValid::assertion");
};

test("comments and lines make no difference", async () => {
  assert.ok(await isFixedTogether(VALID, VALID));
  assert.ok(await isFixedTogether(VALID, `/* as above */ Ok(\n            HandshakeSignatureValid::assertion() // "valid\n        )`));
});

test("texts do", async () => {
  assert.ok(!(await isFixedTogether(`tracing::info!("TLS // 1.2"); ${VALID}`, `tracing::info!("TLS // 1.3"); ${VALID}`)));
});
