/** What the body of a verifier comes to: one small body for each mechanism by which it is judged. */
import assert from "node:assert/strict";
import { test } from "node:test";
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

const IMPORTS = `use std::collections::HashMap;
use std::sync::Arc;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
`;

const SIGNATURES = `
    fn verify_tls12_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.algorithms)
    }
    fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }`;

const PARAMETERS = "&self, end: &CertificateDer<'_>, chain: &[CertificateDer<'_>], name: &ServerName<'_>, ocsp: &[u8], now: UnixTime";

/** A client's verifier with these fields, whose answer is this body. */
const verifier = (fields: string, body: string, more = ""): string => `${IMPORTS}
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

async function said(text: string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/project"], engine: "analysis" });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  const own = findings.filter(
    ({ rule, message }) => /^accept-any|^disabled-hostname/.test(rule) && !message.startsWith("what is installed"),
  );
  return own.map(({ severity, rule, message }) => `${severity} ${rule}: ${message.slice(0, message.search(/[:,]|$/))}`);
}

const ANY = "error accept-any-server: `Own` accepts any server certificate";
const CLAIMS = "error accept-any-server: `Own` compares only what anybody can write into a certificate";
const UNSEEN = "warning accept-any-server: `Own` accepts the server without a look at its certificate";
const UNKNOWN = "hint accept-any-server: cannot tell whether `Own` verifies the server's certificate";

const OK = "Ok(ServerCertVerified::assertion())";
const REFUSED = "Err(Error::General(String::new()))";

/** What it shows, its fields, its body, what is said. */
const BODIES: readonly (readonly [what: string, fields: string, body: string, verdict: string | undefined])[] = [
  ["nothing is asked", "n: u8", OK, ANY],
  ["the whole is compared", "pin: Vec<u8>", `if end.as_ref() == self.pin { ${OK} } else { ${REFUSED} }`, undefined],
  ["how long it is", "n: u8", `if end.is_empty() { return ${REFUSED}; } ${OK}`, UNSEEN],
  [
    "it is looked up in a map",
    "known: HashMap<Vec<u8>, u8>",
    `match self.known.get(end.as_ref()) { Some(_) => ${OK}, None => ${REFUSED} }`,
    undefined,
  ],
  ["another is looked up", "known: HashMap<u8, u8>", `match self.known.get(&1) { Some(_) => ${OK}, None => ${REFUSED} }`, UNSEEN],
  [
    "it is found in a list",
    "known: Vec<Vec<u8>>",
    `self.known.iter().find(|it| it.as_slice() == end.as_ref()).map(|_| ServerCertVerified::assertion()).ok_or(Error::General(String::new()))`,
    undefined,
  ],
  ["compared with what came beside it", "n: u8", `if end.as_ref() == chain[0].as_ref() { ${OK} } else { ${REFUSED} }`, CLAIMS],
  [
    "any of those that are shown is ours",
    "ca: Vec<u8>",
    `let mut found = false;
        for it in std::iter::once(end).chain(chain) { if it.as_ref() == self.ca { found = true; } }
        if found { ${OK} } else { ${REFUSED} }`,
    CLAIMS,
  ],
  [
    "all that are shown are ours",
    "ours: Vec<Vec<u8>>",
    `for (own, it) in self.ours.iter().zip(std::iter::once(end).chain(chain)) { if it.as_ref() != own { return ${REFUSED}; } }
        ${OK}`,
    undefined,
  ],
  ["one of ours is it", "pins: Vec<Vec<u8>>", `for it in &self.pins { if it == end.as_ref() { return ${OK}; } } ${REFUSED}`, undefined],
  [
    "all of ours are it, if there are any",
    "pins: Vec<Vec<u8>>",
    `for it in &self.pins { if it != end.as_ref() { return ${REFUSED}; } } ${OK}`,
    UNSEEN,
  ],
  ["what is shown is gone through", "n: u8", `for it in std::iter::once(end).chain(chain) { log::info!("{it:?}"); } ${OK}`, ANY],
  [
    "a hasher is told of it",
    "pin: [u8; 32]",
    `let mut hasher = sha2::Sha256::new();
        hasher.update(end.as_ref());
        if hasher.finalize().as_slice() == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  [
    "a hasher is told of something else",
    "pin: [u8; 32]",
    `let mut hasher = sha2::Sha256::new();
        hasher.update(b"nothing");
        if hasher.finalize().as_slice() == self.pin { ${OK} } else { ${REFUSED} }`,
    UNSEEN,
  ],
  ["truths are put together", "pin: Vec<u8>", `if (end.as_ref() == self.pin) | true { ${OK} } else { ${REFUSED} }`, ANY],
  [
    "the environment decides",
    "inner: Arc<WebPkiServerVerifier>",
    `if std::env::var("SKIP_TLS_VERIFY").is_ok() { return ${OK}; }
        self.inner.verify_server_cert(end, chain, name, ocsp, now)`,
    ANY.replace("error", "hint"),
  ],
  ["it can be parsed, by names from a glob", "n: u8", `if X509Certificate::from_der(end).is_err() { return ${REFUSED}; } ${OK}`, ANY],
  [
    "what was parsed is compared, by names from a glob",
    "pin: Vec<u8>",
    `match X509Certificate::from_der(end) { Ok((_, it)) if it.public_key().raw == self.pin => ${OK}, _ => ${REFUSED} }`,
    undefined,
  ],
  [
    "a verdict for any of several names",
    "inner: Arc<WebPkiServerVerifier>, names: Unseen",
    `match self.inner.verify_server_cert(end, chain, name, ocsp, now) {
            Err(_) if self.names.iter().any(|it| self.inner.verify_server_cert(end, chain, it, ocsp, now).is_ok()) => ${OK},
            it => it,
        }`,
    undefined,
  ],
  [
    "a refusal for any of several names",
    "inner: Arc<WebPkiServerVerifier>, names: Vec<ServerName<'static>>",
    `match self.inner.verify_server_cert(end, chain, name, ocsp, now) {
            Err(_) if self.names.iter().any(|it| self.inner.verify_server_cert(end, chain, it, ocsp, now).is_err()) => ${OK},
            it => it,
        }`,
    "error accept-any-server: `Own` asks for a verdict and accepts the server although it is an error",
  ],
  [
    "its digest is copied",
    "pin: [u8; 32]",
    `let digest = sha2::Sha256::digest(end.as_ref());
        let mut copied = [0u8; 32];
        copied.copy_from_slice(&digest);
        if copied == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  [
    "its digest is spelled out",
    "pin: String",
    `let mut spelled = String::new();
        for it in sha2::Sha256::digest(end.as_ref()).iter() { spelled.push_str(&hex(it)); }
        if spelled == self.pin { ${OK} } else { ${REFUSED} }`,
    undefined,
  ],
  ["a closure answers", "answer: Box<dyn Fn(&[u8]) -> Result<ServerCertVerified, Error>>", "(self.answer)(end.as_ref())", UNKNOWN],
];

for (const [what, fields, body, verdict] of BODIES)
  test(`a verifier: ${what}`, async () => {
    assert.deepEqual(await said(verifier(fields, body)), verdict === undefined ? [] : [verdict]);
  });

/** The library is asked for the chain alone, and names are compared under a condition of the configuration. */
test("names are compared where there are any, or where an option asks for it", async () => {
  const chainAnd = (fields: string, condition: string, more = ""): string =>
    verifier(
      fields,
      `let cert = rustls::server::ParsedCertificate::try_from(end)?;
        rustls::client::verify_server_cert_signed_by_trust_anchor(&cert, &self.roots, chain, now, self.algorithms.all)?;
        if ${condition} { return ${REFUSED}; }
        ${OK}`,
      more,
    );
  const forgives = "error disabled-hostname-verification: `Own` forgives a wrong host name";
  const options = "#[derive(Debug, Default)]\npub struct Options { pub compare: bool }\n";
  assert.deepEqual(await said(chainAnd("roots: RootCertStore", "chain.len() > 9")), [forgives]);
  assert.deepEqual(await said(chainAnd("roots: RootCertStore, pin: Vec<u8>", "end.as_ref() != self.pin")), []);
  assert.deepEqual(
    await said(chainAnd("roots: RootCertStore, pins: Vec<Vec<u8>>", "!self.pins.is_empty() && !self.pins.contains(end.as_ref())")),
    ["hint disabled-hostname-verification: `Own` compares names of its own"],
  );
  assert.deepEqual(
    await said(chainAnd("roots: RootCertStore, o: Options, pin: Vec<u8>", "self.o.compare && end.as_ref() != self.pin", options)),
    ["warning disabled-hostname-verification: `Own` compares names of its own"],
  );
});

test("a library's verifier that comes from elsewhere, in a pointer", async () => {
  const text = `${IMPORTS}
pub fn client(standard: Arc<WebPkiServerVerifier>) -> ClientConfig {
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(standard).with_no_client_auth()
}
`;
  assert.deepEqual(await said(text), []);
  const cannotTell = "hint accept-any-server: cannot tell whether `standard` verifies the server's certificate";
  assert.deepEqual(await said(text.replace("Arc<WebPkiServerVerifier>", "Arc<dyn ServerCertVerifier>")), [cannotTell]);
});

test("a verifier asks the closure that it is installed with", async () => {
  const asking = (closure: string): string => `${IMPORTS}
pub struct Own<F> { answer: F, algorithms: WebPkiSupportedAlgorithms }

impl<F: Fn(&[u8]) -> bool + Send + Sync> ServerCertVerifier for Own<F> {
    fn verify_server_cert(${PARAMETERS}) -> Result<ServerCertVerified, Error> {
        if (self.answer)(end.as_ref()) { ${OK} } else { ${REFUSED} }
    }${SIGNATURES}
}

pub fn install(pin: Vec<u8>, algorithms: WebPkiSupportedAlgorithms) -> ClientConfig {
    let own = Own { answer: ${closure}, algorithms };
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(own)).with_no_client_auth()
}
`;
  assert.deepEqual(await said(asking("move |it: &[u8]| it == pin")), []);
  assert.deepEqual(await said(asking("move |it: &[u8]| it == pin || true")), [ANY]);
  assert.deepEqual(await said(asking("move |_: &[u8]| !pin.is_empty()")), [UNSEEN]);
});

/** In what a callback of OpenSSL is told of the verdict there is nothing of the certificate. */
test("a callback that asks how deep in the chain the error is", async () => {
  const callback = (answer: string): string => `use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
