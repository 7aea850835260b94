/** A file whose name may be that of a text, and which is none: where VS Code would show nothing, the certificate editor does. */
import { commands, type Disposable, type Tab, TabInputCustom, TabInputText, type Uri, window, workspace } from "vscode";
import { BINARY_VIEW } from "./certificate-editor.ts";
import { isCertificateFile } from "./documents.ts";
import { isBinary } from "./text-or-binary.ts";

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
  if (uri === undefined || !isCertificateFile(uri.path) || !(await isBinaryFile(uri))) return;
  const { viewColumn } = tab.group;
  try {
    await commands.executeCommand("vscode.openWith", uri, BINARY_VIEW, {
      viewColumn,
      preserveFocus: !tab.isActive,
      preview: tab.isPreview,
    });
  } catch {
    // The text editor stays: it says at least that it shows nothing.
    return;
  }
  await window.tabGroups.close(tab).then(undefined, () => false);
}

/** What the server analyses has no more bytes (`server/src/node-host.ts`). */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

async function isBinaryFile(uri: Uri): Promise<boolean> {
  if (workspace.textDocuments.some((it) => it.uri.toString() === uri.toString())) return false;
  try {
    const { size } = await workspace.fs.stat(uri);
    return size <= MAXIMUM_BYTES && isBinary(await workspace.fs.readFile(uri));
  } catch {
    // It is gone, or not for us: then there is nothing to show.
    return false;
  }
}
