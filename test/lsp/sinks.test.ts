/** What the server sends to be read steers neither the editor nor its log; no request is answered, and nothing logged, with an exception's text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHECKED } from "../../server/src/lsp/incoming.ts";
import { visibleMessage } from "../../server/src/lsp/outgoing.ts";
import { assertNothingHidden, STEERING } from "../harness/hidden.ts";
import { LIKE_VSCODE, startEditor } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN } from "./programs.ts";
import { rawServer } from "./raw-server.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();

/** What is meant for people. */
function* texts(value: unknown, key = ""): Generator<string> {
  if (["uri", "data", "newText", "arguments"].includes(key)) return;
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const [name, it] of Object.entries(value)) yield* texts(it, name);
}

test("names of files, of certificates and texts of code are shown and not obeyed", {
  skip: process.platform === "win32",
}, async (context) => {
  const files = Object.fromEntries(STEERING.map((it) => [`certs/${it.replaceAll("/", "")}.pem`, certificate(it)]));
  const editor = await startEditor(context, {
    server: server(),
    files: { "Cargo.toml": MANIFEST, ...files, "tlslint.toml": "a = \u001b" },
  });
  const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  for (const [name, text] of [
    ...Object.entries(files),
    ["src/\u001b[2J.rs", MISTAKEN.replace("Client {", "Client { // \u202e")] as const,
  ]) {
    const uri = await editor.open(name, text, name.endsWith(".pem") ? "pem" : "rust");
    const found = [
      await editor.diagnostics(uri),
      await editor.hover(uri, 40),
      await editor.codeActions(uri, everything),
      await editor.connection.sendRequest("tlslint/inspect", { uri }),
    ];
    const said = [...texts(found)];
    assert.ok(said.length > 0, name);
    for (const it of said) assertNothingHidden(it, name);
  }
  for (const line of editor.log) assertNothingHidden(line, "the log");
});

test("whatever a capability sends goes through one writer", () => {
  for (const it of STEERING) {
    const message = { jsonrpc: "2.0", method: "window/showMessage", params: { type: 1, message: it, uri: it, edits: [{ newText: it }] } };
    const { params } = Object(visibleMessage(message));
    assert.doesNotMatch(params.message.replaceAll("\n", ""), /[\p{C}\p{Zl}\p{Zp}]/u);
    assert.deepEqual([params.uri, params.edits[0].newText], [it, it], "what is no text for people is exact");
  }
});

test("null, and parameters of any other shape, are invalid", async (context) => {
  const raw = rawServer(context, server(), "--stdio");
  raw.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: null });
  assert.equal((await raw.answer(1)).error?.code, -32602);
  raw.send({ jsonrpc: "2.0", id: 2, method: "initialize", params: {} });
  assert.equal((await raw.answer(2)).error?.code, -32602);
  raw.send({ jsonrpc: "2.0", id: 3, method: "initialize", params: { processId: null, rootUri: null, capabilities: LIKE_VSCODE } });
  assert.ok((await raw.answer(3)).result);
  let id = 10;
  for (const method of CHECKED.filter((it) => !it.includes("/did") && it !== "initialize")) {
    for (const params of [null, undefined, [], {}, { textDocument: null }, { textDocument: { uri: null } }, { uri: null }, { title: 1 }]) {
      raw.send({ jsonrpc: "2.0", id: ++id, method, params });
      const { error } = await raw.answer(id);
      assert.equal(error?.code, -32602, `${method} ${JSON.stringify(params)}`);
      assert.doesNotMatch(JSON.stringify(error), /Cannot read|undefined|\bat \w/);
    }
  }
  for (const method of CHECKED.filter((it) => it.includes("/did")))
    for (const params of [null, undefined, [], {}, { textDocument: null }, { changes: [null] }, { event: null }])
      raw.send({ jsonrpc: "2.0", method, params });
  raw.send({ jsonrpc: "2.0", id: 9, method: "shutdown", params: null });
  assert.equal((await raw.answer(9)).result, null);
});

test("what is given up is no failure, and nobody's listeners pile up", async (context) => {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`src/m${at}.rs`, MISTAKEN.repeat(5)]));
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST, ...files } });
  const asked: Promise<unknown>[] = [];
  const ask = (method: string, params: unknown): void =>
    void asked.push(editor.connection.sendRequest(method, params).catch(() => undefined));
  ask("workspace/diagnostic", { previousResultIds: [] });
  for (let round = 0; round < 30; round++) {
    const uri = await editor.open("src/m0.rs", MISTAKEN.repeat(5 + round));
    ask("textDocument/diagnostic", { textDocument: { uri } });
    ask("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line: 4, character: 0 }, end: { line: 9, character: 0 } },
      context: { diagnostics: [] },
    });
    await editor.type(uri, 0, 0, "\n");
    ask("textDocument/diagnostic", { textDocument: { uri } });
    await editor.close(uri);
  }
  await Promise.all(asked);
  assert.deepEqual(
    editor.log.filter((it) => /fail|report this/.test(it)),
    [],
  );
  assert.doesNotMatch(editor.complaints, /Warning/);
});
