/** Known gaps are told: each fixture with a mark stands in docs/limits.md, and each fixture named there has one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { expectations } from "../harness/expectations.ts";
import { fixtures, ROOT } from "../harness/fixtures.ts";

test("docs/limits.md names the fixtures with marks, and no others", () => {
  const page = readFileSync(join(ROOT, "docs/limits.md"), "utf8");
  const section = page.slice(page.indexOf("## Marked"), page.indexOf("## Reading Rust"));
  const named = [...section.matchAll(/`([a-z-]+\/[a-z0-9-]+)`/g)].map(([, name = ""]) => name).sort();
  const marked = fixtures()
    .filter(({ text }) => expectations(text).some(({ mark }) => mark !== undefined))
    .map(({ name }) => name)
    .sort();
  assert.deepEqual(named, marked);
});
