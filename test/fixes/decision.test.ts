/** A fix is made where somebody decided: one word, an error that is returned after it was logged, and nothing is left without a purpose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, first } from "./first-fix.ts";

const SETTINGS = `pub struct Settings {
    pub verify: bool,
}
impl Default for Settings {
    fn default() -> Self {
        Settings { verify: false }
    }
}
`;

test("a default in a field is the one word that changes", async () => {
  const text = `${SETTINGS}pub fn client(settings: &Settings) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!settings.verify).build()
}
fn main() {
    client(&Settings::default()).unwrap();
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Set `verify` to `true`");
  assert.equal(changes(text, fix.text), "-Settings { verify: false }\n+Settings { verify: true }");
});

test("what holds where nothing is set", async () => {
  const text = `fn main() {
    let lax = std::env::var("LAX").map(|it| it == "1").unwrap_or(true);
    reqwest::Client::builder().danger_accept_invalid_certs(lax).build().unwrap();
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Default to `false`");
  assert.match(fix.text, /unwrap_or\(false\)/);
});

test("the variant of one's own that was chosen", async () => {
  const text = `#[derive(Clone, Copy)]
pub enum Check { Full, Off }
pub fn client(check: Check) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(matches!(check, Check::Off)).build()
}
fn main() {
    client(Check::Off).unwrap();
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Pass `Check::Full` to `client`");
  assert.equal(changes(text, fix.text), "-client(Check::Off).unwrap();\n+client(Check::Full).unwrap();");
});

test("a function that is there to choose it is left alone", async () => {
  const text = `${SETTINGS}impl Settings {
    pub fn without_verification(mut self) -> Self {
        self.verify = false;
        self
    }
    pub fn client(&self) -> reqwest::Result<reqwest::Client> {
        reqwest::Client::builder().danger_accept_invalid_certs(!self.verify).build()
    }
}
fn main() {
    Settings { verify: true }.without_verification().client().unwrap();
}
`;
  const fix = await first("disabled-verification", text);
  assert.doesNotMatch(fix.text, /self\.verify = true/);
});

test("the mode is changed in the arm where nothing is set, and the call is left", async () => {
  const mode = (others: string): string => `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn mode() -> SslVerifyMode {
    match std::env::var("CLIENTS").as_deref() {
        Ok("required") => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
${others}        _ => SslVerifyMode::NONE,
    }
}
fn main() {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    builder.set_ca_file("ca.pem").unwrap();
    builder.set_session_id_context(b"a").unwrap();
    builder.set_verify(mode());
}
`;
  const text = mode('        Ok("optional") => SslVerifyMode::PEER,\n');
  assert.equal((await first("no-client-auth", mode(""))).text, mode(""), "alike");
  const { text: fixed } = await first("no-client-auth", text);
  assert.equal(changes(text, fixed), "-_ => SslVerifyMode::NONE,\n+_ => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,");
});

test("the arm of an option that is not there is changed, and no file is invented for it", async () => {
  const arms = (none: string): string => `fn client(ca: Option<&[u8]>) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    match ca {
        Some(pem) => builder = builder.add_root_certificate(reqwest::Certificate::from_pem(pem)?),
        None => {
            ${none}
        }
    }
    builder.build()
}
fn main() {
    client(None).unwrap();
}
`;
  const lax = arms(`println!("no CA");\n            builder = builder.danger_accept_invalid_certs(true);`);
  assert.equal((await first("disabled-verification", lax)).text, arms(`println!("no CA");`));
});

test("an `if` that would ask for nothing goes with what it did", async () => {
  const text = `use std::sync::Arc;
use rustls::server::WebPkiClientVerifier;
const ANYBODY: bool = true;
pub fn verifier(roots: rustls::RootCertStore) -> Arc<dyn rustls::server::danger::ClientCertVerifier> {
    let mut builder = WebPkiClientVerifier::builder(Arc::new(roots));
    if ANYBODY {
        builder = builder.allow_unauthenticated();
    }
    builder.build().unwrap()
}
fn main() {
    verifier(rustls::RootCertStore::empty());
}
`;
  const fix = await first("optional-client-auth", text);
  assert.doesNotMatch(fix.text, /ANYBODY|\bmut\b/);
});

test("a variable that another of its name follows loses its `mut`, and no other does", async () => {
  const text = `fn main() {
    let mut tls = native_tls::TlsConnector::builder();
    tls.danger_accept_invalid_certs(true);
    let tls = tls.build().unwrap();
    let mut list = vec![tls];
    list.clear();
}
`;
  const fix = await first("disabled-verification", text);
  assert.match(fix.text, /let tls = native_tls::TlsConnector::builder\(\);\n {4}let tls = tls\.build/);
  assert.match(fix.text, /let mut list/);
});

test("a path is written as the one that it replaces", async () => {
  const text = `fn main() {
    reqwest::Client::builder().min_tls_version(reqwest::tls::Version::TLS_1_0).build().unwrap();
}
`;
  const fix = await first("obsolete-protocol", text);
  assert.match(fix.text, /^fn main\(\) \{\n {4}reqwest::Client::builder\(\)\n? *\.min_tls_version\(reqwest::tls::Version::TLS_1_2\)/);
});

const WRAPPED = (body: string): string => `use std::sync::Arc;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};
#[derive(Debug)]
pub struct Logged(Arc<dyn ClientCertVerifier>);
impl ClientCertVerifier for Logged {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }
    fn verify_client_cert(&self, leaf: &CertificateDer<'_>, chain: &[CertificateDer<'_>], now: UnixTime) -> Result<ClientCertVerified, Error> {
${body}
    }
    fn verify_tls12_signature(&self, _message: &[u8], _cert: &CertificateDer<'_>, _dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(&self, message: &[u8], cert: &CertificateDer<'_>, dss: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
pub fn wrap(inner: Arc<dyn ClientCertVerifier>) -> Arc<dyn ClientCertVerifier> {
    Arc::new(Logged(inner))
}
`;
const ASKED = "self.0.verify_client_cert(leaf, chain, now)";
const ACCEPTED = "Ok(ClientCertVerified::assertion())";

test("a verifier returns the error of the one that it asks, and what it logs stays", async () => {
  const bodies: readonly (readonly [string, string])[] = [
    [
      `        if let Err(e) = ${ASKED} {\n            eprintln!("{e}");\n        }\n        ${ACCEPTED}`,
      `        if let Err(e) = ${ASKED} {\n            eprintln!("{e}");\n            return Err(e);\n        }\n        ${ACCEPTED}`,
    ],
    [
      `        match ${ASKED} {\n            Ok(it) => Ok(it),\n            Err(_) => {\n                eprintln!("no");\n                ${ACCEPTED}\n            }\n        }`,
      `        match ${ASKED} {\n            Ok(it) => Ok(it),\n            Err(error) => {\n                eprintln!("no");\n                Err(error)\n            }\n        }`,
    ],
    [`        ${ASKED}.or_else(|_| ${ACCEPTED})`, `        ${ASKED}`],
    [`        let _ = ${ASKED};\n        ${ACCEPTED}`, `        ${ASKED}`],
    [
      `        match ${ASKED} {\n            Err(Error::InvalidCertificate(CertificateError::Expired)) => ${ACCEPTED},\n            other => other,\n        }`,
      `        ${ASKED}`,
    ],
  ];
  for (const [before, after] of bodies) {
    const fix = await first("accept-any-client", WRAPPED(before));
    assert.equal(fix.title, "Return the verification error", before);
    const expected = WRAPPED(after);
    assert.equal(
      fix.text.replace(/Error::InvalidCertificate|CertificateError, /g, ""),
      expected.replace(/CertificateError, /g, ""),
      before,
    );
  }
});

test("a signature is given to the verifier that the other methods ask", async () => {
  const fix = await first("accept-any-signature", WRAPPED(`        ${ASKED}`));
  assert.match(
    fix.text,
    /fn verify_tls12_signature\(&self, message: .*cert: .*dss: .*\{\n {8}self\.0\.verify_tls12_signature\(message, cert, dss\)\n/,
  );
});

test("an error that was only logged is returned, the way of the function", async () => {
  const text = (returns: string, added: string): string => `type Failure = Box<dyn std::error::Error>;
pub fn builder() -> Result<openssl::ssl::SslAcceptorBuilder, ${returns}> {
    let mut it = openssl::ssl::SslAcceptor::mozilla_modern_v5(openssl::ssl::SslMethod::tls())?;
    if let Err(e) = it.set_ca_file("ca.pem") {
        eprintln!("client CA: {e}");${added}
    }
    Ok(it)
}
fn main() {
    builder().ok();
}
`;
  for (const [returns, returned] of [
    ["openssl::error::ErrorStack", "Err(e)"],
    ["Failure", "Err(e.into())"],
  ] as const) {
    const fix = await first("ignored-root-error", text(returns, ""));
    assert.equal(fix.title, "Return the error");
    assert.equal(fix.text, text(returns, `\n        return ${returned};`));
  }
});

test("a fallback that lets everybody in becomes the error", async () => {
  const text = (fallback: string): string => `use std::sync::Arc;
use rustls::server::WebPkiClientVerifier;
pub fn builder(roots: rustls::RootCertStore) -> Result<rustls::ConfigBuilder<rustls::ServerConfig, rustls::server::WantsServerCert>, Box<dyn std::error::Error>> {
    let builder = rustls::ServerConfig::builder();
    match WebPkiClientVerifier::builder(Arc::new(roots)).build() {
        Ok(verifier) => Ok(builder.with_client_cert_verifier(verifier)),
        Err(error) => {
            eprintln!("no verifier: {error}");
            ${fallback}
        }
    }
}
`;
  const fix = await first("fail-open", text("Ok(builder.with_no_client_auth())"));
  assert.equal(fix.text, text("Err(error.into())"));
});

test("a setting that is read by calls stays in use, and its default changes", async () => {
  const text = `pub struct Hooks {
    pub accept_invalid: Secret<bool>,
}

pub enum Secret<T> {
    Value(T),
    Variable(String),
}

impl<T: Clone + std::str::FromStr> Secret<T> {
    pub async fn fetch(&self) -> Result<T, std::io::Error> {
        match self {
            Secret::Value(it) => Ok(it.clone()),
            Secret::Variable(name) => std::env::var(name)
                .map_err(std::io::Error::other)?
                .parse()
                .map_err(|_| std::io::ErrorKind::InvalidData.into()),
        }
    }
}

pub fn hooks() -> Hooks {
    Hooks { accept_invalid: Secret::Value(true) }
}

pub async fn client() -> Result<reqwest::Client, Box<dyn std::error::Error>> {
    let hooks = hooks();
    Ok(reqwest::Client::builder()
        .danger_accept_invalid_certs(hooks.accept_invalid.fetch().await?)
        .build()?)
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Pass `false` to `Value`");
  assert.equal(fix.text, text.replace("Value(true)", "Value(false)"));
});
