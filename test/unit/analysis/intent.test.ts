/** Signs of what a program means, and whether it looks at who its clients are: names that it writes, and calls that it makes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Analysis, analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

function analysisOf(text: string, of: { readonly testCode?: true; readonly example?: { readonly kind: "example" } } = {}): Analysis {
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const source = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined, ...of };
  return analyse({ files: [source], models, program: programOf(text), standard: STD });
}

const reasons = (...given: Parameters<typeof analysisOf>): readonly string[] =>
  analysisOf(...given).intent.map(({ of, reason }) => `${of}: ${reason}`);

test("names and strings are signs, each once, and for what they speak of", () => {
  assert.deepEqual(reasons('fn mtls_server() { open("client-ca.crl"); mtls_server(); }'), [
    "mutual-tls: the name `mtls_server` suggests it",
    "mutual-tls: the name `client-ca.crl` suggests it",
    "revocation: the name `client-ca.crl` suggests it",
  ]);
  assert.deepEqual(reasons('fn f() { open(r#"client-ca.pem"#) }'), ["mutual-tls: the name `client-ca.pem` suggests it"]);
});

test("comments, tests, examples, and what libraries call things are no signs", () => {
  assert.deepEqual(reasons("// mtls\n/* client_cert */\n/// client_ca\nfn f() {}"), []);
  assert.deepEqual(reasons("#[cfg(test)]\nmod tests {\n    struct Settings { client_ca: String }\n}"), []);
  assert.deepEqual(reasons("#[test]\nfn f() { let mtls = 1; }"), []);
  for (const of of [{ testCode: true }, { example: { kind: "example" } }] as const)
    assert.deepEqual(reasons("struct S { client_ca: u8 }", of), []);
  assert.deepEqual(reasons("fn f(b: B) { b.client_cert(1); b.client_certs::<u8>(); }"), []);
  assert.deepEqual(reasons("fn f(b: B) { b.client_cert; }"), ["mutual-tls: the name `client_cert` suggests it"]);
  assert.deepEqual(reasons("fn f(b: rustls::server::WebPkiClientVerifier) { b.client_auth_mandatory(); }"), []);
  const importing = (crate: string): string => `use ${crate}::ClientCertVerified as Verified; fn f(c: ClientCertVerified, v: Verified) {}`;
  assert.deepEqual(reasons(importing("rustls::server::danger")), []);
  assert.deepEqual(reasons(importing("mine")), ["mutual-tls: the name `ClientCertVerified` suggests it"]);
});

test("what an error type calls its failures is no sign, unless an item is called so", () => {
  const sign = "mutual-tls: the name `ClientCertificate` suggests it";
  const failing = "enum Failure { ClientCertificate(String) } fn f() -> Failure { Failure::ClientCertificate(load()) }";
  assert.deepEqual(reasons(failing), [sign]);
  assert.deepEqual(reasons(`${failing} impl std::error::Error for Failure {}`), []);
  assert.deepEqual(reasons(`use std::error::Error as StdError; ${failing} impl StdError for Failure {}`), []);
  assert.deepEqual(reasons(`#[derive(Debug, thiserror::Error)] ${failing}`), []);
  assert.deepEqual(reasons(`#[derive(Debug, Clone)] ${failing} impl std::fmt::Display for Failure {}`), [sign]);
  // MISSING: another derive's errors.
  assert.deepEqual(reasons(`#[derive(Debug, snafu::Snafu)] ${failing}`), [sign]);
  assert.deepEqual(reasons(`#[derive(thiserror::Error)] ${failing} struct ClientCertificate;`), [sign]);
});

test("who reads certificates of clients looks at who they are; who reads those of servers does not", () => {
  const read = (type: string): string => `fn f(c: &rustls::${type}) { g(c.peer_certificates()); }`;
  assert.equal(analysisOf(read("ServerConnection")).readsPeerIdentity, true);
  assert.deepEqual(reasons(read("ServerConnection")), ["mutual-tls: the peer's certificate is read here (`peer_certificates`)"]);
  assert.deepEqual(reasons(`#[cfg(test)] mod tests { ${read("ServerConnection")} }`), []);
  assert.equal(analysisOf(read("ClientConnection")).readsPeerIdentity, false);
  assert.deepEqual(reasons(read("ClientConnection")), []);
  // Called from where nothing is known of the connection's type, the helper says it.
  const helper = `${read("ClientConnection")} fn connect(config: C) { let c = rustls::ClientConnection::new(config, n); f(&c); }`;
  assert.equal(analysisOf(helper).readsPeerIdentity, false);
});

