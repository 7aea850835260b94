/** What a client says of itself, and which folders it has, decide what it is offered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DidChangeWorkspaceFoldersNotification, WorkspaceDiagnosticRequest } from "vscode-languageserver-protocol/node";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { type Editor, startEditor } from "./editor.ts";
import { MANIFEST, MISTAKEN } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
/** Whether the function verifies its server is a parameter's business. */
const DECIDED = MISTAKEN.replace("client()", "client(lenient: bool)").replace("(true)", "(lenient)");

test("to a client like VS Code everything is offered", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST } });
  assert.deepEqual(editor.result?.capabilities, {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2, save: true },
    hoverProvider: true,
    documentLinkProvider: {},
    definitionProvider: true,
    referencesProvider: true,
    documentSymbolProvider: true,
    selectionRangeProvider: true,
    inlayHintProvider: true,
    codeLensProvider: { resolveProvider: true },
    executeCommandProvider: { commands: ["tlslint.setOwnerOnly", "tlslint.moveKey"] },
    codeActionProvider: { codeActionKinds: ["quickfix", "refactor.rewrite", "source.fixAll.tlslint"], resolveProvider: true },
    diagnosticProvider: { identifier: "tlslint", interFileDependencies: true, workspaceDiagnostics: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  });
});

test("a client that knows no literals of actions is told of none", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST }, capabilities: {} });
  assert.equal(editor.result?.capabilities.codeActionProvider, undefined);
  const other = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST } });
  assert.ok(other.result?.capabilities.codeActionProvider);
});

test("why there is no fix is the last line of the hover, and nothing is offered that cannot be chosen", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST } });
  const lastLine = async (name: string, text: string): Promise<string | undefined> => {
    const uri = await editor.open(name, text);
    const [found] = await editor.diagnostics(uri);
    assert.ok(found);
    assert.deepEqual(
      (await editor.codeActions(uri, found.range)).filter((it) => it.disabled),
      [],
    );
    const hover = await editor.hover(uri, new LineIndex(text).offset(found.range.start, editor.unit));
    const { value }: { value?: string } = Object(hover?.contents);
    return value?.split("\n").at(-1);
  };
  assert.match((await lastLine("src/main.rs", DECIDED)) ?? "", /^no fix: `lenient` decides this/);
  assert.doesNotMatch((await lastLine("src/other.rs", MISTAKEN)) ?? "no fix", /no fix/);
});

test("a folder that leaves the workspace is no longer looked at, and one that comes is", async (context) => {
  const package_ = (name: string) => ({ [`${name}/Cargo.toml`]: MANIFEST, [`${name}/src/main.rs`]: MISTAKEN });
  const editor = await startEditor(context, { server: server(), files: { ...package_("one"), ...package_("two") } });
  assert.deepEqual(await withFindings(editor), ["one/src/main.rs", "two/src/main.rs"]);
  const event = { removed: [{ uri: editor.uri(""), name: "workspace" }], added: [{ uri: editor.uri("two"), name: "two" }] };
  await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
  assert.deepEqual(await withFindings(editor), ["two/src/main.rs"]);
});

async function withFindings(editor: Editor): Promise<readonly string[]> {
  const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  const found = items.filter((it) => it.kind === "full" && it.items.length > 0);
  return found.map(({ uri }) => uri.slice(editor.uri("").replace(/\/?$/, "/").length)).sort();
}
