/** What a user does and sees: squiggle, hover, light bulb, fix, save, certificate. Each step leaves a screenshot. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "../../tools/vscode-host/host.mjs";

const LIMIT = 60_000;

/** Looks, and stops the host in any case. `restricted`: the folder is not trusted, and the workbench must say so. */
export async function lookAtWorkbench(host, folder, { payload, output, name, restricted = false }) {
  const { browser, page } = await startBrowser();
  page.setDefaultTimeout(LIMIT);
  let step = 0;
  const picture = (what) => page.screenshot({ path: join(output, `${name}-${++step}-${what}.png`) });
  try {
    const open = async (file) => {
      const answer = await page.goto(host.workbench(folder, [...payload, ["openFile", host.remote(join(folder, file))]]));
      assert.equal(answer?.status(), 200);
      await page.locator(".monaco-editor .view-line").first().waitFor();
    };
    await open("src/main.rs");
    if (restricted) await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    const squiggle = page.locator(".monaco-editor .squiggly-error").first();
    await squiggle.waitFor();
    await picture("squiggle");

    await hoverOver(page, squiggle, "disabled-verification");
    await picture("hover");

    await page.keyboard.press("Escape");
    await page.mouse.click(...(await middle(squiggle)));
    await page.locator(".codicon-light-bulb, .codicon-lightbulb-autofix, [class*=codicon-gutter-lightbulb]").first().waitFor();
    await picture("light-bulb");
    const rows = await openMenu(page, squiggle);
    await rows
      .filter({ hasText: /suppress/i })
      .first()
      .waitFor();
    await picture("menu");

    await rows
      .filter({ hasNotText: /suppress|quick fix/i })
      .first()
      .click();
    await squiggle.waitFor({ state: "detached" });
    await page.keyboard.press("Control+s");
    await saved(join(folder, "src/main.rs"), (text) => !text.includes("danger_accept_invalid_certs(true)"));
    await picture("fixed");
    // One step takes it back, and one makes it again.
    await page.keyboard.press("Control+z");
    await squiggle.waitFor();
    await page.keyboard.press("Control+y");
    await squiggle.waitFor({ state: "detached" });
    await page.keyboard.press("Control+s");

    const warning = page.locator(".monaco-editor .squiggly-warning").first();
    await (await openMenu(page, warning))
      .filter({ hasNotText: /suppress|quick fix/i })
      .first()
      .click();
    await warning.waitFor({ state: "detached" });
    await page.keyboard.press("Control+s");
    await saved(join(folder, "src/main.rs"), (text) => text.includes("FAIL_IF_NO_PEER_CERT"));
    await picture("reviewed-fix");

    await page.mouse.click(...(await middle(page.locator("#status\\.languageStatus"))));
    await page.locator(".hover-language-status", { hasText: "TLS: no findings" }).waitFor();
    await page.locator(".hover-language-status", { hasText: /TLS: 6 problems · 9 files · 3 certificates · \d+\.\d s/ }).waitFor();
    await picture("language-status");
    await page.keyboard.press("Escape");

    await hoverOver(page, page.locator(".view-line span:not(:has(span))", { hasText: "ca.pem" }).last(), "Editor Test CA");
    await picture("path-hover");

    await open("certs/ca.pem");
    await hoverOver(page, page.locator(".view-line span:not(:has(span))", { hasText: /^MII/ }).first(), "Editor Test CA");
    await picture("pem-hover");

    await open("src/fixed.rs");
    await (await openMenu(page, squiggle)).filter({ hasText: "Explain this finding" }).click();
    const explanation = page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame").locator("body");
    await explanation.getByText("What is known of this line").waitFor();
    await picture("explanation");
  } catch (error) {
    await page
      .locator("#status\\.notifications")
      .click({ timeout: 3000 })
      .catch(() => {});
    await picture("failed").catch(() => {});
    throw error;
  } finally {
    await browser.close();
    await host.stop();
  }
}

/** The pointer has to arrive anew for a hover to open, and the server may still be at work. */
async function hoverOver(page, place, shown) {
  const hover = page.locator(".monaco-hover:visible", { hasText: shown }).first();
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.mouse.move(5, 5);
    await page.mouse.move(...(await middle(place)), { steps: 4 });
    if (await appears(hover)) return;
  }
  assert.fail(`no hover shows ${shown}`);
}

/** A key that comes while the editor is still asking for actions is lost, and a click while it draws the lines anew meets another place. */
export async function openMenu(page, place) {
  const rows = page.locator(".action-widget .monaco-list-row");
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.mouse.click(...(await middle(place)));
    await page.keyboard.press("Control+.");
    if (await appears(rows.first())) return rows;
    await page.keyboard.press("Escape");
  }
  return assert.fail("no menu of code actions opened");
}

export const appears = (place) =>
  place.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );

/** Squiggles lie under the text, where nothing can be clicked by name; and lines are drawn anew at any time. */
async function middle(place) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const box = await place.boundingBox();
    if (box) return [box.x + box.width / 2, box.y + box.height / 2];
    await new Promise((done) => setTimeout(done, 100));
  }
  return assert.fail(`${place} has no place on the page`);
}

async function saved(path, isRight) {
  for (const start = Date.now(); Date.now() - start < LIMIT; ) {
    if (isRight(readFileSync(path, "utf8"))) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`${path} was not saved as expected:\n${readFileSync(path, "utf8")}`);
}
