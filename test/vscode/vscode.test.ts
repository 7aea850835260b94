/** The extension in a real VS Code, in several ways (`run.mjs`). Where there is no browser for it, only a CI run insists on it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../harness/fixtures.ts";

interface Trees {
  readonly endTree: (pid: number) => readonly string[];
}

const BROWSERS = [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const LIMIT = 300_000;
const reason =
  process.platform !== "linux" || process.arch !== "x64"
    ? "the editor host runs on Linux x64"
    : BROWSERS.some((it) => it !== "" && existsSync(it))
      ? false
      : "there is no Chromium: apt-get install chromium";
const skip = process.env["CI"] === undefined ? reason : false;

/** The extension is built once for all parts. */
const scratch = mkdtempSync(join(tmpdir(), "tlslint-staged-"));
const staged = { TLSLINT_STAGED: join(scratch, "extension") };
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const [part, what] of [
  ["grammars", "the grammars give the scopes that they should"],
  ["suite", "the suite passes in the extension host"],
  ["interface", "squiggle, hover, light bulb and fix are there for the eye"],
  ["views", "the views list certificates and endpoints, in every theme"],
  ["certificates", "the certificate editor shows what a file holds, in each theme and to a screen reader"],
  ["web", "in a web extension host the server runs in a worker, and reads through the editor"],
  ["package", "the packed extension does the same in Restricted Mode"],
] as const) {
  test(what, { skip, timeout: LIMIT }, async (context) => {
    const { status, output } = await run(part, context.signal);
    assert.equal(status, 0, output);
  });
}

/** Editor hosts and browsers are in process groups of their own, and what waits for `npm` hears no signal: all of it is ended by force. */
async function run(part: string, signal: AbortSignal): Promise<{ readonly status: number | null; readonly output: string }> {
  const { endTree }: Trees = await import(pathToFileURL(join(ROOT, "scripts/testing/trees.mjs")).href);
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ROOT, "test/vscode/run.mjs"), part], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...staged },
    });
    let output = "";
    child.stdout.on("data", (data) => (output += String(data)));
    child.stderr.on("data", (data) => (output += String(data)));
    const end = (status: number | null, reason = ""): void => {
      for (const it of [child.stdout, child.stderr]) it.destroy();
      done({ status, output: `${output}${reason}` });
    };
    child.once("error", (error) => end(null, `\n${error.message}`));
    child.once("close", (status) => end(status));
    signal.addEventListener("abort", () => {
      const ended = child.pid === undefined ? [] : endTree(child.pid);
      // Nobody reads what a test that met its limit returns.
      console.error([`${part}: ended after ${LIMIT / 1000} s`, output, ...ended].join("\n"));
      end(null);
    });
  });
}
