/** The formats of `--format`, and what each of their writers is given. */
import type { Severity } from "../../service/api.ts";
import type { Pieces } from "../pieces.ts";
import type { BriefReport, Report } from "./report.ts";

export const FORMATS = [
  "pretty",
  "concise",
  "json",
  "json-lines",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "rdjson",
  "azure",
  "checkstyle",
  "markdown",
] as const;
export type Format = (typeof FORMATS)[number];

/** All formats but the one that shows code, which is not in a report. */
export type ReportFormat = Exclude<Format, "pretty">;
export const REPORT_FORMATS: readonly ReportFormat[] = FORMATS.filter((it) => it !== "pretty");

/** Formats that show how findings are fixed. Writers of the others see reports without fixes, so that none have to be made. */
const FIXING = ["json", "json-lines", "sarif", "rdjson"] as const satisfies readonly ReportFormat[];
export type FixingFormat = (typeof FIXING)[number];
export const showsFixes = (format: Format): boolean => format === "pretty" || FIXING.some((it) => it === format);

/** Formats whose lines are commands to a CI system, which is what no other text may be. */
export const isCommandLog = (format: Format): boolean => format === "github" || format === "azure";

/** What a format may want to know beside the report. */
export interface Around {
  /** What relative paths are relative to; unknown where reports of several machines were merged. */
  readonly cwd?: string;
  /** What lies out of reach counts as not analysed. */
  readonly strict: boolean;
  /** From which severity on the run fails. */
  readonly failOn: Severity;
  /** Tells the runs of one commit apart, such as `1-of-4`. */
  readonly part?: string;
  readonly now: number;
}

/** Most formats are made from the report alone, so that a merged one can be told in any of them. Pieces are of whole lines. */
export type ReportWriter = (report: Report, around: Around) => string | Pieces;
export type BriefWriter = (report: BriefReport, around: Around) => string | Pieces;
