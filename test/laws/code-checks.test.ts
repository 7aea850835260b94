/** docs/code-checks.md: every check of the catalogue is there once, with rules that exist or a reason. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { rules } from "../../server/src/rules/index.ts";
import { ROOT } from "../harness/fixtures.ts";

/** How many checks each part of the catalogue has. */
const PARTS = { A: 23, B: 7, C: 28, D: 10, E: 18, F: 52, G: 5 };

const rows = readFileSync(join(ROOT, "docs/code-checks.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, number, , said = "", reason = ""] = line.split("|").map((it) => it.trim());
    return number !== undefined && /^[A-G]\d+$/.test(number) ? [{ number, said, reason }] : [];
  });

test("each of the checks is there once, in order", () => {
  const numbers = Object.entries(PARTS).flatMap(([part, count]) => Array.from({ length: count }, (_, index) => `${part}${index + 1}`));
  assert.equal(numbers.length, 143);
  assert.deepEqual(
    rows.map(({ number }) => number),
    numbers,
  );
});

test("each names rules that exist, or says why nothing is said", () => {
  const known = new Set<string>(rules.map(({ id }) => id));
  const wrong = rows.flatMap(({ number, said, reason }) => {
    const named = [...said.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
    const lost = named.filter((it) => !known.has(it)).map((it) => `${number}: no rule is called ${it}`);
    return named.length === 0 && reason === "" ? [`${number}: neither a rule nor a reason`] : lost;
  });
  assert.deepEqual(wrong, []);
});
