/** Rust through the service, with the real parser, models, reading and rules: findings, conditions, fixes, links. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { failureOf } from "../../../server/src/service/gaps.ts";
import { createLintService, type Finding, type LintOptions } from "../../../server/src/service/index.ts";
import { basicConstraints, certificatePem } from "../../certificates/build.ts";
import { type MemoryHost, memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]
name = "app"
version = "0.1.0"

[dependencies]
reqwest = "0.12"
rustls = "0.23"

[features]
default = ["fast"]
fast = []
lab = []
insecure = []
`;
const CALL = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()";
const fn = (name: string, body = CALL): string => `pub fn ${name}() -> reqwest::Result<reqwest::Client> {\n    ${body}\n}\n`;
const SERVER = `use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::ServerConfig;

pub fn server(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, rustls::Error> {
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
}
`;

async function workspace(files: Record<string, string>, options: Partial<LintOptions> = {}) {
  const host: MemoryHost = memoryHost({ "/w/Cargo.toml": MANIFEST, ...files });
  return { host, service: await createLintService(host, { roots: ["/w"], ...options }) };
}
async function lint(files: Record<string, string>, path = Object.keys(files)[0] ?? "", options: Partial<LintOptions> = {}) {
  const { host, service } = await workspace(files, options);
  return { host, service, ...(await service.lint(path)) };
}
const brief = (findings: readonly Finding[]) => findings.map((it) => `${it.severity} ${it.rule}`);

test("verification switched off is an error where it runs, a hint in test code and in examples of a program", async () => {
  const text = fn("client");
  for (const [path, severity] of [
    ["/w/src/main.rs", "error"],
    ["/w/src/bin/tool.rs", "error"],
    ["/w/tests/all.rs", "hint"],
    ["/w/benches/all.rs", "hint"],
    ["/w/examples/show.rs", "hint"],
  ] as const) {
    assert.deepEqual(brief((await lint({ [path]: text })).findings), [`${severity} disabled-verification`], path);
  }
});

test("a module declared under cfg(test) elsewhere is test code", async () => {
  const files = { "/w/src/checks.rs": fn("client"), "/w/src/main.rs": "#[cfg(test)]\nmod checks;\n" };
  assert.deepEqual(brief((await lint(files)).findings), ["hint disabled-verification"]);
});

test("so is one that is declared inside of an inline module", async () => {
  const main = "pub mod sinks {\n    #[cfg(test)]\n    mod checks;\n    mod file;\n}\n#[cfg(test)] mod inner { mod deep; }\nfn main() {}\n";
  const files = {
    "/w/src/sinks/checks.rs": fn("a"),
    "/w/src/sinks/file.rs": fn("b"),
    "/w/src/inner/deep.rs": fn("c"),
    "/w/src/main.rs": main,
  };
  const { service } = await workspace(files);
  const found = async (path: string): Promise<string[]> => brief((await service.lint(path)).findings);
  assert.deepEqual(await found("/w/src/sinks/checks.rs"), ["hint disabled-verification"]);
  assert.deepEqual(await found("/w/src/inner/deep.rs"), ["hint disabled-verification"]);
  assert.deepEqual(await found("/w/src/sinks/file.rs"), ["error disabled-verification"]);
});

test("what exists only with a feature is as wrong as it is, unless the feature is named insecure", async () => {
  const text = ["lab", "fast", "insecure"].map((it) => `#[cfg(feature = "${it}")]\n${fn(it)}`).join("\n");
  const { findings } = await lint({ "/w/src/lib.rs": text });
  assert.deepEqual(
    brief(findings),
    ["error", "error", "hint"].map((it) => `${it} disabled-verification`),
  );
  assert.match(findings[2]?.message ?? "", /only with feature `insecure`/);
});

test("a fork that a manifest puts in the place of a known crate is read as that one", async () => {
  const manifest = (fork: string): string => `[package]\nname = "w"\n\n[dependencies]\nreqwest = { package = "${fork}" }\n`;
  const { findings } = await lint({ "/w/src/lib.rs": fn("client"), "/w/Cargo.toml": manifest("our-reqwest") });
  assert.deepEqual(brief(findings), ["error disabled-verification"]);
});

test("of a connection that names no host it is told where it was made", async () => {
  const made = "Ssl::new(context)";
  const text = `use openssl::ssl::{Ssl, SslContext};\npub fn to(context: &SslContext, s: std::net::TcpStream) { let mut ssl = ${made}.unwrap(); ssl.set_hostname("a").unwrap(); ssl.connect(s).unwrap(); }\n`;
  const { findings } = await lint({ "/w/src/lib.rs": text, "/w/Cargo.toml": MANIFEST.replace("reqwest =", 'openssl = "0.10"\nreqwest =') });
  const [found] = findings.filter(({ rule }) => rule === "disabled-hostname-verification");
  assert.deepEqual(
    found?.related.map(({ span }) => text.slice(span.start, span.end)),
    ["Ssl::new"],
  );
});

test("an opt-in is quoted", async () => {
  const text =
    "pub fn client(insecure: bool) -> reqwest::Result<reqwest::Client> {\n    let mut b = reqwest::Client::builder();\n    if insecure {\n        b = b.danger_accept_invalid_certs(true);\n    }\n    b.build()\n}\n";
  const { findings } = await lint({ "/w/src/lib.rs": text });
  assert.deepEqual(brief(findings), ["hint disabled-verification"]);
  assert.match(findings[0]?.message ?? "", /`insecure`/);
});

test("a fix removes the fault, and the fixed text is silent", async () => {
  const { findings, service } = await lint({ "/w/src/main.rs": fn("client") });
  const [fix] = findings[0]?.fixes ?? [];
  assert.ok(fix?.preferred);
  const [{ file, edits } = { file: "", edits: [] }] = fix.edits;
  assert.equal(file, "/w/src/main.rs");
  service.open(file, applyEdits(fn("client"), edits));
  assert.deepEqual((await service.lint(file)).findings, []);
});

test("a fix is refused, with the reason, where the statement does not parse", async () => {
  const { findings } = await lint({
    "/w/src/main.rs": fn("client", "reqwest::Client::builder().danger_accept_invalid_certs(true).build(,,").concat(fn("other")),
  });
  const broken = findings.find((it) => it.place.span.start < 140);
  assert.deepEqual([broken?.fixes.length, broken?.unfixed], [0, "the code around it does not parse"]);
  assert.equal(findings.at(-1)?.fixes.length, 1);
});

test("under a condition nothing is fixed unseen", async () => {
  const { findings } = await lint({ "/w/tests/all.rs": fn("client") });
  assert.ok(findings[0]?.fixes.every((it) => it.applicability === "review"));
});

test("the client CA of the workspace stands in the fix, else the configured one, else a placeholder", async () => {
  const ca = certificatePem({ subject: "Clients", extensions: [basicConstraints(true)] });
  const text = async (files: Record<string, string>, options: Partial<LintOptions> = {}) => {
    const { findings } = await lint({ "/w/src/main.rs": SERVER, ...files }, "/w/src/main.rs", options);
    const fix = findings.find((it) => it.rule === "no-client-auth")?.fixes[0];
    assert.ok(fix);
    return { fixed: applyEdits(SERVER, fix.edits[0]?.edits ?? []), fix };
  };
  const found = await text({ "/w/certs/client-ca.pem": ca, "/w/certs/server-ca.pem": ca, "/w/certs/ca-notes.pem": "words" });
  assert.match(found.fixed, /"certs\/client-ca\.pem"/);
  const set = await text({ "/w/certs/client-ca.pem": ca }, { settings: { "client-ca": "/etc/mtls/ca.pem" } });
  assert.match(set.fixed, /"\/etc\/mtls\/ca\.pem"/);
  const none = await text({ "/w/certs/client-ca.pem": "not a certificate" });
  assert.ok(none.fix.placeholders.length > 0);
  const leaf = await text({ "/w/certs/client-ca.pem": certificatePem({ extensions: [basicConstraints(false)] }) });
  assert.ok(leaf.fix.placeholders.length > 0);
});

test("mtls = required turns information into a warning, off into silence", async () => {
  const found = async (mtls: string) => brief((await lint({ "/w/src/main.rs": SERVER, "/w/tlslint.toml": `mtls = "${mtls}"\n` })).findings);
  assert.deepEqual(await found("auto"), ["info no-client-auth"]);
  assert.deepEqual(await found("required"), ["warning no-client-auth"]);
  assert.deepEqual(await found("off"), []);
});

test("typing moves findings with the text, as a new reading would have them", async () => {
  const { service } = await workspace({});
  const path = "/w/src/main.rs";
  let text = `${fn("a")}\n${fn("b")}`;
  service.open(path, text);
  const steps: [number, number, string][] = [
    [0, 0, "// x\n"],
    [20, 20, "\u{1F600} é"],
    [0, 5, ""],
    [text.length - 3, text.length - 1, ""],
    [60, 64, "false"],
  ];
  for (const [start, end, inserted] of steps) {
    const span = { start: Math.max(0, start), end: Math.max(0, end) };
    text = text.slice(0, span.start) + inserted + text.slice(span.end);
    service.change(path, text, [{ span, text: inserted }]);
    const incremental = await service.lint(path);
    const fresh = await lint({ [path]: text });
    assert.deepEqual(incremental.findings, fresh.findings);
  }
  service.close(path);
  assert.equal(failureOf(await service.lint(path)), "there is no such file");
});

test("the version in the lock file chooses the words of the fix", async () => {
  const lock = (version: string) =>
    `[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["rustls"]\n[[package]]\nname = "rustls"\nversion = "${version}"\nsource = "registry+x"\n`;
  const fixed = async (version: string) => {
    const manifest = MANIFEST.replace('rustls = "0.23"', `rustls = "${version.slice(0, 4)}"`);
    const { findings } = await lint({ "/w/src/main.rs": SERVER, "/w/Cargo.toml": manifest, "/w/Cargo.lock": lock(version) });
    return applyEdits(SERVER, findings[0]?.fixes[0]?.edits[0]?.edits ?? []);
  };
  assert.match(await fixed("0.23.10"), /WebPkiClientVerifier::builder/);
  assert.match(await fixed("0.21.12"), /AllowAnyAuthenticatedClient::new/);
});

test("a renamed dependency is read by its new name", async () => {
  const manifest = '[package]\nname = "app"\n[dependencies]\nhttp_out = { package = "reqwest", version = "0.12" }\n';
  const { findings } = await lint({ "/w/src/main.rs": fn("client").replaceAll("reqwest", "http_out"), "/w/Cargo.toml": manifest });
  assert.deepEqual(brief(findings), ["error disabled-verification"]);
});

test("files that say nothing about TLS are not parsed, and those that do are read once", async () => {
  const { host, service } = await workspace({ "/w/src/plain.rs": "fn main() {}\n", "/w/src/tls.rs": fn("client") });
  assert.deepEqual(await service.lint("/w/src/plain.rs"), { file: "/w/src/plain.rs", findings: [], gaps: [] });
  const first = await service.lint("/w/src/tls.rs");
  assert.equal(await service.lint("/w/src/tls.rs"), first);
  assert.equal(host.lines.filter((it) => it.level === "error").length, 0);
});
