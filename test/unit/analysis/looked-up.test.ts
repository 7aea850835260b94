/** Servers that accept any client's certificate: what counts as looking it up among those that the program knows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

const server = (after: string, more = ""): string => `
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
struct Anyone;
impl ClientCertVerifier for Anyone {
    fn verify_client_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: UnixTime) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }
}
async fn accepted(acceptor: &tokio_rustls::TlsAcceptor, stream: TcpStream) -> Result<tokio_rustls::server::TlsStream<TcpStream>, Failure> {
    Ok(acceptor.accept(stream).await?)
}
pub async fn serve(acceptor: tokio_rustls::TlsAcceptor, stream: TcpStream, users: &Users) -> Result<(), Failure> {
    let stream = accepted(&acceptor, stream).await?;
    let certificate = stream.get_ref().1.peer_certificates().and_then(|it| it.first()).ok_or(Failure)?;
    ${after}
    handle(stream).await
}
${more}`;

function isLookedUp(text: string): boolean {
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const file = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [file], models, program: programOf(text), standard: STD });
  const facts = observations.flatMap(({ fact }) => (fact.kind === "verifier" ? [fact] : []));
  assert.equal(facts.length, 1);
  return facts[0]?.lookedUpBy !== undefined;
}

for (const after of [
  "users.of(certificate).await?.ok_or(Failure)?;",
  "if users.of(&digest(certificate)).await?.is_none() { return Err(Failure); }",
  "let Some(user) = users.of(certificate).await? else { return Err(Failure) };",
  "users.iter().find(|it| it.certificate == certificate.as_ref()).ok_or(Failure)?;",
])
  test(`looked up: ${after}`, () => assert.equal(isLookedUp(server(after)), true));

for (const [what, after, more] of [
  ["it is kept", "users.keep(certificate).await?;"],
  ["it is read", "digest(certificate).ok_or(Failure)?;"],
  ["a stranger goes on", "let user = users.of(certificate).await?.unwrap_or_default();"],
  ["by what its maker wrote into it", "users.of(&serial_of(certificate)).await?.ok_or(Failure)?;"],
  [
    "not by another that accepts",
    "users.of(certificate).await?.ok_or(Failure)?;",
    "pub async fn metrics(acceptor: tokio_rustls::TlsAcceptor, it: TcpStream) -> Result<(), Failure> { handle(acceptor.accept(it).await?).await }",
  ],
] as const)
  test(`not looked up: ${what}`, () => assert.equal(isLookedUp(server(after, more)), false));
