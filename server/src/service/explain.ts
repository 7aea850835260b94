/** Why something is, or is not, reported on a line: the facts that are known of it, and what the rules make of them. */
import { LineIndex } from "../base/line-index.ts";
import type { Span } from "../base/span.ts";
import { kindByName } from "../project/index.ts";
import type { Explanation, FileReport } from "./api.ts";
import { explainCode } from "./code/explain-code.ts";
import type { Workspace } from "./workspace.ts";

export interface Explained {
  readonly report: FileReport;
  readonly text: string | undefined;
}

export async function explain(workspace: Workspace, { report, text = "" }: Explained, line: number): Promise<Explanation> {
  const lines = new LineIndex(text);
  const touches = ({ start, end }: Span): boolean =>
    lines.position(start).line < line && lines.position(Math.max(start, end - 1)).line >= line - 1;
  const all = [...report.findings, ...(report.suppressed ?? [])];
  const { file } = report;
  const code = kindByName(file) === "rust" ? await explainCode(workspace, file, touches) : { file: [], facts: [], places: [] };
  const known = [...code.places, ...all.map((it) => it.place.span)].map(({ start }) => lines.position(start).line + 1);
  return {
    file: [
      ...report.gaps.map(({ kind, reason }) => `${kind === "failed" ? "not analysed" : kind}: ${reason}`),
      ...(line > lines.lineCount ? [`the file has ${lines.lineCount} lines`] : []),
      ...code.file,
    ],
    findings: all.filter((it) => touches(it.place.span) || it.related.some((related) => related.file === file && touches(related.span))),
    facts: code.facts,
    known: [...new Set(known)].toSorted((a, b) => a - b),
  };
}
