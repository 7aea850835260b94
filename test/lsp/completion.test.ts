/** Completion and hover in a file of settings, as an editor asks for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionRequest, HoverRequest } from "vscode-languageserver-protocol/node";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { LIKE_VSCODE, startEditor } from "./editor.ts";
import { MANIFEST } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();

test("settings are completed and explained while the file is not saved, and Rust code is left to its own server", async (context) => {
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": "fn main() {}\n", "tlslint.toml": "" };
  const editor = await startEditor(context, { server: server(), files, capabilities: LIKE_VSCODE });
  const text = '# ä\n[rules]\nno-client-auth = "w"\n';
  const uri = await editor.open("tlslint.toml", text, "tlslint-toml");
  const at = (offset: number) => ({ textDocument: { uri }, position: new LineIndex(text).position(offset, editor.unit) });
  const items = [(await editor.connection.sendRequest(CompletionRequest.type, at(text.indexOf('w"') + 1))) ?? []].flat();
  const warning = items.flatMap((it) => ("label" in it && it.label === "warning" ? [it] : [])).at(0);
  assert.ok(warning?.textEdit && "range" in warning.textEdit);
  assert.equal(editor.covered(uri, warning.textEdit.range), '"w"');
  assert.equal(warning.textEdit.newText, '"warning"');
  const hover = await editor.connection.sendRequest(HoverRequest.type, at(text.indexOf("client-auth")));
  assert.match(JSON.stringify(hover?.contents), /no-client-auth.*Severity/);
  const code = await editor.open("src/main.rs", "fn main() {}\n");
  const inCode = await editor.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: code },
    position: { line: 0, character: 3 },
  });
  assert.deepEqual(inCode, []);
});

test("a client that can be told of which files is asked for no others, and any other for all", async (context) => {
  const files = { "Cargo.toml": MANIFEST };
  const editor = await startEditor(context, { server: server(), files, capabilities: LIKE_VSCODE });
  const settings = await editor.open("Cargo.toml", MANIFEST, "toml");
  await editor.diagnostics(settings);
  assert.equal(editor.result?.capabilities.completionProvider, undefined);
  assert.ok(editor.registered.includes("textDocument/completion"));
  const plain = await startEditor(context, { server: server(), files, capabilities: {} });
  assert.deepEqual(plain.result?.capabilities.completionProvider, {});
});
