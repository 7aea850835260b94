/** The server where there is no Node and no disk: in a web worker, over files that the editor reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIKE_VSCODE } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";
import { WorkerEditor } from "./worker-editor.ts";

const server = serverBundle();
const ROOT = "vscode-vfs://github/owner/repo";

test("a virtual workspace has findings, fixes, hovers over its certificates, and workspace diagnostics", async (context) => {
  const files = {
    [`${ROOT}/Cargo.toml`]: MANIFEST,
    [`${ROOT}/src/main.rs`]: MISTAKEN,
    [`${ROOT}/src/reader.rs`]: READER,
    [`${ROOT}/certs/ca.pem`]: certificate("Virtual CA"),
    "vscode-vfs://github/owner/other/secret.pem": certificate("Elsewhere"),
  };
  const editor = new WorkerEditor(context, server(), files);
  const { capabilities, serverInfo } = await editor.ask("initialize", {
    processId: null,
    rootUri: ROOT,
    workspaceFolders: [{ uri: ROOT, name: "repo" }],
    capabilities: LIKE_VSCODE,
    initializationOptions: { readFiles: true },
  });
  assert.equal(serverInfo.name, "tlslint");
  assert.equal(capabilities.executeCommandProvider, undefined, "there are no permissions to set");
  editor.notify("initialized", {});
  const open = (name: string, text: string): object => {
    const textDocument = { uri: `${ROOT}/${name}`, languageId: "rust", version: 1, text };
    editor.notify("textDocument/didOpen", { textDocument });
    return { uri: textDocument.uri };
  };

  const mistaken = open("src/main.rs", MISTAKEN);
  const { items } = await editor.ask("textDocument/diagnostic", { textDocument: mistaken });
  assert.deepEqual(
    items.map(({ code }: { code: string }) => code),
    ["disabled-verification"],
  );
  const [fix] = await editor.ask("textDocument/codeAction", {
    textDocument: mistaken,
    range: items[0].range,
    context: { diagnostics: items },
  });
  const { edit } = await editor.ask("codeAction/resolve", fix);
  assert.match(JSON.stringify(edit), /vscode-vfs:\/\/github\/owner\/repo\/src\/main\.rs/);

  const reader = open("src/reader.rs", READER);
  const line = READER.split("\n").findIndex((it) => it.includes("certs/ca.pem"));
  const hover = await editor.ask("textDocument/hover", { textDocument: reader, position: { line, character: 30 } });
  assert.match(JSON.stringify(hover), /Virtual CA/);

  for (const file of ["vscode-vfs://github/owner/other/secret.pem", "../other/secret.pem"]) {
    const { text } = await editor.ask("tlslint/tool", { name: "inspect_certificate", input: { file } });
    assert.match(text, /outside of the workspace/, file);
  }
  const below = await editor.ask("tlslint/tool", { name: "inspect_certificate", input: { file: "certs/ca.pem" } });
  assert.match(below.text, /CN=Virtual CA/);

  const inspected = await editor.ask("tlslint/inspect", { uri: `${ROOT}/certs/ca.pem` });
  assert.equal(inspected.objects[0].fields[0].value, "CN=Virtual CA");
  const reports = await editor.ask("workspace/diagnostic", { previousResultIds: [] });
  const uris: readonly string[] = reports.items.map(({ uri }: { uri: string }) => uri);
  assert.ok(uris.includes(`${ROOT}/src/reader.rs`), uris.join(", "));
  // What git keeps of a repository around the folder is looked for on disks, too.
  for (const uri of [...uris, ...editor.read]) assert.ok(uri.startsWith(`${ROOT}/`) || /\/\.git(?:\/|$)/.test(uri), uri);
  assert.equal(await editor.ask("shutdown", {}).then((it) => Object.keys(it).length), 0);
});

test("no link of a virtual workspace is followed, for nobody knows where it leads", async (context) => {
  const inside = 'fn main() { let _ = include_bytes!("../linked/secret.pem"); let _ = include_bytes!("../certs/ca.pem"); }';
  const files = {
    [`${ROOT}/Cargo.toml`]: MANIFEST,
    [`${ROOT}/src/main.rs`]: inside,
    [`${ROOT}/linked/secret.pem`]: certificate("Elsewhere"),
    [`${ROOT}/one.pem`]: certificate("Elsewhere, too"),
    [`${ROOT}/certs/ca.pem`]: certificate("Virtual CA"),
  };
  const editor = new WorkerEditor(context, server(), files, [`${ROOT}/linked`, `${ROOT}/one.pem`]);
  await editor.ask("initialize", {
    processId: null,
    rootUri: ROOT,
    workspaceFolders: [{ uri: ROOT, name: "repo" }],
    capabilities: LIKE_VSCODE,
    initializationOptions: { readFiles: true },
  });
  editor.notify("initialized", {});
  const textDocument = { uri: `${ROOT}/src/main.rs`, languageId: "rust", version: 1, text: inside };
  editor.notify("textDocument/didOpen", { textDocument });
  const hoverAt = async (path: string): Promise<string> =>
    JSON.stringify(await editor.ask("textDocument/hover", { textDocument, position: { line: 0, character: inside.indexOf(path) + 5 } }));
  assert.match(await hoverAt("../certs/ca.pem"), /Virtual CA/);
  assert.doesNotMatch(await hoverAt("../linked/secret.pem"), /Elsewhere/);
  for (const file of ["linked/secret.pem", "one.pem"]) {
    const { text } = await editor.ask("tlslint/tool", { name: "inspect_certificate", input: { file } });
    assert.match(text, /outside of the workspace/, file);
  }
  await editor.ask("workspace/diagnostic", { previousResultIds: [] });
  assert.deepEqual(
    editor.read.filter((it) => it.startsWith(`${ROOT}/linked/`) || it === `${ROOT}/one.pem`),
    [],
  );
});

test("a client that does not offer to read files is asked for none", async (context) => {
  const editor = new WorkerEditor(context, server(), {});
  await editor.ask("initialize", { processId: null, rootUri: ROOT, capabilities: LIKE_VSCODE });
  editor.notify("initialized", {});
  const uri = `${ROOT}/src/main.rs`;
  editor.notify("textDocument/didOpen", { textDocument: { uri, languageId: "rust", version: 1, text: MISTAKEN } });
  const { items } = await editor.ask("textDocument/diagnostic", { textDocument: { uri } });
  assert.equal(items[0].code, "disabled-verification");
  assert.deepEqual(editor.read, []);
});
