/** docs/code-checks.md: every check of the catalogue is there, with rules that exist or a reason. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "../../server/src/rules/index.ts";
import { ROOT } from "../harness/fixtures.ts";

/** How many checks each part of the catalogue has. */
const PARTS = { A: 23, B: 7, C: 28, D: 10, E: 18, F: 52, G: 5 };

const lines = readFileSync(join(ROOT, "docs/code-checks.md"), "utf8").split("\n");
const cells = lines.flatMap((line) => {
  const [, first = "", second = ""] = line.split(" | ").length === 2 ? (/^\| (.*) \| (.*) \|$/.exec(line) ?? []) : [];
  return first === "" ? [] : [{ first, second }];
});
const reported = cells.flatMap(({ first, second }) => {
  const rule = /^`([^`]+)`$/.exec(first)?.[1];
  return rule === undefined ? [] : [{ rule, numbers: second.split("; ").map(numberOf) }];
});
const silent = cells.flatMap(({ first, second }) => (/^[A-G]\d+ /.test(first) ? [{ number: numberOf(first), reason: second }] : []));

function numberOf(check: string): string {
  return /^[A-G]\d+(?= \S)/.exec(check)?.[0] ?? check;
}

test("each of the checks is there: reported, or left out for a reason", () => {
  const all = Object.entries(PARTS).flatMap(([part, count]) => Array.from({ length: count }, (_, index) => `${part}${index + 1}`));
  assert.equal(all.length, 143);
  const said = new Set(reported.flatMap((it) => it.numbers));
  const unsaid = silent.map((it) => it.number);
  assert.deepEqual([...said, ...unsaid].sort(), [...all].sort());
  assert.ok(silent.every((it) => it.reason.length > 5));
});

test("the rules exist, each once", () => {
  const known = new Set<string>(rules.map(({ id }) => id));
  const named = reported.map((it) => it.rule);
  assert.deepEqual(
    named.filter((it) => !known.has(it)),
    [],
  );
  assert.deepEqual(named, [...new Set(named)].sort());
});
