#!/usr/bin/env node
/**
 * Stands in for the `code` executable that `@vscode/test-electron` starts: takes the same switches, runs the suite in the editor
 * host's extension host, prints what it prints, and ends with its status.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { startBrowser, startHost, temporaryFolder } from "./host.mjs";

const LIMIT = Number(process.env.VSCODE_HOST_LIMIT ?? 180_000);

const given = (name) => process.argv.filter((it) => it.startsWith(`--${name}=`)).map((it) => it.slice(name.length + 3));
const extensions = given("extensionDevelopmentPath");
const [suite] = given("extensionTestsPath");
const folder = process.argv.slice(2).find((it) => !it.startsWith("-")) ?? temporaryFolder("empty");
if (!suite || extensions.length === 0) {
  console.error("code-shim: --extensionDevelopmentPath= and --extensionTestsPath= are needed");
  process.exit(2);
}

const host = await startHost({ flags: ["--vscode-option", "enable-smoke-test-driver"] });
let status = 1;
try {
  status = await run();
} catch (error) {
  console.error("code-shim:", error);
} finally {
  await host.stop();
}
if (status === 0) rmSync(host.home, { recursive: true, force: true });
else console.error(`code-shim: logs are in ${host.home}`);
process.exit(status);

async function run() {
  const { browser, page } = await startBrowser();
  try {
    const ended = new Promise((done) => {
      void page.exposeFunction("codeAutomationExit", done);
      page.on("crash", () => done(70));
      setTimeout(() => done(124), LIMIT).unref();
    });
    await page.exposeFunction("codeAutomationLog", (type, args) => console[type === "error" ? "error" : "log"](format(...args)));
    const payload = [
      ...extensions.map((it) => ["extensionDevelopmentPath", host.remote(it)]),
      ["extensionTestsPath", host.remote(suite)],
      ["enableProposedApi", ""],
      ["skipWelcome", "true"],
    ];
    const answer = await page.goto(host.workbench(folder, payload));
    // Nothing else would tell that the VS Code server failed to load.
    if (answer?.status() !== 200) throw new Error(`the workbench answered ${answer?.status()}`);
    const status = await ended;
    if (status !== 0) await page.screenshot({ path: join(host.home, "end.png") }).catch(() => {});
    return status;
  } finally {
    await browser.close();
  }
}
