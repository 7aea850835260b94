/**
 * Which parts of a divided run have no report among those that are merged: what such a part would have said, nobody knows, so it is a gap.
 * It is worked out anew by every merge, for the next one may have it.
 */
import type { ReportedGap, ReportedPart } from "./report.ts";

/** `parts`: each once, in order. */
export function missingParts(parts: readonly ReportedPart[]): readonly ReportedGap[] {
  const runs = new Map<string, readonly ReportedPart[]>();
  for (const it of parts) {
    const run = `${it.of}\n${it.repository ?? ""}`;
    runs.set(run, [...(runs.get(run) ?? []), it]);
  }
  return [...runs.values()].flatMap((run) => {
    const [{ of, repository = "." }] = [run[0] ?? { of: 0 }];
    const there = new Set(run.map((it) => it.index));
    const missing: number[] = [];
    for (let index = 1; index <= of && missing.length <= MOST_NAMED; index++) if (!there.has(index)) missing.push(index);
    if (missing.length === 0) return [];
    return [
      {
        path: repository,
        kind: "failed",
        reason: reasonOf(missing.slice(0, MOST_NAMED), of - there.size, of),
        missingParts: true,
      } as const,
    ];
  });
}

/** Of very many nobody reads each. */
const MOST_NAMED = 20;

function reasonOf(named: readonly number[], count: number, of: number): string {
  if (count === 1) return `part ${named[0]} of ${of} is missing`;
  const rest = count - named.length;
  const words = rest > 0 ? [...named, `${rest} more`] : named;
  return `parts ${words.slice(0, -1).join(", ")} and ${words.at(-1)} of ${of} are missing`;
}
