/** Suppression comments in Rust: how far they reach, and what is reported of those that suppress nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { createLintService, type Finding, type LintOptions } from "../../../server/src/service/index.ts";
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

test("suppressions hold for their line, for the statement or item below, and for the file", async () => {
  const allow = "// tlslint: allow(disabled-verification): a test double";
  for (const text of [
    `${allow}\n${fn("client")}`,
    `${allow}\n#[inline]\n#[allow(dead_code)]\n${fn("client")}`,
    fn("client", `${allow}\n    ${CALL}`),
    fn("client", `reqwest::Client::builder() ${allow.replace("//", "/*")} */ .danger_accept_invalid_certs(true).build()`),
    fn("client", `reqwest::Client::builder()\n        .danger_accept_invalid_certs(true) ${allow}\n        .build()`),
    fn("client", `reqwest::Client::builder()\n        ${allow}\n        .danger_accept_invalid_certs(true)\n        .build()`),
    `mod inner {\n    ${allow}\n    impl super::S {\n        ${fn("client")}    }\n}\npub struct S;\n`,
    `${fn("client")}\n// tlslint: allow-file(disabled-verification): generated\n${fn("second")}`,
  ]) {
    assert.deepEqual(brief((await lint({ "/w/src/main.rs": text })).findings), [], text);
  }
});

test("suppressions do not reach further, and unused ones are reported", async () => {
  const allow = "// tlslint: allow(disabled-verification): a test double";
  const beside = await lint({ "/w/src/main.rs": `${allow}\npub fn nothing() {}\n${fn("client")}` });
  assert.deepEqual(brief(beside.findings), ["warning unused-suppression", "error disabled-verification"]);
  const silent = await lint({ "/w/src/main.rs": `pub fn nothing() {} ${allow}\n` });
  assert.deepEqual(brief(silent.findings), ["warning unused-suppression"]);
  const documentation = await lint({ "/w/src/main.rs": `/// tlslint: allow(disabled-verification): shown\n${fn("client")}` });
  assert.deepEqual(brief(documentation.findings), ["error disabled-verification"]);
  const string = await lint({ "/w/src/main.rs": `pub const S: &str = "// tlslint: allow(weak-key): x";\n` });
  assert.deepEqual(brief(string.findings), []);
});

test("the offered suppression, applied, lets the finding go wherever it stands", async () => {
  for (const text of [
    fn("client"),
    SERVER,
    fn("client").replaceAll("\n", "\r\n"),
    fn("client", `if true {\n        ${CALL}\n    } else { ${CALL} }`),
  ]) {
    const { service } = await workspace({ "/w/src/main.rs": text });
    let current = text;
    for (let round = 0; round < 3; round++) {
      const [finding] = (await service.lint("/w/src/main.rs")).findings;
      if (!finding) break;
      const [fix] = await service.suppressions("/w/src/main.rs", finding);
      assert.ok(fix);
      current = applyEdits(current, fix.edits[0]?.edits ?? []);
      service.open("/w/src/main.rs", current);
    }
    assert.deepEqual(brief((await service.lint("/w/src/main.rs")).findings), [], current);
  }
});
