/** Findings as SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes of it. */
import { gzipSync } from "node:zlib";
import { jsonText } from "../../base/visible.ts";
import type { Severity } from "../../service/api.ts";
import { type RulePage, rulePages } from "../../service/rule-pages.ts";
import { SEVERITIES } from "../loud.ts";
import { VERSION } from "../version.ts";
import { wholeText } from "./advice.ts";
import type { Around } from "./formats.ts";
import { leavesOpen } from "./open-gaps.ts";
import type { Range, Report, ReportedFinding, ReportedFix, ReportedGap, SuppressedFinding } from "./report.ts";

const LEVEL = { error: "error", warning: "warning", info: "note", hint: "note" } as const satisfies Record<Severity, string>;

/** The scale of code scanning services: critical from 9.0, high from 7.0, medium from 4.0, low below. */
const SECURITY_SEVERITY = { error: "9.1", warning: "6.5", info: "3.0", hint: "1.0" } as const satisfies Record<Severity, string>;

/** What GitHub takes of a run; of a file with more it takes nothing. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 1_000;
/** In bytes, packed as GitHub has it sent. */
const LARGEST = 10_000_000;

export function sarifReport(report: Report, around: Around): string {
  const found = report.files.flatMap(({ path, findings, suppressed = [] }) => [...findings, ...suppressed].map((it) => ({ path, ...it })));
  for (let most = MOST_RESULTS; ; ) {
    const chosen = loudest(found, most);
    const text = logText(report, chosen, around);
    const size = text.length <= LARGEST ? text.length : gzipSync(text).length;
    if (size <= LARGEST || chosen.kept.length === 0) return text;
    most = Math.floor((chosen.kept.length * 0.9 * LARGEST) / size);
  }
}

/** Results that are told, and how many are not. */
interface Chosen {
  readonly kept: readonly Located[];
  readonly left: number;
}

function logText({ notAnalysed, tool, expired }: Report, { kept, left }: Chosen, { cwd, strict, part }: Around): string {
  const pages = rulePages();
  const indices = new Map(pages.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: VERSION,
            semanticVersion: VERSION,
            rules: pages.map(ruleObject),
            notifications: NOTIFICATIONS,
          },
        },
        automationDetails: { id: part === undefined ? "tlslint/" : `tlslint/${part}/` },
        columnKind: "utf16CodeUnits",
        ...(cwd !== undefined && { originalUriBaseIds: { WORKINGDIRECTORY: { uri: `${fileUri(cwd)}/` } } }),
        invocations: [
          {
            executionSuccessful: !notAnalysed.some((it) => leavesOpen(it, strict)),
            toolExecutionNotifications: [
              ...notAnalysed.map((it) => notification(it, strict)),
              ...(left > 0 ? [cutNotification(left)] : []),
            ],
          },
        ],
        results: kept.map((it) => ({ ...resultOf(it, indices), ...(expired && { baselineState: isOld(it) ? "unchanged" : "new" }) })),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

type Located = { readonly path: string } & (ReportedFinding | SuppressedFinding);

/** In the order of the files; where there are too many, the quiet and the suppressed ones go first. */
function loudest(found: readonly Located[], most: number): Chosen {
  if (found.length <= most) return { kept: found, left: 0 };
  const weight = (it: Located): number => SEVERITIES.indexOf(it.severity) + ("by" in it ? SEVERITIES.length : 0);
  const kept = new Set(found.toSorted((a, b) => weight(a) - weight(b)).slice(0, most));
  return { kept: found.filter((it) => kept.has(it)), left: found.length - most };
}

const NOTIFICATIONS = [
  { id: "failed", shortDescription: { text: "something that was asked for was not analysed" } },
  { id: "out-of-reach", shortDescription: { text: "it is out of reach, such as generated code" } },
  { id: "skipped", shortDescription: { text: "it is not a kind of file that is linted, or the configuration excludes it" } },
  { id: "results-left-out", shortDescription: { text: "there are more results than code scanning takes" } },
] as const;

function notification(gap: ReportedGap, strict: boolean) {
  const { path, kind, reason, range, acknowledged } = gap;
  const label = kind === "failed" ? "not analysed" : kind.replaceAll("-", " ");
  const known = acknowledged === undefined ? "" : ` (acknowledged: ${acknowledged})`;
  return {
    descriptor: { id: kind },
    level: leavesOpen(gap, strict) ? "error" : "note",
    message: { text: `${label}: ${reason}${known}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), ...(range && { region: region(range) }) } }],
  };
}

const cutNotification = (left: number) => ({
  descriptor: { id: "results-left-out" },
  level: "warning",
  message: {
    text: `${left} result${left === 1 ? " is" : "s are"} left out: code scanning takes ${MOST_RESULTS} and 10 MB; \`--shard\` divides a run`,
  },
});

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

function resultOf(finding: Located, indices: ReadonlyMap<string, number>) {
  const { rule, severity, message, range, fingerprint, path } = finding;
  const index = indices.get(rule);
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: LEVEL[severity],
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: region(range) } }],
    partialFingerprints: { "tlslint/v1": fingerprint },
    ...("by" in finding
      ? { message: { text: message }, suppressions: [suppression(finding)] }
      : {
          message: { text: wholeText(finding) },
          properties: { help: finding.help, notes: finding.notes },
          relatedLocations: relatedOf(finding),
          fixes: finding.fixes.filter(({ edits }) => edits.length > 0).map(fixObject),
        }),
  };
}

const isOld = (it: Located): boolean => "by" in it && it.by === "baseline";

const suppression = ({ by, reason }: SuppressedFinding) => ({
  kind: by === "comment" ? "inSource" : "external",
  status: "accepted",
  justification: reason,
});

const relatedOf = ({ related }: ReportedFinding) =>
  related.slice(0, MOST_LOCATIONS - 1).map(({ path, message, range }, id) => ({
    id,
    message: { text: message },
    physicalLocation: { artifactLocation: artifact(path), ...(range && { region: region(range) }) },
  }));

function fixObject({ title, edits }: ReportedFix) {
  return {
    description: { text: title },
    artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
      artifactLocation: artifact(path),
      replacements: edits
        .filter((it) => it.path === path)
        .map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
    })),
  };
}

const region = ({ start, end }: Range) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

/** Only what lies outside of the working directory is absolute. */
const artifact = (path: string) =>
  path.startsWith("/") || /^[A-Za-z]:\//.test(path) ? { uri: fileUri(path) } : { uri: encodePath(path), uriBaseId: "WORKINGDIRECTORY" };

const encodePath = (path: string) => path.split("/").map(encodeURIComponent).join("/");
const fileUri = (path: string) => `file://${path.startsWith("/") ? "" : "/"}${encodePath(path).replace(/^(\/?[A-Za-z])%3A/, "$1:")}`;
