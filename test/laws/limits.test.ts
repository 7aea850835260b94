/** Known gaps are told: each row of docs/limits.md names the fixture or the test that shows it, and each mark in a fixture has a row. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { expectations } from "../harness/expectations.ts";
import { fixtures, ROOT } from "../harness/fixtures.ts";
import { nameCarets } from "../harness/name-carets.ts";
import { settingFixtures } from "../harness/settings.ts";
import { workspaces } from "../harness/workspaces.ts";

const lines = readFileSync(join(ROOT, "docs/limits.md"), "utf8").split("\n");
const rows = lines
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what is not seen"))
  .map((line) => /^\| (?<limit>.{20,}) \| `(?<where>[^`]+)`(?:: (?<title>.+))? \|$/.exec(line)?.groups ?? { limit: line });

const rust = new Map(fixtures().map(({ name, text }) => [name, expectations(text).some(({ mark }) => mark !== undefined)]));
const names = new Map(
  workspaces("names").map(({ name, files }) => [
    `names/${name}`,
    [...files].some(([path, { text }]) => path.endsWith(".rs") && nameCarets(text).some(({ mark }) => mark !== undefined)),
  ]),
);
const FLOW = join(ROOT, "test/fixtures/flow");
const flow = new Map(
  readdirSync(FLOW)
    .filter((it) => it.endsWith(".rs"))
    .map((it) => [`flow/${it.slice(0, -".rs".length)}`, /\^ MISSING /.test(readFileSync(join(FLOW, it), "utf8"))]),
);
const settings = new Set([
  ...settingFixtures().map(({ name }) => `settings/${name}`),
  ...["edges", "workspaces"].flatMap((folder) => workspaces(folder).map(({ name }) => `${folder}/${name}`)),
]);

/** What is wrong with a row's second cell. */
function problem({ limit, where, title }: { readonly [part: string]: string | undefined }): readonly string[] {
  if (where === undefined) return [`no fixture and no test: ${limit}`];
  if (title === undefined)
    return rust.has(where) || names.has(where) || flow.has(where) || settings.has(where) ? [] : [`no fixture is called ${where}`];
  const file = join(ROOT, "test", `${where}.test.ts`);
  if (!existsSync(file)) return [`there is no test/${where}.test.ts`];
  return readFileSync(file, "utf8").includes(`test("${title}"`) ? [] : [`test/${where}.test.ts has no test "${title}"`];
}

test("each limit is a row that names what shows it", () => {
  assert.ok(rows.length >= 40);
  assert.deepEqual(rows.flatMap(problem), []);
  assert.deepEqual(
    lines.filter((line) => /^\s*([-*]|\d+\.)\s/.test(line)),
    [],
    "a limit outside of the tables",
  );
});

test("each fixture with a mark has a row", () => {
  const named = new Set(rows.map(({ where }) => where));
  assert.deepEqual(
    [...rust, ...names, ...flow].flatMap(([name, marked]) => (marked && !named.has(name) ? [name] : [])),
    [],
  );
});
