/** Paths in messages: most are cut off by their beginning, and come out as Node's own rules have them. */
import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { systemPaths } from "../../../server/src/cli/system-paths.ts";

test("a path below the working directory is shown as Node would relate it, however it is written", () => {
  const { shown } = systemPaths("/w/app", posix);
  const below = [
    "/w/app/a.rs",
    "/w/app/..a",
    "/w/app/a/.b",
    "/w/app/a/b.",
    "/w/app/.../x",
    "/w/app/a//b",
    "/w/app/./a",
    "/w/app/a/../b",
    "/w/app/a/",
  ];
  for (const path of below) assert.equal(shown(path), posix.relative("/w/app", path), path);
  for (const path of ["/w/application/a.rs", "/w/app/../b.rs", "/other"]) assert.equal(shown(path), path);
  assert.equal(shown("/w/app"), ".");
  assert.equal(systemPaths("/", posix).shown("/a/b"), "a/b");
});
