/** The read-only text beside a certificate file: what the server sees in it. */
import {
  type CancellationToken,
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { CERTIFICATE_FILES } from "./documents.ts";
import type { ServerProcess } from "./server-process.ts";

const SCHEME = "tlslint-certificate";

export function registerCertificateView(server: ServerProcess): Disposable {
  const changed = new EventEmitter<Uri>();
  const closed = workspace.onDidCloseTextDocument(({ uri }) => opened.delete(uri.toString()));
  const watcher = workspace.createFileSystemWatcher(CERTIFICATE_FILES);
  const provider = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri: Uri, _token: CancellationToken) =>
      opened.get(uri.toString()) ?? (await server.inspect(uri.query)) ?? "the server is not running, so the file was not looked at\n",
  });
  const refresh = (file: Uri): void => changed.fire(viewOf(file));
  return Disposables.from(
    changed,
    closed,
    watcher,
    provider,
    watcher.onDidChange(refresh),
    watcher.onDidCreate(refresh),
    watcher.onDidDelete(refresh),
  );
}

export async function showCertificate(file: Uri): Promise<void> {
  const document = await workspace.openTextDocument(viewOf(file));
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
}

/** What passwords opened, while it is looked at. The passwords themselves are not kept: a change of the file takes another one. */
const opened = new Map<string, string>();
let openings = 0;

export async function showKeyStore(server: ServerProcess, file: Uri, password: string): Promise<void> {
  // Each opening has a document of its own: VS Code keeps those that it knows.
  const view = viewOf(file).with({ fragment: `opened-${++openings}` });
  opened.set(
    view.toString(),
    (await server.inspect(file.toString(), password)) ?? "the server is not running, so the file was not looked at\n",
  );
  const document = await workspace.openTextDocument(view);
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
}

/** The file's own URI travels in the query; the path only names the tab. */
const viewOf = (file: Uri): Uri => Uri.from({ scheme: SCHEME, path: `${file.path}.txt`, query: file.toString() });
