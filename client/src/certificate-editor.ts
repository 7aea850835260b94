/** The read-only editor of certificate files and key stores: the server says what is in them, a page shows it. */
import {
  type CancellationToken,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  commands,
  type Disposable,
  Disposable as Disposables,
  RelativePattern,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { certificatePage, messagePage, notAnalysed, type PageOf } from "./certificate-page.ts";
import { COPY_VALUE, EXPLAIN, OPEN_KEY_STORE } from "./command-names.ts";
import { onNewDay } from "./new-day.ts";
import { nonce } from "./nonce.ts";
import type { ServerProcess } from "./server-process.ts";
import { shownPath } from "./shown-path.ts";

/** Of files that are no text: nothing else shows them. */
export const BINARY_VIEW = "tlslint.binaryCertificate";
/** Of files that may be text, which is shown as such unless the user wants this. */
const CERTIFICATE_VIEW = "tlslint.certificate";

/** One for all files that are shown. */
export class CertificateEditors implements CustomReadonlyEditorProvider<CustomDocument>, Disposable {
  readonly #server: ServerProcess;
  readonly #shown = new Map<string, Set<ShownFile>>();
  readonly #registered: Disposable;

  constructor(server: ServerProcess) {
    this.#server = server;
    const views = [BINARY_VIEW, CERTIFICATE_VIEW];
    this.#registered = Disposables.from(
      ...views.map((it) => window.registerCustomEditorProvider(it, this, { supportsMultipleEditorsPerDocument: true })),
      server.onDidChangeState((state) => {
        if (state === "running") this.#refresh();
      }),
      // The issuer of what is shown may be in another file.
      server.onDidChangeOverview(() => {
        for (const file of this.#all()) if (!file.isOpened) void file.refresh();
      }),
      onNewDay(() => this.#refresh()),
    );
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose() {} };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel, _token: CancellationToken): void {
    // No script and no file of ours: what the page may do is follow these links.
    panel.webview.options = { enableScripts: false, localResourceRoots: [], enableCommandUris: [COPY_VALUE, EXPLAIN, OPEN_KEY_STORE] };
    const file = new ShownFile(this.#server, uri, panel);
    const key = uri.toString();
    const files = this.#shown.get(key) ?? new Set();
    this.#shown.set(key, files.add(file));
    panel.onDidDispose(() => {
      file.dispose();
      files.delete(file);
      if (files.size === 0 && this.#shown.get(key) === files) this.#shown.delete(key);
    });
    // VS Code shows nothing of the panel before this returns.
    void file.refresh();
  }

  /** Shows what the password opens, in the editors of the file that are there, else in a new one. */
  async open(uri: Uri, password: string): Promise<void> {
    const files = this.#shown.get(uri.toString());
    if (files === undefined) await commands.executeCommand("vscode.openWith", uri, BINARY_VIEW);
    for (const file of this.#shown.get(uri.toString()) ?? []) await file.refresh(password);
  }

  dispose(): void {
    this.#registered.dispose();
    for (const file of this.#all()) file.dispose();
  }

  #refresh(): void {
    for (const file of this.#all()) void file.refresh();
  }

  #all(): readonly ShownFile[] {
    return [...this.#shown.values()].flatMap((files) => [...files]);
  }
}

/** Beside what the user looks at. */
export const showCertificate = (file: Uri): Thenable<unknown> =>
  commands.executeCommand("vscode.openWith", file, CERTIFICATE_VIEW, { viewColumn: ViewColumn.Beside, preserveFocus: true });

class ShownFile implements Disposable {
  readonly #server: ServerProcess;
  readonly #uri: Uri;
  readonly #panel: WebviewPanel;
  readonly #watched: Disposable;
  #page = "";
  /** A password opened what is shown. */
  #isOpened = false;
  /** Of several questions the last one's answer counts. */
  #asked = 0;

  constructor(server: ServerProcess, uri: Uri, panel: WebviewPanel) {
    this.#server = server;
    this.#uri = uri;
    this.#panel = panel;
    // By its own folder: the file may lie outside of the workspace.
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), escapedGlob(name)));
    // A page that is blank is none.
    panel.webview.html = messagePage("Analysing the file…", { ...this.#of(), nonce: nonce() });
    const changed = (): void => void this.refresh();
    this.#watched = Disposables.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed));
  }

  /** A change of the file closes what a password had opened: the password is not here any more. */
  async refresh(password?: string): Promise<void> {
    const asked = ++this.#asked;
    const uri = this.#uri.toString();
    // The file may have changed while it was analysed.
    const inspected = (await this.#server.inspect(uri, password)) ?? (await this.#server.inspect(uri, password));
    if (asked !== this.#asked) return;
    this.#isOpened = password !== undefined;
    const of = this.#of();
    const draw = (nonce: string): string =>
      inspected === undefined
        ? messagePage(notAnalysed(this.#server.state === "running"), { ...of, nonce })
        : certificatePage(inspected, { ...of, nonce });
    // Whoever reads it loses their place with a new page: only for news.
    if (draw("") === this.#page) return;
    this.#page = draw("");
    this.#panel.webview.html = draw(nonce());
  }

  get isOpened(): boolean {
    return this.#isOpened;
  }

  #of(): Omit<PageOf, "nonce"> {
    return { name: shownPath(this.#uri), uri: this.#uri.toString() };
  }

  dispose(): void {
    // The panel is gone: no answer is for it.
    this.#asked++;
    this.#watched.dispose();
  }
}

/** Brackets make a class of one character, whatever it is. */
const escapedGlob = (name: string): string => name.replace(/[*?[\]{}]/g, "[$&]");
