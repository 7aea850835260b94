/** One round of fixing: the fixes that can be made at once, one a finding, in the order of the text. */
import { type Span, sameSpan } from "../../base/span.ts";
import { conflict, type TextEdit, withoutDuplicates } from "../../base/text-edit.ts";
import { kindByName } from "../../project/index.ts";
import { codeNames, rustParser } from "../../rust/index.ts";
import type { Finding, Fix } from "../api.ts";
import { areInOneStatement } from "../one-statement.ts";

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
  const statements = new Statements(texts);
  for (const finding of [...findings].sort(byPlace)) {
    const fix = finding.fixes.find((it) => it.preferred) ?? finding.fixes[0];
    if (!fix) continue;
    const others = applied.map((it) => it.fix);
    if (
      others.some((it) => countsOn(it, fix) || countsOn(fix, it)) ||
      [...(fix.lost ?? [])].some(([name, it]) => lostBy(others, name) > 0 && lostBy(others, name) + it.lost >= it.had) ||
      fix.edits.some(({ file, edits: wanted }) => wanted.some((edit) => clashes(edit, edits.get(file) ?? [], statements.in(file))))
    )
      continue;
    applied.push({ finding, fix });
    for (const { file, edits: wanted } of fix.edits) edits.set(file, withoutDuplicates([...(edits.get(file) ?? []), ...wanted]));
  }
  return { applied, edits };
}

/** Whether one fix writes a name that the other takes away. */
const countsOn = ({ edits }: Fix, { gone = [] }: Fix): boolean =>
  gone.length > 0 && edits.some((it) => it.edits.some(({ text }) => gone.some((name) => codeNames(text).has(name))));

const lostBy = (fixes: readonly Fix[], name: string): number => fixes.reduce((sum, it) => sum + (it.lost?.get(name)?.lost ?? 0), 0);

const byPlace = ({ place: a }: Finding, { place: b }: Finding): number =>
  a.file === b.file ? a.span.start - b.span.start : a.file < b.file ? -1 : 1;

type AreInOne = (a: Span, b: Span) => boolean;

const clashes = (edit: TextEdit, taken: readonly TextEdit[], areInOne: AreInOne): boolean =>
  taken.some((other) => !isSame(edit, other) && (conflict(edit, other) || areInOne(edit.span, other.span)));

const isSame = (a: TextEdit, b: TextEdit): boolean => sameSpan(a.span, b.span) && a.text === b.text;

/** Which places of a file are in one statement. Files are parsed once two fixes meet in them. */
class Statements {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #known = new Map<string, AreInOne>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  in(file: string): AreInOne {
    return (a, b) => {
      const known = this.#known.get(file) ?? this.#of(file);
      this.#known.set(file, known);
      return known(a, b);
    };
  }

  #of(file: string): AreInOne {
    const text = this.#texts.get(file);
    if (text === undefined) return () => false;
    if (kindByName(file) !== "rust") return (a, b) => !SETTING_ENDS.test(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
    const parsed = rustParser.parse(text);
    return (a, b) => parsed.ok && areInOneStatement(a, b, parsed.value);
  }
}

/** What parts the directives of servers' configurations. */
const SETTING_ENDS = /[;{}]/;
