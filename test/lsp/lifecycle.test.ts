/** How the server lives and ends: cancellation, order of messages, nonsense on the wire, and the exit status. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CancellationTokenSource, HoverRequest } from "vscode-languageserver-protocol/node";
import { LIKE_VSCODE, startEditor, until } from "./editor.ts";
import { MANIFEST, MISTAKEN } from "./programs.ts";
import { rawServer } from "./raw-server.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const commandLine = serverBundle("cli.js");
const FILES = { "Cargo.toml": MANIFEST };

test("shutdown, then exit, ends with 0", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  assert.equal(await editor.connection.sendRequest("shutdown"), null);
  await assert.rejects(editor.connection.sendRequest("textDocument/hover", {}), { code: -32600 });
  await assert.rejects(editor.connection.sendRequest("no/such"), { code: -32600 });
  await editor.connection.sendNotification("exit");
  assert.equal(await editor.exited, 0);
});

test("exit without shutdown ends with 1", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  await editor.connection.sendNotification("exit");
  assert.equal(await editor.exited, 1);
});

test("the server does not outlive its parent's end of the pipe", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  editor.process.stdin?.end();
  assert.equal(await editor.exited, 1);
});

test("a method that is not known is refused, a notification that is not known is ignored", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  await assert.rejects(editor.connection.sendRequest("textDocument/noSuchThing", {}), { code: -32601 });
  await editor.connection.sendNotification("textDocument/noSuchThing", {});
  await assert.rejects(editor.connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} }), { code: -32600 });
  assert.equal((await editor.diagnostics(await editor.open("src/main.rs", MISTAKEN))).length, 1);
});

test("parameters that are nonsense are answered as invalid, notifications with them are named in the log, and they harm nobody", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  await assert.rejects(editor.connection.sendRequest("textDocument/hover", { textDocument: null }), { code: -32602 });
  await assert.rejects(editor.connection.sendRequest("textDocument/codeAction", { textDocument: { uri }, range: 7 }), { code: -32602 });
  await editor.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: {} }],
  });
  await editor.connection.sendNotification("textDocument/didOpen", { textDocument: {} });
  assert.equal(
    await editor.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: "file:///no/such.rs" },
      position: { line: 0, character: 0 },
    }),
    null,
  );
  assert.equal((await editor.diagnostics(uri)).length, 1);
  for (const name of ["textDocument/didChange", "textDocument/didOpen"])
    assert.ok(editor.log.includes(`${name} has parameters of another shape and was left out`), editor.log.join("\n"));
  assert.deepEqual(
    editor.log.filter((it) => it.includes("failed")),
    [],
  );
});

test("positions outside of the document are moved into it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const position = { line: 99_999, character: 99_999 };
  assert.equal(await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }), null);
  assert.ok(Array.isArray(await editor.codeActions(uri, { start: position, end: { line: 0, character: 0 } })));
});

test("a cancelled request is answered as cancelled", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN.repeat(2000));
  const cancellation = new CancellationTokenSource();
  const answer = editor.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }, cancellation.token);
  cancellation.cancel();
  await assert.rejects(answer, { code: -32800 });
  assert.ok((await editor.diagnostics(uri)).length > 0);
});

test("a request that the next key overtook is to be asked again, and keeps what is shown", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const overtaken = editor.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  await editor.type(uri, 0, 0, "\n");
  await Promise.allSettled([overtaken]);
  const [found] = await editor.diagnostics(uri);
  assert.equal(found?.range.start.line, MISTAKEN.split("\n").findIndex((line) => line.includes("danger")) + 1);
  await overtaken.catch((error: unknown) => assert.deepEqual(Object(error).data, { retriggerRequest: true }));
});

test("before it is introduced, the server says so", async (context) => {
  const raw = rawServer(context, server(), "--stdio");
  raw.send({ jsonrpc: "2.0", id: 1, method: "textDocument/hover", params: {} });
  assert.equal((await raw.answer(1)).error?.code, -32002);
});

test("nonsense on the wire does not end the server", async (context) => {
  const raw = rawServer(context, server(), "--stdio");
  raw.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: LIKE_VSCODE } });
  assert.ok((await raw.answer(1)).result);
  raw.write("Content-Length: 9\r\n\r\n{not json");
  raw.send({ jsonrpc: "2.0", id: 2, method: 7 });
  raw.send([]);
  raw.send({ jsonrpc: "2.0", id: 77, result: "to a question that nobody asked" });
  raw.send({ jsonrpc: "2.0", id: 3, method: "shutdown" });
  assert.equal((await raw.answer(3)).result, null);
  raw.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await raw.exited, 0);
});

test("Node's channel serves as well as standard streams", async (context) => {
  const raw = rawServer(context, server(), "--node-ipc");
  raw.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: process.pid, rootUri: null, capabilities: {} } });
  assert.ok((await raw.answer(1)).result);
  raw.send({ jsonrpc: "2.0", id: 2, method: "shutdown" });
  assert.equal((await raw.answer(2)).result, null);
  raw.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await raw.exited, 0);
});

test("a parent that lets go of Node's channel takes the server with it", async (context) => {
  const raw = rawServer(context, server(), "--node-ipc");
  raw.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  await raw.answer(1);
  raw.disconnect();
  assert.notEqual(await until(() => raw.exited), undefined);
});

test("the command line serves an editor as well", async (context) => {
  const raw = rawServer(context, commandLine(), "lsp", "--stdio");
  raw.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: LIKE_VSCODE } });
  assert.match(JSON.stringify((await raw.answer(1)).result), /"name":"tlslint"/);
  raw.send({ jsonrpc: "2.0", id: 2, method: "shutdown" });
  assert.equal((await raw.answer(2)).result, null);
  raw.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await raw.exited, 0);
});
