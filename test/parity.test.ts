/** The surfaces never disagree: every fixture through the bundled command line and through the bundled language server, compared. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Range } from "vscode-languageserver-protocol/node";
import { folder, tlslint } from "./cli/cli.ts";
import { fixtures, ROOT, setFiles } from "./harness/fixtures.ts";
import { settingFixtures } from "./harness/settings.ts";
import { startEditor } from "./lsp/editor.ts";

const SEVERITY = ["", "error", "warning", "info", "hint"];

/** Every fixture in a project of its own. */
function projects(): { readonly files: Readonly<Record<string, string>>; readonly paths: readonly string[] } {
  const files: Record<string, string> = {};
  const paths: string[] = [];
  for (const fixture of fixtures()) {
    const [set] = fixture.sets;
    const project = `${fixture.name.replaceAll("/", "-")}`;
    if (set !== undefined) {
      const { manifest, lock } = setFiles(set);
      files[`${project}/Cargo.toml`] = manifest;
      if (lock !== undefined) files[`${project}/Cargo.lock`] = lock;
    }
    const path = `${project}/${fixture.headers.get("file") ?? "src/main.rs"}`;
    files[path] = fixture.text;
    paths.push(path);
  }
  for (const { name, project, file } of settingFixtures()) {
    for (const [path, text] of Object.entries(project)) files[`${name.replaceAll(/[/.]/g, "-")}/${path}`] = text;
    paths.push(`${name.replaceAll(/[/.]/g, "-")}/${file}`);
  }
  assert.ok(paths.length >= 60, "there are fixtures");
  return { files, paths };
}

test("CLI and LSP report the same findings, byte for byte", async (context) => {
  const { files, paths } = projects();
  const { stdout } = tlslint(folder(context, files), ["check", "--format", "json"]);
  const { files: reports, notAnalysed }: { files: { path: string; findings: unknown[] }[]; notAnalysed: NotAnalysed[] } =
    JSON.parse(stdout);
  const gapsIn = (path: string) => notAnalysed.filter((it) => it.path === path).map(gapAsFinding);
  const fromCli = new Map(reports.map(({ path, findings }) => [path, [...findings, ...gapsIn(path)].map(flatten)]));

  const editor = await startEditor(context, { server: `${ROOT}/server/out/server.js`, files });
  let compared = 0;
  for (const path of paths) {
    const uri = await editor.open(path, files[path] ?? "");
    const diagnostics = await editor.diagnostics(uri);
    const fromLsp = diagnostics.map(({ code, severity, message, range }) => {
      const { start, end } = range;
      return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${SEVERITY[severity ?? 0]} ${code} ${message}`;
    });
    compared += fromLsp.length;
    const cli = fromCli.get(path) ?? [];
    assert.deepEqual(fromLsp.map((it) => it.split(" ").slice(0, 3).join(" ")).sort(), cli.map(({ head }) => head).sort(), path);
    for (const { message } of cli)
      assert.ok(
        fromLsp.some((it) => it.includes(message)),
        `${path}: ${message}`,
      );
    await editor.close(uri);
  }
  assert.ok(compared > 100, "findings were compared");
});

test("an editor's fix-all makes of each fixture what `--fix` does, and nothing is left to do", async (context) => {
  const { files, paths } = projects();
  const cwd = folder(context, files);
  tlslint(cwd, ["check", "--fix"]);
  const fixed = new Map(paths.map((it) => [it, readFileSync(join(cwd, it), "utf8")]));
  const count = [...fixed].filter(([path, text]) => text !== files[path]).length;
  assert.ok(count > 40, `only ${count} fixtures were fixed`);
  context.diagnostic(`${count} of ${paths.length} fixtures have fixes that are safe`);
  assert.equal(tlslint(cwd, ["check", "--fix", "--diff"]).stdout, "", "twice changes nothing");

  const editor = await startEditor(context, { server: `${ROOT}/server/out/server.js`, files });
  const all: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
  for (const path of paths) {
    const before = files[path] ?? "";
    const uri = await editor.open(path, before);
    const [action] = await editor.codeActions(uri, all, ["source.fixAll"]);
    const after = action === undefined ? before : editor.applied(uri, await editor.resolve(action));
    assert.equal(after, fixed.get(path), path);
    if (after !== before) {
      await editor.change(uri, [{ text: after }], after);
      assert.deepEqual(await editor.codeActions(uri, all, ["source.fixAll"]), [], `${path}: twice changes nothing`);
    }
    await editor.close(uri);
  }
});

function flatten(finding: unknown): { head: string; message: string } {
  const { rule, severity, message, range } = Object(finding);
  return { head: `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column} ${severity} ${rule}`, message };
}

interface NotAnalysed {
  readonly path: string;
  readonly kind: string;
  readonly reason: string;
  readonly range?: unknown;
}

/** What was not analysed, as an editor tells it. */
function gapAsFinding({ kind, reason, range }: NotAnalysed) {
  const top = { line: 1, column: 1 };
  return {
    rule: kind === "failed" ? "not-analysed" : kind,
    severity: kind === "failed" ? "warning" : "info",
    message: reason,
    range: range ?? { start: top, end: top },
  };
}
