/** Values: what decides is followed through bindings, constants, functions, fields, closures and flags to the place of the cause. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read, seen } from "./stage.ts";

const MODES = ["client-authentication"] as const;
const acceptor = (body: string, more = ""): string => `
use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
${more}
fn acceptor() -> SslAcceptor {
    let mut b = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    ${body}
    b.build()
}`;
const connector = (body: string, more = ""): string => `
use native_tls::TlsConnector;
${more}
fn connect(cfg: &Config) {
    let mut b = TlsConnector::builder();
    ${body}
    b.build().unwrap();
}`;

test("an argument that decides is the place", () => {
  assert.deepEqual(seen(acceptor("b.set_verify(SslVerifyMode::PEER);"), MODES), ["client-authentication optional «SslVerifyMode::PEER»"]);
});

test("flags: union, empty and compound assignment, set and from bits", () => {
  const required = (body: string): boolean => seen(acceptor(body), MODES).every((it) => it.startsWith("client-authentication required"));
  assert.ok(required("b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);"));
  assert.ok(required("b.set_verify(SslVerifyMode::PEER.union(SslVerifyMode::FAIL_IF_NO_PEER_CERT));"));
  assert.ok(
    required("let mut m = SslVerifyMode::empty(); m |= SslVerifyMode::PEER; m |= SslVerifyMode::FAIL_IF_NO_PEER_CERT; b.set_verify(m);"),
  );
  assert.ok(
    required(
      "let mut m = SslVerifyMode::empty(); m.set(SslVerifyMode::PEER, true); m.insert(SslVerifyMode::FAIL_IF_NO_PEER_CERT); b.set_verify(m);",
    ),
  );
  assert.ok(required("b.set_verify(SslVerifyMode::all());"));
  assert.deepEqual(seen(acceptor("b.set_verify(SslVerifyMode::empty());"), MODES), ["client-authentication none «SslVerifyMode::empty()»"]);
  assert.deepEqual(seen(acceptor("b.set_verify(SslVerifyMode::from_bits_truncate(0));"), MODES), [
    "client-authentication none «SslVerifyMode::from_bits_truncate(0)»",
  ]);
});

test("a constant's literal is the cause, the call is related", () => {
  const source = connector("b.danger_accept_invalid_certs(SKIP);", "const SKIP: bool = true;");
  assert.deepEqual(seen(source, ["server-verification"]), ["server-verification off «true»"]);
  const { observations } = read(source);
  const found = observations.find((it) => it.fact.kind === "server-verification");
  const related = found?.related[0];
  assert.equal(found?.place.span.start, source.indexOf("true"));
  assert.equal(related && source.slice(related.span.start, related.span.end), "danger_accept_invalid_certs");
});

test("a caller's literal decides a helper's branch and is the cause", () => {
  const source = `
use rustls::{server::WebPkiClientVerifier, RootCertStore};
fn verifier(roots: std::sync::Arc<RootCertStore>, allow_anonymous: bool) -> std::sync::Arc<X> {
    let builder = WebPkiClientVerifier::builder(roots);
    if allow_anonymous { builder.allow_unauthenticated().build().unwrap() } else { builder.build().unwrap() }
}
fn strict(roots: std::sync::Arc<RootCertStore>) -> rustls::ServerConfig {
    rustls::ServerConfig::builder().with_client_cert_verifier(verifier(roots, false)).with_single_cert(c(), k()).unwrap()
}
fn lax(roots: std::sync::Arc<RootCertStore>) -> rustls::ServerConfig {
    rustls::ServerConfig::builder().with_client_cert_verifier(verifier(roots, true)).with_single_cert(c(), k()).unwrap()
}`;
  assert.deepEqual(seen(source, MODES), ["client-authentication optional «true»"]);
});

test("a helper that is never called keeps its parameter as guard", () => {
  const source = `
use rustls::{server::WebPkiClientVerifier, RootCertStore};
pub fn verifier(roots: std::sync::Arc<RootCertStore>, allow_anonymous: bool) -> std::sync::Arc<X> {
    let mut builder = WebPkiClientVerifier::builder(roots);
    if allow_anonymous { builder = builder.allow_unauthenticated(); }
    builder.build().unwrap()
}`;
  assert.deepEqual(seen(source, MODES), ["client-authentication optional «allow_unauthenticated» [allow_anonymous opt-in]"]);
});

test("builders that are passed on mutably, shadowed or returned are one object", () => {
  const harden = `
fn harden(b: &mut openssl::ssl::SslAcceptorBuilder) {
    b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
}`;
  assert.deepEqual(seen(acceptor("b.set_verify(SslVerifyMode::PEER); harden(&mut b);", harden), MODES), [
    "client-authentication required «SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT»",
  ]);
  assert.deepEqual(seen(acceptor("let mut b = { b.set_verify(SslVerifyMode::PEER); b };"), MODES), [
    "client-authentication optional «SslVerifyMode::PEER»",
  ]);
});

test("the last event wins; a default ends with the first statement of the kind", () => {
  assert.deepEqual(seen(connector("b.danger_accept_invalid_certs(true); b.danger_accept_invalid_certs(false);"), ["server-verification"]), [
    "server-verification on «false»",
  ]);
  assert.deepEqual(
    seen(acceptor("b.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT); b.set_verify(SslVerifyMode::NONE);"), MODES, {
      defaults: true,
    }),
    ["client-authentication none «SslVerifyMode::NONE»"],
  );
  assert.deepEqual(seen(acceptor(""), MODES, { defaults: true }), ["client-authentication none «SslAcceptor::mozilla_intermediate_v5»"]);
});

test("what may have been changed by unknown code is no default any more", () => {
  assert.deepEqual(seen(acceptor("other_crate::configure(&mut b);"), MODES, { defaults: true }), []);
});

test("fields of the program's own types carry objects and values", () => {
  const source = `
use native_tls::TlsConnector;
struct Options { verify: bool }
impl Options { fn lax() -> Self { Options { verify: false } } }
fn connect(o: Options) { let mut b = TlsConnector::builder(); b.danger_accept_invalid_certs(!o.verify); b.build().unwrap(); }
fn main() { connect(Options::lax()); }`;
  assert.deepEqual(seen(source, ["server-verification"]), ["server-verification off «false»"]);
});

test("closures, lazy statics and factories are followed", () => {
  const lazy = `
use std::sync::LazyLock;
static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap());
fn get() { CLIENT.get("https://x"); }`;
  assert.deepEqual(seen(lazy, ["server-verification"]), ["server-verification off «true»"]);
  const factory = `
use native_tls::TlsConnector;
fn pool() { Pool::new(move || { let mut b = TlsConnector::builder(); b.danger_accept_invalid_certs(true); b.build() }); }`;
  assert.deepEqual(seen(factory, ["server-verification"]), ["server-verification off «true»"]);
});

test("an object that is dropped says nothing, one that is used does", () => {
  assert.deepEqual(seen("fn f() { native_tls::TlsConnector::builder().danger_accept_invalid_certs(true); }", ["server-verification"]), []);
  assert.deepEqual(
    seen('async fn f() { reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap().get("u").send().await; }', [
      "server-verification",
    ]),
    ["server-verification off «true»"],
  );
});

test("the same method on a client says nothing of client authentication", () => {
  const source = `
fn f(roots: rustls::RootCertStore) -> rustls::ClientConfig { rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth() }
fn g() -> rustls::ServerConfig { rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(c(), k()).unwrap() }`;
  const found = seen(source, MODES);
  assert.deepEqual(found, ["client-authentication none «with_no_client_auth»"]);
});

test("a verifier that was built and not installed is no part of the configuration", () => {
  const source = `
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};
fn f(roots: std::sync::Arc<RootCertStore>) -> ServerConfig {
    let _verifier = WebPkiClientVerifier::builder(roots).build().unwrap();
    ServerConfig::builder().with_no_client_auth().with_single_cert(c(), k()).unwrap()
}`;
  const { endpoints } = read(source);
  const verifier = endpoints.find((it) => it.sort === "verifier");
  assert.deepEqual(verifier?.usedBy, []);
  assert.ok(
    endpoints.some(
      (it) =>
        it.sort === "configuration" && it.effective.some((one) => one.fact.kind === "client-authentication" && one.fact.mode === "none"),
    ),
  );
});

test("a configuration's client authentication is its verifier's", () => {
  const source = `
use rustls::{server::WebPkiClientVerifier, RootCertStore, ServerConfig};
fn f(roots: std::sync::Arc<RootCertStore>) -> ServerConfig {
    let verifier = WebPkiClientVerifier::builder(roots).allow_unauthenticated().build().unwrap();
    ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(c(), k()).unwrap()
}`;
  const { endpoints } = read(source);
  const configuration = endpoints.find((it) => it.sort === "configuration");
  const modes = configuration?.effective.flatMap((it) => (it.fact.kind === "client-authentication" ? [it.fact.mode] : []));
  assert.deepEqual(modes, ["optional"]);
  assert.equal(configuration?.parts.length, 1);
});

test("a function inside of a function is followed, however long it is", () => {
  const padding = "log_something_that_is_long_enough();\n".repeat(60);
  const source = `fn outer() { fn inner() { ${padding} let c = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(c); } inner(); }`;
  assert.deepEqual(seen(source, ["server-verification"]), ["server-verification off «true»"]);
});

test("an option that a loop fills is not empty: what comes after it is read", () => {
  const off = "reqwest::Client::builder().danger_accept_invalid_certs(true)";
  for (const fills of ["found.replace(it)", "found.insert(it)", "found.get_or_insert(it)", "found.get_or_insert_with(|| it)"]) {
    const source = `fn key(items: Vec<Item>) -> Result<Key, Error> { let mut found = None; for it in items { ${fills}; } found.ok_or(Error::None) }
      fn f(items: Vec<Item>) -> Result<(), Error> { let key = key(items)?; go(${off}.identity(key)); Ok(()) }`;
    assert.equal(seen(source, ["server-verification"]).length, 1, fills);
  }
});

test("other spellings of the same type: aliases, globs, renamed crates, re-exports", () => {
  const chain = ".builder().with_no_client_auth().with_single_cert(c(), k()).unwrap()".slice(1);
  const spellings = [
    `use rustls::ServerConfig as S; fn f() -> S { S::${chain} }`,
    `use rustls::server::*; fn f() { let x = ServerConfig::${chain}; go(x); }`,
    `extern crate rustls as tls; fn f() { let x = tls::ServerConfig::${chain}; go(x); }`,
    `use tokio_rustls::rustls; fn f() { let x = rustls::ServerConfig::${chain}; go(x); }`,
    `use actix_tls::accept::rustls_0_23::reexports::ServerConfig; fn f() { let x = ServerConfig::${chain}; go(x); }`,
    `use somebody::rustls::ServerConfig; fn f() { let x = ServerConfig::${chain}; go(x); }`,
  ];
  for (const source of spellings) assert.deepEqual(seen(source, MODES), ["client-authentication none «with_no_client_auth»"], source);
});

test("a path without import that only one model has is a guess", () => {
  const { observations } = read("fn f() { let x = ServerConfig::builder().with_no_client_auth().with_single_cert(c(), k()); go(x); }");
  const found = observations.find((it) => it.fact.kind === "client-authentication");
  assert.equal(found?.guessed, true);
  const other = read("fn f() { let x = homegrown::ssl::SslAcceptor::mozilla_intermediate(m()); go(x); }");
  assert.deepEqual(other.observations, []);
});

test("MISSING: what a call gives for a constant of a generic function", async () => {
  const client = (lax: boolean): string => `use reqwest::Client;
fn client<const LAX: bool>() -> Client { Client::builder().danger_accept_invalid_certs(LAX).build().unwrap() }
fn main() { client::<${lax}>().get("https://a"); }`;
  const kinds = ["server-verification"] as const;
  assert.deepEqual(seen(client(true), kinds), seen(client(false), kinds));
});

test("MISSING: of variants of a type's name one is the type argument", () => {
  const variant = (feature: string, module: string): string => `
#[cfg(feature = "${feature}")]
mod ${module} {
    pub struct Tls(pub reqwest::Client);
    impl super::Transport for Tls {
        fn new() -> Self { Tls(reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()) }
    }
}
#[cfg(feature = "${feature}")]
use ${module} as tls;`;
  const program = (main: string): string => `
pub trait Transport { fn new() -> Self; }
${variant("one", "first")}
${variant("two", "second")}
use tls::Tls;
fn start<T: Transport>() -> T { T::new() }
fn main() { ${main} }`;
  const count = (main: string): number => seen(program(main), ["server-verification"]).length;
  assert.deepEqual([count("Tls::new();"), count("start::<Tls>();")], [2, 1]);
});
