/** The workspaces of several files compile, and so does what the fixes make of them. */
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
const FOLDER = join(ROOT, "test/fixtures/workspaces");

function compiles(folder: string): void {
  const { status, stderr } = spawnSync("cargo", ["check", "--quiet", "--workspace", "--locked"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CARGO_TARGET_DIR: process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "test/cargo/target") },
  });
  assert.equal(status, 0, stderr);
}

test("the workspaces compile as they are", { skip }, () => compiles(FOLDER));

test("they compile after every fix", { skip }, (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-workspaces-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(FOLDER, folder, { recursive: true });
  const { stderr } = tlslint(folder, ["check", "--fix-review"]);
  assert.match(stderr, /disabled-verification/, "something was fixed");
  compiles(folder);
});
