/** Typing as an editor sends it, unit by unit: squiggles stay on their text, and fixes change the text as it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Editor, LIKE_VSCODE, startEditor, until } from "./editor.ts";
import { MANIFEST, MISTAKEN } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const FILES = { "Cargo.toml": MANIFEST };
const STATEMENT = "let answer = compute(41, ";

/** What stands at the places of all diagnostics. */
const marked = async (editor: Editor, uri: string): Promise<readonly string[]> =>
  (await editor.diagnostics(uri)).map(({ code, range }) => `${code} ${editor.covered(uri, range)}`);

test("while a statement is typed in front of a mistake, the squiggle stays on it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const before = await marked(editor, uri);
  assert.equal(before.length, 1);
  const at = MISTAKEN.indexOf("{", MISTAKEN.indexOf("fn ")) + 1;
  for (const [typed, unit] of [...STATEMENT].entries()) {
    await editor.type(uri, at + typed, at + typed, unit);
    assert.deepEqual(await marked(editor, uri), before, STATEMENT.slice(0, typed + 1));
  }
  const [found] = await editor.diagnostics(uri);
  assert.ok(found);
  const fix = (await editor.codeActions(uri, found.range, undefined, [found])).find((it) => it.isPreferred);
  assert.ok(fix);
  const text = editor.applied(uri, await editor.resolve(fix));
  assert.ok(text.includes(STATEMENT));
  assert.doesNotMatch(text, /danger_accept_invalid_certs\(true\)/);
  await editor.type(uri, at, at + STATEMENT.length, "");
  assert.deepEqual(await marked(editor, uri), before);
});

const CHAIN = `pub fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder();
    builder
        .build()
        .unwrap()
}
`;
const CALL = ".danger_accept_invalid_certs(true)";

/** A call in a chain, on a line of its own, that no semicolon ends. */
async function typeCall(editor: Editor, uri: string): Promise<void> {
  const at = CHAIN.indexOf("        .build");
  await editor.type(uri, at, at, "        \n");
  for (const [typed, unit] of [...CALL].entries()) await editor.type(uri, at + 8 + typed, at + 8 + typed, unit);
}

test("what is typed is judged when it is saved, when nobody types for a second, and when the line ends", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const uri = await editor.open("src/main.rs", CHAIN);
  assert.deepEqual(await marked(editor, uri), []);
  await typeCall(editor, uri);
  assert.deepEqual(await marked(editor, uri), [], "the line is not ended");
  await editor.save(uri);
  assert.equal((await marked(editor, uri)).length, 1);
  await until(() => (editor.refreshes > 0 ? true : undefined));

  const other = await editor.open("src/other.rs", CHAIN);
  await typeCall(editor, other);
  const { refreshes } = editor;
  await until(() => (editor.refreshes > refreshes ? true : undefined));
  assert.equal((await marked(editor, other)).length, 1);

  const third = await editor.open("src/third.rs", CHAIN);
  await typeCall(editor, third);
  const end = editor.text(third).indexOf(CALL) + CALL.length;
  await editor.type(third, end, end, "\n        ");
  assert.equal((await marked(editor, third)).length, 1);
});

test("a client that cannot be told to ask again is told at once", async (context) => {
  const capabilities = { ...LIKE_VSCODE, workspace: { ...LIKE_VSCODE.workspace, diagnostics: { refreshSupport: false } } };
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities });
  const uri = await editor.open("src/main.rs", CHAIN);
  await typeCall(editor, uri);
  assert.equal((await marked(editor, uri)).length, 1);
});
