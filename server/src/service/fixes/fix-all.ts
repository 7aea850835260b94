/** One round of fixing: the fixes that can be made at once, one a finding, in the order of the text. */
import { sameSpan } from "../../base/span.ts";
import { conflict, type TextEdit, withoutDuplicates } from "../../base/text-edit.ts";
import type { Finding, Fix } from "../api.ts";

export interface CombinedFix {
  readonly applied: readonly { readonly finding: Finding; readonly fix: Fix }[];
  /** Edits by file, free of conflicts and duplicates. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}

/**
 * What touches another fix's place waits for the next round, and so does what changes the same statement: each is laid out on what
 * the last one left. `texts`: of the files that are changed.
 */
export function combineFixes(findings: readonly Finding[], texts: ReadonlyMap<string, string>): CombinedFix {
  const applied: { finding: Finding; fix: Fix }[] = [];
  const edits = new Map<string, TextEdit[]>();
  for (const finding of [...findings].sort(byPlace)) {
    const fix = finding.fixes.find((it) => it.preferred) ?? finding.fixes[0];
    if (!fix) continue;
    const others = applied.map((it) => it.fix);
    if (
      others.some((it) => countsOn(it, fix) || countsOn(fix, it)) ||
      [...(fix.lost ?? [])].some(([name, it]) => lostBy(others, name) > 0 && lostBy(others, name) + it.lost >= it.had) ||
      fix.edits.some(({ file, edits: wanted }) => wanted.some((edit) => clashes(edit, edits.get(file) ?? [], texts.get(file))))
    )
      continue;
    applied.push({ finding, fix });
    for (const { file, edits: wanted } of fix.edits) edits.set(file, withoutDuplicates([...(edits.get(file) ?? []), ...wanted]));
  }
  return { applied, edits };
}

/** Whether one fix writes a name that the other takes away. */
const countsOn = ({ edits }: Fix, { gone = [] }: Fix): boolean =>
  gone.length > 0 && edits.some((it) => it.edits.some(({ text }) => (text.match(/\w+/g) ?? []).some((word) => gone.includes(word))));

const lostBy = (fixes: readonly Fix[], name: string): number => fixes.reduce((sum, it) => sum + (it.lost?.get(name)?.lost ?? 0), 0);

const byPlace = ({ place: a }: Finding, { place: b }: Finding): number =>
  a.file === b.file ? a.span.start - b.span.start : a.file < b.file ? -1 : 1;

const clashes = (edit: TextEdit, taken: readonly TextEdit[], text: string | undefined): boolean =>
  taken.some((other) => !isSame(edit, other) && (conflict(edit, other) || (text !== undefined && inOneStatement(edit, other, text))));

const isSame = (a: TextEdit, b: TextEdit): boolean => sameSpan(a.span, b.span) && a.text === b.text;

/** Nothing between them ends a statement. */
function inOneStatement({ span: a }: TextEdit, { span: b }: TextEdit, text: string): boolean {
  return !/[;{}]/.test(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
}
