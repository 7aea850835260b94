/** The words of the language status: how much was found in the document in front, what was not looked at, and what is kept quiet. */
import { unlinked } from "./unlinked.ts";

/** What is not reported of a document because comments or the configuration say so. */
export interface Silenced {
  readonly comments: number;
  readonly configuration: number;
  /** Of both, those that would be errors. */
  readonly errors: number;
  /** Why the document is not linted at all, where the configuration leaves it out. */
  readonly skipped: string | null;
}

export interface Linted {
  readonly findings: number;
  /** Why the document was not analysed. */
  readonly failed?: string;
  readonly outOfReach: readonly string[];
  readonly silenced: Silenced | undefined;
  readonly trusted: boolean;
}

export interface Status {
  readonly text: string;
  readonly detail: string;
  readonly warning: boolean;
}

/** A workspace that nobody has said to trust does not silence errors unseen. */
export function statusOf({ findings, failed, outOfReach, silenced, trusted }: Linted): Status {
  if (failed !== undefined) return { text: "TLS: not analysed", detail: unlinked(failed), warning: true };
  const weakened = !trusted && silenced !== undefined && (silenced.errors > 0 || silenced.skipped !== null);
  const parts = [
    findings === 0 ? "no findings" : counted(findings, "finding"),
    ...(outOfReach.length === 0 ? [] : [`${outOfReach.length} out of reach`]),
    ...(weakened ? [`this workspace silences ${silenced.skipped === null ? counted(silenced.errors, "error") : "this file"}`] : []),
  ];
  const details = [outOfReach[0] ?? "", silenced === undefined ? "" : detailOf(silenced)];
  // Reasons quote code and names of files.
  const detail = unlinked(details.filter((it) => it !== "").join("; "));
  return { text: `TLS: ${parts.join(", ")}`, detail, warning: weakened };
}

function detailOf({ comments, configuration, skipped }: Silenced): string {
  if (skipped !== null) return `not linted: ${skipped}`;
  const parts = [
    ...(comments === 0 ? [] : [`${comments} by comments`]),
    ...(configuration === 0 ? [] : [`${configuration} by the configuration`]),
  ];
  return parts.length === 0 ? "" : `suppressed: ${parts.join(", ")}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
