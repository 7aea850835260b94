/** Nothing is exported that nobody imports, no file is left over, and no dependency is missing or unused: what knip finds (`knip.jsonc`). */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";

test("every export is used by another file, every file and dependency by something", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "node_modules/knip/bin/knip.js"), "--no-progress"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  assert.equal(stdout.trim(), "");
  assert.equal(status, 0);
});
