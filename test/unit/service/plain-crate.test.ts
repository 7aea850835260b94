/** A crate without TLS: each file is opened once, and only those that name other files are scanned, however many there are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lintRust } from "../../../server/src/service/code/lint-rust.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const CLIENT = "pub fn client() -> reqwest::Client { reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap() }\n";
const moduleOf = (at: number): string =>
  `//! What rustls is to others.\nuse std::collections::HashMap;\npub struct Entry${at};\nimpl Entry${at} {\n    pub fn next(&self) -> HashMap<u8, super::m0::Entry0> { todo!() }\n}\nmod tests { fn t() {} }\n`;

function crate(modules: number): Record<string, string> {
  const names = Array.from({ length: modules }, (_, at) => `m${at}`);
  return {
    "/w/Cargo.toml": '[package]\nname = "plain"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\n',
    "/w/src/lib.rs": names.map((it) => `pub mod ${it};\n`).join(""),
    ...Object.fromEntries(names.map((it, at) => [`/w/src/${it}.rs`, moduleOf(at)])),
  };
}

const rustIn = (files: Record<string, string>): readonly string[] => Object.keys(files).filter((it) => it.endsWith(".rs"));

class Counting extends Workspace {
  scans = 0;
  override mentionsTls(...args: Parameters<Workspace["mentionsTls"]>): boolean {
    this.scans++;
    return super.mentionsTls(...args);
  }
}

/** What the words of the comments above cost: a file that has them is scanned. */
const COMMENTED = /rustls/;

for (const modules of [50, 100])
  test(`of ${modules} modules the root alone is scanned`, async () => {
    const files = crate(modules);
    for (const [path, text] of Object.entries(files)) files[path] = text.replace(COMMENTED, "it");
    const workspace = new Counting(memoryHost(files), { roots: ["/w"] });
    assert.deepEqual(await workspace.rust.holding("/w/src/m1.rs", undefined), []);
    assert.equal(workspace.scans, 1);
    workspace.dispose();
  });

test("a word in a comment costs a scan, and says nothing", async () => {
  const files = crate(20);
  const workspace = new Counting(memoryHost(files), { roots: ["/w"] });
  for (const path of rustIn(files)) assert.deepEqual((await lintRust(workspace, path, files[path] ?? "")).findings, []);
  assert.equal(workspace.scans, 21);
  workspace.dispose();
});

test("in a batch each file is opened once", async () => {
  for (const modules of [50, 100]) {
    const files = crate(modules);
    const host = memoryHost(files);
    const service = await createLintService(host, { roots: ["/w"], batch: true });
    for (const path of rustIn(files)) assert.deepEqual((await service.lint(path)).findings, []);
    // The root declares the modules, which is asked of it once more.
    assert.deepEqual(
      rustIn(files).filter((it) => (host.reads.get(it) ?? 0) > (it.endsWith("lib.rs") ? 2 : 1)),
      [],
    );
  }
});

test("a file that begins to say something is seen, with those that were passed over", async () => {
  const files = crate(5);
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  assert.deepEqual((await service.lint("/w/src/m1.rs")).findings, []);
  service.open("/w/src/m1.rs", CLIENT);
  assert.deepEqual(
    (await service.lint("/w/src/m1.rs")).findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  service.change("/w/src/m1.rs", moduleOf(1), undefined);
  assert.deepEqual((await service.lint("/w/src/m1.rs")).findings, []);
});

test("in a batch, what a change is told of is seen", async () => {
  const files = crate(5);
  const host = memoryHost(files);
  const service = await createLintService(host, { roots: ["/w"], batch: true });
  assert.deepEqual((await service.lint("/w/src/m1.rs")).findings, []);
  host.contents.set("/w/src/m1.rs", CLIENT);
  service.invalidate(["/w/src/m1.rs"]);
  assert.equal((await service.lint("/w/src/m1.rs")).findings.length, 1);
});
