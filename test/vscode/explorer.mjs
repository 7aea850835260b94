/** Files opened from the explorer, as a pointer does. */

/** The pointer may rest on a row whose hover lies over this one. */
export async function openInExplorer(page, name) {
  await page.mouse.move(5, 5);
  await page.locator(".context-view .hover-contents").waitFor({ state: "hidden" });
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).click();
}
