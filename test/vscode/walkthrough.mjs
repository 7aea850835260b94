/**
 * The pictures of the walkthrough: what a user sees at each of its steps, in a dark and a light theme. `UPDATE=1` puts them where the
 * extension has them; each run takes them anew, so that there is something to see.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openMenu } from "./interface.mjs";

/** CSS pixels. */
const SIZE = { width: 760, height: 440 };
/** Of the pictures, which all together have 150 KB at most (`test/laws/package.test.ts`). */
const SCALE = 0.75;
const THEMES = [
  ["dark", "vs-dark", { colorScheme: "dark", forcedColors: "none" }],
  ["light", "vs", { colorScheme: "light", forcedColors: "none" }],
];

/** `page` shows the views beside `src/main.rs`. */
export async function takePictures(page, folder) {
  const squiggle = page.locator(".monaco-editor .squiggly-error").first();
  for (const [theme, scheme, media] of THEMES) {
    await page.emulateMedia(media);
    await page.locator(`.monaco-workbench.${scheme}`).waitFor();
    const save = async (name, x, y) => {
      const png = await page.screenshot({ clip: { x, y, ...SIZE } });
      writeFileSync(join(folder, `${name}-${theme}.webp`), await webp(page, png));
    };
    await open(page, /^Explorer/);
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "main.rs" }).waitFor();
    await squiggle.waitFor();
    await save("project", 48, 36);
    await open(page, /^TLS/);
    await page.getByRole("treeitem", { name: /^Editor Test CA/ }).waitFor();
    await save("views", 48, 36);
    const box = await squiggle.boundingBox();
    await page.mouse.move(5, 5);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.locator(".monaco-hover:visible", { hasText: "disabled-verification" }).first().waitFor();
    await save("finding", 352, 70);
    await page.keyboard.press("Escape");
    await openMenu(page, squiggle);
    await save("fix", 352, 70);
    await page.keyboard.press("Escape");
    await showSettings(page);
    await save("settings", 352, 36);
    await open(page, /main\.rs/);
  }
}

const open = (page, name) => page.getByRole("tab", { name }).first().click();

/** Those of the extension, as its step opens them. */
async function showSettings(page) {
  const ours = page.locator(".settings-editor .setting-item-label", { hasText: "Mtls" });
  if (await page.getByRole("tab", { name: /^Settings/ }).count()) await open(page, /^Settings/);
  else {
    await page.keyboard.press("Control+,");
    await page.locator(".settings-editor .suggest-input-container").first().waitFor();
    await page.keyboard.type("@ext:tlslint.tlslint");
  }
  await ours.first().waitFor();
}

/** A fifth of the bytes. The browser that shows the page knows how. */
async function webp(page, png) {
  const blank = await page.context().newPage();
  const url = await blank.evaluate(
    async ({ source, scale }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width * scale, height: image.height * scale });
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/webp", 0.62);
    },
    { source: `data:image/png;base64,${png.toString("base64")}`, scale: SCALE },
  );
  await blank.close();
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}
