/** Two folders of one name are told apart in every path that is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folderLabels } from "../../../client/src/folder-labels.ts";

const labels = (...folders: readonly (readonly [string, string])[]) => folderLabels(folders.map(([name, path]) => ({ name, path })));

test("a folder has its name, and as much of its path as others of that name make necessary", () => {
  assert.deepEqual(labels(["api", "/w/api"], ["web", "/w/web"]), ["api", "web"]);
  assert.deepEqual(labels(["api", "/w/a/api"], ["api", "/w/b/api"], ["web", "/w/web"]), ["a/api", "b/api", "web"]);
  assert.deepEqual(labels(["api", "/w/a/x/api"], ["api", "/w/b/x/api"]), ["a/x/api", "b/x/api"]);
  assert.deepEqual(labels(["api", "/api"], ["api", "/w/api"]), ["/api", "w/api"]);
  assert.deepEqual(labels(["mine", "/w/a"], ["mine", "/w/b"]), ["w/a", "w/b"], "names that somebody gave them");
});
