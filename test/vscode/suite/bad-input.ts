/** Bad input in a real VS Code: thousands of certificates, names that steer, what vanishes while it is shown, half a configuration, a huge bundle. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { CodeActionKind, type CompletionList, commands, type DocumentSymbol, LanguageModelTextPart, lm, Position, workspace } from "vscode";
import { assertNothingHidden, STEERING } from "../../harness/hidden.ts";
import { certificate } from "../../lsp/programs.ts";
import {
  codeActions,
  codeOf,
  file,
  finding,
  hover,
  open,
  ours,
  positionOf,
  put,
  replace,
  savedText,
  type Tests,
  until,
} from "./documents.ts";

export const badInput: Tests = {
  "a file of five thousand certificates has an outline, and holds up no other file": async () => {
    const one = certificate("One of Many");
    writeFileSync(file("certs/many.pem").fsPath, one.repeat(5000));
    const pem = await open("certs/many.pem");
    const outline = await until(async () => {
      const found = await commands.executeCommand<DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", pem.uri);
      return found?.length === 5000 ? found : undefined;
    });
    assert.match(String(outline[4999]?.name), /One of Many/);
    await finding(await open("src/main.rs"), "disabled-verification");
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(pem.uri);
  },

  "a name that steers is shown as what it is": async () => {
    await put("certs/hostile.pem", certificate(`<img src=x onerror=alert(1)> [a](command:x)${STEERING.join("")}`));
    const pem = await open("certs/hostile.pem");
    const said = await hover(pem, new Position(1, 30), "onerror");
    assertNothingHidden(said.replaceAll("\n", ""), said);
    // In code nothing is markup.
    assert.doesNotMatch(said.replace(/`[^`]*`/g, ""), /<img|[^\\]\]\(command/);
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(pem.uri);
  },

  "a file that vanishes while it is open keeps its findings": async () => {
    await put("src/vanishing.rs", await savedText(file("src/main.rs")));
    const code = await open("src/vanishing.rs");
    await finding(code, "disabled-verification");
    await workspace.fs.delete(code.uri);
    await new Promise((done) => setTimeout(done, 1500));
    await finding(code, "disabled-verification");
    await commands.executeCommand("workbench.action.closeAllEditors");
  },

  "half a configuration loses no finding, and its typo is completed, explained and mended": async () => {
    await put("tlslint.toml", "");
    const settings = await open("tlslint.toml");
    assert.equal(settings.languageId, "tlslint-toml");
    await replace(settings, "", '[rules]\ndisabled-verificaton = "hi');
    await until(() => (ours(settings).length > 0 ? true : undefined));
    await finding(await open("src/main.rs"), "disabled-verification");
    await open("tlslint.toml");
    await replace(settings, settings.getText(), '[rules]\ndisabled-verificaton = "hint"\n');
    const [typo] = await until(() => {
      const found = ours(settings).filter((it) => /disabled-verificaton/.test(settings.getText(it.range)));
      return found.length === 1 ? found : undefined;
    });
    assert.ok(typo);
    const [mend] = await until(async () => {
      const found = (await codeActions(settings, typo.range, CodeActionKind.QuickFix)).filter(({ edit }) => edit !== undefined);
      return found.length > 0 ? found : undefined;
    });
    assert.ok(mend?.edit, String(codeOf(typo)));
    assert.equal(await workspace.applyEdit(mend.edit), true);
    assert.match(settings.getText(), /^disabled-verification = "hint"$/m);
    assert.match(await hover(settings, positionOf(settings, "disabled-verification").translate(0, 3), "disabled"), /verif/);
    const value = positionOf(settings, '"hint"').translate(0, 1);
    const offered = await commands.executeCommand<CompletionList>("vscode.executeCompletionItemProvider", settings.uri, value);
    assert.ok(offered.items.some(({ label }) => /warning/.test(typeof label === "string" ? label : label.label)));
    await settings.save();
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(settings.uri);
    await finding(await open("src/main.rs"), "disabled-verification");
  },

  "a bundle of 50 MB is hovered over where code names it, and inspected": async () => {
    writeFileSync(file("certs/big.pem").fsPath, `${certificate("Bundle CA")}${`# ${"x".repeat(1022)}\n`.repeat(49 * 1024)}`);
    await put("src/big.rs", 'pub const CA: &[u8] = include_bytes!("../certs/big.pem");\n');
    const code = await open("src/big.rs");
    assert.match(await hover(code, positionOf(code, "big.pem"), "Bundle CA"), /^\*\*expires in 399 days/);
    const { content } = await lm.invokeTool("inspect_certificate", { input: { file: "certs/big.pem" }, toolInvocationToken: undefined });
    const [part] = content;
    assert.ok(part instanceof LanguageModelTextPart);
    assert.match(part.value, /Bundle CA/);
    await commands.executeCommand("workbench.action.closeAllEditors");
    for (const it of ["certs/big.pem", "src/big.rs"]) await workspace.fs.delete(file(it));
  },
};
