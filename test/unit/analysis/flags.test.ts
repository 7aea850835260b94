/** Flags that are computed: what operators and methods of sets of bits leave of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nopenssl = "0.10.70"\n';

async function said(mode: string): Promise<readonly string[]> {
  const text = `use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
const PEER: SslVerifyMode = SslVerifyMode::PEER;
const FAIL: SslVerifyMode = SslVerifyMode::FAIL_IF_NO_PEER_CERT;
pub fn connector(unknown: SslVerifyMode) -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls_client()).unwrap();
    ${mode}
    builder.set_verify(mode);
    builder.build()
}
`;
  const service = await createLintService(memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": text }), {
    roots: ["/project"],
  });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  return findings.map(({ severity, rule, place }) => `${severity} ${rule} ${text.slice(place.span.start, place.span.end)}`);
}

const OFF: readonly (readonly [code: string, at: string])[] = [
  ["let mode = PEER & FAIL;", "PEER & FAIL"],
  ["let mode = ((PEER | FAIL) & !PEER) - FAIL;", "((PEER | FAIL) & !PEER) - FAIL"],
  ["let mode = PEER.difference(PEER);", "PEER.difference(PEER)"],
  ["let mode = PEER.intersection(FAIL);", "PEER.intersection(FAIL)"],
  ["let mut mode = PEER | FAIL; mode -= PEER; mode.remove(FAIL);", "mode.remove(FAIL)"],
];

for (const [code, at] of OFF)
  test(`no bit is left: ${code}`, async () => assert.deepEqual(await said(code), [`error disabled-verification ${at}`]));

const ON = [
  "let mut mode = SslVerifyMode::empty(); mode.insert(PEER);",
  "let mode = (PEER | FAIL) - FAIL;",
  "let mode = PEER.union(FAIL) & !FAIL;",
  "let mode = PEER & unknown;",
];

for (const code of ON) test(`a bit is left, or may be: ${code}`, async () => assert.deepEqual(await said(code), []));
