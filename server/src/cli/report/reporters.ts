/** What writes each format: the compiler holds the table complete. Each is loaded when it is asked for. */
import type { CheckResult } from "../check-result.ts";
import type { Pieces } from "../pieces.ts";
import type { Paint } from "../terminal.ts";
import type { World } from "../world.ts";
import type { Around, BriefWriter, FixingFormat, Format, ReportFormat, ReportWriter } from "./formats.ts";
import type { Report } from "./report.ts";
import { passingReportOf, reportOf } from "./report-of.ts";

const WRITERS = {
  concise: async () => (await import("./concise.ts")).conciseReport,
  json: async () => (await import("./json.ts")).jsonReport,
  "json-lines": async () => (await import("./json.ts")).jsonLinesReport,
  sarif: async () => (await import("./sarif.ts")).sarifReport,
  github: async () => (await import("./github.ts")).githubReport,
  gitlab: async () => (await import("./gitlab.ts")).gitlabReport,
  junit: async () => (await import("./junit.ts")).junitReport,
  rdjson: async () => (await import("./rdjson.ts")).rdjsonReport,
  azure: async () => (await import("./azure.ts")).azureReport,
  checkstyle: async () => (await import("./checkstyle.ts")).checkstyleReport,
  markdown: async () => (await import("./markdown.ts")).markdownReport,
} satisfies { readonly [F in ReportFormat]: () => Promise<F extends FixingFormat ? ReportWriter : BriefWriter> };

export async function written(format: ReportFormat, report: Report, around: Around): Promise<string | Pieces> {
  return (await WRITERS[format]())(report, around);
}

export async function resultText(
  format: Format,
  result: CheckResult,
  around: Around,
  world: World,
  paint: Paint,
): Promise<string | Pieces> {
  if (format === "pretty") return (await import("./pretty.ts")).prettyReport(result, world, paint);
  if (format === "json") return (await import("./json.ts")).jsonReport(passingReportOf(result, world.relative));
  return written(format, reportOf(result, world.relative), around);
}
