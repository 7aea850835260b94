/**
 * All fixes of some files, made one after the other on copies of their texts until none is left: what each makes possible or
 * needless is seen, for the texts are analysed again between them. The command line writes what comes of it, an editor applies it.
 */
import { applyEdits, composed, minimal, type TextEdit } from "../../base/text-edit.ts";
import type { FileReport, Finding, Fix, FixedFile, FixPlan, FixWish, LintService } from "../api.ts";
import { withFixes } from "../redaction.ts";
import { combineFixes } from "./fix-all.ts";

/** Each round makes what the last one's edits stood in the way of: of one statement, one fix a round. */
const ROUNDS = 64;

const ALLOWED: Readonly<Record<FixWish["allowed"], ReadonlySet<Fix["applicability"]>>> = {
  safe: new Set(["safe"]),
  review: new Set(["safe", "review"]),
  input: new Set(["safe", "review", "input"]),
  choice: new Set(["safe", "review", "input", "choice"]),
};

/** The caller's own service, which sees the fixed texts as open documents. */
export interface Fork extends Pick<LintService, "lint" | "open" | "text"> {
  /** The files whose findings follow from these ones' code; undefined where any may. */
  concerned(files: readonly string[]): Promise<ReadonlySet<string> | undefined>;
}

export async function planFixes(
  files: readonly string[],
  { allowed, accepts = () => true, refusal = () => undefined }: FixWish,
  fork: Fork,
  signal?: AbortSignal,
): Promise<FixPlan> {
  const before = new Map<string, string>();
  const texts = new Map<string, string>();
  const edits = new Map<string, readonly TextEdit[]>();
  const blocked = new Map<string, string>();
  const applied: FixPlan["applied"][number][] = [];

  const reports = new Map<string, FileReport>();
  /** Whether a file was left out since all were analysed. */
  let partial = false;
  const lintSome = async (of?: ReadonlySet<string>): Promise<void> => {
    for (const file of files) if (of === undefined || of.has(file)) reports.set(file, await fork.lint(file, signal));
    partial = of !== undefined;
  };
  const left = (): readonly FileReport[] => [...reports.values()];
  /** Files that a change concerns before and after it. */
  const concernedBy = async (paths: readonly string[], change: () => void): Promise<ReadonlySet<string> | undefined> => {
    const before = await fork.concerned(paths);
    change();
    const after = await fork.concerned(paths);
    return before === undefined || after === undefined ? undefined : new Set([...before, ...after]);
  };
  /** From here on the fork sees these texts and not the disk: fixes are stated against exactly them. */
  const pin = async (paths: Iterable<string>): Promise<readonly string[]> => {
    const pinned: string[] = [];
    for (const path of paths) {
      if (before.has(path) || blocked.has(path)) continue;
      const text = await fork.text(path);
      const reason = text === undefined ? "it cannot be read" : refusal(path, text);
      if (text === undefined || reason !== undefined) blocked.set(path, reason ?? "");
      else {
        before.set(path, text);
        texts.set(path, text);
        fork.open(path, text);
        pinned.push(path);
      }
    }
    return pinned;
  };
  const isWanted = (fix: Fix, finding: Finding): boolean => ALLOWED[allowed].has(fix.applicability) && accepts(fix, finding);
  const wantedOf = (finding: Finding): readonly Fix[] => finding.fixes.filter((it) => isWanted(it, finding));
  /** Permissions are set when everything is written: until then the fix would be offered again and again. */
  const settled = new Set<string>();
  const isPossible = (fix: Fix): boolean =>
    fix.edits.every((it) => !blocked.has(it.file)) && (fix.permissions === undefined || !settled.has(permissionsOf(fix)));

  await lintSome();
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = left().flatMap((it) => it.findings.flatMap(wantedOf));
    const pinned = await pin(wanted.flatMap((fix) => fix.edits.map((it) => it.file)));
    if (pinned.length > 0) await lintSome(await fork.concerned(pinned));
    const possible = left().flatMap((it) => it.findings.map((finding) => withFixes(finding, wantedOf(finding).filter(isPossible))));
    const made = combineFixes(possible, texts);
    if (made.applied.length === 0) {
      // What was left out may say something else by now, after all.
      if (!partial) break;
      await lintSome();
      continue;
    }
    // A fix made meanwhile may name a file that nobody looked at yet: its turn comes in the next round.
    if ([...made.edits.keys()].some((path) => !texts.has(path))) continue;
    const concerned = await concernedBy([...made.edits.keys()], () => {
      for (const [path, changes] of made.edits) {
        const text = applyEdits(texts.get(path) ?? "", changes);
        texts.set(path, text);
        edits.set(path, composed(before.get(path) ?? "", edits.get(path) ?? [], changes));
        fork.open(path, text);
      }
    });
    applied.push(...made.applied);
    for (const { fix } of made.applied) if (fix.permissions !== undefined) settled.add(permissionsOf(fix));
    await lintSome(concerned);
  }
  const changed = [...texts].flatMap(([file, after]): readonly FixedFile[] => {
    const text = before.get(file) ?? "";
    return text === after ? [] : [{ file, before: text, after, edits: minimal(text, edits.get(file) ?? []) }];
  });
  return { applied, groups: grouped(changed, applied), left: left(), blocked };
}

const permissionsOf = ({ permissions }: Fix): string => (permissions === undefined ? "" : `${permissions.mode} ${permissions.file}`);

/** Files that one fix changes, directly or through others, form a group. */
function grouped(files: readonly FixedFile[], applied: FixPlan["applied"]): readonly (readonly FixedFile[])[] {
  const leader = new Map(files.map(({ file }) => [file, file]));
  const find = (file: string): string => {
    const next = leader.get(file) ?? file;
    return next === file ? file : find(next);
  };
  for (const { fix } of applied) {
    const [first, ...rest] = fix.edits.map((it) => it.file);
    for (const file of rest) if (first !== undefined) leader.set(find(file), find(first));
  }
  const groups = new Map<string, FixedFile[]>();
  for (const it of files) groups.set(find(it.file), [...(groups.get(find(it.file)) ?? []), it]);
  return [...groups.values()];
}
