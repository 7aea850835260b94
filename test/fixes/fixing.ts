/** A program in a project in memory, and what the fixes make of it: the Rust text and the manifest. */
import assert from "node:assert/strict";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import type { FileReport, Fix } from "../../server/src/service/api.ts";
import { createLintService, type LintService } from "../../server/src/service/index.ts";
import { expectations } from "../harness/expectations.ts";
import { type Fixture, setFiles, settingsOf } from "../harness/fixtures.ts";
import { memoryHost } from "../harness/memory-host.ts";

const MANIFEST = "/project/Cargo.toml";

export interface Project {
  readonly service: LintService;
  readonly file: string;
  /** Of the crate set. */
  readonly manifest: string | undefined;
}

/** Around one fixture, with its text or another: the manifest and lock file of a set, and the settings of its header. */
export async function projectAround(
  fixture: Fixture,
  set: string | undefined,
  text: string,
  files: ReturnType<typeof setFiles> | undefined = set === undefined ? undefined : setFiles(set),
): Promise<Project> {
  const file = `/project/${fixture.headers.get("file") ?? "src/main.rs"}`;
  const settings = settingsOf(fixture);
  const host = memoryHost({
    [file]: text,
    ...(files === undefined ? {} : { [MANIFEST]: files.manifest }),
    ...(files?.lock === undefined ? {} : { "/project/Cargo.lock": files.lock }),
    ...(settings === undefined ? {} : { "/project/tlslint.toml": settings }),
  });
  return { service: await createLintService(host, { roots: ["/project"] }), file, manifest: files?.manifest };
}

export interface Fixed {
  readonly text: string;
  readonly manifest: string | undefined;
  readonly applied: readonly { readonly rule: string; readonly fix: Fix }[];
  readonly left: FileReport;
}

/** What the fixes of every finding make of it, until none is left. */
export async function fixAll(
  { service, file, manifest }: Project,
  original: string,
  allowed: Fix["applicability"] = "choice",
): Promise<Fixed> {
  service.open(file, original);
  const { applied, groups, left } = await service.planFixes([file], { allowed });
  const changed = groups.flat();
  for (const { before, after, edits } of changed) assert.equal(applyEdits(before, edits), after, "the edits are the change");
  for (const { file: path } of changed) assert.ok(path === file || path === MANIFEST, `${path} is changed, which nobody knows`);
  const [report] = left;
  assert.ok(report !== undefined);
  const open = report.findings.filter(({ fixes }) => fixes.some((it) => allowed === "review" || it.applicability === "safe"));
  assert.deepEqual(
    open.map(({ rule }) => rule),
    [],
    "fixes come to an end",
  );
  const after = (path: string): string | undefined => changed.find((it) => it.file === path)?.after;
  return {
    text: after(file) ?? original,
    manifest: after(MANIFEST) ?? manifest,
    applied: applied.map(({ finding, fix }) => ({ rule: finding.rule, fix })),
    left: report,
  };
}

/** The carets, which tell of the mistakes, are not part of the program. */
export function withoutCarets(text: string): string {
  const carets = new Set(expectations(text).map(({ at }) => at));
  return text
    .split("\n")
    .filter((_, at) => !carets.has(at))
    .join("\n");
}
