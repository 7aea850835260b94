/** What the suites in the extension host have in common: files, findings, edits, and waiting. */
import assert from "node:assert/strict";
import {
  type CodeAction,
  type CodeActionKind,
  commands,
  type Diagnostic,
  type Hover,
  languages,
  type MarkdownString,
  type Position,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";

export type Tests = Readonly<Record<string, () => Promise<void>>>;

export const file = (name: string): Uri => Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/"), name);

export const put = (name: string, text: string): Thenable<void> => workspace.fs.writeFile(file(name), Buffer.from(text));

export const savedText = async (uri: Uri): Promise<string> => Buffer.from(await workspace.fs.readFile(uri)).toString();

export async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(file(name));
  await window.showTextDocument(document);
  return document;
}

export const ours = ({ uri }: TextDocument): Diagnostic[] => languages.getDiagnostics(uri).filter(({ source }) => source === "tlslint");

export const codeOf = ({ code }: Diagnostic): unknown => (typeof code === "object" ? code.value : code);

export const finding = (document: TextDocument, rule: string): Promise<Diagnostic> =>
  until(() => ours(document).find((it) => codeOf(it) === rule), 30_000);

export async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(0), document.positionAt(before.length)), after);
  assert.equal(await workspace.applyEdit(edit), true);
}

/** Resolved: VS Code does so for as many as it is told. */
export const codeActions = (document: TextDocument, range: Range, kind: CodeActionKind): Thenable<CodeAction[]> =>
  commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, kind.value, 20);

/** Where a text begins in the document. */
export function positionOf(document: TextDocument, text: string): Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, text);
  return document.positionAt(at);
}

/** Of all hovers at a place those that have the text. */
export const hover = (document: TextDocument, at: Position, text: string): Promise<string> =>
  until(async () => {
    const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, at);
    return hovers.map(written).find((it) => it.includes(text));
  });

const written = ({ contents }: Hover): string =>
  contents.map((it: MarkdownString | string | { value: string }) => (typeof it === "string" ? it : it.value)).join("\n");

export async function until<T>(read: () => T | undefined | Promise<T | undefined>, limit = 60_000): Promise<T> {
  const start = Date.now();
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() - start > limit) throw new Error(`waited ${limit} ms in vain`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
