/** Names: over the files of a crate, with and without a manifest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildScopes, type Resolution, type Scope, type Scopes } from "../../../server/src/rust/index.ts";
import { bodyOf, parsed } from "./load.ts";

const DEPENDENCIES = new Map([
  ["rustls", "rustls"],
  ["tls", "rustls"],
  ["tokio_rustls", "tokio-rustls"],
  ["openssl", "openssl"],
]);

/** Files by name: `main.rs` is the root, `a/b.rs` the module `crate::a::b`. */
async function crate(
  files: Readonly<Record<string, string>>,
  manifest: ReadonlyMap<string, string> | "none" = DEPENDENCIES,
): Promise<Scopes> {
  const sources = Object.entries(files).map(async ([name, text]) => ({
    name,
    file: parsed(text),
    modulePath: ["crate", ...(name === "main.rs" ? [] : name.replace(/\.rs$/, "").split("/"))],
  }));
  return buildScopes([{ name: "own", files: await Promise.all(sources), dependencies: manifest === "none" ? undefined : manifest }]);
}

function scopeOf(scopes: Scopes, file: string): Scope {
  const found = scopes.roots.find((it) => it.file === file);
  if (found === undefined) throw new Error(file);
  return found;
}

function print(it: Resolution): string {
  if (it.kind === "external") return it.paths.map((path) => path.join("::")).join(" or ");
  if (it.kind === "unknown") return "unknown";
  const { item, scope, owner, variant } = it.definition;
  const name = "name" in item ? item.name : "";
  return [
    item.kind,
    `${scope.modulePath.join("::")}::${name}${variant === undefined ? "" : `::${variant}`}`,
    ...(owner === undefined || variant !== undefined ? [] : ["owned"]),
  ].join(" ");
}

async function check(
  files: Readonly<Record<string, string>>,
  cases: Readonly<Record<string, string>>,
  from = "main.rs",
  manifest: ReadonlyMap<string, string> | "none" = DEPENDENCIES,
) {
  const scopes = await crate(files, manifest);
  for (const [path, expected] of Object.entries(cases)) {
    const global = path.startsWith("::");
    const segments = path.replace(/^::/, "").split("::");
    assert.equal(print(scopes.resolveSegments(segments, scopeOf(scopes, from), global)), expected, path);
  }
}

test("imports: aliases, nesting, self, renamed dependencies, global paths", () =>
  check(
    {
      "main.rs":
        "use tls::server::{self as srv, WebPkiClientVerifier, danger::ClientCertVerifier as Verifier}; use std::sync::Arc; use tokio_rustls::rustls; use ::openssl::ssl; extern crate openssl as o;",
    },
    {
      "srv::NoClientAuth": "rustls::server::NoClientAuth",
      "WebPkiClientVerifier::builder": "rustls::server::WebPkiClientVerifier::builder",
      Verifier: "rustls::server::danger::ClientCertVerifier",
      "Arc::new": "std::sync::Arc::new",
      "rustls::ServerConfig": "tokio_rustls::rustls::ServerConfig",
      "::rustls::ServerConfig": "rustls::ServerConfig",
      "ssl::SslVerifyMode::NONE": "openssl::ssl::SslVerifyMode::NONE",
      "o::x509": "openssl::x509",
      "tokio_rustls::TlsAcceptor": "tokio_rustls::TlsAcceptor",
      "missing::Thing": "unknown",
      "core::option::Option": "std::option::Option",
      config: "unknown",
    },
  ));

test("the prelude and primitive types", () =>
  check(
    { "main.rs": "use rustls::*; struct Vec;" },
    {
      Some: "std::option::Option::Some",
      Ok: "std::result::Result::Ok",
      "Box::new": "std::boxed::Box::new",
      "String::new": "std::string::String::new",
      Vec: "struct crate::Vec",
      "u16::MAX": "std::primitive::u16::MAX",
    },
  ));

