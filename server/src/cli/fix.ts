/** Fixes from the command line: a plan is written, each group of files that belong together as a whole or not at all. */
import type { Finding, Fix, FixPlan } from "../service/api.ts";
import { correctionsOf } from "./report/corrections.ts";
import type { World } from "./world.ts";
import type { FileWriter } from "./writing/file-writer.ts";

export interface WrittenFixes {
  readonly lines: readonly string[];
  readonly failed: boolean;
}

/** Writes the groups; says what was changed, and what was not touched and why. */
export function writeFixes(plan: FixPlan, allowed: "safe" | "review", writer: FileWriter, world: World): WrittenFixes {
  const lines: string[] = [];
  const at = (path: string, text: string): void => void lines.push(`tlslint: ${world.relative(path)}: ${text}`);
  const unwritten = new Map(plan.blocked);
  for (const group of plan.groups) {
    const paths = new Set(group.map((it) => it.file));
    const created = plan.applied.flatMap(({ fix }) => (fix.creates && fix.edits.some((it) => paths.has(it.file)) ? [fix.creates] : []));
    const refused = writer.writeAll(group, created);
    if (refused !== undefined) for (const { file } of group) unwritten.set(file, refused);
  }
  for (const { fix } of plan.applied) {
    const { permissions, edits } = fix;
    if (permissions === undefined || edits.some((it) => unwritten.has(it.file))) continue;
    const refused = writer.setMode(permissions.file, permissions.mode);
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
  const left = plan.left.flatMap((it) => it.findings);
  for (const finding of left) at(finding.place.file, `${finding.rule}: ${untouched(finding, allowed, stopped)}`);
  const count = left.filter((it) => waitsForReview(it, allowed)).length;
  if (count > 0) lines.push(`tlslint: ${next(count)}`);
  return { lines, failed: unwritten.size > 0 };
}

function untouched(finding: Finding, allowed: "safe" | "review", stopped: (fix: Fix) => string | undefined): string {
  const [first] = correctionsOf(finding);
  if (first === undefined) return `no fix: ${finding.unfixed ?? "it needs a decision"}`;
  if (waitsForReview(finding, allowed)) return `not fixed: needs review: ${first.title}`;
  const usable = usableOf(finding, allowed)[0] ?? first;
  return `not fixed: ${stopped(usable) ?? "it conflicts with another fix; run again"}`;
}

const usableOf = (finding: Finding, allowed: "safe" | "review"): readonly Fix[] =>
  correctionsOf(finding).filter((it) => allowed === "review" || it.applicability === "safe");

const waitsForReview = (finding: Finding, allowed: "safe" | "review"): boolean =>
  correctionsOf(finding).length > 0 && usableOf(finding, allowed).length === 0;

const next = (count: number): string =>
  count === 1
    ? "1 fix needs review: `--diff` shows it, `--fix-review` applies it"
    : `${count} fixes need review: \`--diff\` shows them, \`--fix-review\` applies them`;
