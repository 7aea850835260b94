/** Versions: ranges, and which one a file's idioms leave. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inferVersion, refineVersion, within } from "../../../server/src/analysis/versions.ts";
import { compareWritten } from "../../../server/src/base/version.ts";
import { models } from "../../../server/src/models/index.ts";
import { pathOf, read, seen } from "./stage.ts";

const rustls = models.find((it) => it.crate === "rustls");

test("ranges as Cargo writes them", () => {
  assert.ok(within("0.23.8", ">=0.23.8, <0.24"));
  assert.ok(!within("0.23.7", ">=0.23.8, <0.24"));
  assert.ok(!within("0.24.0", ">=0.22, <0.24"));
  assert.ok(within("0.21.12", "0.21"));
  assert.ok(!within("0.22.0", "0.21"));
  assert.ok(within("4.9.0", ">=4, <5"));
  assert.ok(within(undefined, ">=1"));
  assert.ok(compareWritten("0.10.9", "0.10.81") < 0);
});

test("idioms tell the version where no manifest does", () => {
  assert.ok(rustls !== undefined);
  const of = (...names: string[]): string => inferVersion(rustls, new Set(names), undefined) ?? "";
  assert.ok(within(of("with_safe_defaults"), ">=0.20, <0.22"));
  assert.ok(within(of("WebPkiClientVerifier", "allow_unauthenticated"), ">=0.22, <0.24"));
  assert.ok(within(of(), ">=0.23, <0.24"));
  assert.equal(inferVersion(rustls, new Set(["with_safe_defaults"]), ["0.23.1", "0.21.7"]), "0.21.7");
});

test("a requirement is raised to what the calls need", () => {
  assert.ok(rustls !== undefined);
  assert.equal(refineVersion(rustls, new Set(["enforce_revocation_expiration"]), "0.23.0"), "0.23.8");
  assert.equal(refineVersion(rustls, new Set(), "0.23.0"), "0.23.0");
});

test("a requirement that begins before a model's versions may lead to one of them", () => {
  const ureq = models.find((it) => it.crate === "ureq");
  assert.ok(ureq?.versions !== undefined && !within("2.0.0", ureq.versions));
  assert.equal(refineVersion(ureq, new Set(), "2.0.0"), "2.6.0");
  assert.equal(refineVersion(ureq, new Set(), "1.0.0"), "1.0.0");
});

test("old and new rustls mean the same with other words", () => {
  const old = `
use rustls::{server::AllowAnyAnonymousOrAuthenticatedClient, RootCertStore, ServerConfig};
fn f(roots: RootCertStore) -> ServerConfig {
    ServerConfig::builder().with_safe_defaults().with_client_cert_verifier(AllowAnyAnonymousOrAuthenticatedClient::new(roots).boxed()).with_single_cert(c(), k()).unwrap()
}`;
  assert.deepEqual(seen(old, ["client-authentication"], { defaults: true }), [
    "client-authentication optional «AllowAnyAnonymousOrAuthenticatedClient::new»",
  ]);
});

test("outside of a model's versions nothing is said", () => {
  const crate = {
    name: "x",
    dependencies: new Map([["rustls", { package: "rustls", version: "0.12.0" }]]),
    versions: new Map([["rustls", ["0.12.0"]]]),
    reached: "unknown" as const,
    defaultFeatures: new Set<string>(),
    features: new Set<string>(),
  };
  const source = "fn f() { let c = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(a(), k()); go(c); }";
  assert.deepEqual(read(source, { crate }).observations, []);
});

test("two versions of one crate under names of their own are told apart by the names of the paths", () => {
  const crate = {
    name: "x",
    dependencies: new Map([
      ["openssl_then", { package: "native-tls", version: "0.2.4" }],
      ["native_tls", { package: "native-tls", version: "0.2.18" }],
    ]),
    versions: new Map([["native-tls", ["0.2.18", "0.2.4"]]]),
    reached: "unknown" as const,
    defaultFeatures: new Set<string>(),
    features: new Set<string>(),
  };
  // Until 0.2.14 the default is TLS 1.0: no call tells the two apart.
  const minimum = (name: string) => {
    const { observations } = read(`pub fn f(i: I) { let a = ${name}::TlsAcceptor::builder(i).build().unwrap(); go(a); }`, { crate });
    return observations.flatMap(({ fact }) => (fact.kind === "minimum-version" ? [fact.version] : []));
  };
  assert.deepEqual(minimum("openssl_then"), ["TLS 1.0"]);
  assert.deepEqual(minimum("native_tls"), ["TLS 1.2"]);
});

test("what needs a feature of the crate holds where the manifest asks for it", () => {
  const source = `use rumqttd::TlsConfig;
fn f(ca: String) -> TlsConfig { TlsConfig::Rustls { capath: Some(ca), certpath: c(), keypath: k() } }`;
  const modes = (features: readonly string[]) => {
    const crate = {
      name: "x",
      dependencies: new Map([["rumqttd", { package: "rumqttd", version: "0.20.0", features: new Set(features) }]]),
      versions: new Map([["rumqttd", ["0.20.0"]]]),
      reached: "unknown" as const,
      defaultFeatures: new Set<string>(),
      features: new Set<string>(),
    };
    const { observations } = read(source, { crate });
    return observations.flatMap(({ fact }) => (fact.kind === "client-authentication" ? [fact.mode] : []));
  };
  assert.deepEqual(modes([]), ["ignored"]);
  assert.deepEqual(modes(["verify-client-cert"]), ["required"]);
});

test("several files of a crate are one", () => {
  const { observations } = read({
    main: "mod tls;\nfn main() { tls::client(true); }",
    tls: "pub fn client(skip_verify: bool) { let c = reqwest::Client::builder().danger_accept_invalid_certs(skip_verify).build(); go(c); }",
  });
  const found = observations.filter((it) => it.fact.kind === "server-verification" && !it.byDefault);
  assert.deepEqual(
    found.map((it) => [it.place.file, it.guards.length, it.related[0]?.file]),
    [[pathOf("main"), 0, pathOf("tls")]],
  );
});
