/** Gaps that leave a run open: what its exit status follows from is an entry in every format. */
import type { ReportedGap } from "./report.ts";

/** `strict`: what lies out of reach counts, too. */
export const leavesOpen = ({ kind, acknowledged }: ReportedGap, strict: boolean): boolean =>
  acknowledged === undefined && (kind === "failed" || (strict && kind === "out-of-reach"));
