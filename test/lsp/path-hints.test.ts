/** Inlay hints beside paths of certificate files: which are wanted, where they stand, and when they are asked for again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DidChangeConfigurationNotification, InlayHintRequest } from "vscode-languageserver-protocol/node";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { type Editor, LIKE_VSCODE, startEditor, until } from "./editor.ts";
import { certificate, MANIFEST } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const CODE = `const FINE: &str = "certs/fine.pem";
const OVER: &str = r#"certs/over.pem"#;
const NOTHING: &str = "certs/missing.pem";
`;
const FILES = {
  "Cargo.toml": MANIFEST,
  "src/main.rs": CODE,
  "certs/fine.pem": certificate("Fine CA"),
  "certs/over.pem": `${certificate("Later CA")}${certificate("Over CA", -2)}`,
};
/** They are all made with one key. */
const RULES = { rules: { "shared-key": "off" } };
const capabilities = { ...LIKE_VSCODE, workspace: { ...LIKE_VSCODE.workspace, inlayHint: { refreshSupport: true } } };

/** The text with each hint where it is drawn. */
async function drawn(editor: Editor, uri: string, from = 0, to = editor.text(uri).length): Promise<string> {
  const text = editor.text(uri);
  const lines = new LineIndex(text);
  const range = { start: lines.position(from, editor.unit), end: lines.position(to, editor.unit) };
  const hints = (await editor.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [];
  return hints.toReversed().reduce((shown, { position, label }) => {
    const at = lines.offset(position, editor.unit);
    const words = typeof label === "string" ? label : label.map(({ value }) => value).join("");
    return `${shown.slice(0, at)}<${words}>${shown.slice(at)}`;
  }, text);
}

test("a path says when its file ends where something is wrong with the file, unless all or none are wanted", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities, settings: RULES });
  assert.ok(editor.result?.capabilities.inlayHintProvider);
  let asked = 0;
  editor.connection.onRequest("workspace/inlayHint/refresh", () => void asked++);
  const uri = await editor.open("src/main.rs", CODE);
  const over = CODE.replace('"#;', '"#<expired 2 days ago · 1 problem>;');
  assert.equal(await drawn(editor, uri), over);

  const set = async (wish: unknown): Promise<void> => {
    const before = asked;
    editor.settings = { ...RULES, "inlay-hints": wish };
    await editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await until(() => (asked > before ? true : undefined));
  };
  await set("always");
  assert.equal(await drawn(editor, uri), over.replace('fine.pem"', 'fine.pem"<expires in 399 days>'));
  await set("off");
  assert.equal(await drawn(editor, uri), CODE);
  await set("loud");
  assert.equal(await drawn(editor, uri), over, "what is no word of ours is the default");
});

test("hints are of the lines that are asked about, and lead to the file", async (context) => {
  const toml = `[tls]\nca = 'certs/over.pem'\nother = "certs/fine.pem"\n`;
  const environment = "CA_FILE=certs/over.pem\nexport B='certs/fine.pem'\n";
  const initializationOptions = { settings: { ...RULES, "inlay-hints": "always" } };
  const plain = { ...capabilities, workspace: {} };
  const files = { ...FILES, "app.toml": toml, ".env": environment };
  const editor = await startEditor(context, { server: server(), files, capabilities: plain, initializationOptions });
  const app = await editor.open("app.toml", toml, "toml");
  const env = await editor.open(".env", environment, "dotenv");
  const code = await editor.open("src/main.rs", CODE);
  assert.match(await drawn(editor, app), /'certs\/over\.pem'<expired 2 days ago · 1 problem>\n.*fine\.pem"<expires in 399 days>\n/);
  assert.match(await drawn(editor, env), /over\.pem<expired 2 .*>\n.*fine\.pem'<expires in 399 .*>\n/);
  const second = CODE.indexOf("const OVER");
  assert.equal((await drawn(editor, code, second)).split("<").length, 2, "the first line was not asked about");
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const [hint] = (await editor.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: code }, range })) ?? [];
  const [part] = typeof hint?.label === "object" ? hint.label : [];
  assert.equal(part?.location?.uri, editor.uri("certs/over.pem"));
  assert.match(
    String(part?.tooltip),
    /^warning: .*expired.*\nroot certificate for Later CA, 1 of 2 · expires in 399 days .*\nroot certificate for Over CA, 2 of 2 · expired 2 days ago /,
  );
});

test("hints stay while their file is typed in, and move with the text", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities, settings: RULES });
  const uri = await editor.open("src/main.rs", CODE);
  await drawn(editor, uri);
  await editor.type(uri, 0, 0, "pub fn half(");
  assert.match(await drawn(editor, uri), /^pub fn half\(const FINE.*\n.*"#<expired 2 days ago/);
});
