/** Fixes are made for the formats that show them, and for no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lintFiles } from "../../../server/src/cli/check-lint.ts";
import { type CheckCommand, wantsFixes } from "../../../server/src/cli/command-line/check-command.ts";
import { parseCommand } from "../../../server/src/cli/command-line/parse.ts";
import { FORMATS } from "../../../server/src/cli/report/formats.ts";
import type { Finding, LintService } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { MANIFEST, MISTAKEN } from "../../lsp/programs.ts";

const FILE = "/w/src/lib.rs";
const host = () => memoryHost({ "/w/Cargo.toml": MANIFEST, [FILE]: MISTAKEN });

function checkCommand(...args: readonly string[]): CheckCommand {
  const parsed = parseCommand(["check", ...args]);
  assert.ok(parsed.ok && parsed.value.name === "check");
  return parsed.value;
}

/** The service, counting whose fixes are read. */
async function counting(): Promise<{ readonly service: LintService; readonly read: () => number }> {
  const service = await createLintService(host(), { roots: ["/w"] });
  let read = 0;
  const watched = (finding: Finding): Finding => ({
    ...finding,
    get fixes() {
      read++;
      return finding.fixes;
    },
  });
  const lint: LintService["lint"] = async (file) => {
    const report = await service.lint(file);
    return { ...report, findings: report.findings.map(watched) };
  };
  const asked = { ...service, lint, shownText: (file: string) => service.shownText(file) };
  return { service: asked, read: () => read };
}

test("what a format does not show is not made", async () => {
  const showing: string[] = [];
  for (const format of FORMATS) {
    const { service, read } = await counting();
    await lintFiles([FILE], [], checkCommand("--format", format), service);
    if (read() > 0) showing.push(format);
  }
  assert.deepEqual(showing, ["pretty", "json", "json-lines", "sarif", "rdjson"]);
});

test("who fixes wants fixes, whatever is shown", () => {
  assert.ok(!wantsFixes(checkCommand("--format", "github")));
  for (const option of ["--fix", "--fix-review", "--diff"]) assert.ok(wantsFixes(checkCommand("--format", "github", option)), option);
});

test("a service that makes no fixes finds the same", async () => {
  const foundBy = async (options: { readonly withoutFixes?: true }): Promise<readonly Finding[]> =>
    (await (await createLintService(host(), { roots: ["/w"], batch: true, ...options })).lint(FILE)).findings;
  const [whole, brief] = [await foundBy({}), await foundBy({ withoutFixes: true })];
  assert.ok(whole.some((it) => it.fixes.length > 0));
  assert.deepEqual(
    brief.map(({ fixes, unfixed, ...rest }) => ({ ...rest, made: [...fixes, unfixed] })),
    whole.map(({ fixes: _, unfixed: __, ...rest }) => ({ ...rest, made: [undefined] })),
  );
});
