/** Packages that are for tests by their name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isTestPackage } from "../../../server/src/project/index.ts";

test("a word of the name decides, not a part of a word", () => {
  for (const name of ["test-common", "actix-test", "load_bench", "e2e", "Mock-server"]) assert.ok(isTestPackage(name), name);
  for (const name of ["attestation", "contest", "latest-news", "testify", "service"]) assert.ok(!isTestPackage(name), name);
});
