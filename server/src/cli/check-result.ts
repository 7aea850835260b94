/** What `tlslint check` found, as the reports tell it. */
import type { FileReport, Gap, ShownText } from "../service/api.ts";
import type { Shard } from "./shards.ts";

/** One linted file with the text that its spans refer to. */
export interface CheckedFile {
  readonly path: string;
  readonly text: ShownText | undefined;
  readonly report: FileReport;
}
export interface CheckResult {
  readonly files: readonly CheckedFile[];
  /** What was not analysed beside the files above, such as folders that cannot be read. */
  readonly around: readonly Gap[];
  /** All that was not analysed. */
  readonly gaps: readonly Gap[];
  /** Whether what lies out of reach counts as not analysed. */
  readonly strict: boolean;
  /** Which part of a divided run it is. */
  readonly part?: Shard;
  /** Entries of the baseline that nothing matches any more. */
  readonly expired?: readonly { readonly path: string; readonly rule: string; readonly fingerprint: string }[];
  /** A file that was asked for beside the report could not be written. */
  readonly unwritten?: boolean;
  /** Of all files that a finding, a related place or an edit lies in. */
  readonly texts: ReadonlyMap<string, ShownText>;
}