test("modules over several files: crate, self, super, re-exports, globs", async () => {
  const files = {
    "main.rs":
      "mod tls; mod other { pub fn here() {} pub mod inner { pub fn deep() {} } } pub use tls::server::make as build; use other::*; fn own() {}",
    "tls.rs": "pub mod server; pub use rustls::ServerConfig; pub use self::server::{make, *};",
    "tls/server.rs":
      "use super::ServerConfig; use crate::other::here as there; pub fn make() {} pub struct Policy; use rustls::pki_types as types;",
  };
  await check(files, {
    "tls::ServerConfig::builder": "rustls::ServerConfig::builder",
    "tls::server::make": "function crate::tls::server::make",
    "tls::make": "function crate::tls::server::make",
    "tls::Policy": "struct crate::tls::server::Policy",
    build: "function crate::tls::server::make",
    here: "function crate::other::here",
    "inner::deep": "function crate::other::inner::deep",
    "crate::tls::server::types::X": "rustls::pki_types::X",
    "self::own": "function crate::own",
  });
  await check(
    files,
    {
      there: "function crate::other::here",
      ServerConfig: "rustls::ServerConfig",
      "super::make": "function crate::tls::server::make",
      "super::super::own": "function crate::own",
      "crate::own": "function crate::own",
      own: "unknown",
    },
    "tls/server.rs",
  );
});

test("enums, associated items, traits and Self", async () => {
  const source =
    "pub enum Mode { Strict, Lax } use Mode::*; struct S; impl S { const K: u8 = 1; type Out = rustls::ClientConfig; fn new() -> Self { S } fn m(&self) { Self::new(); Self::K; Self::Out::builder(); } } trait T { fn given(&self) {} fn asked(&self); } impl T for S { fn asked(&self) { Self::given; } }";
  await check(
    { "main.rs": source },
    {
      "Mode::Strict": "enum crate::Mode::Strict",
      Lax: "enum crate::Mode::Lax",
      "S::new": "function crate::new owned",
      "S::K": "const crate::K owned",
      "S::Out::builder": "rustls::ClientConfig::builder",
      "S::asked": "function crate::asked owned",
      "S::given": "function crate::given owned",
      "T::asked": "function crate::asked owned",
      "S::missing": "unknown",
    },
  );
  const scopes = await crate({ "main.rs": source });
  const root = scopeOf(scopes, "main.rs");
  const [, , s, own, trait, ofTrait] = root.items;
  assert.ok(s && own && trait && ofTrait);
  const inside = scopes.child(root, own);
  assert.equal(print(scopes.resolveSegments(["Self", "new"], inside)), "function crate::new owned");
  assert.equal(print(scopes.resolveSegments(["Self"], scopes.child(root, trait))), "trait crate::T");
  const definition = { item: s, scope: root };
  assert.deepEqual(
    scopes.implsOf(definition).map((it) => it.item),
    [own, ofTrait],
  );
  assert.deepEqual(
    scopes.implsOf({ item: trait, scope: root }).map((it) => it.item),
    [ofTrait],
  );
  assert.equal(scopes.associated(definition, "asked", "T").length, 1);
  assert.equal(scopes.associated(definition, "new", "T").length, 0);
});

test("type aliases are looked through", () =>
  check(
    {
      "main.rs":
        "type Tls = rustls::ServerConfig; type Again = Tls; type Local = S; struct S; impl S { fn n() {} } type Loop = Pool; type Pool = Loop; type F = fn();",
    },
    {
      "Tls::builder": "rustls::ServerConfig::builder",
      Again: "rustls::ServerConfig",
      "Local::n": "function crate::n owned",
      Loop: "type-alias crate::Loop",
      F: "type-alias crate::F",
    },
  ));

test("globs of other crates leave a choice", async () => {
  await check({ "main.rs": "use rustls::*; use openssl::ssl::*;" }, { SslMode: "rustls::SslMode or openssl::ssl::SslMode" });
  await check(
    { "main.rs": "mod prelude { pub use rustls::server::*; } use prelude::*; struct Own;" },
    { NoClientAuth: "rustls::server::NoClientAuth", Own: "struct crate::Own" },
  );
});

test("without a manifest every unknown first segment is a crate, if it looks like one", () =>
  check(
    { "main.rs": "use native_tls::TlsConnector; use self::a::b; mod a { pub fn b() {} }" },
    {
      "TlsConnector::builder": "native_tls::TlsConnector::builder",
      "reqwest::Client": "reqwest::Client",
      "T::new": "unknown",
      b: "function crate::a::b",
      config: "unknown",
    },
    "main.rs",
    "none",
  ));

test("cycles end", () =>
  check(
    {
      "main.rs":
        "use a::x; mod a { pub use super::b::x; } mod b { pub use super::a::x; pub use super::*; } use b::*; use self::me::me; impl A for B::C {} type D = <E as F>::G; use crate::crate_::*; mod crate_ { pub use crate::*; }",
    },
    { x: "unknown", "b::b::a::x": "unknown", nothing: "unknown", "me::me": "unknown", "D::x": "unknown" },
  ));

