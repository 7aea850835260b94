/** Typing as an editor sends it, unit by unit: squiggles stay on their text, and fixes change the text as it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Editor, startEditor } from "./editor.ts";
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
