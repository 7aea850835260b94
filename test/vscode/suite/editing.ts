/** The extension in a real VS Code: what it finds, shows and changes while a user edits. */
import assert from "node:assert/strict";
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  extensions,
  type Hover,
  LanguageModelTextPart,
  languages,
  lm,
  type MarkdownString,
  Position,
  Range,
  TabInputCustom,
  TabInputText,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";

export const tests: Readonly<Record<string, () => Promise<void>>> = {
  "a Rust file activates the extension, and its mistake is underlined": async () => {
    const document = await open("src/main.rs");
    const found = await finding(document, "disabled-verification");
    assert.equal(found.severity, DiagnosticSeverity.Error);
    assert.match(document.getText(found.range), /danger_accept_invalid_certs|true/);
    const { target }: { target?: Uri } = Object(found.code);
    assert.match(String(target), /disabled-verification\.md$/);
    assert.equal(extensions.getExtension("tlslint.tlslint")?.isActive, true);
  },

  "findings are there before the text is saved": async () => {
    const document = await open("src/clean.rs");
    const before = document.getText();
    await replace(
      document,
      before,
      `${before}\nfn unsafe_client() -> reqwest::ClientBuilder {\n    reqwest::Client::builder().danger_accept_invalid_certs(true)\n}\n`,
    );
    await finding(document, "disabled-verification");
    assert.equal(document.isDirty, true);
    await replace(document, document.getText(), before);
    await until(() => (ours(document).length === 0 ? true : undefined));
    await document.save();
  },

  "hover shows the certificate behind a path, and in the PEM block itself": async () => {
    const code = await open("src/main.rs");
    const pem = await open("certs/ca.pem");
    assert.equal(pem.languageId, "pem");
    for (const [document, offset] of [
      [code, code.getText().indexOf("certs/ca.pem")],
      [pem, 40],
    ] as const) {
      const text = await until(async () => {
        const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, document.positionAt(offset));
        return hovers.map(written).find((it) => it.includes("Editor Test CA"));
      });
      assert.match(text, /days?/);
    }
  },

  "the preferred fix is applied and saved, and the finding is gone": async () => {
    const document = await open("src/fixed.rs");
    const found = await finding(document, "disabled-verification");
    const actions = await codeActions(document, found.range, CodeActionKind.QuickFix);
    const fix = actions.find((it) => it.isPreferred);
    assert.ok(fix?.edit, JSON.stringify(actions.map(({ title }) => title)));
    assert.ok(actions.some(({ title }) => /^Suppress /.test(title)));
    assert.equal(await workspace.applyEdit(fix.edit), true);
    await until(() => (ours(document).length === 0 ? true : undefined));
    assert.equal(await document.save(), true);
    const saved = Buffer.from(await workspace.fs.readFile(document.uri)).toString();
    assert.doesNotMatch(saved, /danger_accept_invalid_certs\(true\)/);
  },

  "all that is safe is fixed on saving, when the user wants that": async () => {
    const document = await open("src/on_save.rs");
    await finding(document, "disabled-verification");
    const editor = workspace.getConfiguration("editor", document.uri);
    await editor.update("codeActionsOnSave", { "source.fixAll.tlslint": "explicit" });
    await replace(document, document.getText(), `${document.getText()}\n`);
    await document.save();
    await editor.update("codeActionsOnSave", undefined);
    const saved = Buffer.from(await workspace.fs.readFile(document.uri)).toString();
    assert.doesNotMatch(saved, /danger_accept_\w+\(true\)/);
  },

  "a setting changes the findings at once": async () => {
    const document = await open("src/main.rs");
    await finding(document, "disabled-verification");
    const settings = workspace.getConfiguration("tlslint");
    await settings.update("rules", { "disabled-verification": "off" });
    await until(() => (ours(document).some((it) => codeOf(it) === "disabled-verification") ? undefined : true));
    await settings.update("rules", undefined);
    await finding(document, "disabled-verification");
  },

  "files that nobody opened are reported, and forgotten when they vanish": async () => {
    const uri = file("src/unopened.rs");
    await workspace.fs.writeFile(uri, await workspace.fs.readFile(file("src/main.rs")));
    await until(() => languages.getDiagnostics(uri).find((it) => codeOf(it) === "disabled-verification"), 40_000);
    await workspace.fs.delete(uri);
    await until(() => (languages.getDiagnostics(uri).length === 0 ? true : undefined), 40_000);
  },

  "a certificate file is shown decoded beside its text": async () => {
    await open("certs/ca.pem");
    await commands.executeCommand("tlslint.inspectCertificate", file("certs/ca.pem"));
    const tabs = () => window.tabGroups.all.flatMap((it) => it.tabs);
    await until(() => tabs().find(({ input }) => input instanceof TabInputCustom && input.viewType === "tlslint.certificate"));
    assert.ok(tabs().some(({ input }) => input instanceof TabInputText));
    await commands.executeCommand("workbench.action.closeAllEditors");
  },

  "language models find the tools, and are answered": async () => {
    await open("src/clean.rs");
    const names = ["check_rust_snippet", "explain_tls_finding", "inspect_certificate"];
    assert.deepEqual(lm.tools.flatMap(({ name }) => (names.includes(name) ? [name] : [])).toSorted(), names);
    const { content } = await lm.invokeTool("inspect_certificate", { input: { file: "certs/ca.pem" }, toolInvocationToken: undefined });
    const [part] = content;
    assert.ok(part instanceof LanguageModelTextPart);
    assert.match(part.value, /Editor Test CA/);
  },

  "a finding is explained on a page, and its rule is turned off for the workspace": async () => {
    const document = await open("src/main.rs");
    const { range } = await finding(document, "disabled-verification");
    const actions = await codeActions(document, range, CodeActionKind.QuickFix);
    const explain = actions.find(({ title }) => title.startsWith("Explain this finding"))?.command;
    assert.ok(explain, JSON.stringify(actions.map(({ title }) => title)));
    await commands.executeCommand(explain.command, ...(explain.arguments ?? []));
    await until(() => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes("explanation of")));
    await commands.executeCommand("workbench.action.closeAllEditors");
    const off = actions.find(({ title }) => title === "Turn `disabled-verification` off in tlslint.toml");
    assert.ok(off?.edit);
    assert.equal(await workspace.applyEdit(off.edit), true);
    const settings = await open("tlslint.toml");
    await settings.save();
    const saved = Buffer.from(await workspace.fs.readFile(settings.uri)).toString();
    assert.equal(saved, '[rules]\ndisabled-verification = "off"\n');
    await until(async () => (ours(await open("src/main.rs")).some((it) => codeOf(it) === "disabled-verification") ? undefined : true));
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(settings.uri);
    await finding(await open("src/main.rs"), "disabled-verification");
  },

  "a placeholder is selected": async () => {
    const document = await open("src/clean.rs");
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } };
    await commands.executeCommand("tlslint.selectPlaceholder", document.uri.toString(), [range]);
    assert.deepEqual(window.activeTextEditor?.selection.end, new Position(0, 2));
  },

  "every rule of a finding has a page that opens": async () => {
    await commands.executeCommand("tlslint.explainRule", "disabled-verification");
    await until(() => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes("disabled-verification")));
    await commands.executeCommand("workbench.action.closeAllEditors");
  },

  "the server can be restarted, and finds again": async () => {
    const document = await open("src/main.rs");
    await commands.executeCommand("tlslint.restartServer");
    await finding(document, "disabled-verification");
  },
};

const file = (name: string): Uri => Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/"), name);

async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(file(name));
  await window.showTextDocument(document);
  return document;
}

const ours = (document: TextDocument): Diagnostic[] => languages.getDiagnostics(document.uri).filter(({ source }) => source === "tlslint");

const codeOf = ({ code }: Diagnostic): unknown => (typeof code === "object" ? code.value : code);

const finding = (document: TextDocument, rule: string): Promise<Diagnostic> =>
  until(() => ours(document).find((it) => codeOf(it) === rule), 30_000);

async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(0), document.positionAt(before.length)), after);
  assert.equal(await workspace.applyEdit(edit), true);
}

/** Resolved: VS Code does so for as many as it is told. */
const codeActions = (document: TextDocument, range: Range, kind: CodeActionKind): Thenable<CodeAction[]> =>
  commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, kind.value, 20);

const written = ({ contents }: Hover): string =>
  contents.map((it: MarkdownString | string | { value: string }) => (typeof it === "string" ? it : it.value)).join("\n");

async function until<T>(read: () => T | undefined | Promise<T | undefined>, limit = 60_000): Promise<T> {
  const start = Date.now();
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() - start > limit) throw new Error(`waited ${limit} ms in vain`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
