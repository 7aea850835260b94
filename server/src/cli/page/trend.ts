/** What changed between two reports, by path and fingerprint. */
import type { Report } from "../report/report.ts";

export interface Trend {
  readonly added: number;
  readonly gone: number;
  readonly kept: number;
}

export function trendOf(before: Report, now: Report): Trend {
  const [old, present] = [identities(before), identities(now)];
  const kept = [...present].filter((it) => old.has(it)).length;
  return { added: present.size - kept, gone: old.size - kept, kept };
}

const identities = ({ files }: Report): ReadonlySet<string> =>
  new Set(files.flatMap(({ path, findings }) => findings.map((it) => `${path}\n${it.fingerprint}`)));
