/** The examples compile, and so does what the fixes of the mistaken ones make of them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tlslint } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";

const hasCargo = spawnSync("cargo", ["--version"]).status === 0;
const skip = hasCargo || process.env["CI"] === "true" ? false : "not run: cargo is not installed";

function compiles(folder: string): void {
  const { status, stderr } = spawnSync("cargo", ["check", "--quiet", "--workspace", "--locked"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "test/cargo/target") },
  });
  assert.equal(status, 0, stderr);
}

test("the examples compile as they are", { skip }, () => compiles(join(ROOT, "examples")));

test("the mistaken examples compile after every fix, and nothing that could be fixed is left", { skip }, (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-examples-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, "examples"), folder, { recursive: true, filter: (path) => !/[\\/](target|certs|guide)$/.test(path) });
  for (let round = 0; round < 4; round++) tlslint(folder, ["check", "--fix-review"]);
  compiles(folder);
  const { files } = JSON.parse(tlslint(folder, ["check", "--format", "json"]).stdout);
  const left = files.flatMap((file: { findings: { rule: string; fixes: unknown[] }[] }) => file.findings);
  assert.deepEqual(
    left.filter(({ fixes }: { fixes: unknown[] }) => fixes.length > 0),
    [],
  );
});
