/** Whether a wrapper is called, across edits: definition maps stay while only bodies change, so that no other file is opened again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const WRAPPER =
  "pub fn insecure_client() -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build()\n}\n";
const CALLER = "pub fn caller() {\n    let _ = crate::wrapper::insecure_client();\n}\n";

function workspace(others: number): Record<string, string> {
  const names = Array.from({ length: others }, (_, at) => `m${at}`);
  return {
    "/w/Cargo.toml": '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/w/src/main.rs": `mod wrapper;\nmod caller;\n${names.map((it) => `mod ${it};\n`).join("")}fn main() {}\n`,
    "/w/src/wrapper.rs": WRAPPER,
    "/w/src/caller.rs": CALLER,
    ...Object.fromEntries(names.map((it) => [`/w/src/${it}.rs`, `pub fn of_${it}() {}\n`])),
  };
}

for (const others of [20, 40])
  test(`an edit in a body opens none of ${others} other files`, async () => {
    const host = memoryHost(workspace(others));
    const service = await createLintService(host, { roots: ["/w"] });
    const severities = async (): Promise<readonly string[]> =>
      (await service.lint("/w/src/wrapper.rs")).findings.map((it) => `${it.rule} ${it.severity}`);
    service.open("/w/src/caller.rs", CALLER);
    assert.deepEqual(await severities(), ["disabled-verification error"]);
    // The first edit finds out what is kept from then on.
    service.change("/w/src/caller.rs", CALLER.replace("let _", "let a"), undefined);
    assert.deepEqual(await severities(), ["disabled-verification error"]);
    host.reads.clear();
    for (const [text, severity] of [
      [CALLER.replace("let _", "let other"), "error"],
      [CALLER.replace("crate::wrapper::insecure_client()", "1"), "hint"],
      [`// moved\n\n${CALLER}`, "error"],
    ] as const) {
      service.change("/w/src/caller.rs", text, undefined);
      assert.deepEqual(
        (await severities()).map((it) => it.split(" ")[1]),
        [severity],
        text,
      );
    }
    assert.deepEqual(
      [...host.reads.keys()].filter((it) => /\/m\d+\.rs$/.test(it)),
      [],
    );
  });
