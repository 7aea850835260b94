/** Fixes are made when somebody asks for them, of one finding alone, and come out the same when the trees are gone by then. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { lintRust } from "../../../server/src/service/code/lint-rust.ts";
import { createLintService, type Finding } from "../../../server/src/service/index.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nrustls = "0.23"\n';
const client = (number: number): string =>
  `pub fn client_${number}() -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n`;
const CLIENTS = 60;
const textOf = (clients: number): string => Array.from({ length: clients }, (_, at) => client(at)).join("\n");
const hostOf = (text: string) => memoryHost({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": text });

async function findings(freed: boolean): Promise<readonly Finding[]> {
  const service = await createLintService(hostOf(textOf(CLIENTS)), { roots: ["/w"] });
  const report = await service.lint("/w/src/lib.rs");
  // That frees every tree.
  if (freed) service.dispose();
  return report.findings;
}

/** The findings of a file, and the lengths of the texts that were parsed for what is done meanwhile. */
async function counted(clients: number, textOfMany = textOf) {
  const text = textOfMany(clients);
  const workspace = new Workspace(hostOf(text), { roots: ["/w"] });
  const { parse } = rustParser;
  let parsed: number[] = [];
  rustParser.parse = (it) => {
    parsed.push(it.length);
    return parse(it);
  };
  const during = (work: () => unknown): readonly number[] => {
    parsed = [];
    work();
    return parsed;
  };
  const { findings } = await lintRust(workspace, "/w/src/lib.rs", text);
  return { findings, during, text, linted: parsed };
}

test("nothing is parsed for fixes before somebody asks for them, and then for that finding alone", async () => {
  const { findings, during, text, linted } = await counted(CLIENTS);
  assert.deepEqual(linted, [text.length]);
  assert.equal(findings.length, CLIENTS);
  const one = during(() => findings[0]?.fixes);
  assert.ok(one.length > 0);
  assert.deepEqual(
    during(() => findings[0]?.fixes),
    [],
    "it is made once",
  );
  const others = during(() => findings.slice(1).map((it) => it.fixes));
  assert.equal(others.length, one.length * (CLIENTS - 1));
});

test("whether an edit parses is asked of the item that it is in", async () => {
  const ofItems = async (clients: number): Promise<readonly number[]> => {
    const { findings, during, text } = await counted(clients);
    return during(() => findings[0]?.fixes).filter((it) => it < text.length / 2);
  };
  const few = await ofItems(10);
  assert.ok(few.length > 0);
  assert.deepEqual(await ofItems(100), few);
});

const LOGGED = `pub fn logged(mut config: ClientConfig) -> ClientConfig {
    config.key_log = Arc::new(KeyLogFile::new());
    config
}
`;
/** The import is used once, or once more at the end of all. */
const loggedAmong = (others: number, more: boolean): string =>
  [
    "use rustls::{ClientConfig, KeyLogFile};\nuse std::sync::Arc;\n",
    LOGGED,
    ...Array.from({ length: others }, (_, at) => `pub fn other_${at}(by: u32) -> u32 {\n    by + ${at}\n}\n`),
    ...(more ? ["pub fn log() -> KeyLogFile {\n    KeyLogFile::new()\n}\n"] : []),
  ].join("\n");

for (const more of [false, true]) {
  test(`whether the last use of a name is gone costs no other item a parse, and it is${more ? " not" : ""}`, async () => {
    for (const others of [10, 1000]) {
      const { findings, during, text } = await counted(others, (it) => loggedAmong(it, more));
      const [finding] = findings.filter((it) => it.rule === "key-log");
      assert.ok(finding !== undefined);
      const parsed = during(() => finding.fixes);
      assert.ok(parsed.length > 0 && parsed.every((it) => it < 2 * LOGGED.length), `${parsed} were parsed`);
      const [fix] = finding.fixes;
      const fixed = applyEdits(text, fix?.edits[0]?.edits ?? []);
      assert.equal(fixed.includes("{ClientConfig, KeyLogFile"), more);
      assert.ok(!fixed.includes("key_log = Arc::new(KeyLogFile"));
    }
  });
}

test("they are the same when everything has to be parsed once more", async () => {
  const fixes = (all: readonly Finding[]): unknown => all.map((it) => [it.fixes, it.unfixed]);
  const again = await findings(true);
  const known = await findings(false);
  assert.ok(known.every((it) => it.fixes.length > 0));
  assert.deepEqual(fixes(again), fixes(known));
});
