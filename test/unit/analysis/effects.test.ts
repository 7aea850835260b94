/** Effects that few crates need: settings by name, and closures that get a view of the endpoint. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CrateModel } from "../../../server/src/models/model.ts";
import { seen } from "./stage.ts";

const CONFIG = "broker::Config";
const named: CrateModel = {
  crate: "broker",
  package: "broker",
  versions: "",
  source: "https://example.com",
  types: { [CONFIG]: { sort: "configuration", role: "client", chains: true } },
  calls: [
    { path: `${CONFIG}::new`, returns: { new: CONFIG } },
    {
      path: `${CONFIG}::set`,
      returns: "self",
      effects: [
        {
          kind: "keyed",
          key: 0,
          argument: 1,
          cases: [
            { key: "check.hostname", is: ["none", "false"], states: { kind: "hostname-verification", enabled: false } },
            { key: "check.hostname", is: ["https"], states: { kind: "hostname-verification", enabled: true } },
            { key: "insecure", states: { kind: "server-verification", enabled: false } },
          ],
        },
      ],
    },
    { path: `${CONFIG}::each`, effects: [{ kind: "calls", argument: 0, with: [undefined, CONFIG] }] },
  ],
};
const KINDS = ["hostname-verification", "server-verification"] as const;
const said = (body: string): string[] => seen(`fn f() { ${body} }`, KINDS, { models: [named] });

test("a setting by name states what its value says, whatever its case", () => {
  assert.deepEqual(said('let c = broker::Config::new().set("Check.Hostname", "None"); go(c);'), ['hostname-verification off «"None"»']);
  assert.deepEqual(said('let c = broker::Config::new().set("check.hostname", false); go(c);'), ["hostname-verification off «false»"]);
  assert.deepEqual(said('let c = broker::Config::new().set("insecure", x); go(c);'), ["server-verification off «x»"]);
});

test("the last setting of a name counts, and an unknown value is no fact", () => {
  const twice = 'let mut c = broker::Config::new(); c.set("check.hostname", "none"); c.set("check.hostname",';
  assert.deepEqual(said(`${twice} "https"); go(c);`), ['hostname-verification on «"https"»']);
  assert.deepEqual(said(`${twice} other()); go(c);`), []);
  assert.deepEqual(said(`${twice} "whatever"); go(c);`), []);
});

test("an unknown or other name says nothing", () => {
  assert.deepEqual(said('let c = broker::Config::new().set(name(), "none").set("client.id", "none"); go(c);'), []);
});

test("what a hook does to its view happens to the endpoint, at its position", () => {
  assert.deepEqual(said('let mut c = broker::Config::new(); c.each(|_, it| { it.set("insecure", 1); }); go(c);'), [
    "server-verification off «1»",
  ]);
  assert.deepEqual(said('let mut c = broker::Config::new(); c.each(|it, _| { it.set("insecure", 1); }); go(c);'), []);
});

test("settings are seen however their builder was made, and whatever stands before them", () => {
  const off = (made: string): string[] =>
    seen(`fn f() -> Result<(), Error> { let b = ${made}.danger_accept_invalid_certs(true); go(b); Ok(()) }`, ["server-verification"]);
  for (const made of [
    "reqwest::Client::builder()",
    "reqwest::ClientBuilder::default()",
    "reqwest::ClientBuilder::from_settings(x)?",
    "async_native_tls::TlsConnector::default()",
    "async_native_tls::TlsConnector::new().frobnicate(3)",
  ])
    assert.deepEqual(off(made), ["server-verification off «true»"], made);
});

test("each of several values that are given at once has its own alternatives", () => {
  const built = (mode: string): string => `use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
    fn f(lax: bool) -> SslConnector { ${mode} let mut b = SslConnector::builder(SslMethod::tls()).unwrap(); b.set_verify(mode); b.build() }`;
  const pair = "let (mode, name) = if lax { (SslVerifyMode::NONE, 1) } else { (SslVerifyMode::PEER, 2) };";
  assert.match(seen(built(pair), ["server-verification"])[0] ?? "", /^server-verification off .*lax/);
  const strict = "let (mode, name) = if lax { (SslVerifyMode::PEER, 1) } else { (SslVerifyMode::PEER, 2) };";
  assert.deepEqual(
    seen(built(strict), ["server-verification"]).filter((it) => it.includes(" off ")),
    [],
  );
});

test("what only one crate can do is seen on something of unknown type", () => {
  const on = (call: string, head = ""): string[] =>
    seen(`${head}\nfn f(x: &mut impl Maker) { let mut it = x.make(); it.${call}; go(it); }`, [
      "server-verification",
      "client-authentication",
    ]);
  assert.equal(on("set_verify(SslVerifyMode::NONE)", "use openssl::ssl::SslVerifyMode;").length, 1);
  assert.deepEqual(on("danger_accept_invalid_certs(true)", "use reqwest::Url;"), ["server-verification off «true»"]);
  // Two crates have it and both are there, or none is: all that have it say the same.
  const off = ["server-verification off «true»"];
  assert.deepEqual(on("danger_accept_invalid_certs(true)", "use reqwest::Url; use native_tls::Error;"), off);
  assert.deepEqual(on("danger_accept_invalid_certs(true)"), off);
  // A name that says nothing needs a word of the crate; one of the program's own types has it for itself.
  assert.deepEqual(on("set_verify(mode)", "use openssl::ssl::SslVerifyMode;"), []);
  const own = "use reqwest::Url; struct T; impl T { fn danger_accept_invalid_certs(&mut self, on: bool) {} }";
  assert.deepEqual(on("danger_accept_invalid_certs(true)", own), []);
});

test("MISSING: what a builder does by default is not claimed where an unknown setting takes a whole configuration", () => {
  const served = (setting: string): string[] =>
    seen(
      `fn f(own: rustls::ServerConfig) { let tls = tonic::transport::ServerTlsConfig::new()${setting}; go(tls); }`,
      ["client-authentication"],
      { defaults: true },
    );
  assert.equal(served("").length, 1);
  assert.equal(served(".rustls_server_config(own)").length, 1);
});

test("what is set and used in one expression counts where it is awaited", () => {
  const one = (use: string): string[] =>
    seen(`async fn f() { broker::Config::new().set("insecure", 1).${use}; }`, ["server-verification"], { models: [named] });
  assert.deepEqual(one("dial().await"), ["server-verification off «1»"]);
  assert.deepEqual(one("name(2)"), []);
});

test("MISSING: what is set and used in one expression, and never awaited", () => {
  const body = 'fn f() -> Result<(), Error> { broker::Config::new().set("insecure", 1).dial()?.ask(); Ok(()) }';
  assert.deepEqual(seen(body, ["server-verification"], { models: [named] }), []);
});

test("what follows a call is not lost where a recursion or a trait's method seems never to return", () => {
  const insecure = 'let c = broker::Config::new().set("insecure", true); go(c);';
  const pointers = "trait Store { fn read(&self) -> u32; } impl Store for Arc<dyn Store> { fn read(&self) -> u32 { (**self).read() } }";
  const locked = `use std::sync::{Arc, RwLock}; ${pointers} struct S { kept: Arc<RwLock<u32>> }`;
  const found = ["server-verification off «true»"];
  assert.deepEqual(seen(`${locked} fn f(s: &S) { let n = s.kept.read().unwrap(); ${insecure} }`, KINDS, { models: [named] }), found);
  const forwarded = "struct S; trait Send { fn send(&self); } impl Send for S { fn send(&self) { self.send() } }";
  assert.deepEqual(seen(`${forwarded} fn f(s: &S) { s.send(); ${insecure} }`, KINDS, { models: [named] }), found);
  const mock = "trait Client { fn ask(&self) -> u32 { unimplemented!() } } struct Mock; impl Client for Mock {}";
  assert.deepEqual(seen(`${mock} fn f(c: &dyn Client) { c.ask(); ${insecure} }`, KINDS, { models: [named] }), found);
  const own = "struct S; impl S { fn again(&self) { self.again() } }";
  assert.deepEqual(seen(`${own} fn f(s: &S) { s.again(); ${insecure} }`, KINDS, { models: [named] }), found);
  assert.deepEqual(seen(`fn stop() { panic!() } fn f() { stop(); ${insecure} }`, KINDS, { models: [named] }), []);
});
