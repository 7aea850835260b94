/** What came of reading the workspace, in a line for the status and in a report for issues: no name of a file, no text of one. */

/** As the server tells it (`server/src/lsp/summary.ts`). */
export interface Summary {
  readonly version: string;
  /** The user did not cancel it. */
  readonly complete: boolean;
  readonly roots: readonly { readonly uri: string }[];
  readonly files: number;
  readonly certificates: number;
  readonly findings: readonly { readonly rule: string; readonly severity: "error" | "warning" | "info" | "hint"; readonly count: number }[];
  readonly notAnalysed: number;
  readonly outOfReach: number;
  readonly crates: readonly { readonly name: string; readonly versions: readonly string[] }[];
  readonly milliseconds: number;
}

/** `TLS: 2 problems · 41 files · 6 certificates · 0.3 s`. Hints are no problems, as in the editor's own count. */
export function summaryLine(summary: Summary): string {
  const { complete, files, certificates, notAnalysed, milliseconds } = summary;
  const problems = problemsIn(summary);
  return `TLS: ${[
    ...(complete ? [] : [`cancelled after ${counted(files, "file")}`]),
    problems === 0 ? "no problems" : counted(problems, "problem"),
    ...(complete ? [counted(files, "file")] : []),
    counted(certificates, "certificate"),
    ...(notAnalysed === 0 ? [] : [`${notAnalysed} not analysed`]),
    seconds(milliseconds),
  ].join(" · ")}`;
}

/** `summary`: of this run of the server, undefined while there is none. `warning`: something was not analysed. */
export function workspaceStatus(
  server: "starting" | "running" | "stopped",
  summary: Summary | undefined,
): { readonly text: string; readonly warning: boolean } {
  if (server === "stopped") return { text: "TLS: workspace not analysed", warning: true };
  if (summary === undefined) return { text: "TLS: analysing the workspace", warning: false };
  return { text: summaryLine(summary), warning: !summary.complete || summary.notAnalysed > 0 };
}

export interface Surroundings {
  readonly editor: string;
  readonly platform: string;
  readonly server: string;
  readonly trusted: boolean;
}

/** `summary`: undefined while the workspace is analysed. */
export function reportText(summary: Summary | undefined, { editor, platform, server, trusted }: Surroundings): string {
  const lines = [
    `tlslint ${summary?.version ?? "(version unknown)"}, ${editor}, ${platform}`,
    `server: ${server}; workspace: ${trusted ? "trusted" : "restricted"}`,
  ];
  if (summary === undefined) return `${[...lines, "workspace analysis has not finished"].join("\n")}\n`;
  const { complete, roots, files, certificates, notAnalysed, outOfReach, findings, crates, milliseconds } = summary;
  return `${[
    ...lines,
    ...(complete ? [] : ["workspace analysis was cancelled"]),
    `read: ${counted(files, "file")} and ${counted(certificates, "certificate")} in ${counted(roots.length, "folder")}, ${seconds(milliseconds)}`,
    `not analysed: ${notAnalysed}; out of reach: ${outOfReach}`,
    `crates: ${crates.map(({ name, versions }) => `${name} ${versions.join(", ")}`).join("; ") || "none known"}`,
    findings.length === 0 ? "findings: none" : "findings:",
    ...findings.map(({ severity, rule, count }) => `  ${severity.padEnd(8)} ${rule} × ${count}`),
  ].join("\n")}\n`;
}

const problemsIn = ({ findings }: Summary): number =>
  findings.filter((it) => it.severity !== "hint").reduce((sum, { count }) => sum + count, 0);

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
