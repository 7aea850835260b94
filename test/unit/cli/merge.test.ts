/** Merging reports is a union: in whatever order, however grouped and however often, the same comes out, and nothing is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countsOf } from "../../../server/src/cli/report/counts.ts";
import { mergeReports } from "../../../server/src/cli/report/merge-reports.ts";
import { readReport } from "../../../server/src/cli/report/read-report.ts";
import type { Report, ReportedFile, ReportedFinding, ReportedGap } from "../../../server/src/cli/report/report.ts";

const point = fc.record({ line: fc.integer({ min: 1, max: 3 }), column: fc.integer({ min: 1, max: 3 }) });
const range = fc.record({ start: point, end: point });
const word = fc.constantFrom("a", "b", "c");
const severity = fc.constantFrom("error", "warning", "info", "hint");
const finding: fc.Arbitrary<ReportedFinding> = fc.record({
  rule: word,
  severity,
  message: word,
  help: word,
  notes: fc.array(word, { maxLength: 1 }),
  range,
  fingerprint: word,
  related: fc.array(fc.record({ path: word, message: word }), { maxLength: 1 }),
  fixes: fc.constant([]),
});
const suppressed = fc.record({
  rule: word,
  severity,
  message: word,
  range,
  fingerprint: word,
  by: fc.constantFrom("comment", "baseline"),
  reason: word,
});
const file: fc.Arbitrary<ReportedFile> = fc.record(
  {
    path: word,
    repository: word,
    owner: word,
    findings: fc.array(finding, { maxLength: 3 }),
    suppressed: fc.array(suppressed, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ["path", "findings"] },
);
const gap: fc.Arbitrary<ReportedGap> = fc.record(
  { path: word, kind: fc.constantFrom("failed", "out-of-reach", "skipped"), reason: word, range, acknowledged: word },
  { requiredKeys: ["path", "kind", "reason"] },
);
const part = fc.record(
  { index: fc.integer({ min: 1, max: 3 }), of: fc.integer({ min: 3, max: 4 }), repository: word },
  { requiredKeys: ["index", "of"] },
);
const expired = fc.array(fc.record({ path: word, rule: word, fingerprint: word }), { maxLength: 2 });
const report: fc.Arbitrary<Report> = fc
  .record(
    {
      version: fc.constantFrom("0.1.0", "0.2.0", "0.10.0"),
      files: fc.array(file, { maxLength: 3 }),
      notAnalysed: fc.array(gap, { maxLength: 2 }),
      parts: fc.array(part, { minLength: 1, maxLength: 2 }),
      expired,
    },
    { requiredKeys: ["version", "files", "notAnalysed"] },
  )
  .map(
    ({ version, files, notAnalysed, ...rest }): Report => ({
      version: 1,
      tool: { name: "tlslint", version },
      files,
      notAnalysed,
      counts: countsOf(files, notAnalysed),
      ...rest,
    }),
  )
  // As JSON is read: objects without a prototype are none of it.
  .map((it) => structuredClone(it));

const RUNS = { numRuns: 500 };

test("associative, commutative, idempotent", () => {
  fc.assert(
    fc.property(report, report, report, (a, b, c) => {
      const all = mergeReports([a, b, c]);
      assert.deepEqual(mergeReports([mergeReports([a, b]), c]), all);
      assert.deepEqual(mergeReports([a, mergeReports([b, c])]), all);
      assert.deepEqual(mergeReports([c, a, b]), all);
      assert.deepEqual(mergeReports([all, all, a]), all);
    }),
    RUNS,
  );
});

test("nothing is lost, nothing comes twice, and the counts are those of the whole", () => {
  fc.assert(
    fc.property(fc.array(report, { maxLength: 4 }), (reports) => {
      const merged = mergeReports(reports);
      const found = (of: readonly Report[]): ReadonlySet<string> =>
        new Set(
          of.flatMap(({ files }) =>
            files.flatMap(({ path, repository, findings }) => findings.map((it) => JSON.stringify([repository, path, sorted(it)]))),
          ),
        );
      assert.deepEqual(found([merged]), found(reports));
      assert.equal(
        merged.files.reduce((sum, it) => sum + it.findings.length, 0),
        found(reports).size,
      );
      assert.deepEqual(merged.counts, countsOf(merged.files, merged.notAnalysed));
    }),
    RUNS,
  );
});

const sorted = (it: object): readonly (readonly [string, unknown])[] => Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1));

test("parts that no report is of are gaps until a merge has them, by run", () => {
  const of = (index: number, all: number, repository?: string): Report => ({
    version: 1,
    tool: { name: "tlslint", version: "0.1.0" },
    files: [],
    notAnalysed: [],
    counts: countsOf([], []),
    parts: [{ index, of: all, ...(repository !== undefined && { repository }) }],
  });
  const missing = (...reports: readonly Report[]): readonly string[] =>
    mergeReports(reports).notAnalysed.map((it) => `${it.path} ${it.kind}: ${it.reason}`);
  assert.deepEqual(missing(of(1, 3), of(3, 3)), [". failed: part 2 of 3 is missing"]);
  assert.deepEqual(missing(mergeReports([of(1, 3), of(3, 3)]), of(2, 3)), []);
  assert.deepEqual(missing(of(2, 4)), [". failed: parts 1, 3 and 4 of 4 are missing"]);
  assert.deepEqual(missing(of(1, 2), of(2, 2), of(1, 3)), [". failed: parts 2 and 3 of 3 are missing"]);
  assert.deepEqual(missing(of(1, 2, "pay"), of(2, 2, "ledger")), [
    "ledger failed: part 1 of 2 is missing",
    "pay failed: part 2 of 2 is missing",
  ]);
  assert.match(missing(of(1, 999_999))[0] ?? "", /^\. failed: parts 2, 3, .*21 and 999978 more of 999999 are missing$/);
  assert.equal(mergeReports([of(1, 3)]).counts.failed, 1);
});

test("the newest release is named, by number", () => {
  const of = (version: string): Report => ({
    version: 1,
    tool: { name: "tlslint", version },
    files: [],
    notAnalysed: [],
    counts: countsOf([], []),
  });
  assert.equal(mergeReports([of("0.10.0"), of("0.9.1")]).tool.version, "0.10.0");
});

test("what was written is read again, and what is none is refused", () => {
  fc.assert(
    fc.property(report, (it) => {
      const read = readReport(JSON.stringify(it));
      assert.ok(read.ok);
      assert.deepEqual(JSON.stringify(read.value), JSON.stringify(it));
    }),
    RUNS,
  );
  const whole = JSON.stringify(mergeReports([]));
  assert.ok(readReport(whole).ok);
  for (const [text, message] of [
    ["", /it is not valid JSON/],
    [whole.slice(0, -1), /it is not valid JSON/],
    ["[]", /it is not a report; expected what `tlslint check --format json` writes/],
    [whole.replace('"version":1', '"version":2'), /unsupported version 2; expected 1/],
    [whole.replace('"files":[]', '"files":[{"path":"a"}]'), /it is not a report/],
    [whole.replace('"failed":0', '"failed":-1'), /it is not a report/],
  ] as const) {
    const read = readReport(text);
    assert.ok(!read.ok, text);
    assert.match(read.error, message);
  }
});
