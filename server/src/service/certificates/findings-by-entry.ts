/** To which object of a certificate file each finding belongs. */
import type { Finding, Inspection, InspectionEntry } from "../api.ts";

/** As many findings as fit, and the number of the others: those of objects that are counted only are no findings of the file itself. */
export function describedFindings(
  { entries, findings, more }: Inspection,
  most: number,
): { readonly findings: readonly Finding[]; readonly moreFindings: number } {
  const reach = more === undefined ? Number.POSITIVE_INFINITY : entries.reduce((end, it) => Math.max(end, it.span.end), 0);
  const described = findings.filter((it) => it.place.span.start < reach).slice(0, most);
  return { findings: described, moreFindings: findings.length - described.length };
}

/** Objects of PKCS#12 lie within it: a finding belongs to the smallest that holds it, and of equal ones to the first; undefined: to none. */
export function findingsByEntry(
  findings: readonly Finding[],
  entries: readonly InspectionEntry[],
): ReadonlyMap<InspectionEntry | undefined, readonly Finding[]> {
  const inner = entries.toReversed().toSorted(({ span: a }, { span: b }) => a.start - b.start || b.end - a.end);
  // How far the entries up to each reach: where none does, there is nothing to look for.
  let reach = 0;
  const reaches = inner.map(({ span }) => {
    reach = Math.max(reach, span.end);
    return reach;
  });
  const found = new Map<InspectionEntry | undefined, Finding[]>();
  let next = 0;
  for (const finding of findings.toSorted((a, b) => a.place.span.start - b.place.span.start)) {
    const { start, end } = finding.place.span;
    while (next < inner.length && (inner[next]?.span.start ?? 0) <= start) next++;
    let at = next - 1;
    while (at >= 0 && (inner[at]?.span.end ?? 0) < end) at = (reaches[at] ?? 0) < end ? -1 : at - 1;
    const entry = inner[at];
    const here = found.get(entry) ?? [];
    here.push(finding);
    found.set(entry, here);
  }
  return found;
}
