/**
 * What the extension takes to activate, as VS Code measures it ("Show Running Extensions"), the least of some windows of the editor host:
 * `node bench/activation.mjs`. Nothing here passes or fails.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { common } from "../scripts/build.mjs";
import { stage } from "../scripts/package.mjs";
import { install, isInstalled, startBrowser, startHost } from "../tools/vscode-host/host.mjs";

const ROUNDS = 5;

if (!isInstalled()) install();
const scratch = mkdtempSync(join(tmpdir(), "tlslint-activation-"));
const extension = join(scratch, "extension");
await stage(extension);
const outfile = join(scratch, "workspace.cjs");
await build({ ...common, entryPoints: [join(import.meta.dirname, "../test/vscode/workspace.ts")], outfile });
const folder = createRequire(import.meta.url)(outfile).makeWorkspace(scratch);
const host = await startHost({ home: mkdtempSync(join(scratch, "home-")), flags: ["--vscode-option", "enable-smoke-test-driver"] });
const { browser, page } = await startBrowser();
page.setDefaultTimeout(60_000);
try {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const where = [
      ["extensionDevelopmentPath", host.remote(extension)],
      ["openFile", host.remote(join(folder, "src/main.rs"))],
    ];
    await page.goto(host.workbench(folder, where));
    await page.locator(".monaco-editor .squiggly-error").first().waitFor();
    await page.keyboard.press("F1");
    await page.keyboard.type("Show Running Extensions");
    await page
      .getByRole("option", { name: /Show Running Extensions/ })
      .first()
      .click();
    const row = page.locator(".runtime-extensions-editor .extension", { hasText: "tlslint" }).first();
    await row.waitFor();
    times.push(Number(/Activation: (\d+)ms/.exec(await row.textContent())?.[1]));
  }
  console.log(`activation: ${Math.min(...times)} ms at least of ${times.join(", ")}`);
} finally {
  await browser.close();
  await host.stop();
  rmSync(scratch, { recursive: true, force: true });
}
