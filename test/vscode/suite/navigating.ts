/** From code to the certificate files that it names and back, in a real VS Code: links, definitions, uses, renames, outline, lenses, hints. */
import assert from "node:assert/strict";
import {
  type CodeLens,
  commands,
  type DocumentLink,
  type DocumentSymbol,
  type InlayHint,
  type Location,
  type LocationLink,
  Position,
  Range,
  type SelectionRange,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { certificate } from "../../lsp/programs.ts";
import { file, hover, open, positionOf, put, type Tests, until } from "./documents.ts";

export const navigating: Tests = {
  "a path leads to its file, and the file to the code that reads it": async () => {
    const code = await open("src/main.rs");
    const [link] = await until(() => links(code));
    assert.equal(code.getText(link?.range), "certs/ca.pem");
    assert.equal(link?.target?.path, file("certs/ca.pem").path);
    const at = positionOf(code, "certs/ca.pem").translate(0, 3);
    assert.deepEqual(
      (await places("vscode.executeDefinitionProvider", code.uri, at)).map(({ path }) => path),
      [file("certs/ca.pem").path],
    );
    const pem = await open("certs/ca.pem");
    const uses = await places("vscode.executeReferenceProvider", pem.uri, new Position(0, 3));
    assert.ok(
      uses.some(({ path }) => path === code.uri.path),
      uses.join(),
    );
  },

  "a literal follows a file that is renamed, and one that is deleted is no longer linked": async () => {
    const text = 'pub const CA: &[u8] = include_bytes!("../certs/moving.pem");\n';
    await put("certs/moving.pem", certificate("Moving CA"));
    await put("src/moving.rs", text);
    const code = await open("src/moving.rs");
    await until(() => links(code));
    const edit = new WorkspaceEdit();
    edit.renameFile(file("certs/moving.pem"), file("certs/moved.pem"));
    assert.equal(await workspace.applyEdit(edit), true);
    await until(() => (code.getText() === text.replace("moving.pem", "moved.pem") ? true : undefined));
    await code.save();
    const [link] = await until(() => links(code));
    assert.equal(link?.target?.path, file("certs/moved.pem").path);
    await workspace.fs.delete(file("certs/moved.pem"));
    await until(async () => ((await links(code)) === undefined ? true : undefined));
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(code.uri);
  },

  "a PEM file has an outline, lenses, and selections that grow by field and object": async () => {
    const pem = await open("certs/ca.pem");
    const outline = await commands.executeCommand<DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", pem.uri);
    assert.match(String(outline[0]?.name), /Editor Test CA/);
    assert.ok((outline[0]?.children.length ?? 0) > 3);
    const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", pem.uri, 10);
    assert.match(lenses.map(({ command }) => command?.title).join(" "), /Editor Test CA.* 399 days.*read in 2 places/);
    const inside = new Position(2, 20);
    const [selection] = await commands.executeCommand<SelectionRange[]>("vscode.executeSelectionRangeProvider", pem.uri, [inside]);
    const wider: Range[] = [];
    for (let it = selection; it !== undefined; it = it.parent) wider.push(it.range);
    assert.ok(wider.length > 2, `${wider.length}`);
    assert.ok(wider.every((it, at) => at === 0 || (it.contains(wider[at - 1] ?? it) && it.contains(inside))));
  },

  "the first line of a hover says until when and whose, or what stands in the line": async () => {
    const pem = await open("certs/soon.pem");
    const [first = ""] = (await hover(pem, new Position(0, 3), "Soon Over CA")).split("\n");
    assert.match(first.replaceAll("\\", ""), /^\*\*expires in 9 days \(\d{4}-\d\d-\d\d\) · root certificate for Soon Over CA/);
    const [field = ""] = (await hover(pem, new Position(1, 30), "Soon Over CA")).split("\n");
    assert.match(field, /^byte \d+: [a-z ]+ = /, "on a line of base64 what stands there");
    const code = await open("src/main.rs");
    const said = await hover(code, positionOf(code, "mozilla_intermediate_v5").translate(0, 2), "server");
    assert.match(said, /TLS 1\.2.*client certificate.*certs\/ca\.pem|client certificate.*TLS 1\.2.*certs\/ca\.pem/s);
  },

  "hints beside paths are for problems, for all paths, or for none": async () => {
    await put("certs/fine.pem", "");
    await put("src/hints.rs", 'pub const CA: &[u8] = include_bytes!("../certs/ca.pem");\n');
    const code = await open("src/hints.rs");
    const settings = workspace.getConfiguration("tlslint");
    const said = (wish: RegExp | undefined) =>
      until(async () => {
        const [hint] = await hints(code);
        return (wish === undefined ? hint === undefined : hint !== undefined && wish.test(hint)) ? true : undefined;
      });
    await said(/^expires in 399 days · 1 problem$/);
    await settings.update("inlay-hints", "off");
    await said(undefined);
    await settings.update("rules", { "weak-key": "off", "shared-key": "off" });
    await settings.update("inlay-hints", "always");
    await said(/^expires in 399 days/);
    await settings.update("inlay-hints", undefined);
    await settings.update("rules", undefined);
    await said(/^expires in 399 days · 1 problem$/);
    await commands.executeCommand("workbench.action.closeAllEditors");
    for (const it of ["certs/fine.pem", "src/hints.rs"]) await workspace.fs.delete(file(it));
  },
};

async function links({ uri }: TextDocument): Promise<DocumentLink[] | undefined> {
  const found = (await commands.executeCommand<DocumentLink[]>("vscode.executeLinkProvider", uri, 10)) ?? [];
  const ours = found.filter(({ target }) => target?.path.includes("/certs/"));
  return ours.length === 0 ? undefined : ours;
}

async function places(command: string, uri: Uri, at: Position): Promise<Uri[]> {
  const found = await commands.executeCommand<(Location | LocationLink)[]>(command, uri, at);
  return found.map((it) => ("targetUri" in it ? it.targetUri : it.uri));
}

async function hints(document: TextDocument): Promise<string[]> {
  const all = new Range(0, 0, document.lineCount, 0);
  const found = await commands.executeCommand<InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
  return found.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
}
