/** Reports and effective settings as documents that nobody can save: they say what was so when they were opened. */
import { commands, type Disposable, env, Uri, version, window, workspace } from "vscode";
import { configurationText, type EffectiveConfiguration } from "./effective-configuration.ts";
import { type ServerProcess, schemes } from "./server-process.ts";
import { shownPath } from "./shown-path.ts";
import { reportText } from "./summary-text.ts";

const SCHEME = "tlslint-text";

export function registerReadOnlyTexts(): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    // The text travels in the address: nothing has to be kept for a document that may be closed.
    provideTextDocumentContent: ({ query }) => query,
  });
}

export async function showReport(server: ServerProcess): Promise<void> {
  await show("tlslint report.txt", reportOf(server));
}

export async function copyReport(server: ServerProcess): Promise<void> {
  await env.clipboard.writeText(reportOf(server));
  window.setStatusBarMessage("tlslint: report copied; it names no file", 5000);
}

export async function showConfiguration(server: ServerProcess, given: unknown): Promise<void> {
  const file = given instanceof Uri ? given : (inFront() ?? workspace.workspaceFolders?.[0]?.uri);
  const configuration = file && (await server.request<EffectiveConfiguration>("tlslint/configuration", { uri: askedFor(file) }));
  if (file === undefined) await window.showErrorMessage("open a file first: settings are those of a file");
  else if (configuration === undefined) await window.showErrorMessage("the language server is not running");
  else
    await show(
      "effective tlslint.toml",
      configurationText(configuration, shownPath(file), (uri) => shownPath(Uri.parse(uri))),
    );
}

/** Settings are not those of an output or of another such text. */
function inFront(): Uri | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri !== undefined && schemes().includes(uri.scheme) ? uri : undefined;
}

/** Of a folder those of a file that could be in it. */
const askedFor = (file: Uri): string =>
  workspace.workspaceFolders?.some((it) => it.uri.toString() === file.toString()) ? Uri.joinPath(file, "x.rs").toString() : file.toString();

const reportOf = (server: ServerProcess): string =>
  reportText(server.summary, {
    editor: `${env.appName} ${version}`,
    platform: env.remoteName === undefined ? "local" : "remote",
    server: server.state,
    trusted: workspace.isTrusted,
  });

/** Markdown, drawn beside what the user looks at. */
export const showPage = (name: string, markdown: string): Thenable<unknown> =>
  commands.executeCommand("markdown.showPreviewToSide", addressOf(name, markdown));

const addressOf = (name: string, text: string): Uri => Uri.from({ scheme: SCHEME, path: `/${name}`, query: text });

async function show(name: string, text: string): Promise<void> {
  const document = await workspace.openTextDocument(addressOf(name, text));
  await window.showTextDocument(document, { preview: true });
}
