/** The registry of rules: complete, sorted, and free of any crate's name. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { codeRules, rules } from "../../server/src/rules/index.ts";
import { ROOT } from "../harness/fixtures.ts";

const FOLDER = join(ROOT, "server/src/rules");
/** What the folder holds beside one file a rule. */
const SHARED = new Set(["index", "fact-rules", "names", "rule", "evidence", "verifiers", "wants"]);

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ name }) => name.replace(/\.ts$/, ""))
    .filter((name) => !SHARED.has(name))
    .sort();

test("each file of the folder is a code rule of its name, and the index is sorted", () => {
  assert.deepEqual(
    codeRules.map(({ id }) => id),
    files(FOLDER),
  );
});

test("the whole catalogue is sorted and has no id twice", () => {
  const ids = rules.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
});

for (const rule of rules) {
  test(`${rule.id} is complete`, () => {
    assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.match(rule.summary, /^(?:[a-z0-9`]|[A-Z]{2}).*[^.]$/, "the summary is lower case and has no full stop");
    assert.ok(rule.cwe.length > 0, "a CWE");
    assert.ok(rule.rationale.length > 200, "a rationale");
    if (rule.judges !== "file")
      assert.match(
        rule.rationale,
        /^Fine (?:where|for|with|in|between|behind|over|on|if)\b|does not\s+matter/m,
        "the rationale says when it is fine",
      );
    for (const { url } of rule.sources) assert.match(url, /^https:\/\/[a-z0-9.-]+\/\S*$/);
    for (const { bad, good } of rule.examples) assert.notEqual(bad, good);
  });
}

test("no rule names a crate outside of its documentation", () => {
  const crates = new Set(models.flatMap((it) => [it.crate, it.package]));
  // What stands before `://` is a scheme.
  const named = new RegExp(`\\b(?:${[...crates].sort().join("|")})\\b(?!://)`);
  const settings = ["manifests", "edges"].flatMap((folder) => files(join(FOLDER, folder)).map((it) => `${folder}/${it}`));
  const hits = [...files(FOLDER), ...settings, ...SHARED].flatMap((name) =>
    withoutDocumentation(readFileSync(join(FOLDER, `${name}.ts`), "utf8"))
      .split("\n")
      .filter((line) => named.test(line))
      .map((line) => `${name}.ts: ${line.trim()}`),
  );
  assert.deepEqual(hits, []);
});

/** Sources, rationale and examples may name crates; comments, too. */
function withoutDocumentation(text: string): string {
  return text
    .replace(/^ {2}sources: \[[\s\S]*?^ {2}\],$/gm, "")
    .replace(/^ {2}examples: \[[\s\S]*?^ {2}\],$/gm, "")
    .replace(/^ {2}rationale: `[\s\S]*?[^\\]`,$/gm, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
}
