/** The report as JSON comes in pieces, none of them longer than a finding, and is laid out as if it were written at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countsOf } from "../../../server/src/cli/report/counts.ts";
import { jsonReport } from "../../../server/src/cli/report/json.ts";
import type { Report, ReportedFile, ReportedFinding } from "../../../server/src/cli/report/report.ts";

const TEXT = fc.string({ maxLength: 12, unit: fc.constantFrom("a", '"', "\\", "\n", "\u202e", "é", "#", "[", "]", "{", ":") });
const POINT = fc.record({ line: fc.nat(), column: fc.nat() });
const RANGE = fc.record({ start: POINT, end: POINT });
const FINDING: fc.Arbitrary<ReportedFinding> = fc.record({
  rule: TEXT,
  severity: fc.constantFrom("error", "hint"),
  message: TEXT,
  range: RANGE,
  fingerprint: TEXT,
  help: TEXT,
  notes: fc.array(TEXT, { maxLength: 2 }),
  related: fc.array(fc.record({ path: TEXT, message: TEXT }), { maxLength: 2 }),
  fixes: fc.constant([]),
});
const FILE: fc.Arbitrary<ReportedFile> = fc.record({ path: TEXT, findings: fc.array(FINDING, { maxLength: 3 }) });

const reportWith = (files: readonly ReportedFile[]): Report => ({
  version: 1,
  tool: { name: "tlslint", version: "0.0.0" },
  files,
  notAnalysed: [],
  counts: countsOf(files, []),
});

test("its pieces are lines, and together what is written at once", () => {
  fc.assert(
    fc.property(fc.array(FILE, { maxLength: 4 }), (files) => {
      const pieces = [...jsonReport(reportWith(files))];
      for (const it of pieces) assert.ok(it.endsWith("\n"), it);
      const text = pieces.join("");
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(reportWith(files))));
      assert.equal(
        text,
        `${JSON.stringify(JSON.parse(text), null, 2)
          .replaceAll("\u202e", "\\u202e")
          .replaceAll(/##(?=\[)/g, "#\\u0023")}\n`,
      );
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("files that come one after the other are laid out alike", () => {
  const files = fc.sample(FILE, { numRuns: 20, seed: 3 });
  const { files: _, ...around } = reportWith(files);
  const passing = [...jsonReport({ ...around, files: files.values() })].join("");
  assert.deepEqual(JSON.parse(passing), JSON.parse([...jsonReport(reportWith(files))].join("")));
});

test("however much a file says, no piece is longer than a finding", () => {
  const finding = fc.sample(FINDING, { numRuns: 1, seed: 2 })[0];
  assert.ok(finding);
  const findings = Array.from({ length: 1000 }, () => finding);
  const longest = Math.max(...Array.from(jsonReport(reportWith([{ path: "a.rs", findings }])), (it) => it.length));
  assert.ok(longest < 2 * JSON.stringify(finding, null, 2).length, `${longest} characters`);
});
