/** `import { lint } from "tlslint"`: the linter for build tools. The answer is what `tlslint check --format json` prints. */

export interface LintOptions {
  /** Files and folders, relative to `cwd`; without any, `cwd` itself. One that is not there is a "failed" entry of `notAnalysed`. */
  readonly paths?: readonly string[];
  /** The folder that paths in the report are relative to; without it, the process's. */
  readonly cwd?: string;
  /** A `tlslint.toml`, relative to `cwd`, that holds instead of all others. */
  readonly configuration?: string;
  /** When certificates are judged; without it, now. */
  readonly now?: Date;
}

/**
 * Lints, and changes nothing. Rejects with a `TypeError` where an option is unknown or of another type, and with an `Error` where `cwd` is no
 * folder or the configuration cannot be used. Whatever else goes wrong is in the answer: what was not analysed is in `notAnalysed`, and
 * "failed" there means that nobody knows whether the file is in order.
 */
export function lint(options?: LintOptions): Promise<Report>;

/** `error`: verification is off · `warning`: a reviewer would ask for a change · `info`: worth knowing · `hint`: guarded or test code. */
export type Severity = "error" | "warning" | "info" | "hint";

/** What a run found. `server/schema/report.schema.json` describes it as JSON. */
export interface Report {
  readonly version: 1;
  readonly tool: { readonly name: "tlslint"; readonly version: string };
  /** Every file that was looked at, with or without findings. */
  readonly files: readonly ReportedFile[];
  /** What was not analysed: an empty `files` alone says nothing. */
  readonly notAnalysed: readonly ReportedGap[];
  readonly counts: {
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
    readonly failed: number;
    readonly outOfReach: number;
    readonly acknowledged: number;
    readonly skipped: number;
  };
  /** Of merged and divided runs; never of a run of `lint`, which is whole. */
  readonly parts?: readonly { readonly index: number; readonly of: number; readonly repository?: string }[];
  /** Of runs with a baseline; never of a run of `lint`, which has none. */
  readonly expired?: readonly { readonly path: string; readonly rule: string; readonly fingerprint: string }[];
}
/** A file that was looked at. */
export interface ReportedFile {
  /** Relative to `cwd` where it lies below it, else absolute; with `/`. */
  readonly path: string;
  /** Of merged reports: whose it is. */
  readonly repository?: string;
  /** Who answers for it, by a policy. */
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
/** The end is exclusive. */
export interface Range {
  readonly start: Point;
  readonly end: Point;
}
/** What findings have in common, suppressed or not. */
export interface Told {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** Survives moved lines and reworded messages; unique within a file. */
  readonly fingerprint: string;
}
/** A finding with what to do about it. */
export interface ReportedFinding extends Told {
  readonly help: string;
  readonly notes: readonly string[];
  readonly related: readonly { readonly path: string; readonly message: string; readonly range?: Range }[];
  /** Only `safe` ones need no review: whoever talks with the program today still can. Each one's edits belong together. */
  readonly fixes: readonly {
    readonly title: string;
    readonly applicability: "safe" | "review";
    readonly notes: readonly string[];
    readonly edits: readonly { readonly path: string; readonly range: Range; readonly text: string }[];
  }[];
  /** Why there is no fix. */
  readonly unfixed?: string;
  /** Commands that issue the certificate again. */
  readonly reissue?: { readonly openssl: string; readonly step?: string };
}
/** A finding that somebody allowed, and why. */
export interface SuppressedFinding extends Told {
  readonly by: "comment" | "configuration" | "baseline" | "policy";
  readonly reason: string;
}
/** What was not analysed: `failed` was asked for, `out-of-reach` nothing here could see, `skipped` is not for the linter. */
export interface ReportedGap {
  readonly path: string;
  readonly kind: "failed" | "out-of-reach" | "skipped";
  readonly reason: string;
  readonly range?: Range;
  /** Why the configuration says that it is in order. */
  readonly acknowledged?: string;
  /** Of merged reports: parts of a run are missing. */
  readonly missingParts?: true;
}
