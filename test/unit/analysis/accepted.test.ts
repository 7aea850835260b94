/** What a finding about code of the program's own points to: where it accepts whom it should refuse, where it is told keys, who installs it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

/** Of each finding by a rule the marked lines of the places it points to, with what is said there. */
async function related(rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const manifest = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "0.23"\n';
  const paths = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/${path}`, text]));
  const service = await createLintService(memoryHost({ "/project/Cargo.toml": manifest, ...paths }), { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  const lineAt = ({ file, span }: { readonly file: string; readonly span: { readonly start: number } }): string => {
    const text = paths[file] ?? "";
    return (
      text
        .slice(text.lastIndexOf("\n", span.start) + 1)
        .split("\n")[0]
        ?.trim() ?? ""
    );
  };
  return findings
    .filter((it) => it.rule === rule && it.severity !== "hint")
    .flatMap((it) => it.related.map((at) => `${lineAt(at)} // ${at.message}`));
}

const VERIFIER = `use std::sync::Arc;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
pub struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let accepted = ServerCertVerified::assertion();
        Ok(accepted)
    }
    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![]
    }
}

pub fn install(config: &mut ClientConfig) {
    config.dangerous().set_certificate_verifier(Arc::new(Anybody));
}
`;

test("a verifier accepts where its answer is made", async () => {
  assert.deepEqual(await related("accept-any-server", { "src/lib.rs": VERIFIER }), [
    "config.dangerous().set_certificate_verifier(Arc::new(Anybody)); // `Anybody` is installed here by `set_certificate_verifier`",
    "let accepted = ServerCertVerified::assertion(); // the certificate is accepted here",
    "fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> { // the handshake signature is not verified either",
    "Ok(HandshakeSignatureValid::assertion()) // any signature is accepted here",
  ]);
});

test("an installation under a condition is one, too", async () => {
  const text = `${VERIFIER.replace("struct Anybody;", "struct Anybody(pub u8);").replace("new(Anybody)", "new(Anybody(1))")}
#[cfg(feature = "lab")]
pub fn install_in_the_lab(config: &mut ClientConfig) {
    config.dangerous().set_certificate_verifier(Arc::new(Anybody(2)));
}
`;
  const found = await related("accept-any-server", { "src/lib.rs": text });
  assert.equal(found.filter((it) => it.includes("is installed here")).length, 2);
});

test("a key log of the program's own", async () => {
  const text = `use std::sync::Arc;
use rustls::{ClientConfig, KeyLog};

#[derive(Debug)]
pub struct Log;

impl KeyLog for Log {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        println!("{label} {client_random:?} {secret:?}");
    }
}

pub fn observe(config: &mut ClientConfig) {
    config.key_log = Arc::new(Log);
}
`;
  assert.deepEqual(await related("key-log", { "src/lib.rs": text }), [
    "fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) { // the keys are told to this function",
  ]);
});
