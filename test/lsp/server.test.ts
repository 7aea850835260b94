/** The language server as an editor meets it: introductions, diagnostics, hovers, news of files and settings, and the end. */

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, FileChangeType } from "vscode-languageserver-protocol/node";
import { LIKE_VSCODE, PLAIN, startEditor, until, write } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const FILES = { "Cargo.toml": MANIFEST };

test("a client that can ask is answered, and nothing is pushed to it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  assert.equal(editor.result?.serverInfo?.name, "tlslint");
  assert.equal(editor.result?.capabilities.diagnosticProvider?.interFileDependencies, true);
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const [found, ...others] = await editor.diagnostics(uri);
  assert.deepEqual(others, []);
  assert.ok(found);
  assert.deepEqual([found.source, found.code, found.severity], ["tlslint", "disabled-verification", 1]);
  assert.match(String(found.codeDescription?.href), /\/disabled-verification\.md$/);
  assert.match(editor.covered(uri, found.range), /danger_accept_invalid_certs|true/);
  assert.deepEqual(editor.published, []);
});

test("a client that cannot ask is told, and not told too much", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: PLAIN });
  assert.equal(editor.result?.capabilities.diagnosticProvider, undefined);
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const [found] = await editor.pushed(uri);
  assert.equal(found?.code, "disabled-verification");
  assert.equal(found?.codeDescription, undefined);
  assert.equal(found?.relatedInformation, undefined);
  await editor.type(uri, MISTAKEN.indexOf("true"), MISTAKEN.indexOf("true") + 4, "false");
  assert.deepEqual(await editor.pushed(uri), []);
  await editor.close(uri);
  await until(() => (editor.published.at(-1)?.version === undefined ? true : undefined));
  assert.deepEqual(editor.published.at(-1)?.diagnostics, []);
});

test("an answer that did not change is not sent twice", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const ask = (previousResultId?: string) =>
    editor.connection.sendRequest<{ kind: string; resultId: string }>("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId && { previousResultId }),
    });
  const { kind, resultId } = await ask();
  assert.equal(kind, "full");
  assert.deepEqual(await ask(resultId), { kind: "unchanged", resultId });
  await editor.type(uri, 0, 0, "\n");
  assert.equal((await ask(resultId)).kind, "full");
});

test("findings follow the keys, in code that does not parse, too", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const end = MISTAKEN.length;
  let typed = "";
  for (const key of "\nfn half(builder: &mut Builder { builder.") {
    await editor.type(uri, end + typed.length, end + typed.length, key);
    typed += key;
  }
  const found = await editor.diagnostics(uri);
  assert.ok(found.some(({ code }) => code === "disabled-verification"));
  const at = editor.text(uri).indexOf("true");
  await editor.type(uri, at, at + "true".length, "false");
  assert.ok(!(await editor.diagnostics(uri)).some(({ code }) => code === "disabled-verification"));
});

test("several changes in one message are taken in their order", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", "");
  const at = (line: number, character: number) => ({ start: { line, character }, end: { line, character } });
  const [first = "", ...rest] = MISTAKEN.split("\n");
  await editor.change(
    uri,
    [
      { range: at(0, 0), text: first },
      { range: at(0, first.length), text: `\n${rest.join("\n")}` },
    ],
    MISTAKEN,
  );
  assert.equal((await editor.diagnostics(uri))[0]?.code, "disabled-verification");
  await editor.change(uri, [{ text: "" }, { text: MISTAKEN.replace("true", "false") }], MISTAKEN.replace("true", "false"));
  assert.deepEqual(await editor.diagnostics(uri), []);
});

for (const unit of ["utf-8", "utf-16", "utf-32"] as const) {
  test(`columns are counted in ${unit}, behind characters outside the BMP and CRLF`, async (context) => {
    const text = MISTAKEN.replace("        .danger", "        /* 𝔘ñ💥 */ .danger").replaceAll("\n", "\r\n");
    const editor = await startEditor(context, {
      server: server(),
      files: FILES,
      capabilities: { ...LIKE_VSCODE, general: { positionEncodings: [unit, "utf-16"] } },
    });
    assert.equal(editor.unit, unit);
    const uri = await editor.open("src/main.rs", text);
    const [found] = await editor.diagnostics(uri);
    assert.ok(found);
    const plain = await editor.open("src/plain.rs", MISTAKEN);
    const [expected] = await editor.diagnostics(plain);
    assert.equal(editor.covered(uri, found.range), expected && editor.covered(plain, expected.range));
    await editor.type(uri, text.indexOf("true"), text.indexOf("true") + 4, "false");
    assert.deepEqual(await editor.diagnostics(uri), []);
  });
}

test("names with spaces, percent signs and letters of all scripts are one file", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "src/ü 100%.rs": MISTAKEN } });
  const uri = await editor.open("src/ü 100%.rs", MISTAKEN);
  assert.equal((await editor.diagnostics(uri))[0]?.code, "disabled-verification");
});

test("a document without a file is read by its language", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("untitled:Untitled-1", MISTAKEN);
  assert.equal((await editor.diagnostics(uri))[0]?.code, "disabled-verification");
});

