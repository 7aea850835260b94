/** Files as the workspace names them: from its folder on, and with the folder's name where there are several. */
import { type Uri, workspace } from "vscode";
import { folderLabels } from "./folder-labels.ts";

export function shownPath(uri: Uri): string {
  const { workspaceFolders: folders = [] } = workspace;
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder === undefined || folders.length < 2) return workspace.asRelativePath(uri);
  const label = folderLabels(folders.map((it) => ({ name: it.name, path: it.uri.path })))[folder.index] ?? folder.name;
  return `${label}/${workspace.asRelativePath(uri, false)}`;
}
