/** docs/certificate-checks.md is honest: all numbers are there, each rule exists, and each case named fires it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "../../server/src/rules/index.ts";
import { type Case, cases } from "../certificates/cases.ts";
import { fixtures, ROOT } from "../harness/fixtures.ts";

const page = readFileSync(join(ROOT, "docs/certificate-checks.md"), "utf8");
const rows = [...page.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(([, number, fault = "", rule = "", rest = ""]) => ({
  number: Number(number),
  fault,
  rule,
  rest,
}));
const all: Readonly<Record<string, Case>> = cases;

test("all 142 checks are there, in order", () => {
  assert.deepEqual(
    rows.map((it) => it.number),
    Array.from({ length: 142 }, (_, index) => index + 1),
  );
});

test("each check has a rule with cases that fire it", () => {
  const known = new Set(rules.map((it) => it.id));
  const shown = new Set(fixtures().map((it) => `rust/${it.name}`));
  for (const { number, rule, rest } of rows) {
    const [, id = "", link] = /^\[([a-z0-9-]+)\]\(rules\/([a-z0-9-]+)\.md\)$/.exec(rule) ?? [];
    assert.ok(known.has(id) && id === link, `${number}: ${rule}`);
    const named = [...rest.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    assert.ok(named.length > 0, `${number}: no case`);
    for (const name of named) {
      const fires = name.startsWith("rust/") ? shown.has(name) : all[name]?.expect?.some((it) => it.rule === id) === true;
      assert.ok(fires, `${number}: ${name} does not fire ${id}`);
    }
  }
});
