/** Guards: what holds only under a condition says so, and says whether it was chosen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";

const KIND = ["server-verification"] as const;
const connector = (body: string, more = ""): string => `
use native_tls::TlsConnector;
${more}
fn connect(cfg: &Config, mode: Mode) {
    let mut b = TlsConnector::builder();
    ${body}
    b.build().unwrap();
}`;
const off = (body: string, more = "", given = {}): string[] =>
  seen(connector(body, more), KIND, given).filter((it) => it.includes(" off "));

test("a condition over configuration, as written", () => {
  assert.deepEqual(off("if cfg.insecure { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg.insecure opt-in]",
  ]);
  assert.deepEqual(off("if !cfg.verify { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
  assert.deepEqual(off("if cfg.tls { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true» [cfg.tls]"]);
  assert.deepEqual(off("if cfg.verify { log(); } else { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify opt-in]",
  ]);
});

test("both branches together end what was before", () => {
  const both = "if cfg.a { b.danger_accept_invalid_certs(true); } else { b.danger_accept_invalid_certs(false); }";
  assert.deepEqual(seen(connector(both), KIND, { defaults: true }), [
    "server-verification off «true» [cfg.a]",
    "server-verification on «false» [not cfg.a]",
  ]);
  assert.deepEqual(seen(connector("if cfg.a { b.danger_accept_invalid_certs(true); }"), KIND, { defaults: true }), [
    "server-verification on «TlsConnector::builder»",
    "server-verification off «true» [cfg.a]",
  ]);
});

test("arms of a match, decided where the variant is known", () => {
  const arms =
    "match mode { Mode::Insecure => b.danger_accept_invalid_certs(true), Mode::Strict => b.danger_accept_invalid_certs(false), _ => &mut b };";
  assert.deepEqual(off(arms, "enum Mode { Insecure, Strict }"), ["server-verification off «true» [let Mode::Insecure = mode opt-in]"]);
  const called = `
use native_tls::TlsConnector;
enum Mode { Insecure, Strict }
fn connect(mode: Mode) {
    let mut b = TlsConnector::builder();
    match mode { Mode::Insecure => { b.danger_accept_invalid_certs(true); } Mode::Strict => {} }
    b.build().unwrap();
}
fn main() { connect(Mode::Strict); }`;
  assert.deepEqual(
    seen(called, KIND).filter((it) => it.includes(" off ")),
    [],
  );
  const chosen = called.replace("connect(Mode::Strict)", "connect(Mode::Insecure)");
  assert.deepEqual(seen(chosen, KIND), ["server-verification off «Mode::Insecure»"]);
});

test("an early return guards what follows, a failing one does not", () => {
  assert.deepEqual(off("if cfg.secure { return; } b.danger_accept_invalid_certs(true);"), [
    "server-verification off «true» [not cfg.secure opt-in]",
  ]);
  assert.deepEqual(off('if cfg.name.is_empty() { panic!("no name"); } b.danger_accept_invalid_certs(true);'), [
    "server-verification off «true»",
  ]);
});

test("each command of a program is what it is for", () => {
  const command = (attribute: string): string => `${attribute} enum Command { Serve { port: u16 }, Insecure, Print }`;
  const run = "match cfg.command { Command::Serve { port } => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(off(run, command("#[derive(clap::Subcommand)]")), ["server-verification off «true»"]);
  assert.deepEqual(off(run, command("")), ["server-verification off «true» [let Command::Serve { port } = cfg.command]"]);
  const chosen = "match cfg.command { Command::Insecure => { b.danger_accept_invalid_certs(true); } _ => print() }";
  assert.deepEqual(off(chosen, command("#[derive(Debug, Subcommand)]")), [
    "server-verification off «true» [let Command::Insecure = cfg.command opt-in]",
  ]);
  assert.deepEqual(off('match args.subcommand() { Some(("serve", _)) => { b.danger_accept_invalid_certs(true); } _ => print() }'), [
    "server-verification off «true»",
  ]);
});

test("values that differ by branch stay apart", () => {
  assert.deepEqual(off("let skip = if cfg.debug { true } else { false }; b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.debug opt-in]",
  ]);
  assert.deepEqual(off("let mut skip = false; if cfg.lab { skip = true; } b.danger_accept_invalid_certs(skip);"), [
    "server-verification off «true» [cfg.lab]",
  ]);
});

test("tests, features and other cfgs", () => {
  const chain = "fn f() { let x = reqwest::Client::builder().danger_accept_invalid_certs(true).build(); go(x); }";
  const crate = {
    name: "x",
    dependencies: new Map([["reqwest", { package: "reqwest", version: "0.12.0" }]]),
    versions: new Map([["reqwest", ["0.12.0"]]]),
    defaultFeatures: new Set(["lax"]),
    features: new Set(["lax", "danger"]),
  };
  const one = (text: string, given = {}): string | undefined => seen(text, KIND, given)[0]?.replace(/^[^»]*» ?/, "");
  assert.equal(one(`#[cfg(test)] mod tests { ${chain} }`), "[test]");
  assert.equal(one(`#[test] ${chain}`), "[test]");
  assert.equal(one(`#[tokio::test] async ${chain}`), "[test]");
  assert.equal(one(chain, { testCode: true }), "[test]");
  assert.equal(one(chain, { example: true }), "[example]");
  assert.equal(one(`#[cfg(feature = "danger")] ${chain}`, { crate }), "[feature danger off]");
  assert.equal(one(`#[cfg(feature = "lax")] ${chain}`, { crate }), "[feature lax on]");
  assert.equal(one(`#[cfg(not(feature = "tls"))] ${chain}`), "[not feature tls]");
  assert.equal(one(`#[cfg(target_os = "linux")] ${chain}`), '[cfg target_os = "linux"]');
  assert.equal(one(chain.replace("let x", "#[cfg(debug_assertions)] let x")), "[cfg debug_assertions]");
  assert.equal(one(chain), "");
  assert.deepEqual(off("if cfg!(debug_assertions) { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [cfg debug_assertions]",
  ]);
});

test("a loop's body happens", () => {
  assert.deepEqual(off("for _ in 0..3 { b.danger_accept_invalid_certs(true); }"), ["server-verification off «true»"]);
});

test("who forgives host names has not chosen to accept every certificate", () => {
  assert.deepEqual(off("if !cfg.verify_hostname { b.danger_accept_invalid_certs(true); }"), [
    "server-verification off «true» [not cfg.verify_hostname]",
  ]);
});