test("hover shows the certificate in a PEM block, and the one behind a path", async (context) => {
  const pem = certificate("hover test");
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "certs/ca.pem": pem, "src/main.rs": READER } });
  const block = await editor.hover(await editor.open("certs/ca.pem", pem, "pem"), 40);
  const code = await editor.open("src/main.rs", READER);
  const literal = await editor.hover(code, READER.indexOf("ca.pem"));
  for (const hover of [block, literal]) {
    const { kind, value }: { kind?: string; value?: string } = Object(hover?.contents);
    assert.equal(kind, "markdown");
    assert.match(String(value), /hover test/);
  }
  assert.match(
    editor.covered(code, literal?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
    /certs\/ca\.pem/,
  );
  assert.equal(await editor.hover(code, 0), null);
});

test("a certificate that is rewritten on disk is shown anew, and diagnostics are asked for again", async (context) => {
  const editor = await startEditor(context, {
    server: server(),
    files: { ...FILES, "certs/ca.pem": certificate("first name"), "src/main.rs": READER },
  });
  await until(() => (editor.registered.includes("workspace/didChangeWatchedFiles") ? true : undefined));
  const uri = await editor.open("src/main.rs", READER);
  const shown = async () => JSON.stringify((await editor.hover(uri, READER.indexOf("ca.pem")))?.contents);
  assert.match(await shown(), /first name/);
  write(join(editor.folder, "certs/ca.pem"), certificate("second name"));
  const changes = [{ uri: editor.uri("certs/ca.pem"), type: FileChangeType.Changed } as const];
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  assert.match(await shown(), /second name/);
  await until(() => (editor.refreshes > 0 ? true : undefined));
});

test("settings are asked for, and asked for again when they change", async (context) => {
  const editor = await startEditor(context, {
    server: server(),
    files: FILES,
    settings: { rules: { "disabled-verification": "info" } },
  });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  assert.equal((await editor.diagnostics(uri))[0]?.severity, 3);
  assert.ok(editor.registered.includes("workspace/didChangeConfiguration"));
  editor.settings = { rules: { "disabled-verification": "off" } };
  await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  await until(() => (editor.refreshes > 0 ? true : undefined));
  assert.deepEqual(await editor.diagnostics(uri), []);
});

test("settings that come late change what was said without them", async (context) => {
  let answer: (settings: unknown) => void = () => {};
  const settings = new Promise((resolve) => (answer = resolve));
  const editor = await startEditor(context, { server: server(), files: FILES, settings });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  assert.equal((await editor.diagnostics(uri))[0]?.severity, 1);
  const { refreshes } = editor;
  answer({ rules: { "disabled-verification": "off" } });
  await until(() => (editor.refreshes > refreshes ? true : undefined));
  assert.deepEqual(await editor.diagnostics(uri), []);
});

test("settings of a client that only sends them are taken", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: PLAIN });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  assert.equal((await editor.pushed(uri))[0]?.severity, 1);
  editor.published.length = 0;
  const settings = { tlslint: { rules: { "disabled-verification": "hint" } } };
  await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  assert.equal((await editor.pushed(uri))[0]?.severity, 4);
});

test("the workspace is reported as a whole, and a request with nothing new waits for news", async (context) => {
  const editor = await startEditor(context, {
    server: server(),
    files: { ...FILES, "src/main.rs": MISTAKEN, "src/clean.rs": "fn f() {}\n" },
  });
  interface Report {
    items: { uri: string; kind: string; resultId?: string; items?: { code: string }[] }[];
  }
  const ask = (items: Report["items"]) =>
    editor.connection.sendRequest<Report>("workspace/diagnostic", {
      previousResultIds: items.flatMap(({ uri, resultId }) => (resultId ? [{ uri, value: resultId }] : [])),
    });
  const first = await ask([]);
  assert.deepEqual(
    first.items.map(({ uri, items }) => [uri, items?.map(({ code }) => code)]),
    [[editor.uri("src/main.rs"), ["disabled-verification"]]],
  );
  let answered = false;
  const second = ask(first.items).then((report) => {
    answered = true;
    return report;
  });
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(answered, false);
  rmSync(join(editor.folder, "src/main.rs"));
  const changes = [{ uri: editor.uri("src/main.rs"), type: FileChangeType.Deleted } as const];
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  assert.deepEqual((await second).items, [{ uri: editor.uri("src/main.rs"), kind: "full", version: null, items: [] }]);
});

test("a file that vanished while open keeps its findings", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "src/main.rs": MISTAKEN } });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  rmSync(join(editor.folder, "src"), { recursive: true });
  const changes = [{ uri, type: FileChangeType.Deleted } as const];
  await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  assert.equal((await editor.diagnostics(uri))[0]?.code, "disabled-verification");
  await editor.close(uri);
  assert.deepEqual(await editor.diagnostics(uri), []);
});

test("a document of 10 MB is answered in time, and never silently taken for clean", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const filler = `// ${"x".repeat(97)}\n`.repeat(100_000);
  const uri = await editor.open("src/main.rs", MISTAKEN + filler);
  assert.ok(editor.text(uri).length > 10_000_000);
  const found = await editor.diagnostics(uri);
  assert.ok(
    found.some(({ code }) => code === "disabled-verification" || code === "not-analysed"),
    JSON.stringify(found),
  );
  await editor.type(uri, 0, 0, " ");
  assert.ok((await editor.diagnostics(uri)).length > 0);
});
