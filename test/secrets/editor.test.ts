/** No answer, diagnostic, hover, action or line of the log that an editor gets holds a byte of a private key. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { property } from "../../server/src/lsp/client-abilities.ts";
import { log, startServer } from "../../server/src/lsp/server.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { NOW } from "../certificates/cases.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { LIKE_VSCODE } from "../lsp/editor.ts";
import { filesWithKeys } from "./files.ts";
import { likeOthers, secretKeys, webKeys } from "./keys.ts";
import { Secrets } from "./leaks.ts";

const secrets = new Secrets();
for (const { kind, secrets: parts } of [...secretKeys, ...webKeys]) for (const it of parts) secrets.add(kind, it);
for (const it of likeOthers) secrets.except(it);

/** The server without a process around it: everything that it writes is kept. */
async function editor(files: Readonly<Record<string, string | Uint8Array>>) {
  const host = memoryHost(files, NOW);
  const toServer = new PassThrough();
  const fromServer = new PassThrough();
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(fromServer));
  const service = await createLintService({ ...host, log: (level, message) => log(connection, level, message) }, { roots: [] });
  startServer(connection, service, "0");
  const written: string[] = [];
  const waiting = new Map<number, (answer: unknown) => void>();
  const reader = new StreamMessageReader(fromServer);
  reader.listen((message) => {
    written.push(JSON.stringify(message));
    if ("id" in message && typeof message.id === "number" && !("method" in message))
      waiting.get(message.id)?.(Reflect.get(message, "result"));
    // Whatever the server asks of the client has an answer.
    else if ("id" in message) send({ id: message.id, result: null });
  });
  let next = 1;
  const writer = new StreamMessageWriter(toServer);
  const send = (message: object): void => void writer.write(Object.assign({ jsonrpc: "2.0" }, message));
  return {
    written,
    notify: (method: string, params: unknown): void => send({ method, params }),
    request: (method: string, params: unknown): Promise<unknown> => {
      const id = next++;
      const answer = new Promise<unknown>((done) => waiting.set(id, done));
      send({ id, method, params });
      return answer;
    },
  };
}

test("diagnostics, hovers, outlines, lenses, actions and inspections of every file that holds a key", async () => {
  const chosen = secretKeys.filter(({ kind }) => /^(?:PKCS#8 RSA|PKCS#8 Ed25519)$/.test(kind));
  const all = Object.entries(filesWithKeys(chosen)).filter(([name]) => /^jwk|\/(?:objects|pem|line)\//.test(name));
  const files = Object.fromEntries(all.map(([name, content]) => [`/w/${name}`, content]));
  const { written, notify, request } = await editor(files);
  await request("initialize", {
    processId: null,
    rootUri: "file:///w",
    capabilities: LIKE_VSCODE,
    workspaceFolders: [{ uri: "file:///w", name: "w" }],
  });
  notify("initialized", {});
  let hovers = 0;
  let actions = 0;
  let outlined = 0;
  /** What is fixed in the whole workspace is the same wherever it is asked for, and every file is analysed for it. */
  const fixedEverywhere = new Set<string>();
  for (const [path, content] of Object.entries(files)) {
    const uri = pathToFileURL(path).href;
    await request("tlslint/inspect", { uri });
    await request("tlslint/tool", { name: "inspect_certificate", input: { file: path } });
    if (path.includes("/objects/") && !/public-0|right\.pem|certificate\.pem|utf16|raw\.crt|bare|glued/.test(path)) continue;
    // The editor shows what is binary as text, too.
    const text = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
    notify("textDocument/didOpen", { textDocument: { uri, languageId: "any", version: 1, text } });
    await request("textDocument/diagnostic", { textDocument: { uri } });
    await request("tlslint/inspect", { uri });
    const lines = new LineIndex(text);
    const places = [0.1, 0.3, 0.6, 0.9].map((part) => lines.position(Math.floor(part * text.length)));
    for (const position of places) if ((await request("textDocument/hover", { textDocument: { uri }, position })) !== null) hovers++;
    const range = { start: { line: 0, character: 0 }, end: lines.position(text.length) };
    const offered = await request("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics: [] } });
    for (const action of Array.isArray(offered) ? offered : []) {
      actions++;
      const title = String(property(action, "title"));
      if (title.includes("in the workspace") && fixedEverywhere.size === fixedEverywhere.add(title).size) continue;
      await request("codeAction/resolve", action);
    }
    const [outline, lenses] = [
      await request("textDocument/documentSymbol", { textDocument: { uri } }),
      await request("textDocument/codeLens", { textDocument: { uri } }),
    ];
    outlined += Array.isArray(outline) ? outline.length : 0;
    for (const lens of Array.isArray(lenses) ? lenses : []) await request("codeLens/resolve", lens);
    notify("textDocument/didClose", { textDocument: { uri } });
  }
  assert.ok(hovers > 200, `${hovers} hovers`);
  assert.ok(actions > 100, `${actions} actions`);
  assert.ok(fixedEverywhere.size > 0, "nothing is fixed in the workspace");
  assert.ok(outlined > 50, `${outlined} objects in outlines`);
  const leaks = written.filter((it) => secrets.in(it).length > 0);
  assert.deepEqual(
    leaks.map((it) => secrets.context(it)),
    [],
  );
});

test("a request that fails is logged without what it was about", async () => {
  const { written, notify, request } = await editor({});
  await request("initialize", { processId: null, rootUri: null, capabilities: {} });
  notify("initialized", {});
  const [key] = secretKeys;
  const text = Buffer.from(key?.der ?? []).toString("base64");
  for (const method of ["textDocument/hover", "textDocument/diagnostic", "tlslint/inspect"])
    await request(method, { textDocument: { uri: text }, uri: { text }, position: text });
  assert.ok(written.some((it) => it.includes("failed")) || written.length >= 4);
  assert.deepEqual(
    written.filter((it) => secrets.in(it).length > 0),
    [],
  );
});
