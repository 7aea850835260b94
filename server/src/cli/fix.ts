/**
 * Fixes from the command line: worked out in memory until nothing is left to fix, then written, each group of files that belong
 * together as a whole or not at all.
 */
import { applyEdits } from "../base/text-edit.ts";
import type { FileReport, Finding, Fix, LintService } from "../service/api.ts";
import { combineFixes } from "../service/fix-all.ts";
import type { CheckResult } from "./check.ts";
import type { World } from "./world.ts";

/** Each round makes what the last one's edits stood in the way of. */
const ROUNDS = 16;

export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
interface Applied {
  readonly finding: Finding;
  readonly fix: Fix;
}
export interface FixPlan {
  readonly applied: readonly Applied[];
  /** Files that one fix changes together, each with what it was and what it becomes. */
  readonly groups: readonly (readonly Change[])[];
  /** What is left after that, file by file. */
  readonly left: readonly FileReport[];
  /** Files that must not be changed, and why. */
  readonly blocked: ReadonlyMap<string, string>;
}

/** `blocks`: why a file must not be changed; fixes that would are left out. The service sees the fixed texts as open documents. */
export async function planFixes(
  { files }: CheckResult,
  allowed: "safe" | "review",
  service: LintService,
  blocks: (path: string, text: string) => string | undefined,
): Promise<FixPlan> {
  const before = new Map<string, string>();
  const texts = new Map<string, string>();
  const blocked = new Map<string, string>();
  const applied: Applied[] = [];
  const joins: (readonly string[])[] = [];
  let left = files.map(({ report }) => report);

  /** From here on the service reads these texts and not the disk: fixes are stated against exactly them. */
  const pin = async (paths: Iterable<string>): Promise<boolean> => {
    let pinned = false;
    for (const path of paths) {
      if (before.has(path) || blocked.has(path)) continue;
      const text = await service.text(path);
      const reason = text === undefined ? "it cannot be read" : blocks(path, text);
      if (text === undefined || reason !== undefined) blocked.set(path, reason ?? "");
      else {
        before.set(path, text);
        texts.set(path, text);
        service.open(path, text);
        pinned = true;
      }
    }
    return pinned;
  };
  const isAllowed = (fix: Fix): boolean => allowed === "review" || fix.applicability === "safe";
  /** Permissions are set when everything is written: until then the fix would be offered again and again. */
  const settled = new Set<string>();
  const possible = (finding: Finding): Finding => {
    const fits = (fix: Fix): boolean =>
      fix.edits.every((it) => !blocked.has(it.file)) && (fix.permissions === undefined || !settled.has(permissionsOf(fix)));
    return withFixes(finding, finding.fixes.filter(fits));
  };
  const lintAgain = async (): Promise<FileReport[]> => {
    const reports: FileReport[] = [];
    for (const { file } of left) reports.push(await service.lint(file));
    return reports;
  };

  for (let round = 0; round < ROUNDS; round++) {
    const wanted = left.flatMap((it) => it.findings.flatMap((finding) => finding.fixes.filter(isAllowed)));
    if (await pin(wanted.flatMap((fix) => fix.edits.map((it) => it.file)))) left = await lintAgain();
    const made = combineFixes(
      left.flatMap((it) => it.findings.map(possible)),
      allowed,
      texts,
    );
    if (made.applied.length === 0) break;
    // A fix made meanwhile may name a file that nobody looked at yet: its turn comes in the next round.
    if ([...made.edits.keys()].some((path) => !texts.has(path))) continue;
    for (const [path, edits] of made.edits) {
      const text = applyEdits(texts.get(path) ?? "", edits);
      texts.set(path, text);
      service.open(path, text);
    }
    applied.push(...made.applied);
    for (const { fix } of made.applied) if (fix.permissions !== undefined) settled.add(permissionsOf(fix));
    joins.push(...made.applied.map(({ fix }) => fix.edits.map((it) => it.file)));
    left = await lintAgain();
  }
  const changes = [...texts].flatMap(([path, after]): readonly Change[] => {
    const text = before.get(path) ?? "";
    return text === after ? [] : [{ path, before: text, after }];
  });
  return { applied, groups: grouped(changes, joins), left, blocked };
}

const permissionsOf = ({ permissions }: Fix): string => (permissions === undefined ? "" : `${permissions.mode} ${permissions.file}`);

const withFixes = (finding: Finding, fixes: readonly Fix[]): Finding => ({ ...finding, fixes });

/** Files that are named together, directly or through others, form a group. */
function grouped(changes: readonly Change[], joins: readonly (readonly string[])[]): readonly (readonly Change[])[] {
  const leader = new Map(changes.map(({ path }) => [path, path]));
  const find = (path: string): string => {
    const next = leader.get(path) ?? path;
    return next === path ? path : find(next);
  };
  for (const [first, ...rest] of joins) for (const path of rest) if (first !== undefined) leader.set(find(path), find(first));
  const groups = new Map<string, Change[]>();
  for (const change of changes) groups.set(find(change.path), [...(groups.get(find(change.path)) ?? []), change]);
  return [...groups.values()];
}

export interface WrittenFixes {
  readonly lines: readonly string[];
  readonly failed: boolean;
}

/** Writes the groups; says what was changed, and what was not touched and why. */
export function writeFixes(plan: FixPlan, allowed: "safe" | "review", world: World): WrittenFixes {
  const lines: string[] = [];
  const at = (path: string, text: string): void => void lines.push(`tlslint: ${world.relative(path)}: ${text}`);
  const unwritten = new Map(plan.blocked);
  for (const group of plan.groups) {
    const paths = new Set(group.map(({ path }) => path));
    const created = plan.applied.flatMap(({ fix }) => (fix.creates && fix.edits.some((it) => paths.has(it.file)) ? [fix.creates] : []));
    const refused = world.writeAll(group, created);
    if (refused !== undefined) for (const { path } of group) unwritten.set(path, refused);
  }
  for (const { fix } of plan.applied) {
    const { permissions, edits } = fix;
    if (permissions === undefined || edits.some((it) => unwritten.has(it.file))) continue;
    const refused = world.setModes([permissions]);
    if (refused !== undefined) unwritten.set(permissions.file, refused);
  }
  const stopped = ({ edits, permissions }: Fix): string | undefined =>
    [...edits, ...(permissions === undefined ? [] : [permissions])].flatMap(({ file }) => unwritten.get(file) ?? [])[0];
  for (const { finding, fix } of plan.applied) {
    const reason = stopped(fix);
    const others = fix.edits.map((it) => it.file).filter((it) => it !== finding.place.file);
    const also = others.length === 0 ? "" : `, with ${others.map((it) => world.relative(it)).join(", ")}`;
    at(finding.place.file, reason === undefined ? `${finding.rule}: ${fix.title}${also}` : `${finding.rule}: not fixed: ${reason}`);
  }
  for (const finding of plan.left.flatMap((it) => it.findings))
    at(finding.place.file, `${finding.rule}: ${untouched(finding, allowed, stopped)}`);
  return { lines, failed: unwritten.size > 0 };
}

function untouched({ fixes, unfixed }: Finding, allowed: "safe" | "review", stopped: (fix: Fix) => string | undefined): string {
  const [first] = fixes;
  if (first === undefined) return `no fix: ${unfixed ?? "a person has to decide"}`;
  const usable = fixes.find((it) => allowed === "review" || it.applicability === "safe");
  if (usable === undefined) return `not fixed: somebody has to look at it first: ${first.title} (\`--fix-review\` applies it)`;
  return `not fixed: ${stopped(usable) ?? "other fixes stand in its way; run again"}`;
}
