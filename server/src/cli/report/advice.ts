/** What formats with one text for a finding say below its message: help and notes, each a line of its own, as the terminal has them. */
import type { BriefFinding } from "./report.ts";

export const adviceOf = ({ help, notes }: Pick<BriefFinding, "help" | "notes">): readonly string[] => [
  `help: ${help}`,
  ...notes.map((it) => `note: ${it}`),
];

/** The message is the first line. */
export const wholeText = (finding: Pick<BriefFinding, "message" | "help" | "notes">): string =>
  [finding.message, ...adviceOf(finding)].join("\n");
