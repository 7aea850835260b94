/** Fixes are made when somebody asks for them, of one finding alone, and come out the same when the trees are gone by then. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService, type Finding } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n';
const client = (number: number): string =>
  `pub fn client_${number}() -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n`;
const CLIENTS = 60;

async function findings(freed: boolean): Promise<readonly Finding[]> {
  const text = Array.from({ length: CLIENTS }, (_, at) => client(at)).join("\n");
  const host = memoryHost({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/w"] });
  const report = await service.lint("/w/src/lib.rs");
  // That frees every tree.
  if (freed) service.dispose();
  return report.findings;
}

const time = (of: () => unknown): number => {
  const from = process.cpuUsage();
  of();
  const { user, system } = process.cpuUsage(from);
  return user + system;
};

test("the fixes of one finding cost a part of what all cost", async () => {
  const all = await findings(false);
  assert.equal(all.length, CLIENTS);
  const [first, ...rest] = all;
  const one = time(() => first?.fixes);
  const others = time(() => rest.map((it) => it.fixes));
  assert.ok(one < others / 2, `${one} µs for one, ${others} µs for ${rest.length}`);
});

test("they are the same when everything has to be parsed once more", async () => {
  const fixes = (all: readonly Finding[]): unknown => all.map((it) => [it.fixes, it.unfixed]);
  const again = await findings(true);
  const known = await findings(false);
  assert.ok(known.every((it) => it.fixes.length > 0));
  assert.deepEqual(fixes(again), fixes(known));
});
