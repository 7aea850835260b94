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
  for (const finding of plan.left.flatMap((it) => it.findings))
    at(finding.place.file, `${finding.rule}: ${untouched(finding, allowed, stopped)}`);
  return { lines, failed: unwritten.size > 0 };
}

function untouched(finding: Finding, allowed: "safe" | "review", stopped: (fix: Fix) => string | undefined): string {
  const fixes = correctionsOf(finding);
  const [first] = fixes;
  if (first === undefined) return `no fix: ${finding.unfixed ?? "it needs a decision"}`;
  const usable = fixes.find((it) => allowed === "review" || it.applicability === "safe");
  if (usable === undefined) return `not fixed: needs review: ${first.title} (\`--fix-review\` applies it)`;
  return `not fixed: ${stopped(usable) ?? "it conflicts with another fix; run again"}`;
}
