/** The examples of the extension, copied to where the user wants them: mistaken programs to try findings and fixes on. */
import { commands, type ExtensionContext, Uri, window, workspace } from "vscode";
import { unlinked } from "./unlinked.ts";

const NAME = "tlslint-examples";

/** Opens them, in a window of their own where something else is open. Nothing that is there is written over. */
export async function copyExamples({ extensionUri }: ExtensionContext): Promise<void> {
  const [parent] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: `Folder in which ${NAME} is made`,
      openLabel: "Copy Examples Here",
    })) ?? [];
  if (parent === undefined) return;
  const target = Uri.joinPath(parent, NAME);
  try {
    await workspace.fs.copy(Uri.joinPath(extensionUri, "examples"), target, { overwrite: false });
  } catch {
    await window.showErrorMessage(`the examples were not copied: ${unlinked(target.fsPath)} is there, or cannot be written`);
    return;
  }
  await commands.executeCommand("vscode.openFolder", target, { forceNewWindow: workspace.workspaceFolders !== undefined });
}
