/** Bad input at each place of an editor: five thousand certificates, names that steer, files that vanish, half a configuration, folders of one name. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  InlayHintRequest,
  ReferencesRequest,
  SelectionRangeRequest,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver-protocol/node";
import { assertNothingHidden, STEERING } from "../harness/hidden.ts";
import { type Editor, startEditor, until, write } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const ALL = { from: 0, count: 500 };
const START = { line: 0, character: 0 };

/** Everything that an editor shows of a certificate file, or beside code, without being asked. */
async function shownOf(editor: Editor, uri: string): Promise<Readonly<Record<string, unknown>>> {
  const textDocument = { uri };
  const lenses = (await editor.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  return {
    diagnostics: await editor.diagnostics(uri),
    outline: await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
    lenses: await Promise.all(lenses.slice(0, 20).map((it) => editor.connection.sendRequest(CodeLensResolveRequest.type, it))),
    hover: await editor.hover(uri, 40),
    selection: await editor.connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [START] }),
    links: await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument }),
    hints: await editor.connection.sendRequest(InlayHintRequest.type, {
      textDocument,
      range: { start: START, end: { line: 999, character: 0 } },
    }),
    references: await editor.connection.sendRequest(ReferencesRequest.type, {
      textDocument,
      position: START,
      context: { includeDeclaration: true },
    }),
    inspection: await editor.connection.sendRequest("tlslint/inspect", { uri }),
    list: await editor.connection.sendRequest("tlslint/certificates", ALL),
  };
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1);

test("a file of five thousand certificates has all that a file of one has, and the code beside it", async (context) => {
  const many = Array.from({ length: 5000 }, (_, at) => certificate(`number ${at}`, at === 4711 ? -3 : undefined)).join("");
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": READER, "certs/ca.pem": many };
  const settings = { rules: { "shared-key": "off" } };
  const editor = await startEditor(context, { server: server(), files, settings });
  const uri = await editor.open("certs/ca.pem", many, "pem");
  const { outline, hover, lenses, references, list } = await shownOf(editor, uri);
  assert.equal(lengthOf(outline), 5000);
  assert.ok(JSON.stringify(outline).length < 2_000_000, "it is read in one go");
  assert.match(JSON.stringify(hover), /number 0, 1 of 5000/);
  assert.match(JSON.stringify(lenses), /number 19, 20 of 5000 .*read in 1 place/);
  assert.equal(lengthOf(references), 1);
  const { total, items } = Object(list);
  assert.deepEqual([total, items.length, items[0].name], [5000, 500, "number 4711"]);
  const filtered: { total: number; unfiltered: number } = await editor.connection.sendRequest("tlslint/certificates", {
    ...ALL,
    problems: true,
  });
  assert.deepEqual([filtered.total, filtered.unfiltered], [1, 5000]);
  const code = await editor.open("src/main.rs", READER);
  assert.match(JSON.stringify((await shownOf(editor, code))["hints"]), /expired 3 days ago · 1 problem"/);
});

test("names that steer are shown as what they are, in outlines, lenses, lists and hints", async (context) => {
  const pem = STEERING.map((it) => certificate(`<img src=x onerror=alert(1)>${it}`, -3)).join("");
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": READER, "certs/ca.pem": pem };
  const editor = await startEditor(context, { server: server(), files });
  const [file, code] = [await editor.open("certs/ca.pem", pem, "pem"), await editor.open("src/main.rs", READER)];
  const said = JSON.stringify([await shownOf(editor, file), await shownOf(editor, code)]);
  assert.match(said, /onerror=alert/);
  for (const it of said.match(/"(?:[^"\\]|\\.)*"/g) ?? []) assertNothingHidden(JSON.parse(it).replaceAll("\n", ""), it);
});

test("what vanishes while it is shown is answered, and is no longer linked", async (context) => {
  const pem = certificate("Vanishing CA");
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": READER, "certs/ca.pem": pem };
  const editor = await startEditor(context, { server: server(), files, initializationOptions: { overviewChanges: true } });
  let told = 0;
  editor.connection.onNotification("tlslint/overviewChanged", () => void told++);
  const code = await editor.open("src/main.rs", READER);
  const before = await shownOf(editor, code);
  assert.deepEqual([lengthOf(before["links"]), Object(before["list"]).total], [1, 1]);
  const path = { line: READER.slice(0, READER.indexOf("certs/ca.pem")).split("\n").length - 1, character: 30 };
  rmSync(join(editor.folder, "certs"), { recursive: true });
  const changes = [{ uri: editor.uri("certs/ca.pem"), type: 3 as const }];
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  await until(() => (told > 0 ? true : undefined));
  const after = await shownOf(editor, code);
  assert.deepEqual([lengthOf(after["links"]), lengthOf(after["hints"]), Object(after["list"]).total], [0, 0, 0]);
  assert.equal(await editor.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: code }, position: path }), null);
  const gone: { notAnalysed: string | null } = await editor.connection.sendRequest("tlslint/inspect", { uri: editor.uri("certs/ca.pem") });
  assert.match(gone.notAnalysed ?? "", /no such file/);
  assert.deepEqual(editor.complaints, "");
});

