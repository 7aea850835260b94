/** The certificate editor as people use it: with each theme, by keyboard, by a screen reader's tree, while the file changes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "../../tools/vscode-host/host.mjs";
import { isTree, treeOf } from "./accessibility.mjs";
import { openInExplorer } from "./explorer.mjs";
import { whileFrozen } from "./frozen-server.mjs";

const LIMIT = 60_000;
const THEMES = ["Default Dark Modern", "Default Light Modern", "Default High Contrast", "Default High Contrast Light"];

/** Looks, and stops the host in any case. */
export async function lookAtCertificates(host, folder, { extension, payload, output, password }) {
  const { browser, page } = await startBrowser();
  page.setDefaultTimeout(LIMIT);
  const picture = (what) => page.screenshot({ path: join(output, `certificates-${what}.png`) });
  const file = (name) => join(folder, "certs", name);
  const shown = page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame").locator("main");
  const open = (name) => openInExplorer(page, name);
  /** With a text first: which editors there are is known once extensions are. */
  const start = async (theme) => {
    setTheme(host, theme);
    const answer = await page.goto(host.workbench(folder, [...payload, ["openFile", host.remote(file("text.crt"))]]));
    assert.equal(answer?.status(), 200);
    await page.locator(`.monaco-workbench.${themeClass(theme)}`).waitFor();
    await page.locator(".view-line", { hasText: "-----BEGIN CERTIFICATE-----" }).waitFor();
    await page.locator("#status\\.languageStatus").waitFor();
    await open("server.der");
    await shown.locator("h1", { hasText: "certs/server.der" }).waitFor();
  };
  const leaf = readFileSync(file("server.der"));
  try {
    for (const theme of THEMES) {
      await start(theme);
      await picture(theme.toLowerCase().replaceAll(" ", "-"));
    }
    isTree(await treeOf(shown), "certificates.tree.txt");

    // Tab goes from link to link; Enter follows, though no script runs in the page.
    await shown.getByRole("button", { name: "Copy SHA-256 fingerprint" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".statusbar-item", { hasText: "SHA-256 fingerprint copied" }).waitFor();
    await shown.locator("summary").focus();
    await page.keyboard.press("Enter");
    await shown.getByRole("table", { name: "Fields as they are encoded" }).waitFor();
    await shown.locator("summary").scrollIntoViewIfNeeded();
    await picture("bytes");

    // What changes, and what vanishes, is seen without a click.
    await follows(shown.getByText("expired-certificate"), () => writeFileSync(file("server.der"), readFileSync(file("expired.der"))));
    await picture("expired");
    rmSync(file("server.der"));
    await shown.getByText("Not analysed").waitFor();
    await picture("gone");
    // Rows move up when one leaves, and a click would meet another.
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "server.der" }).waitFor({ state: "detached" });

    await whileFrozen(extension, async () => {
      await open("expired.der");
      await shown.getByText("Analysing the file…").waitFor();
    });
    await shown.getByText("expired-certificate").waitFor();

    // What is said of a file follows its issuer's file.
    writeFileSync(file("leaf.der"), leaf);
    await open("leaf.der");
    await shown.getByText("in certs/roots.pem").first().waitFor();
    assert.equal(await shown.getByText("not in this workspace").count(), 0);
    rmSync(file("roots.pem"));
    await shown.getByText("not in this workspace").first().waitFor();

    await open("client.p12");
    await shown.getByText("PKCS#12 key store").first().waitFor();
    await shown.getByRole("button", { name: "Enter password…" }).click();
    await page.locator(".quick-input-widget input").fill(password);
    await page.keyboard.press("Enter");
    await shown.getByText("reporting client").first().waitFor();
    await picture("opened");

    await open("hostile.der");
    await shown.getByText("onerror=alert(1)").first().waitFor();
    assert.equal(await shown.locator("img, script").count(), 0);
    await picture("hostile");

    await open("binary.crt");
    await shown.getByText("Binary in a CRT").first().waitFor();
    await picture("binary-crt");
    assert.deepEqual(filesWith(host.home, password), [], "the password is kept in no file, log or state");
  } catch (error) {
    await picture("failed").catch(() => {});
    throw error;
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** Files are watched by a process that may still be starting: what it has not seen is written again. */
async function follows(place, write) {
  for (let attempt = 0; attempt < 10; attempt++) {
    write();
    if (
      await place.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  assert.fail(`${place} did not follow`);
}

function setTheme(host, theme) {
  const path = join(host.home, "user-data/User/settings.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), "workbench.colorTheme": theme }, null, 2));
}

const themeClass = (theme) =>
  theme.endsWith("High Contrast")
    ? "hc-black"
    : theme.endsWith("High Contrast Light")
      ? "hc-light"
      : theme.includes("Light")
        ? "vs"
        : "vs-dark";

function filesWith(folder, text) {
  return readdirSync(folder, { recursive: true }).filter((name) => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path, "latin1").includes(text);
  });
}
