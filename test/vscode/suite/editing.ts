/** The extension in a real VS Code: what it finds, shows and changes while a user edits. */
import assert from "node:assert/strict";
import {
  CodeActionKind,
  commands,
  DiagnosticSeverity,
  extensions,
  LanguageModelTextPart,
  languages,
  lm,
  Position,
  TabInputCustom,
  TabInputText,
  type Uri,
  window,
  workspace,
} from "vscode";
import { codeActions, codeOf, file, finding, hover, open, ours, put, replace, savedText, type Tests, until } from "./documents.ts";

export const editing: Tests = {
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
    ] as const)
      assert.match(await hover(document, document.positionAt(offset), "Editor Test CA"), /days?/);
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
    const saved = await savedText(document.uri);
    assert.doesNotMatch(saved, /danger_accept_invalid_certs\(true\)/);
  },

  "all that is safe is fixed on saving, when the user wants that, and nothing else": async () => {
    const before = await savedText(file("src/main.rs"));
    const observed =
      '\npub fn observed(builder: &mut openssl::ssl::SslContextBuilder) {\n    builder.set_keylog_callback(|_, line| println!("{line}"));\n}\n';
    const acceptor = before.slice(before.indexOf("\npub fn acceptor"));
    await put("src/on_save.rs", `${await savedText(file("src/on_save.rs"))}${acceptor}${observed}`);
    const document = await open("src/on_save.rs");
    await finding(document, "disabled-verification");
    await finding(document, "optional-client-auth");
    await finding(document, "key-log");
    const editor = workspace.getConfiguration("editor", document.uri);
    await editor.update("codeActionsOnSave", { "source.fixAll.tlslint": "explicit" });
    await replace(document, document.getText(), `${document.getText()}\n`);
    await document.save();
    await editor.update("codeActionsOnSave", undefined);
    const saved = await savedText(document.uri);
    assert.doesNotMatch(saved, /keylog/);
    assert.match(saved, /danger_accept_\w+\(true\)/, "some server may be rejected");
    assert.match(saved, /set_verify\(openssl::ssl::SslVerifyMode::PEER\);/, "some client may be");
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
    const saved = await savedText(settings.uri);
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
