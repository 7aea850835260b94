/** Of a verifier that nothing installs it is told whether the program makes one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "../../harness/said.ts";

const VERIFIER = `use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
pub type All<'a> = &'a mut Vec<Box<dyn ServerCertVerifier>>;
#[derive(Debug)]
pub struct Anyone { strict: bool }
impl Anyone {
    pub fn new() -> Self { Self { strict: false } }
    pub fn is_strict(&self) -> bool { self.strict }
}
impl ServerCertVerifier for Anyone {
    fn verify_server_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> { vec![] }
}
`;

test("a struct expression makes one, a function that gives one does, and who is given one does not", async () => {
  const ending = async (text: string): Promise<string | undefined> =>
    (await told(`${VERIFIER}${text}`))[0]?.split("; ").find((it) => it.includes("no code that installs it"));
  const made = "it is constructed here, but no code that installs it was found";
  assert.equal(await ending("pub fn offer(all: All<'_>) { all.push(Box::new(Anyone { strict: true })); }"), made);
  assert.equal(await ending("pub fn offer(all: All<'_>) { all.push(Box::new(Anyone::new())); }"), made);
  assert.equal(await ending("pub fn offer(all: All<'_>) { let more = || Box::new(Anyone::new()); all.push(more()); }"), made);
  const nobody = "no code that installs it was found";
  assert.equal(await ending(""), nobody);
  assert.equal(await ending("pub fn asks(one: &Anyone) -> bool { Anyone::is_strict(one) }"), nobody);
});
