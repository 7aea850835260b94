/**
 * JUnit's XML, in the form of Ant's schema: each file is a test, and each finding that fails the run is a failed one. What is too quiet
 * to fail it is told in the suite's output.
 */

import type { Severity } from "../../service/api.ts";
import { isLoud } from "../loud.ts";
import { VERSION } from "../version.ts";
import { wholeText } from "./advice.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { BriefFile, BriefFinding, BriefReport, ReportedGap } from "./report.ts";
import { element, xmlDocument, xmlText } from "./xml.ts";

export function junitReport({ files, notAnalysed }: BriefReport, { failOn, now, strict }: Around): string {
  const failed = notAnalysed.filter((it) => leavesOpen(it, strict));
  const skipped = notAnalysed.filter((it) => it.kind === "skipped");
  const without = new Set([...failed, ...skipped].filter((it) => it.range === undefined).map((it) => it.path));
  const failures = files.flatMap(({ path, findings }) =>
    findings.filter((it) => isLoud(it.severity, failOn)).map((it) => failure(path, it)),
  );
  const clean = files.filter((it) => !without.has(it.path) && !it.findings.some(({ severity }) => isLoud(severity, failOn)));
  const cases = [
    ...failures,
    ...failed.map(errored),
    ...skipped.map((it) => testCase("analysed", it.path, element("skipped", {}))),
    ...clean.map(({ path }) => testCase("no findings", path)),
  ];
  const suite = element(
    "testsuite",
    {
      id: 0,
      name: "tlslint",
      package: "tlslint",
      timestamp: new Date(now).toISOString().slice(0, "2026-01-01T00:00:00".length),
      hostname: "localhost",
      tests: cases.length,
      failures: failures.length,
      errors: failed.length,
      skipped: skipped.length,
      time: 0,
    },
    [
      element("properties", {}, element("property", { name: "version", value: VERSION })),
      ...cases,
      `<system-out>${quietLines(files, failOn).map(xmlText).join("\n")}</system-out>`,
      "<system-err></system-err>",
    ]
      .map((it) => `\n    ${it}`)
      .join(""),
  );
  return xmlDocument(element("testsuites", {}, `\n  ${suite}\n`));
}

const testCase = (name: string, path: string, content = ""): string => element("testcase", { name, classname: path, time: 0 }, content);

function failure(path: string, finding: BriefFinding): string {
  const { rule, severity, message } = finding;
  const { start } = finding.range;
  const text = xmlText(`${path}:${start.line}:${start.column}: ${severity}[${rule}]: ${wholeText(finding)}`);
  return testCase(`${rule} in line ${start.line}`, path, element("failure", { type: rule, message }, text));
}

const errored = ({ path, kind, reason }: ReportedGap): string =>
  testCase("analysed", path, element("error", { type: kind === "failed" ? "not-analysed" : kind, message: reason }));

const quietLines = (files: readonly BriefFile[], failOn: Severity): readonly string[] =>
  files.flatMap(({ path, findings }) =>
    findings
      .filter((it) => !isLoud(it.severity, failOn))
      .map(({ severity, rule, message, range: { start } }) => `${path}:${start.line}:${start.column}: ${severity}[${rule}]: ${message}`),
  );
