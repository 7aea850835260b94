/** What code scanning takes of a run: of a report with more it takes nothing, so it is cut, and says so. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { countsOf } from "../../../server/src/cli/report/counts.ts";
import { FORMATS, type ReportFormat } from "../../../server/src/cli/report/formats.ts";
import { prettyReport } from "../../../server/src/cli/report/pretty.ts";
import type { Report, ReportedFile, ReportedFinding } from "../../../server/src/cli/report/report.ts";
import { written } from "../../../server/src/cli/report/reporters.ts";
import { nodeWorld } from "../../../server/src/cli/world.ts";
import { ShownText } from "../../../server/src/service/shown-text.ts";

const AROUND = { strict: false, failOn: "warning", now: 0 } as const;

async function textOf(format: ReportFormat, report: Report, around: Parameters<typeof written>[2]): Promise<string> {
  const told = await written(format, report, around);
  return typeof told === "string" ? told : [...told].join("");
}

function reportWith(files: readonly ReportedFile[]): Report {
  return { version: 1, tool: { name: "tlslint", version: "0.0.0" }, files, notAnalysed: [], counts: countsOf(files, []) };
}

const finding = (at: number, severity: ReportedFinding["severity"], related = 0): ReportedFinding => ({
  rule: "disabled-verification",
  severity,
  message: `finding ${at}`,
  help: "verify",
  notes: [],
  range: { start: { line: at + 1, column: 1 }, end: { line: at + 1, column: 2 } },
  fingerprint: at.toString(16).padStart(32, "0"),
  related: Array.from({ length: related }, (_, it) => ({ path: "b.rs", message: `related ${it}` })),
  fixes: [],
});

test("of 25,001 results the quietest is left out, with a notification", async () => {
  const findings = Array.from({ length: 25_001 }, (_, at) => finding(at, at === 7 ? "hint" : "error"));
  const [run] = JSON.parse(await textOf("sarif", reportWith([{ path: "a.rs", findings }]), AROUND)).runs;
  assert.equal(run.results.length, 25_000);
  assert.ok(!run.results.some((it: { message: { text: string } }) => it.message.text.startsWith("finding 7\n")));
  const [notification] = run.invocations[0].toolExecutionNotifications;
  assert.deepEqual([notification.descriptor.id, notification.level], ["results-left-out", "warning"]);
  assert.match(notification.message.text, /^1 result is left out/);
  const whole = JSON.parse(await textOf("sarif", reportWith([{ path: "a.rs", findings: findings.slice(1) }]), AROUND)).runs[0];
  assert.deepEqual([whole.results.length, whole.invocations[0].toolExecutionNotifications], [25_000, []]);
});

test("a report that is too large when it is packed loses the quietest, too", async () => {
  const findings = Array.from({ length: 8_000 }, (_, at) => ({
    ...finding(at, at % 8 === 0 ? "error" : "hint"),
    help: randomBytes(1_500).toString("base64"),
  }));
  const text = await textOf("sarif", reportWith([{ path: "a.rs", findings }]), AROUND);
  assert.ok(gzipSync(text).length <= 10_000_000);
  const [{ results, invocations }] = JSON.parse(text).runs;
  assert.equal(results.filter((it: { level: string }) => it.level === "error").length, 1_000);
  assert.ok(results.length > 2_000 && results.length < 8_000, `${results.length}`);
  assert.match(invocations[0].toolExecutionNotifications[0].message.text, new RegExp(`^${8_000 - results.length} results are left out`));
});

test("every other format tells all of them", async () => {
  const findings = Array.from({ length: 25_001 }, (_, at) => finding(at, "error"));
  for (const format of FORMATS) {
    if (format === "pretty" || format === "sarif" || format === "markdown") continue;
    const text = await textOf(format, reportWith([{ path: "a.rs", findings }]), AROUND);
    assert.ok(text.includes("finding 25000"), format);
    assert.ok((text.match(/finding \d+/g)?.length ?? 0) >= 25_001, format);
  }
  const comment = await textOf("markdown", reportWith([{ path: "a.rs", findings }]), AROUND);
  const [, left] = /\n(\d+) more entries do not fit in a comment\.\n$/.exec(comment) ?? [];
  assert.equal(Number(left) + (comment.match(/^- line /gm)?.length ?? 0), 25_001, "and says how many it does not");
});

test("pretty tells all of them to a person", () => {
  const span = { start: 0, end: 1 };
  const path = "/w/a.rs";
  const findings = Array.from({ length: 25_001 }, (_, at) => ({
    ...finding(at, "error"),
    place: { file: path, span },
    related: [],
    fixes: [],
  }));
  const world = nodeWorld("/w");
  const file = { path, text: new ShownText("x\n"), report: { file: path, findings, gaps: [] } };
  const text = prettyReport({ files: [file], around: [], gaps: [], strict: false, texts: new Map() }, world, world.plainPaint);
  assert.equal(text.match(/^error\[disabled-verification\]: finding \d+$/gm)?.length, 25_001);
  assert.match(text, /\n25001 errors in 1 file\n$/);
});

test("a result has no more than 1,000 locations", async () => {
  const report = reportWith([{ path: "a.rs", findings: [finding(1, "error", 2000)] }]);
  const [{ results }] = JSON.parse(await textOf("sarif", report, AROUND)).runs;
  assert.equal(results[0].relatedLocations.length + results[0].locations.length, 1000);
});

test("parts of a run have an identity of their own", async () => {
  const idOf = async (part?: string): Promise<string> =>
    JSON.parse(await textOf("sarif", reportWith([]), { ...AROUND, ...(part !== undefined && { part }) })).runs[0].automationDetails.id;
  assert.deepEqual([await idOf(), await idOf("1-of-4")], ["tlslint/", "tlslint/1-of-4/"]);
});
