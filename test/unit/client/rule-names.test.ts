/** The rules that can be picked are those that have a page. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pageOfRule, ruleNames } from "../../../client/src/rule-names.ts";
import manifest from "../../../package.json" with { type: "json" };
import { ROOT } from "../../harness/fixtures.ts";

test("the manifest names each rule, and each has its page", () => {
  const pages = readdirSync(join(ROOT, "docs/rules")).flatMap((it) => (it === "README.md" ? [] : [`rules/${it}`]));
  assert.ok(pages.length > 50);
  const named = ruleNames(manifest).map(pageOfRule);
  assert.deepEqual([...new Set(named)].toSorted(), ["configuration.md", ...pages].toSorted());
  const configuration = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");
  for (const it of ruleNames(manifest))
    if (pageOfRule(it) === "configuration.md") assert.match(configuration, new RegExp(`^- \`${it}\` `, "m"));
  assert.deepEqual(ruleNames(undefined), []);
});
