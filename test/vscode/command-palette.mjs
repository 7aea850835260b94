/** A command by the palette, as a user runs it who waits for its row to be there. */

/** Milliseconds until a command that the workbench knows is listed. */
const SHOWN = 3000;
const ATTEMPTS = 20;

/**
 * `title` as the palette shows it. The workbench learns of commands one after the other while it starts, and hears no key that is pressed
 * in a page whose script is not there yet.
 */
export async function runCommand(page, title) {
  const input = page.locator(".quick-input-widget input.input");
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  for (let attempt = 1; ; attempt++) {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("F1");
    const shown = input.fill(`>${title}`, { timeout: SHOWN }).then(() => row.waitFor({ timeout: SHOWN }));
    const error = await shown.then(
      () => undefined,
      (reason) => reason,
    );
    if (error === undefined) break;
    if (attempt === ATTEMPTS) throw error;
    await page.keyboard.press("Escape");
  }
  await row.click();
}
