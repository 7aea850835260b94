/** Days left are counted when they are asked for: an editor that stays open over night asks again when the user comes back to it. */
import { type Disposable, window } from "vscode";

export function onNewDay(refresh: () => void): Disposable {
  let day = new Date().toDateString();
  return window.onDidChangeWindowState(({ focused }) => {
    const today = new Date().toDateString();
    if (!focused || today === day) return;
    day = today;
    refresh();
  });
}
