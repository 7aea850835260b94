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

interface Projects {
  readonly files: Readonly<Record<string, string>>;
  /** The files that are compared. */
  readonly paths: readonly string[];
}

/** Every Rust fixture in a project of its own. */
function programs(): Projects {
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
  return { files, paths };
}

/** And every fixture of settings. */
function settings(): Projects {
  const files: Record<string, string> = {};
  const paths: string[] = [];
  for (const { name, project, file } of settingFixtures()) {
    for (const [path, text] of Object.entries(project)) files[`${name.replaceAll(/[/.]/g, "-")}/${path}`] = text;
    paths.push(`${name.replaceAll(/[/.]/g, "-")}/${file}`);
  }
  return { files, paths };
}

const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

// Apart, for whatever changes beside a proxy makes the server read all proxies and programs again.
for (const [what, { files, paths }, leastFindings, leastFixed] of [
  ["programs", programs(), 1000, 30],
  ["settings", settings(), 200, 0],
] as const)
  test(`an editor says of ${what} what the command line says, byte for byte, and fixes them as \`--fix\` does`, async (context) => {
    assert.ok(paths.length >= 40, "there are fixtures");
    const cwd = folder(context, files);
    const fromCli = reported(tlslint(cwd, ["check", "--format", "json"]).stdout);
    tlslint(cwd, ["check", "--fix"]);
    const fixed = new Map(paths.map((it) => [it, readFileSync(join(cwd, it), "utf8")]));
    const changed = Object.keys(files).filter((it) => readFileSync(join(cwd, it), "utf8") !== files[it]);
    assert.equal(tlslint(cwd, ["check", "--fix", "--diff", ...changed]).stdout, "", "twice changes nothing");

    const editor = await startEditor(context, { server: `${ROOT}/server/out/server.js`, files });
    let compared = 0;
    for (const path of paths) {
      const before = files[path] ?? "";
      const uri = await editor.open(path, before);
      const fromLsp = (await editor.diagnostics(uri)).map(({ code, severity, message, range: { start, end } }) => ({
        head: `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${SEVERITY[severity ?? 0]} ${code}`,
        message: typeof message === "string" ? message : message.value,
      }));
      compared += fromLsp.length;
      const cli = fromCli(path);
      assert.deepEqual(fromLsp.map(({ head }) => head).sort(), cli.map(({ head }) => head).sort(), path);
      for (const { message } of cli)
        assert.ok(
          fromLsp.some((it) => it.message.includes(message)),
          `${path}: ${message}`,
        );

      const [action] = await editor.codeActions(uri, ALL, ["source.fixAll"]);
      const after = action === undefined ? before : editor.applied(uri, await editor.resolve(action));
      assert.equal(after, fixed.get(path), path);
      if (after !== before) {
        await editor.change(uri, [{ text: after }], after);
        assert.deepEqual(await editor.codeActions(uri, ALL, ["source.fixAll"]), [], `${path}: twice changes nothing`);
      }
      await editor.close(uri);
    }
    const count = [...fixed].filter(([path, text]) => text !== files[path]).length;
    context.diagnostic(`${compared} findings are the same, ${count} of ${paths.length} fixtures have fixes that are safe`);
    assert.ok(compared >= leastFindings, `only ${compared} findings were compared`);
    assert.ok(count >= leastFixed, `only ${count} fixtures were fixed`);
  });

/** Of each file what the command line says, with what it did not analyse. */
function reported(stdout: string) {
  const { files: reports, notAnalysed }: { files: { path: string; findings: unknown[] }[]; notAnalysed: NotAnalysed[] } =
    JSON.parse(stdout);
  const gapsIn = (path: string) => notAnalysed.filter((it) => it.path === path).map(gapAsFinding);
  const said = new Map(reports.map(({ path, findings }) => [path, [...findings, ...gapsIn(path)].map(flatten)]));
  return (path: string) => said.get(path) ?? [];
}

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
