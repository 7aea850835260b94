/** A row of a view as plain data, and the rows that views have in common. */
import type { LeftOut, ListedFinding, Located } from "./answers.ts";

export interface Row {
  readonly label: string;
  /** Behind the label, in grey. */
  readonly description?: string;
  /** A line each. */
  readonly tooltip?: readonly string[];
  readonly icon?: RowIcon;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string;
  /** Where a click leads. */
  readonly at?: Located | { readonly uri: string };
  /** What the context menu offers. */
  readonly kind: "certificate" | "revocation-list" | "endpoint" | "place" | "file" | "group" | "more" | "not-analysed";
  /** What "Copy SHA-256 Fingerprint" copies. */
  readonly fingerprint?: string;
  /** What "Copy SPKI Pin" copies. */
  readonly pin?: string;
  /** What "Find Uses" lists. */
  readonly uses?: readonly Located[];
  readonly children?: readonly Row[];
  readonly open?: boolean;
}

export type RowIcon =
  | "error"
  | "warning"
  | "info"
  | "verified"
  | "revocation-list"
  | "server"
  | "client"
  | "configuration"
  | "place"
  | "file"
  | "fact"
  | "more";

/** How a place is shown: `src/main.rs:15`. */
export type Shown = (at: { readonly uri: string; readonly range?: Located["range"] }) => string;

export const findingRow = (finding: ListedFinding, shown: Shown): Row => ({
  kind: "place",
  label: finding.message,
  description: finding.rule,
  tooltip: [finding.message, `${finding.severity}: ${finding.rule}`, shown(finding)],
  icon: iconOf([finding]) ?? "info",
  spoken: `${finding.severity}: ${finding.message}`,
  at: finding,
});

/** The most severe of the findings; undefined where there is nothing to mark. */
export function iconOf(findings: readonly ListedFinding[]): "error" | "warning" | "info" | undefined {
  for (const severity of ["error", "warning", "info"] as const) if (findings.some((it) => it.severity === severity)) return severity;
  return undefined;
}

export const moreRow = (shown: number, total: number, noun: string): readonly Row[] =>
  shown >= total
    ? []
    : [
        {
          kind: "more",
          label: "Show more…",
          description: `${total - shown} more ${noun}`,
          icon: "more",
          spoken: `show more of ${total} ${noun}`,
        },
      ];

/** Last of a list: it may hold more than it shows. Below it the files, and why. */
export function notAnalysedRow(count = 0, files: readonly LeftOut[] = [], shown: Shown = ({ uri }) => uri): readonly Row[] {
  if (count === 0) return [];
  const label = `${counted(count, "file")} not listed in full`;
  const others = count - files.length;
  const children = files.map(({ uri, reason }): Row => {
    const name = shown({ uri });
    return {
      kind: "file",
      label: name,
      description: reason,
      tooltip: [name, reason],
      icon: "file",
      spoken: `${name}, ${reason}`,
      at: { uri },
    };
  });
  const rest: Row = { kind: "not-analysed", label: `and ${counted(others, "more file")}`, icon: "warning" };
  return [
    {
      kind: "not-analysed",
      label,
      icon: "warning",
      spoken: label,
      children: [...children, ...(others > 0 && children.length > 0 ? [rest] : [])],
    },
  ];
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
