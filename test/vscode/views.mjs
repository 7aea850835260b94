/** The views as a user and a screen reader find them: rows, what a click opens, menus, welcome texts, and every theme for the eye. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { startBrowser } from "../../tools/vscode-host/host.mjs";
import { isTree, treeOf } from "./accessibility.mjs";
import { runCommand } from "./command-palette.mjs";
import { whileFrozen } from "./frozen-server.mjs";
import { appears } from "./interface.mjs";
import { takePictures } from "./walkthrough.mjs";

const LIMIT = 60_000;
/** As the system asks for them. */
const THEMES = [
  ["dark", "vs-dark", { colorScheme: "dark", forcedColors: "none" }],
  ["light", "vs", { colorScheme: "light", forcedColors: "none" }],
  ["high-contrast-dark", "hc-black", { colorScheme: "dark", forcedColors: "active" }],
  ["high-contrast-light", "hc-light", { colorScheme: "light", forcedColors: "active" }],
];

/** Looks, and stops the host in any case. */
export async function lookAtViews(host, { folder, twins, empty, extension, payload, output }) {
  const { browser, page } = await startBrowser();
  page.setDefaultTimeout(LIMIT);
  const picture = (what) => page.screenshot({ path: join(output, `views-${what}.png`) });
  const row = (name) => page.getByRole("treeitem", { name }).first();
  // A click on what the workbench shows already, or is about to, hides it.
  const show = async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      await page.getByRole("tab", { name: /^TLS/ }).first().click();
      if (await appears(page.getByRole("button", { name: /TLS Endpoints Section/ }))) return;
    }
    assert.fail("the views did not open");
  };
  try {
    const open = async (where, more = []) => {
      const answer = await page.goto(host.workbench(where, [...payload, ...more]));
      assert.equal(answer?.status(), 200);
      await page.locator(".monaco-workbench").waitFor();
      await show();
    };
    await open(folder, [["openFile", host.remote(join(folder, "src/main.rs"))]]);

    await row(
      /^Soon Over CA, root certificate, expires in 9 days \(\d{4}-\d\d-\d\d\), not referenced by code in this workspace, \d problem/,
    ).waitFor();
    const used = row(/^Editor Test CA, root certificate, expires in 399 days .*, read in 1 place/);
    await used.waitFor();
    // Cut where it is longer than editors show.
    await page.locator(".monaco-editor .view-line", { hasText: /ca\.pem"\s*expires\sin\s399\sdays\s·\s1\sproblem\)/ }).waitFor();
    const names = await page.getByRole("treeitem").evaluateAll((rows) => rows.map((it) => it.getAttribute("aria-label")));
    const order = ["Soon Over CA", "Editor Test CA"].map((name) => names.findIndex((it) => it?.startsWith(name)));
    assert.ok(order[0] < order[1], `soonest first: ${names.join("\n")}`);

    await row(/^Servers, 1/).waitFor();
    const server = row(/^src\/main\.rs:\d+, openssl server, client certificate optional, TLS 1\.2 or newer, CA certs\/ca\.pem.* problem/);
    await server.waitFor();
    await row(/^src\/fixed\.rs:\d+, reqwest client, server certificate not verified/).waitFor();
    await server.locator(".monaco-tl-twistie").click();
    const fact = row(/^client certificate optional/);
    await fact.waitFor();

    const unread = row(/^1 file not listed in full/);
    await unread.locator(".monaco-tl-twistie").click();
    await row(/^certs\/cut\.pem, /).waitFor();
    await page.getByRole("button", { name: "Show Certificates with Problems Only" }).click();
    await page.getByText(/^Only those with problems: \d+ of 3$/).waitFor();
    await picture("problems");
    await page.getByRole("button", { name: "Show All Certificates" }).click();
    await used.waitFor();

    await used.click({ button: "right" });
    await page.getByRole("menuitem", { name: "Copy SHA-256 Fingerprint" }).waitFor();
    await page.getByRole("menuitem", { name: "Find Uses" }).waitFor();
    await picture("menu");
    await page.getByRole("menuitem", { name: "Copy SPKI Pin" }).click();
    await page.locator(".statusbar-item", { hasText: "SPKI pin copied" }).waitFor();
    await fact.click();
    await page.locator(".monaco-editor .view-line", { hasText: "SslVerifyMode::PEER" }).waitFor();
    await used.locator(".monaco-tl-twistie").click();
    await row(/^src\/main\.rs:\d+ read by set_ca_file/).waitFor();
    const lists = [page.getByRole("tree", { name: /^Certificates/ }), page.getByRole("tree", { name: /^TLS Endpoints/ })];
    isTree((await Promise.all(lists.map(treeOf))).join(""), "views.tree.txt");

    for (const [name, scheme, media] of THEMES) {
      await page.emulateMedia(media);
      await page.locator(`.monaco-workbench.${scheme}`).waitFor();
      // Colours fade into each other.
      await page.waitForTimeout(250);
      await picture(name);
    }

    await page
      .getByRole("tab", { name: /main\.rs/ })
      .first()
      .click();
    await takePictures(page, process.env.UPDATE ? join(import.meta.dirname, "../../client/walkthrough") : output);
    // What a browser's forced colours paint below a page stays when they end.
    await page.emulateMedia(THEMES[0][2]);
    await page.locator(`.monaco-workbench.${THEMES[0][1]}`).waitFor();
    const timeline = page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame").locator("main");
    const showTimeline = async () => {
      await used.hover();
      await page.getByRole("button", { name: "Show Validity of Certificates" }).click();
      return timeline
        .getByText("Analysing the workspace…")
        .waitFor({ timeout: LIMIT / 2 })
        .then(
          () => undefined,
          (error) => error,
        );
    };
    await whileFrozen(extension, async () => {
      for (let attempt = 1; ; attempt++) {
        const error = await showTimeline();
        if (error === undefined) break;
        if (attempt === 5 || !(await waitsForWorker(page))) throw error;
        console.log("views: the host's service worker is not ready: the timeline is opened again");
        await page.getByRole("tab", { name: /^Validity/ }).click({ button: "middle" });
      }
      await picture("timeline-pending");
    });
    await timeline.getByRole("row", { name: /Soon Over CA expires in 9 days/ }).waitFor();
    // Links name the folder, which is another one in each run.
    const said = (await treeOf(timeline)).replace(/^.*\/url:.*\n/gm, "").replace(/\b20\d\d\b/g, "YEAR");
    isTree(said, "timeline.tree.txt");
    for (const [name, scheme, media] of THEMES) {
      await page.emulateMedia(media);
      await page.locator(`.monaco-workbench.${scheme}`).waitFor();
      // The page's colours follow those of the workbench.
      const isDark = scheme === "vs-dark" || scheme === "hc-black";
      await timeline
        .locator(
          `xpath=ancestor::body[contains(@class, "${isDark ? "vscode-dark" : "vscode-light"}") or contains(@class, "vscode-high-contrast")]`,
        )
        .waitFor();
      await page.waitForTimeout(250);
      await picture(`timeline-${name}`);
    }

    await runCommand(page, "Welcome: Open Walkthrough...");
    await page
      .getByRole("option", { name: /Check TLS in a Rust Project/ })
      .first()
      .click();
    await page
      .getByRole("button", { name: /^Certificates and endpoints/ })
      .first()
      .click();
    await page.getByText("Certificates by expiry with the code that reads them").waitFor();
    // Its pictures are shown where there is room for them.
    await page.setViewportSize({ width: 1700, height: 900 });
    const shown = page.getByRole("img", { name: "Certificates and endpoints" }).first();
    await shown.waitFor();
    assert.ok(await shown.evaluate((it) => it.naturalWidth > 0));
    await picture("walkthrough");

    await open(twins);
    const blue = row(/^CA of blue, .* expires in 50 days .*, read in 1 place/);
    for (let attempt = 1; attempt < 4 && (await staysWithoutFolder(page, blue)); attempt++) {
      console.log("views: the host has not read the workspace file: it is opened again");
      await open(twins);
    }
    await blue.waitFor();
    await row(/^CA of green, .* expires in 60 days .*, read in 1 place/).waitFor();
    for (const it of ["blue", "green"]) await row(new RegExp(`^${it}/service/src/main\\.rs:\\d+, openssl server`)).waitFor();
    await picture("two-of-one-name");

    await open(empty);
    for (const text of [
      "No certificate or revocation list is in this workspace.",
      "No TLS server or client is configured in this workspace.",
    ])
      await page.getByText(text).waitFor();
    await picture("nothing");
  } catch (error) {
    await picture("failed").catch(() => {});
    throw error;
  } finally {
    await browser.close();
    await host.stop();
  }
}

/**
 * The host reads a `.code-workspace` once. Under load it has been seen to fail at that: it then counts no folder for good, which is
 * what the welcome text is shown for, and no extension is told of any.
 */
async function staysWithoutFolder(page, listed) {
  const isListed = await listed.waitFor({ timeout: LIMIT / 3 }).then(
    () => true,
    () => false,
  );
  return !isListed && page.getByText("Open a folder to list what is in it.").first().isVisible();
}

/** Under load the host has been seen to hold the content of its first webviews back for a minute: until its service worker controls them. */
async function waitsForWorker(page) {
  const host = page.frameLocator("iframe.webview.ready").last().locator(":root");
  const marks = await host.evaluate(() => performance.getEntriesByType("mark").map(({ name }) => name));
  const has = (what) => marks.some((it) => it.endsWith(`/content/${what}`));
  return has("started") && !has("workerReady");
}