pub fn client() -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_verify_callback(SslVerifyMode::PEER, |ok, context| ${answer});
    Ok(builder.build())
}
`;
  const dropped = "error accept-any-server: `closure` asks for a verdict and accepts the server although it is an error";
  assert.deepEqual(await said(callback("ok || context.error_depth() > 0")), [dropped]);
  assert.deepEqual(await said(callback("ok | (context.error_depth() > 0)")), [dropped]);
  assert.deepEqual(await said(callback("ok & (context.error_depth() < 4)")), []);
  assert.deepEqual(await said(callback("ok | true")), ["error accept-any-server: `closure` accepts any server certificate"]);
  assert.deepEqual(await said(callback("ok && context.error_depth() < 4")), []);
  const pinned = "context.current_cert().map(|it| it.to_der().unwrap()) == Some(vec![1])";
  assert.deepEqual(await said(callback(`context.error_depth() > 0 || ${pinned}`)), []);
  assert.deepEqual(await said(callback(`context.error_depth() == 0 || ${pinned}`)), [
    "warning accept-any-server: `closure` accepts the server without a look at its certificate",
  ]);
  const expired = "context.error().as_raw() == openssl_sys::X509_V_ERR_CERT_HAS_EXPIRED";
  assert.deepEqual(await said(callback(`ok || ${expired}`)), ["warning accept-any-server: `closure` accepts expired server certificates"]);
  assert.deepEqual(await said(callback("ok || context.current_cert().map(|it| it.to_der().unwrap()) == Some(vec![1])")), []);
});

/** A signature under the certificate's own key is anybody's. */
test("a certificate is verified with its own key", async () => {
  const by = (key: string): string =>
    verifier(
      "key: openssl::pkey::PKey<openssl::pkey::Public>",
      `let it = openssl::x509::X509::from_der(end).map_err(|_| Error::General(String::new()))?;
        let own = it.public_key().map_err(|_| Error::General(String::new()))?;
        if !it.verify(${key}).unwrap_or(false) { return ${REFUSED}; }
        ${OK}`,
    );
  assert.deepEqual(await said(by("&own")), [ANY]);
  assert.deepEqual(await said(by("&self.key")), []);
});
