/** A file of which nothing is told but why it was not analysed. */
import type { FileReport, Gap } from "./api.ts";

export const EXCLUDED = "the configuration excludes it";

export const missed = (
  file: string,
  kind: Gap["kind"],
  reason: string,
): { readonly report: FileReport; readonly uses: readonly never[] } => ({
  report: { file, findings: [], gaps: [{ file, kind, reason }] },
  uses: [],
});
