/** Which files may say anything about TLS: by names written as code, and by the crates that their package reaches. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { switchNames } from "../../../server/src/analysis/named-switches.ts";
import { crateFacts, readLock, readManifest } from "../../../server/src/cargo/index.ts";
import { HEADER_TRIGGERS } from "../../../server/src/models/identity-headers.ts";
import { seeds } from "../../../server/src/models/seeds.ts";
import { Nomination, type Package } from "../../../server/src/project/index.ts";
import { scan } from "../../../server/src/rust/index.ts";
import { expectations } from "../../harness/expectations.ts";
import { fixtures } from "../../harness/fixtures.ts";

const nomination = new Nomination(seeds, switchNames, HEADER_TRIGGERS);

function packageOf(dependencies: string, lockText?: string): Package {
  const manifest = readManifest(`[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\n${dependencies}`);
  const lock = lockText === undefined ? undefined : readLock(lockText);
  assert.ok(manifest.ok && lock?.ok !== false);
  const facts = crateFacts(manifest.value, { lock: lock?.value, rows: [] });
  return { folder: "/w", manifestPath: "/w/Cargo.toml", manifest: manifest.value, workspaceFolder: "/w", facts, example: false };
}

const nominates = (text: string, owner?: Package): boolean => nomination.nominates(scan(text), text, owner);

test("words in comments, strings, variables and other words are no reason", () => {
  for (const text of [
    "fn redistribute() { let redis = 1; kube.len(); } // redis::Client, danger_accept_invalid_certs",
    'fn f() { log("use rustls::ClientConfig and set_verify"); }',
    "/* openssl::ssl::SslConnector */ struct Postgres { mysql: u8, warp: u8 }",
  ])
    assert.ok(!nominates(text), text);
  for (const text of [
    'fn f() { redis::Client::open("x") }',
    "use rustls as tls;",
    "extern crate openssl;",
    "fn f(it: &mut SslConnectorBuilder) {}",
    "fn f(b: B) { b.danger_accept_invalid_certs(true); }",
    "fn f() { suppaftp::native_tls::TlsConnector::new() }",
    "make! { let x = tokio_rustls::TlsAcceptor::from(config); }",
    'fn f(r: R) { r.headers().get("X-Client-Cert") }',
  ])
    assert.ok(nominates(text), text);
});

test("a crate that the package does not reach is no reason, a call that says what it does is", () => {
  const plain = packageOf('serde = "1"\n');
  assert.ok(!nominates("mod redis; fn f() { redis::Client::open(); } struct A(SslConnectorBuilder);", plain));
  assert.ok(!nominates("use crate::redis; fn f() { redis::Client::open(); }", plain));
  assert.ok(nominates("fn f(b: B) { b.danger_accept_invalid_certs(true); }", plain));
  assert.ok(nominates("fn f() { redis::Client::open() }", packageOf('redis = "0.27"\n')));
  assert.ok(nominates("fn f() { store::Client::open() }", packageOf('store = { package = "redis", version = "0.27" }\n')));
});

test("a path that begins with a crate counts, though the manifest does not know it yet", () => {
  const plain = packageOf('serde = "1"\n');
  assert.ok(nominates("use openssl::ssl::SslAcceptor;", plain));
  assert.ok(nominates("use rustls as tls;", plain));
  assert.ok(nominates("fn f() { redis::Client::open() }", plain));
});

test("what another package hands on is reached through it", () => {
  const lock = (more: string): string =>
    `version = 3\n[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["wrapper"]\n[[package]]\nname = "wrapper"\nversion = "1.0.0"\nsource = "registry+x"\n${more}`;
  const rustls = 'dependencies = ["rustls"]\n[[package]]\nname = "rustls"\nversion = "0.23.0"\nsource = "registry+x"\n';
  const text = "fn f() -> wrapper::rustls::ClientConfig { todo!() }";
  assert.ok(nominates(text, packageOf('wrapper = "1"\n', lock(rustls))));
  assert.ok(!nominates(text, packageOf('wrapper = "1"\n', lock(""))));
  // Without a lock file, of one's own packages nobody knows.
  assert.ok(nominates(text, packageOf('wrapper = { path = "../wrapper" }\n')));
});

test("every fixture in which something is found is nominated", () => {
  const lost = fixtures().filter(
    ({ text }) =>
      expectations(text).some((it) => it.mark !== "MISSING") && !nominates(text) && !/:\/\/|sslmode|encrypt|tlslint/i.test(text),
  );
  assert.deepEqual(
    lost.map(({ name }) => name),
    [],
  );
});

const PACKAGES: readonly (Package | undefined)[] = [
  undefined,
  packageOf('serde = "1"\n'),
  packageOf('rustls = "0.23"\nopenssl = "0.10"\n'),
  packageOf('store = { package = "redis", version = "0.27" }\n'),
  packageOf('wrapper = { path = "../wrapper" }\n'),
];

test("what is nominated is worth a scan before anything is lexed, however the name is written", () => {
  const spellings = [
    "use r#rustls::ClientConfig;",
    "use rustls/* :: */::ClientConfig;",
    "use öopenssl; use openssl::ssl::SslAcceptor;",
    "fn f(b: B) { b.danger_accept_invalid_certs/**/(true) }",
    '#[serde(default = "crate::danger_accept_invalid_certs")] struct A;',
    "…openssl::ssl::SslAcceptor",
    "\ufeffopenssl::ssl::SslAcceptor",
    "fn f() { 1..redis::Client::open() }",
    "'redis::Client",
    'fn f(r: R) { r.headers().get("X-Client-Cert") }',
  ];
  for (const text of ["fn f() { redistribute(); rustls_like() }", "", "1redis 2openssl", "struct Café { röd: u8 }"])
    assert.ok(!PACKAGES.some((owner) => nomination.mayNominate(text, owner)), text);
  let nominated = 0;
  for (const text of [...spellings, ...fixtures().map((it) => it.text)])
    for (const owner of PACKAGES) {
      if (!nominates(text, owner)) continue;
      nominated++;
      assert.ok(nomination.mayNominate(text, owner), text.slice(0, 200));
    }
  assert.ok(nominated > 1000, `${nominated} nominated`);
});
