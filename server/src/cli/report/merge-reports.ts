/**
 * The union of reports: of files by path, and in each file of findings. It is associative, commutative and idempotent, for it is a union
 * of sets in one order; counts are worked out from what the union holds.
 */
import { countsOf } from "./counts.ts";
import { missingParts } from "./missing-parts.ts";
import type { Range, Report, ReportedFile, ReportedGap } from "./report.ts";

export function mergeReports(reports: readonly Report[]): Report {
  const byPath = new Map<string, ReportedFile[]>();
  for (const file of reports.flatMap((it) => it.files)) {
    const key = `${file.repository ?? ""}\n${file.path}`;
    const known = byPath.get(key);
    if (known === undefined) byPath.set(key, [file]);
    else known.push(file);
  }
  const files = [...byPath.values()]
    .map(mergeFiles)
    .toSorted((a, b) => compare(a.path, b.path) || compare(a.repository ?? "", b.repository ?? ""));
  const parts = union(reports.flatMap((it) => it.parts ?? [])).toSorted(
    (a, b) => compare(a.repository ?? "", b.repository ?? "") || a.of - b.of || a.index - b.index,
  );
  const gaps = reports.flatMap((it) => it.notAnalysed.filter((gap) => gap.missingParts === undefined));
  const notAnalysed = union([...gaps, ...missingParts(parts)]).toSorted(
    (a, b) => compare(a.path, b.path) || compare(canonical(a), canonical(b)),
  );
  const expired = union(reports.flatMap((it) => it.expired ?? [])).toSorted((a, b) => compare(canonical(a), canonical(b)));
  const versions = reports.map((it) => it.tool.version).toSorted(byVersion);
  return {
    version: 1,
    tool: { name: "tlslint", version: versions.at(-1) ?? "" },
    files,
    notAnalysed,
    counts: countsOf(files, notAnalysed),
    ...(parts.length > 0 && { parts }),
    ...(reports.some((it) => it.expired !== undefined) && { expired }),
  };
}

function mergeFiles(files: readonly ReportedFile[]): ReportedFile {
  const [{ path, repository }] = [files[0] ?? { path: "", repository: undefined }];
  const inOrder = <T extends { readonly range: Range }>(items: readonly T[]): readonly T[] =>
    union(items).toSorted((a, b) => order(a.range, b.range) || compare(canonical(a), canonical(b)));
  const [owner] = files.flatMap((it) => it.owner ?? []).toSorted(compare);
  const suppressed = inOrder(files.flatMap((it) => it.suppressed ?? []));
  return {
    path,
    ...(repository !== undefined && { repository }),
    ...(owner !== undefined && { owner }),
    findings: inOrder(files.flatMap((it) => it.findings)),
    ...(suppressed.length > 0 && { suppressed }),
  };
}

export const pathBelow = (repository: string, path: string): string =>
  path.startsWith("/") || /^[A-Za-z]:\//.test(path) ? path : `${repository}/${path}`;

/** All paths of a report below a name, which is that of its repository. */
export function placedBelow(repository: string, report: Report): Report {
  const place = (path: string): string => pathBelow(repository, path);
  const gap = (it: ReportedGap): ReportedGap => ({ ...it, path: place(it.path) });
  return {
    ...report,
    files: report.files.map((file) => ({
      ...file,
      repository,
      path: place(file.path),
      findings: file.findings.map((it) => ({
        ...it,
        related: it.related.map((related) => ({ ...related, path: place(related.path) })),
        fixes: it.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, path: place(edit.path) })) })),
      })),
    })),
    notAnalysed: report.notAnalysed.map(gap),
    ...(report.parts !== undefined && {
      parts: report.parts.map((it) => ({
        ...it,
        repository: it.repository === undefined ? repository : `${repository}/${it.repository}`,
      })),
    }),
  };
}

function union<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((it) => [canonical(it), it])).values()];
}

/** The same for the same content, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => compare(a, b)))
      : it,
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const order = (a: Range, b: Range): number =>
  a.start.line - b.start.line || a.start.column - b.start.column || a.end.line - b.end.line || a.end.column - b.end.column;

const byVersion = (a: string, b: string): number => {
  const numbers = (text: string): readonly number[] => text.split(/[.+-]/).map((it) => Number(it) || 0);
  const [left, right] = [numbers(a), numbers(b)];
  const at = left.findIndex((it, index) => it !== right[index]);
  return at < 0 ? compare(a, b) : (left[at] ?? 0) - (right[at] ?? 0) || compare(a, b);
};
