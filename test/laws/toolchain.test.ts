/** The types check under every strict flag, and lint, format and import limits hold. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";

function run(tool: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "node_modules", tool), ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`.slice(0, 8000));
}

test("types", () => run("typescript/bin/tsc", "-p", "."));
test("lint, format, import limits", () => run("@biomejs/biome/bin/biome", "ci", ".", "--max-diagnostics=50", "--colors=off"));
