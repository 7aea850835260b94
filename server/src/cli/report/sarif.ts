/** Findings as SARIF 2.1.0 (OASIS), for code scanning services. */

import { LineIndex } from "../../base/line-index.ts";
import type { Span } from "../../base/span.ts";
import { jsonText } from "../../base/visible.ts";
import type { Finding, Fix, Gap, Severity } from "../../service/api.ts";
import { gapLabel, isFailure, leavesOpen } from "../../service/gaps.ts";
import { type RulePage, rulePages } from "../../service/rule-pages.ts";
import type { CheckedFile, CheckResult } from "../check-result.ts";
import { fingerprint } from "../fingerprint.ts";
import { VERSION } from "../version.ts";
import type { World } from "../world.ts";

const LEVEL = { error: "error", warning: "warning", info: "note", hint: "note" } as const satisfies Record<Severity, string>;

/** The scale of code scanning services: critical from 9.0, high from 7.0, medium from 4.0, low below. */
const SECURITY_SEVERITY = { error: "9.1", warning: "6.5", info: "3.0", hint: "1.0" } as const satisfies Record<Severity, string>;

export function sarifReport({ files, gaps, strict, texts }: CheckResult, world: World): string {
  const pages = rulePages();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "tlslint",
            version: VERSION,
            semanticVersion: VERSION,
            rules: pages.map(ruleObject),
            notifications: NOTIFICATIONS,
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { WORKINGDIRECTORY: { uri: `${fileUri(world.cwd)}/` } },
        invocations: [
          {
            executionSuccessful: !leavesOpen(gaps, strict),
            toolExecutionNotifications: gaps.map((it) => notification(it, texts, world)),
          },
        ],
        results: files.flatMap((file) => resultsOf(file, pages, texts, world)),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

const NOTIFICATIONS = [
  { id: "failed", shortDescription: { text: "something that was asked for was not analysed" } },
  { id: "out-of-reach", shortDescription: { text: "nothing here can see it" } },
  { id: "skipped", shortDescription: { text: "it is no kind of file that is linted, or the configuration excludes it" } },
] as const;

function notification(gap: Gap, texts: CheckResult["texts"], world: World) {
  const { file, kind, reason, span, acknowledged } = gap;
  const known = acknowledged === undefined ? "" : ` (acknowledged: ${acknowledged})`;
  return {
    descriptor: { id: kind.replaceAll(" ", "-") },
    level: isFailure(gap) ? "error" : "note",
    message: { text: `${gapLabel(gap)}: ${reason}${known}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(file, world),
          ...(span && regionIn({ file, span, message: reason }, texts)),
        },
      },
    ],
  };
}

function ruleObject(page: RulePage) {
  return {
    id: page.id,
    shortDescription: { text: page.summary },
    fullDescription: { text: page.rationale, markdown: page.rationale },
    helpUri: page.url,
    help: { text: page.rationale, markdown: page.rationale },
    defaultConfiguration: { level: LEVEL[page.severity] },
    properties: {
      tags: ["security", ...page.cwe.map((number) => `external/cwe/cwe-${number}`)],
      "security-severity": SECURITY_SEVERITY[page.severity],
    },
  };
}

function resultsOf(file: CheckedFile, pages: readonly RulePage[], texts: CheckResult["texts"], world: World) {
  const lines = file.text?.lines ?? new LineIndex("");
  const seen = new Map<string, number>();
  return [...file.report.findings, ...(file.report.suppressed ?? [])].map((finding) => {
    const line = lines.line(lines.position(finding.place.span.start).line);
    const print = fingerprint(finding.rule, file.text?.part(line) ?? "", seen);
    return {
      ruleId: finding.rule,
      ruleIndex: pages.findIndex(({ id }) => id === finding.rule),
      level: LEVEL[finding.severity],
      message: { text: `${finding.message}; ${finding.advice}` },
      locations: [{ physicalLocation: { artifactLocation: artifact(file.path, world), region: region(lines, finding.place.span) } }],
      relatedLocations: relatedOf(finding, texts, world),
      partialFingerprints: { "tlslint/v1": print },
      fixes: finding.fixes.map((fix) => fixObject(fix, texts, world)),
      ...(finding.suppressed && { suppressions: [suppression(finding.suppressed)] }),
    };
  });
}

const suppression = ({ by, reason }: NonNullable<Finding["suppressed"]>) => ({
  kind: by === "comment" ? "inSource" : "external",
  status: "accepted",
  justification: reason,
});

function relatedOf(finding: Finding, texts: CheckResult["texts"], world: World) {
  return finding.related.map((related, id) => ({
    id,
    message: { text: related.message },
    physicalLocation: {
      artifactLocation: artifact(related.file, world),
      ...regionIn(related, texts),
    },
  }));
}

function regionIn({ file, span }: Finding["related"][number], texts: CheckResult["texts"]) {
  const text = texts.get(file);
  return text === undefined ? {} : { region: region(text.lines, span) };
}

function fixObject(fix: Fix, texts: CheckResult["texts"], world: World) {
  return {
    description: { text: fix.title },
    artifactChanges: fix.edits.map(({ file, edits }) => {
      const lines = texts.get(file)?.lines ?? new LineIndex("");
      return {
        artifactLocation: artifact(file, world),
        replacements: edits.map((edit) => ({ deletedRegion: region(lines, edit.span), insertedContent: { text: edit.text } })),
      };
    }),
  };
}

function region(lines: LineIndex, span: Span) {
  const start = lines.position(span.start);
  const end = lines.position(span.end);
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

function artifact(path: string, world: World) {
  const shown = world.relative(path);
  return shown === path ? { uri: fileUri(path) } : { uri: encodePath(shown), uriBaseId: "WORKINGDIRECTORY" };
}

const encodePath = (path: string) => path.split("/").map(encodeURIComponent).join("/");
const fileUri = (path: string) => `file://${path.startsWith("/") ? "" : "/"}${encodePath(path).replace(/^(\/?[A-Za-z])%3A/, "$1:")}`;
