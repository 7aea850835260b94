/**
 * Neovim itself, set up as docs/editors.md says: findings, hover and fix, in a version that asks for diagnostics and in one to which they
 * are pushed. Where there is no Neovim, only a CI run insists on it.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";
import { certificate, MANIFEST, MISTAKEN } from "../lsp/programs.ts";
import { serverBundle } from "../lsp/server-bundle.ts";

const server = serverBundle();
const DRIVE = join(ROOT, "test/editors/drive.lua");

/** By the first version that the documented settings are for. */
const SETTINGS = [
  ...readFileSync(join(ROOT, "docs/editors.md"), "utf8").matchAll(/Tried in ([\d.]+),[^\n]*\n\n```lua\n([\s\S]*?)```/g),
].map(([, version = "", text = ""]) => ({ version, text }));

interface Editor {
  readonly path: string;
  readonly version: string;
}
const installed = [process.env["NVIM_PATH"] ?? "", "/usr/local/bin/nvim", "/usr/bin/nvim"].flatMap((path): readonly Editor[] => {
  if (path === "" || !existsSync(path)) return [];
  const version = /^NVIM v([\d.]+)/.exec(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout)?.[1];
  return version === undefined ? [] : [{ path: realpathSync(path), version }];
});

for (const { version, text } of SETTINGS) {
  const editor = installed.find((it) => it.version === version);
  const skip = editor === undefined && process.env["CI"] === undefined ? `there is no Neovim ${version}` : false;
  test(`Neovim ${version} shows findings, hovers and makes the fix`, { skip, timeout: 120_000 }, async (context) => {
    assert.ok(editor, `there is no Neovim ${version}`);
    const files = { "Cargo.toml": MANIFEST, "src/main.rs": MISTAKEN, "certs/old.pem": certificate("Old CA", -3.5), "init.lua": text };
    const workspace = folder(context, files);
    const { failure, ...seen } = await driven(editor, workspace);
    assert.equal(failure, undefined, JSON.stringify(seen));
    assert.equal(seen["version"], version);
    assert.match(String(seen["message"]), /certificate/);
    assert.match(String(seen["hover"]), /disabled-verification[\s\S]*help|help[\s\S]*disabled-verification/);
    assert.match(String(seen["actions"]), /^Enable certificate verification.*Suppress `disabled-verification` on this line…/);
    assert.doesNotMatch(readFileSync(join(workspace, "src/main.rs"), "utf8"), /danger_accept_invalid_certs/);
    assert.match(String(seen["certificate"]), /expired 3 days ago/);
  });
}

async function driven({ path }: Editor, workspace: string): Promise<Readonly<Record<string, unknown>>> {
  const bin = join(workspace, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "tlslint"), `#!/bin/sh\nexec "${process.execPath}" "${server()}" --stdio\n`);
  chmodSync(join(bin, "tlslint"), 0o755);
  const outcome = join(workspace, "outcome.json");
  const home = {
    HOME: workspace,
    XDG_CONFIG_HOME: workspace,
    XDG_STATE_HOME: workspace,
    XDG_DATA_HOME: workspace,
    XDG_CACHE_HOME: workspace,
  };
  const child = spawn(path, ["--headless", "--clean", "-u", "init.lua", "-c", `luafile ${DRIVE}`], {
    cwd: workspace,
    env: { ...process.env, ...home, PATH: `${bin}:${process.env["PATH"] ?? ""}`, OUTCOME: outcome },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data));
  await new Promise((done) => child.once("close", done));
  const seen: unknown = existsSync(outcome) ? JSON.parse(readFileSync(outcome, "utf8")) : { failure: output };
  return Object.fromEntries(Object.entries(Object(seen)));
}