test("while a configuration is typed, what it already says holds, and nothing else flashes", async (context) => {
  const whole = '[rules]\nno-client-auth = "off"\ndisabled-verification = "hint"\n\n[acknowledged]\n"vendor/" = "not ours"\n';
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": MISTAKEN };
  const editor = await startEditor(context, { server: server(), files });
  const code = await editor.open("src/main.rs", MISTAKEN);
  const toml = await editor.open("tlslint.toml", "", "tlslint-toml");
  const severities = new Set<string>();
  for (let at = 0; at < whole.length; at++) {
    await editor.type(toml, at, at, whole.charAt(at));
    const found = await editor.diagnostics(code);
    severities.add(found.map((it) => `${it.code} ${it.severity}`).join());
    await editor.diagnostics(toml);
  }
  assert.deepEqual([...severities], ["disabled-verification 1", "disabled-verification 4"], "as before, then as it says");
  assert.deepEqual(await editor.diagnostics(toml), []);
});

test("two folders of one name are two folders", async (context) => {
  const service = (name: string, code: string) => ({
    [`${name}/service/Cargo.toml`]: MANIFEST,
    [`${name}/service/src/main.rs`]: code,
    [`${name}/service/certs/ca.pem`]: certificate(`${name} CA`),
  });
  const editor = await startEditor(context, { server: server(), files: { ...service("a", READER), ...service("b", MISTAKEN) } });
  const added = ["a/service", "b/service"].map((it) => ({ uri: editor.uri(it), name: "service" }));
  const removed = [{ uri: editor.uri(""), name: "workspace" }];
  await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: { added, removed } });
  const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  const found = items.flatMap((it) => ("items" in it ? it.items.map(({ code }) => [it.uri, code]) : []));
  assert.ok(found.some(([uri, code]) => uri === editor.uri("b/service/src/main.rs") && code === "disabled-verification"));
  assert.ok(!found.some(([uri, code]) => uri === editor.uri("a/service/src/main.rs") && code === "disabled-verification"));
  const code = await editor.open("a/service/src/main.rs", READER);
  const [link] = (await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: code } })) ?? [];
  assert.equal(link?.target, editor.uri("a/service/certs/ca.pem"), "a path leads to the file of its own folder");
  const list: { items: { name: string; uses: unknown[] }[] } = await editor.connection.sendRequest("tlslint/certificates", ALL);
  assert.deepEqual(list.items.map((it) => [it.name, it.uses.length]).toSorted(), [
    ["a CA", 1],
    ["b CA", 0],
  ]);
});

test("a bundle of 49 MB on disk holds up nobody, and says what was not read", async (context) => {
  const one = certificate("Bundle CA");
  const big = `${one}${`# ${"x".repeat(1022)}\n`.repeat(48 * 1024)}`;
  const files = { "Cargo.toml": MANIFEST, "src/main.rs": READER };
  const editor = await startEditor(context, { server: server(), files });
  write(join(editor.folder, "certs/ca.pem"), big);
  const code = await editor.open("src/main.rs", READER);
  const shown = await shownOf(editor, code);
  assert.equal(lengthOf(shown["links"]), 1);
  assert.match(JSON.stringify(await editor.hover(code, READER.indexOf("ca.pem"))), /Bundle CA/);
  assert.equal(Object(shown["list"]).total, 1);
});
