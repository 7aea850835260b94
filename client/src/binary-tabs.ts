/** A file whose name may be that of a text, and which is none: where VS Code would show nothing, the certificate editor does. */
import { commands, type Disposable, type Tab, TabInputCustom, TabInputText, type Uri, window, workspace } from "vscode";
import { BINARY_VIEW } from "./certificate-editor.ts";
import { isCertificateFile } from "./documents.ts";

export function showBinaryFiles(): Disposable {
  for (const tab of window.tabGroups.all.flatMap(({ tabs }) => tabs)) void showIfBinary(tab);
  return window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
    // Who goes back to the text has seen the page.
    const left = new Set(closed.flatMap(({ input }) => (input instanceof TabInputCustom ? [input.uri.toString()] : [])));
    for (const tab of opened) if (!left.has(uriOf(tab)?.toString() ?? "")) void showIfBinary(tab);
  });
}

const uriOf = ({ input }: Tab): Uri | undefined => (input instanceof TabInputText ? input.uri : undefined);

async function showIfBinary(tab: Tab): Promise<void> {
  const uri = uriOf(tab);
  if (uri === undefined || !isCertificateFile(uri.path) || !(await isBinary(uri))) return;
  const { viewColumn } = tab.group;
  await commands.executeCommand("vscode.openWith", uri, BINARY_VIEW, { viewColumn, preserveFocus: !tab.isActive, preview: tab.isPreview });
  await window.tabGroups.close(tab).then(undefined, () => false);
}

/** As VS Code tells them apart: text has no zero byte. Nearly every certificate has one: its version, its key. */
async function isBinary(uri: Uri): Promise<boolean> {
  if (workspace.textDocuments.some((it) => it.uri.toString() === uri.toString())) return false;
  try {
    return (await workspace.fs.readFile(uri)).subarray(0, 512).includes(0);
  } catch {
    // It is gone, or not for us: then there is nothing to show.
    return false;
  }
}
