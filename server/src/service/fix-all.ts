/** Many fixes at once: the largest set, in source order, of one fix a finding whose edits do not conflict. */
import { conflict, type TextEdit, withoutDuplicates } from "../base/text-edit.ts";
import type { Finding, Fix } from "./api.ts";

export interface CombinedFix {
  readonly applied: readonly { readonly finding: Finding; readonly fix: Fix }[];
  /** Left out because they touch what another one changes; linting the result again offers them anew. */
  readonly postponed: readonly Finding[];
  /** Edits by file, free of conflicts and duplicates. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}

/** `review`: fixes that a person has to look at count, too. */
export function combineFixes(findings: readonly Finding[], allowed: "safe" | "review"): CombinedFix {
  const applied: { finding: Finding; fix: Fix }[] = [];
  const postponed: Finding[] = [];
  const edits = new Map<string, TextEdit[]>();
  for (const finding of [...findings].sort((a, b) => a.place.span.start - b.place.span.start)) {
    const candidates = finding.fixes.filter((fix) => allowed === "review" || fix.applicability === "safe");
    const fix = candidates.find((it) => it.preferred) ?? candidates[0];
    if (!fix) continue;
    if (fix.edits.some(({ file, edits: wanted }) => wanted.some((edit) => clashes(edit, edits.get(file) ?? [])))) {
      postponed.push(finding);
      continue;
    }
    applied.push({ finding, fix });
    for (const { file, edits: wanted } of fix.edits) edits.set(file, withoutDuplicates([...(edits.get(file) ?? []), ...wanted]));
  }
  return { applied, postponed, edits };
}

const clashes = (edit: TextEdit, taken: readonly TextEdit[]): boolean =>
  taken.some(
    (other) =>
      conflict(edit, other) && !(edit.span.start === other.span.start && edit.span.end === other.span.end && edit.text === other.text),
  );
