/** SARIF reports validate against the 2.1.0 schema and say what code scanning needs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { ROOT } from "../harness/fixtures.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const require = createRequire(join(ROOT, "package.json"));
const schema: unknown = JSON.parse(
  readFileSync(join(require.resolve("@microsoft/jest-sarif"), "../schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);

/** The schema's patterns are those of draft 4, which knew no Unicode mode. */
function validate(report: unknown): void {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const valid = ajv.compile(Object(schema));
  assert.ok(valid(report), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
}

test("a report with findings, fixes and skipped files is valid SARIF", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "src/binary.rs": new Uint8Array([0, 159, 146, 150, 0]) });
  const { status, stdout } = tlslint(cwd, ["check", "--format", "sarif"]);
  const report = JSON.parse(stdout);
  validate(report);
  assert.equal(status, 2);
  const [run] = report.runs;
  const [result] = run.results;
  assert.equal(result.ruleId, "disabled-verification");
  assert.equal(run.tool.driver.rules[result.ruleIndex].id, "disabled-verification");
  assert.equal(result.level, "error");
  const { region, artifactLocation } = result.locations[0].physicalLocation;
  assert.deepEqual([artifactLocation.uri, region.startLine], ["src/main.rs", 5]);
  assert.ok(region.endColumn > region.startColumn);
  assert.ok(result.fixes[0].artifactChanges[0].replacements.length > 0);
  assert.match(result.partialFingerprints["tlslint/v1"], /^[0-9a-f]{32}$/);
  assert.equal(run.invocations[0].executionSuccessful, false);
  assert.match(run.invocations[0].toolExecutionNotifications[0].message.text, /not analysed/);
});

test("fingerprints survive moved lines and tell likes apart", (context) => {
  const prints = (text: string) => {
    const { stdout } = tlslint(folder(context, { ...MISTAKEN, "src/main.rs": text }), ["check", "--format", "sarif"]);
    return JSON.parse(stdout).runs[0].results.map(
      (it: { partialFingerprints: Record<string, string> }) => it.partialFingerprints["tlslint/v1"],
    );
  };
  const text = MISTAKEN["src/main.rs"];
  const twice = `${text}\n${text.slice(text.indexOf("pub fn")).replace("client()", "other()")}`;
  assert.deepEqual(prints(`\n\n// moved\n${text}`), prints(text));
  assert.equal(new Set(prints(twice)).size, 2);
});

test("the schema itself refuses a wrong report", () => {
  assert.throws(() => validate({ version: "2.1.0", runs: [{ results: 3 }] }), /must have required property 'tool'/);
});
