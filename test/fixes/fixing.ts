/** A program in a project in memory, and what the fixes make of it: the Rust text and the manifest. */
import assert from "node:assert/strict";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import type { FileReport, Fix } from "../../server/src/service/api.ts";
import { combineFixes } from "../../server/src/service/fix-all.ts";
import { createLintService, type LintService } from "../../server/src/service/index.ts";
import { expectations } from "../harness/expectations.ts";
import { type Fixture, setFiles } from "../harness/fixtures.ts";
import { memoryHost } from "../harness/memory-host.ts";

/** More rounds than any program needs: each removes what the last one's edits stood in the way of. */
const ROUNDS = 8;
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
  const mtls = fixture.headers.get("mtls");
  const host = memoryHost({
    [file]: text,
    ...(files === undefined ? {} : { [MANIFEST]: files.manifest }),
    ...(files?.lock === undefined ? {} : { "/project/Cargo.lock": files.lock }),
    ...(mtls === undefined ? {} : { "/project/tlslint.toml": `mtls = "${mtls}"\n` }),
  });
  return { service: await createLintService(host, { roots: ["/project"] }), file, manifest: files?.manifest };
}

export interface Fixed {
  readonly text: string;
  readonly manifest: string | undefined;
  readonly applied: readonly { readonly rule: string; readonly fix: Fix }[];
  readonly left: FileReport;
}

/** Applies the fixes of every finding until none is left. */
export async function fixAll(
  { service, file, manifest }: Project,
  original: string,
  allowed: "safe" | "review" = "review",
): Promise<Fixed> {
  const texts = new Map([[file, original]]);
  if (manifest !== undefined) texts.set(MANIFEST, manifest);
  const all: { rule: string; fix: Fix }[] = [];
  service.open(file, original);
  for (let round = 0; ; round++) {
    const left = await service.lint(file);
    const { edits, applied } = combineFixes(left.findings, allowed, texts);
    if (applied.length === 0) return { text: texts.get(file) ?? "", manifest: texts.get(MANIFEST), applied: all, left };
    assert.ok(round < ROUNDS, `fixes do not come to an end: ${left.findings.map(({ rule }) => rule).join(", ")}`);
    all.push(...applied.map(({ finding, fix }) => ({ rule: finding.rule, fix })));
    for (const [path, changes] of edits) {
      const before = texts.get(path);
      assert.ok(before !== undefined, `${path} is changed, which nobody knows`);
      const after = applyEdits(before, changes);
      assert.notEqual(after, before, "a fix that changes nothing");
      texts.set(path, after);
      service.open(path, after);
    }
  }
}

/** The carets, which tell of the mistakes, are not part of the program. */
export function withoutCarets(text: string): string {
  const carets = new Set(expectations(text).map(({ at }) => at));
  return text
    .split("\n")
    .filter((_, at) => !carets.has(at))
    .join("\n");
}
