/** The extension in a web extension host: server in a worker, files through the editor. Without `main` no other host could run it. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { startBrowser } from "../../tools/vscode-host/host.mjs";
import { runCommand } from "./command-palette.mjs";
import { openInExplorer } from "./explorer.mjs";

export function forBrowsersOnly(extension, folder) {
  cpSync(extension, folder, { recursive: true });
  const { main: _, ...manifest } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, extensionKind: ["web"] }));
  return folder;
}

/** As a site that hosts extensions: of those that lie on a remote machine VS Code lets none start a worker. */
async function serveExtension(folder) {
  const server = createServer(({ url = "" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    const found = path.startsWith(join(folder, "/")) && statSync(path, { throwIfNoEntry: false })?.isFile();
    const type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".json") ? "application/json" : "application/octet-stream";
    response.writeHead(found ? 200 : 404, {
      "Access-Control-Allow-Origin": "*",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Content-Type": type,
    });
    response.end(found ? readFileSync(path) : "");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // The process may end while a page still holds a connection.
  server.unref();
  return `http://localhost:${server.address().port}`;
}

/** By the command of those who develop for the web. */
async function install(page, location) {
  await runCommand(page, "Developer: Install Extension from Location...");
  await page.locator(".quick-input-widget", { hasText: /location/i }).waitFor();
  await page.locator(".quick-input-widget input.input").fill(location);
  await page.keyboard.press("Enter");
}

/** Looks, and stops the host in any case. */
export async function lookAtWebHost(host, folder, { extension, output }) {
  const { browser } = await startBrowser();
  // The site that is tested allows no other: ours stands for a gallery.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const location = await serveExtension(extension);
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on("console", (it) => it.type() === "error" && complaints.push(it.text()));
  const picture = (what) => page.screenshot({ path: join(output, `web-${what}.png`) });
  try {
    const answer = await page.goto(host.workbench(folder, [["openFile", host.remote(join(folder, "src/main.rs"))]]));
    assert.equal(answer?.status(), 200);
    await page.locator(".monaco-editor .view-line").first().waitFor();
    await install(page, location);
    await page.locator(".monaco-editor .squiggly-error").first().waitFor();
    await page.locator("#status\\.problems", { hasText: /[1-9]/ }).waitFor();
    await picture("squiggle");
    await openInExplorer(page, "certs");
    await openInExplorer(page, "ca.der");
    const shown = page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame").locator("main");
    await shown.getByText("Binary Test CA").first().waitFor();
    await picture("certificate");
  } catch (error) {
    await picture("failed").catch(() => {});
    console.error(complaints.join("\n"));
    throw error;
  } finally {
    await browser.close();
    await host.stop();
  }
}
