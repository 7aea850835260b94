/** Servers that accept any client's certificate: whether they look it up among those that they know, and nothing gets past that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./stage.ts";

const HEAD = `
use std::sync::Arc;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::{DigitallySignedStruct, Error, ServerConfig, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
type Failure = Box<dyn std::error::Error>;

pub fn config(provider: Arc<rustls::crypto::CryptoProvider>, chain: Vec<CertificateDer<'static>>, key: rustls::pki_types::PrivateKeyDer<'static>) -> ServerConfig {
    ServerConfig::builder().with_client_cert_verifier(Arc::new(Anyone(provider))).with_single_cert(chain, key).unwrap()
}

#[derive(Debug)]
struct Anyone(Arc<rustls::crypto::CryptoProvider>);
impl ClientCertVerifier for Anyone {
    fn root_hint_subjects(&self) -> &[rustls::DistinguishedName] { &[] }
    fn verify_client_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: UnixTime) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }
    fn verify_tls12_signature(&self, message: &[u8], certificate: &CertificateDer<'_>, signed: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }
    fn verify_tls13_signature(&self, message: &[u8], certificate: &CertificateDer<'_>, signed: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> { self.0.signature_verification_algorithms.supported_schemes() }
}
`;

const ASK = `let certificate = stream.get_ref().1.peer_certificates().and_then(|it| it.first()).ok_or("none")?;`;

/** A server that does this with each connection. */
const serving = (after: string): string => `
pub async fn serve(acceptor: TlsAcceptor, stream: TcpStream, users: &Users) -> Result<(), Failure> {
    let stream = acceptor.accept(stream).await?;
    ${after}
    handle(stream).await
}
`;

function isLookedUp(source: string): boolean {
  const { observations } = read(HEAD + source);
  const facts = observations.flatMap(({ fact }) => (fact.kind === "verifier" && fact.judgement === "accepts-anything" ? [fact] : []));
  assert.equal(facts.length, 1);
  return facts[0]?.lookedUpBy !== undefined;
}

const HANDED = serving(`${ASK}\n    let user = user_of(certificate, users).await?;\n    note(user);`);
const lookingUp = (body: string, gives = "Result<User, Failure>"): string => `
async fn user_of(certificate: &CertificateDer<'_>, users: &Users) -> ${gives} {
    ${body}
}
${HANDED}`;

for (const source of [
  serving(`${ASK}\n    let user = users.find_by_certificate(certificate.as_ref()).await?.ok_or("a stranger")?;\n    note(user);`),
  serving(
    `${ASK}\n    let print = Sha256::digest(certificate);\n    let Some(user) = users.get(&print).await? else { return Err("a stranger".into()); };\n    note(user);`,
  ),
  lookingUp(`let print = Sha256::digest(certificate); users.find(&print).await?.ok_or_else(|| "a stranger".into())`, "Option<User>"),
  lookingUp(
    `let print = Sha256::digest(certificate); match users.find(&print).await? { Some(user) => Ok(user), None => Err("a stranger".into()) }`,
  ),
  lookingUp(
    `let all = users.all().await?; for user in all { let kept = pem_of(&user); if kept == certificate.as_ref() { return Ok(user); } } Err("a stranger".into())`,
  ),
  lookingUp(
    `let user = users.find_by_fingerprint(&print_of(certificate)).await?; if user.is_none() { return Err("a stranger".into()); } Ok(user.unwrap())`,
  ),
])
  test(`found: ${source.split("\n").slice(1, 4).join(" ").trim().slice(-150)}`, () => assert.equal(isLookedUp(source), true));

for (const source of [
  // It is read and written down.
  serving(`${ASK}\n    tracing::info!("{:?}", Sha256::digest(certificate));`),
  serving(`${ASK}\n    users.record_seen(certificate.as_ref()).await?;`),
  // Who was found is written down, and strangers go on.
  serving(`${ASK}\n    if let Some(user) = users.find_by_certificate(certificate.as_ref()).await? { tracing::info!("{user:?}"); }`),
  lookingUp(`Ok(users.find(certificate.as_ref()).await?.unwrap_or_default())`),
  // Whoever made the certificate chose the name in it.
  serving(
    `${ASK}\n    let (_, parsed) = x509_parser::parse_x509_certificate(certificate)?;\n    let name = parsed.subject().to_string();\n    let user = users.find_by_name(&name).await?.ok_or("a stranger")?;\n    note(user);`,
  ),
  lookingUp(`let serial = serial_of(certificate); users.find(&serial).await?.ok_or_else(|| "a stranger".into())`),
  // It is there, and nobody calls it.
  `async fn user_of(certificate: &CertificateDer<'_>, users: &Users) -> Result<User, Failure> { users.find(certificate.as_ref()).await?.ok_or_else(|| "a stranger".into()) }${serving("")}`,
  // Another function lets connections in as they are.
  `${serving(`${ASK}\n    let user = users.find_by_certificate(certificate.as_ref()).await?.ok_or("a stranger")?;\n    note(user);`)}
pub async fn serve_metrics(acceptor: TlsAcceptor, stream: TcpStream) -> Result<(), Failure> { handle(acceptor.accept(stream).await?).await }`,
])
  test(`told: ${source.split("\n").slice(1, 6).join(" ").trim().slice(-150)}`, () => assert.equal(isLookedUp(source), false));
