/** What changed between two reports, by path and fingerprint, for each repository. What nobody can tell is not called gone. */
import type { Report, ReportedFile } from "../report/report.ts";

export interface Trend {
  /** By name; undefined: files of no named repository. */
  readonly repository: string | undefined;
  readonly in: "both" | "this report" | "the previous report";
  readonly added: number;
  readonly gone: number;
  /** Found again, and suppressed since. */
  readonly suppressed: number;
  /** Of files that could not be analysed this time, and of repositories and parts that this report is not of. */
  readonly unknown: number;
  readonly kept: number;
}

export function trendOf(before: Report, now: Report): readonly Trend[] {
  const [old, present] = [repositories(before), repositories(now)];
  const failed = new Set(now.notAnalysed.flatMap((it) => (it.kind === "failed" ? [it.path] : [])));
  const incomplete = new Set(now.notAnalysed.flatMap((it) => (it.missingParts ? [it.path] : [])));
  return [...new Set([...old.keys(), ...present.keys()])]
    .toSorted((a = "", b = "") => (a < b ? -1 : a > b ? 1 : 0))
    .map((repository): Trend => {
      const [was, is] = [old.get(repository), present.get(repository)];
      const found = identities(is ?? [], "findings");
      const silent = identities(is ?? [], "suppressed");
      const counts = { added: 0, gone: 0, suppressed: 0, unknown: 0, kept: 0 };
      const known = identities(was ?? [], "findings");
      for (const [identity, path] of known) {
        if (found.has(identity)) counts.kept++;
        else if (silent.has(identity)) counts.suppressed++;
        else if (is === undefined || failed.has(path) || incomplete.has(repository ?? ".")) counts.unknown++;
        else counts.gone++;
      }
      for (const identity of found.keys()) if (!known.has(identity)) counts.added++;
      return { repository, in: is === undefined ? "the previous report" : was === undefined ? "this report" : "both", ...counts };
    });
}

function repositories({ files }: Report): ReadonlyMap<string | undefined, readonly ReportedFile[]> {
  const found = new Map<string | undefined, ReportedFile[]>();
  for (const file of files) {
    const known = found.get(file.repository);
    if (known === undefined) found.set(file.repository, [file]);
    else known.push(file);
  }
  return found;
}

/** Each with its path. */
const identities = (files: readonly ReportedFile[], which: "findings" | "suppressed"): ReadonlyMap<string, string> =>
  new Map(files.flatMap((file) => (file[which] ?? []).map((it) => [`${file.path}\n${it.fingerprint}`, file.path] as const)));