test("a getter that nobody here calls is no sign; one that is called is", () => {
  const getter = "struct C(quinn::Connection); impl C { pub fn identity(&self) -> Option<Box<dyn Any>> { self.0.peer_identity() } }";
  const sign = "mutual-tls: the peer's certificate is read here (`peer_identity`)";
  assert.deepEqual(reasons(getter), []);
  assert.equal(analysisOf(getter).readsPeerIdentity, true);
  assert.deepEqual(reasons(`${getter} fn f(c: C) { check(c.identity()); }`), [sign]);
  assert.deepEqual(reasons(getter.replace("pub fn", "fn")), [sign]);
});

test("what takes more than a connection does is called so by chance", () => {
  const read = (given: string): readonly string[] => reasons(`fn f(d: Driver) { g(d.peer_identity(${given})); }`);
  assert.deepEqual(read(""), ["mutual-tls: the peer's certificate is read here (`peer_identity`)"]);
  assert.deepEqual(read("key, hash"), []);
  assert.deepEqual(reasons("fn f(d: other::Driver) { g(d.peer_identity(1)); }"), []);
});

test("what a server asks for is a sign, and explained by that server", () => {
  const server = (mode: string): string => `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
fn f(always: bool) {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
    ${mode}
    serve(b.build());
}`;
  const asked = "mutual-tls: client certificates are requested (`set_verify`)";
  const [optional] = analysisOf(server("b.set_verify(SslVerifyMode::PEER);")).intent;
  assert.equal(`${optional?.of}: ${optional?.reason}`, asked);
  // What it requires is judged there.
  assert.equal(optional?.carriedOut, true);
  const [demanded] = analysisOf(server("b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);")).intent;
  assert.equal(demanded?.carriedOut, true);
  const [wanted] = analysisOf(server("if always { b.set_verify(SslVerifyMode::PEER); }")).intent;
  assert.equal(wanted?.optional, true);
  // A verifier of the program's own is judged by its body.
  const own = `struct Any;
impl rustls::server::danger::ClientCertVerifier for Any {
    fn client_auth_mandatory(&self) -> bool { false }
    fn verify_client_cert(&self, _: &C, _: &[C], _: T) -> Result<V, E> { Ok(V::assertion()) }
}
fn f() { let b = rustls::ServerConfig::builder().with_client_cert_verifier(std::sync::Arc::new(Any)).with_cert_resolver(r); }
fn read(c: &rustls::ServerConnection) { g(c.peer_certificates()); }`;
  assert.ok(analysisOf(own).intent.some(({ reason }) => reason.includes("peer_certificates")));
  assert.ok(analysisOf(own).intent.every(({ carriedOut }) => carriedOut));
});

test("who serves clients with certificates and looks at none is told so, where all of the program is here", () => {
  const serving = `fn serve(v: std::sync::Arc<dyn rustls::server::danger::ClientCertVerifier>) {
    let tls = rustls::ServerConfig::builder().with_client_cert_verifier(v).with_single_cert(chain, key).unwrap();
    actix_web::HttpServer::new(app).bind_rustls_0_23("0.0.0.0:8443", tls).unwrap().run().await;
}`;
  const unseen = (text: string): readonly unknown[] =>
    analysisOf(text).observations.flatMap(({ fact, endpoint }) => (fact.kind === "peer-identity" ? [endpoint?.sort] : []));
  assert.deepEqual(unseen(serving), ["listener"]);
  assert.deepEqual(unseen(`${serving} mod inside {}`), ["listener"]);
  assert.deepEqual(unseen(`${serving} mod elsewhere;`), []);
  assert.deepEqual(unseen(`${serving} fn f(c: &rustls::ServerConnection) { g(c.peer_certificates()); }`), []);
});
