/** `import { lint } from "tlslint"`: the linter for build tools. The answer is what `tlslint check --format json` prints. */

export interface LintOptions {
  /** Files and folders, relative to `cwd`; without any, `cwd` itself. */
  readonly paths?: readonly string[];
  /** The folder that paths in the report are relative to; without it, the process's. */
  readonly cwd?: string;
  /** A `tlslint.toml` that holds instead of all others. */
  readonly configuration?: string;
  /** When certificates are judged; without it, now. */
  readonly now?: Date;
}

/**
 * Lints, and changes nothing. Rejects with an `Error` where the configuration cannot be used; what was not analysed is in
 * `notAnalysed`, and "failed" there means that nobody knows whether the file is in order.
 */
export function lint(options?: LintOptions): Promise<Report>;

export type Severity = "error" | "warning" | "info" | "hint";

/** `server/schema/report.schema.json` describes it. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: "tlslint"; readonly version: string };
  readonly files: readonly ReportedFile[];
  readonly notAnalysed: readonly ReportedGap[];
  readonly counts: {
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
    readonly failed: number;
    readonly outOfReach: number;
    readonly acknowledged: number;
    readonly skipped: number;
  };
  /** Never of a run of `lint`, which is whole. */
  readonly parts?: readonly { readonly index: number; readonly of: number; readonly repository?: string }[];
  readonly expired?: readonly { readonly path: string; readonly rule: string; readonly fingerprint: string }[];
}
export interface ReportedFile {
  readonly path: string;
  readonly repository?: string;
  readonly owner?: string;
  readonly findings: readonly ReportedFinding[];
  readonly suppressed?: readonly SuppressedFinding[];
}
/** Counted from 1; columns in UTF-16 units, and in UTF-8 bytes where that is another number. */
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
  readonly fingerprint: string;
}
export interface ReportedFinding extends Told {
  readonly help: string;
  readonly notes: readonly string[];
  readonly related: readonly { readonly path: string; readonly message: string; readonly range?: Range }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly applicability: "safe" | "review";
    readonly notes: readonly string[];
    readonly edits: readonly { readonly path: string; readonly range: Range; readonly text: string }[];
  }[];
  readonly unfixed?: string;
  readonly reissue?: { readonly openssl: string; readonly step?: string };
}
export interface SuppressedFinding extends Told {
  readonly by: "comment" | "configuration" | "baseline" | "policy";
  readonly reason: string;
}
export interface ReportedGap {
  readonly path: string;
  readonly kind: "failed" | "out-of-reach" | "skipped";
  readonly reason: string;
  readonly range?: Range;
  readonly acknowledged?: string;
  readonly missingParts?: true;
}
