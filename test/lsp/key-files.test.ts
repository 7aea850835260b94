/** What the server itself does to key files on the user's word: their permissions, and a file of their own. */
import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ApplyWorkspaceEditParams, ApplyWorkspaceEditResult, CodeAction } from "vscode-languageserver-protocol/node";
import { basicConstraints, certificatePem, keyUsage, pem, privateKey } from "../certificates/build.ts";
import { type Editor, LIKE_VSCODE, startEditor } from "./editor.ts";
import { MANIFEST } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const FILES = { "Cargo.toml": MANIFEST };
const skip = process.platform === "win32";

test("a key file that everybody reads gets its permissions by a command of the server", { skip }, async (context) => {
  const key = pem("PRIVATE KEY", privateKey());
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "server.key": key, "other.key": key } });
  const path = join(editor.folder, "server.key");
  chmodSync(path, 0o644);
  chmodSync(join(editor.folder, "other.key"), 0o644);
  const uri = await editor.open("server.key", key, "pem");
  const found = (await editor.diagnostics(uri)).find((it) => it.code === "readable-private-key");
  assert.ok(found);
  const action = (await editor.codeActions(uri, found.range, undefined, [found])).find((it) => it.command !== undefined);
  assert.equal(action?.title, "Restrict permissions: `chmod 600`");
  assert.equal(action?.edit, undefined);
  assert.deepEqual(action && (await editor.resolve(action)).command, action?.command, "editors resolve whatever has no edit");
  const { command = "", arguments: args = [] } = action?.command ?? {};
  await editor.connection.sendRequest("workspace/executeCommand", { command, arguments: args });
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok((await editor.diagnostics(uri)).every((it) => it.code !== "readable-private-key"));
  // Not a way to change other files: nothing is offered for what is not open, and no other command is known.
  await editor.connection.sendRequest("workspace/executeCommand", { command, arguments: [editor.uri("other.key")] });
  await editor.connection.sendRequest("workspace/executeCommand", { command: "rm", arguments: [uri] });
  assert.equal(statSync(join(editor.folder, "other.key")).mode & 0o777, 0o644);
});

const KEY = pem("PRIVATE KEY", privateKey());
const AUTHORITY = certificatePem({
  issuer: "Example CA",
  subject: "Example CA",
  extensions: [basicConstraints(true), keyUsage("0000011")],
});
const BUNDLE = `# the authority\n${AUTHORITY}\n# its key\n${KEY}`;

/** An editor with the bundle open, and the action that takes the key out of it. */
async function withBundle(context: TestContext, applied: boolean) {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const asked: ApplyWorkspaceEditParams[] = [];
  const shown: string[] = [];
  editor.connection.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
    // The key has to be safe before it is taken away.
    assert.equal(readFileSync(join(editor.folder, "ca-bundle.key"), "utf8"), KEY);
    asked.push(params);
    const answer: ApplyWorkspaceEditResult = applied ? { applied } : { applied, failureReason: "not now" };
    return answer;
  });
  editor.connection.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
    shown.push(message);
    return null;
  });
  const uri = await editor.open("ca-bundle.pem", BUNDLE, "pem");
  const found = (await editor.diagnostics(uri)).find((it) => it.code === "exposed-private-key");
  assert.ok(found);
  const action = (await editor.codeActions(uri, found.range)).find((it) => it.title.startsWith("Move private key"));
  return { editor, uri, action, asked, shown };
}

async function carryOut(editor: Editor, action: CodeAction | undefined): Promise<void> {
  assert.ok(action?.command, JSON.stringify(action));
  const { command, arguments: args = [] } = (await editor.resolve(action)).command ?? action.command;
  await editor.connection.sendRequest("workspace/executeCommand", { command, arguments: args });
}

const PRIVATE = /MIG[HTI]|PRIVATE/;

test("a key is taken out of a bundle into a file that nobody else can read", { skip }, async (context) => {
  const { editor, uri, action, asked, shown } = await withBundle(context, true);
  await carryOut(editor, action);
  const path = join(editor.folder, "ca-bundle.key");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(readFileSync(path, "utf8"), KEY);
  const [edit, ...more] = asked;
  assert.ok(edit && more.length === 0);
  assert.doesNotMatch(JSON.stringify([edit, action]), PRIVATE, "nothing of the key goes through the protocol");
  assert.equal(editor.applied(uri, { title: "", edit: edit.edit }), `# the authority\n${AUTHORITY}\n`);
  const [change] = edit.edit.documentChanges ?? [];
  assert.ok(change && "textDocument" in change && change.textDocument.version === 1);
  assert.deepEqual(shown, []);
});

test("where the editor refuses the edit, the key is in both files and the user is told", { skip }, async (context) => {
  const { editor, action, shown } = await withBundle(context, false);
  await carryOut(editor, action);
  assert.equal(readFileSync(join(editor.folder, "ca-bundle.key"), "utf8"), KEY);
  assert.match(shown.join(), /the key is in .*ca-bundle\.key now, and still in the file that it was in: not now/);
});

test("a key file that came to be there meanwhile stays, and so does the bundle", { skip }, async (context) => {
  const { editor, action, asked, shown } = await withBundle(context, true);
  const path = join(editor.folder, "ca-bundle.key");
  writeFileSync(path, "mine");
  await carryOut(editor, action);
  assert.equal(readFileSync(path, "utf8"), "mine");
  assert.deepEqual(asked, []);
  assert.match(shown.join(), /the key was not moved: there is a file of that name already/);
});

test("a key is not moved out of a text that has changed since, nor to where no finding says", { skip }, async (context) => {
  const { editor, uri, action, asked, shown } = await withBundle(context, true);
  const { command = "", arguments: [, version] = [] } = action?.command ?? {};
  for (const target of [join(editor.folder, "elsewhere.key"), "/tmp/elsewhere.key", undefined])
    await editor.connection.sendRequest("workspace/executeCommand", { command, arguments: [uri, version, target] });
  await editor.type(uri, 0, 0, "# moved\n");
  await carryOut(editor, { title: "", command: action?.command ?? assert.fail() });
  assert.deepEqual(asked, []);
  assert.match(shown.join(), /the document changed meanwhile; nothing was done/);
  assert.throws(() => statSync(join(editor.folder, "ca-bundle.key")), { code: "ENOENT" });
});

test("a client that takes no edits from the server, or none of a certain version, is not offered it", { skip }, async (context) => {
  const { applyEdit: _, ...workspace } = LIKE_VSCODE.workspace;
  const without = await startEditor(context, { server: server(), files: FILES, capabilities: { ...LIKE_VSCODE, workspace } });
  const uri = await without.open("ca-bundle.pem", BUNDLE, "pem");
  const found = (await without.diagnostics(uri)).find((it) => it.code === "exposed-private-key");
  assert.ok(found);
  assert.ok((await without.codeActions(uri, found.range)).every((it) => !it.title.startsWith("Move private key")));
});
