/**
 * What a run found, as data that needs no file to be understood: what `--format json` prints, what `tlslint merge` reads, and what every
 * other format but `pretty` is made from. `server/schema/report.schema.json` is its published form.
 */
import type { Reissue, Severity } from "../../service/api.ts";
import type { Correction } from "./corrections.ts";

export interface Report extends BriefReport {
  readonly files: readonly ReportedFile[];
}
/** Of a long run: its files come one after the other, once. */
export interface PassingReport extends Omit<Report, "files"> {
  readonly files: Iterable<ReportedFile>;
}
/** What formats see that show no fixes: for them none are made. */
export interface BriefReport {
  readonly version: 1;
  readonly tool: { readonly name: "tlslint"; readonly version: string };
  readonly files: readonly BriefFile[];
  readonly notAnalysed: readonly ReportedGap[];
  readonly counts: Counts;
  /** Of a run that was divided: which of its parts the report is of, so that a merge misses those that it was not given. */
  readonly parts?: readonly ReportedPart[];
  /** Entries of the baseline that nothing matches any more; their paths are relative to it. */
  readonly expired?: readonly { readonly path: string; readonly rule: string; readonly fingerprint: string }[];
}
/** `--shard 2/8`. */
export interface ReportedPart {
  readonly index: number;
  readonly of: number;
  /** Of a merged report: of whose run. */
  readonly repository?: string;
}
export interface ReportedFile extends BriefFile {
  readonly findings: readonly ReportedFinding[];
}
export interface BriefFile {
  /** Relative to the working directory where it lies below it, else absolute; with `/`. */
  readonly path: string;
  /** Of a merged report: whose file it is; the path begins with it. */
  readonly repository?: string;
  /** Who answers for it, by the policy of an organisation. */
  readonly owner?: string;
  readonly findings: readonly BriefFinding[];
  readonly suppressed?: readonly SuppressedFinding[];
}
/** Both count from 1: columns in UTF-16 units, and in UTF-8 bytes where that is another number. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly byteColumn?: number;
}
export interface Range {
  readonly start: Point;
  readonly end: Point;
}
export interface Told {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** Survives moved lines and reworded messages; tells likes in one file apart. */
  readonly fingerprint: string;
}
export interface BriefFinding extends Told {
  readonly help: string;
  readonly notes: readonly string[];
  readonly related: readonly { readonly path: string; readonly message: string; readonly range?: Range }[];
  readonly reissue?: Reissue;
}
export interface ReportedFinding extends BriefFinding {
  readonly fixes: readonly ReportedFix[];
  readonly unfixed?: string;
}
export interface SuppressedFinding extends Told {
  readonly by: "comment" | "configuration" | "baseline" | "policy";
  readonly reason: string;
}
export interface ReportedFix {
  readonly title: string;
  readonly applicability: Correction["applicability"];
  readonly notes: readonly string[];
  readonly edits: readonly { readonly path: string; readonly range: Range; readonly text: string }[];
}
export interface ReportedGap {
  readonly path: string;
  readonly kind: "failed" | "out-of-reach" | "skipped";
  readonly reason: string;
  readonly range?: Range;
  readonly acknowledged?: string;
  /** What is missing are the reports of parts; the next merge works it out anew. */
  readonly missingParts?: true;
}
export interface Counts {
  readonly findings: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly failed: number;
  readonly outOfReach: number;
  readonly acknowledged: number;
  readonly skipped: number;
}