test("an import of a name that a module has, too", () =>
  check(
    { "main.rs": "use rustls::rustls; use openssl; mod tls { pub fn f() {} }" },
    { "rustls::X": "rustls::rustls::X", "openssl::ssl": "openssl::ssl", "tls::f": "function crate::tls::f" },
  ));

test("cfg twins are all found", async () => {
  const scopes = await crate({
    "main.rs":
      "#[cfg(a)] fn f() { one() } #[cfg(not(a))] fn f() { two() } #[cfg(a)] use rustls::A as B; #[cfg(b)] use openssl::C as B; fn g() { f(); B::x }",
  });
  const root = scopeOf(scopes, "main.rs");
  const body = bodyOf(root.items, "g");
  const call = body.statements[0];
  assert.ok(call?.kind === "expression" && call.expression.kind === "call" && call.expression.callee.kind === "path");
  assert.equal(scopes.definitions(call.expression.callee.path, root).length, 2);
  assert.equal(print(scopes.resolveSegments(["B", "x"], root)), "rustls::A::x or openssl::C::x");
});

test("blocks have scopes of their own", async () => {
  const scopes = await crate({
    "main.rs":
      "struct V; fn f() { use rustls::ServerConfig as C; struct V; impl rustls::Verifier for V { fn ok() {} } { fn inner() {} } C::builder(); V }",
  });
  const root = scopeOf(scopes, "main.rs");
  const body = bodyOf(root.items, "f");
  const inside = scopes.within(root, body.items);
  assert.equal(scopes.within(root, body.items), inside);
  assert.equal(scopes.within(root, []), root);
  assert.equal(print(scopes.resolveSegments(["C", "builder"], inside)), "rustls::ServerConfig::builder");
  assert.equal(print(scopes.resolveSegments(["C", "builder"], root)), "unknown");
  const inner = scopes.resolveSegments(["V"], inside);
  assert.ok(inner.kind === "local" && inner.definition.item !== root.items[0]);
  assert.equal(scopes.allImpls().length, 1);
  assert.equal(scopes.implsOf(inner.definition).length, 1);
  assert.equal(print(scopes.resolveSegments(["V", "ok"], inside)), "function crate::ok owned");
  assert.equal(print(scopes.resolveSegments(["V", "ok"], root)), "unknown");
});

test("items of macros are names, those of macro_rules are not", () =>
  check(
    {
      "main.rs":
        "lazy_static! { static ref A: B = c(); } cfg_if! { if #[cfg(x)] { use rustls::D; } } macro_rules! m { () => { fn hidden() {} } }",
    },
    { A: "static crate::A", D: "rustls::D", hidden: "unknown" },
  ));

test("a library named by its binary is the crate itself", () =>
  check({ "main.rs": "use mine::a::f; mod a { pub fn f() {} }" }, { f: "function crate::a::f" }, "main.rs", new Map([["mine", "own"]])));

test("how a path is written with the imports in scope", async () => {
  const scopes = await crate({
    "main.rs":
      "use tls::{ServerConfig as Conf, server}; type Client = rustls::ClientConfig; use openssl::ssl::*; extern crate openssl as o; fn f() { use std::sync::Arc; }",
  });
  const root = scopeOf(scopes, "main.rs");
  const spelled = (path: string, scope = root) => scopes.spelled(path.split("::"), scope);
  assert.equal(spelled("rustls::ServerConfig"), "Conf");
  assert.equal(spelled("rustls::ServerConfig::builder"), "Conf::builder");
  assert.equal(spelled("rustls::server::WebPkiClientVerifier"), "server::WebPkiClientVerifier");
  assert.equal(spelled("rustls::ClientConfig"), "Client");
  assert.equal(spelled("openssl::ssl::SslVerifyMode"), "SslVerifyMode");
  assert.equal(spelled("openssl::x509::X509"), "o::x509::X509");
  assert.equal(spelled("std::option::Option::Some"), "Some");
  assert.equal(spelled("std::vec::Vec"), "Vec");
  assert.equal(spelled("std::sync::Arc"), undefined);
  assert.equal(spelled("std::sync::Arc", scopes.within(root, bodyOf(root.items, "f").items)), "Arc");
  assert.equal(spelled("rustls::version::TLS13"), undefined);
});
