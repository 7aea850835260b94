/** What `tlslint check` found, as the reports tell it. */
import type { FileReport } from "../service/api.ts";

/** One linted file with the text that its spans refer to. */
export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly report: FileReport;
}
export interface CheckResult {
  readonly files: readonly CheckedFile[];
  /** Files that were asked for and could not even be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Of all files that a finding, a related place or an edit lies in. */
  readonly texts: ReadonlyMap<string, string>;
}
