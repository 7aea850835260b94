/** The light bulb: in which order it offers what, and what comes of that which is no fix of one finding. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CodeAction, type Diagnostic, ResourceOperationKind, type WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { tlslint } from "../cli/cli.ts";
import { type Editor, LIKE_VSCODE, PLAIN, startEditor } from "./editor.ts";
import { MANIFEST, MISTAKEN, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const RULE = "disabled-verification";
const SECOND = MISTAKEN.replace("fn client", "fn second").replace("use reqwest::Client;\n", "");
const FILES = { "Cargo.toml": MANIFEST, "src/main.rs": `mod other;\n${MISTAKEN}${SECOND}`, "src/other.rs": MISTAKEN };
const { workspaceEdit, ...workspace } = LIKE_VSCODE.workspace;
const CREATING = {
  ...LIKE_VSCODE,
  workspace: { ...workspace, workspaceEdit: { ...workspaceEdit, resourceOperations: [ResourceOperationKind.Create] } },
};

async function bulb(
  editor: Editor,
  text = FILES["src/main.rs"],
  rule = RULE,
): Promise<{ uri: string; offers: CodeAction[]; found: Diagnostic }> {
  const uri = await editor.open("src/main.rs", text);
  const found = (await editor.diagnostics(uri)).find(({ code }) => code === rule);
  assert.ok(found);
  return { uri, found, offers: await editor.codeActions(uri, found.range, undefined, [found]) };
}

const titled = (offers: readonly CodeAction[], title: string): CodeAction =>
  offers.find((it) => it.title === title) ?? assert.fail(`${title}: ${JSON.stringify(offers.map((it) => it.title))}`);

const hasChanges = ({ changes = {}, documentChanges = [] }: WorkspaceEdit): boolean =>
  Object.keys(changes).length + documentChanges.length > 0;

test("fixes come first, then many at once, then silence, then the explanation; edits when one is chosen", async (context) => {
  const initializationOptions = { explainCommand: "client.explain", confirmElsewhereOnly: true };
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: CREATING, initializationOptions });
  const { uri, offers, found } = await bulb(editor);
  assert.deepEqual(
    offers.map((it) => it.title),
    [
      "Enable certificate verification",
      `Fix all \`${RULE}\` in this file`,
      `Fix all \`${RULE}\` in the workspace…`,
      `Suppress \`${RULE}\` on this line…`,
      `Suppress \`${RULE}\` in this file…`,
      `Turn \`${RULE}\` off in tlslint.toml`,
      "Explain this finding",
    ],
  );
  // What has a command is not asked about again; edits are made when one is chosen.
  assert.ok(offers.every((it) => (it.command === undefined ? it.edit === undefined : it.edit !== undefined && !hasChanges(it.edit))));
  assert.ok(offers.every((it) => it.disabled === undefined));

  const inFile = await editor.resolve(titled(offers, `Fix all \`${RULE}\` in this file`));
  assert.deepEqual([inFile.edit?.changeAnnotations, /danger/.test(editor.applied(uri, inFile))], [undefined, false]);
  const everywhere = await editor.resolve(titled(offers, `Fix all \`${RULE}\` in the workspace…`));
  const changes = (everywhere.edit?.documentChanges ?? []).flatMap((it) => ("edits" in it ? [it] : []));
  assert.deepEqual(changes.map((it) => it.textDocument.uri).toSorted(), [uri, editor.uri("src/other.rs")]);
  assert.deepEqual(
    Object.values(everywhere.edit?.changeAnnotations ?? {}).map((it) => it.needsConfirmation),
    [true],
  );
  assert.ok(changes.every(({ edits }) => edits.every((it) => "annotationId" in it)));

  const { command, arguments: given } = titled(offers, "Explain this finding").command ?? {};
  assert.deepEqual([command, given], ["client.explain", [uri, found.range.start.line, RULE]]);
});

test("a finding is silent in its file with a reason, and everywhere by the configuration", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: CREATING });
  const { uri, offers } = await bulb(editor, `#!/usr/bin/env rust-script\n${FILES["src/main.rs"]}`);
  const off = await editor.resolve(titled(offers, `Turn \`${RULE}\` off in tlslint.toml`));
  const toml = editor.uri("tlslint.toml");
  const [made, written] = off.edit?.documentChanges ?? [];
  assert.deepEqual(made, { kind: "create", uri: toml, options: { ignoreIfExists: true } });
  assert.ok(written !== undefined && "edits" in written);
  assert.deepEqual(written.edits, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: `[rules]\n${RULE} = "off"\n` },
  ]);
  const text = editor.applied(uri, await editor.resolve(titled(offers, `Suppress \`${RULE}\` in this file…`)));
  assert.match(text, /^#!.*\n\/\/ tlslint: allow-file\(disabled-verification\): \$\{1:reason\}\nmod other;/);
  await editor.change(uri, [{ text }], text);
  assert.deepEqual(await editor.diagnostics(uri), []);
});

test("what a client cannot do is not offered: a new file, a page, a preview", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: PLAIN });
  const uri = await editor.open("src/main.rs", FILES["src/main.rs"]);
  const [found] = await editor.pushed(uri);
  assert.ok(found);
  assert.deepEqual(
    (await editor.codeActions(uri, found.range)).map((it) => it.title),
    ["Enable certificate verification", `Suppress \`${RULE}\` on this line…`, `Suppress \`${RULE}\` in this file…`],
  );
});

test("the page about a finding has what `--explain` prints, where it comes from, and why", async (context) => {
  const files = { ...FILES, "src/main.rs": READER };
  const editor = await startEditor(context, { server: server(), files });
  const { uri, found } = await bulb(editor, READER, "optional-client-auth");
  const { line } = found.range.start;
  const ask = (rule: string): Promise<{ markdown: string } | null> =>
    editor.connection.sendRequest("tlslint/explanation", { uri, line, rule });
  const { markdown } = (await ask("optional-client-auth")) ?? assert.fail();
  const { stdout } = tlslint(editor.folder, ["check", "--explain", `src/main.rs:${line + 1}`]);
  const printed = stdout.split("\n").slice(1).join("\n").trimEnd();
  assert.match(printed, /known: client-authentication: mode optional/);
  // As a list, as deep as the lines are indented.
  const listed = printed.replaceAll(/^ {2}( *)/gm, "$1- ");
  assert.ok(markdown.replaceAll("\\", "").includes(`\n\n${listed}\n\n`), markdown);
  for (const part of [/^# optional-client-auth\n/, /\*\*warning\*\* · `src\/main\.rs:8`/, /\nhelp: /, /\n## Why\n/, /\n## Sources\n\n- \[/])
    assert.match(markdown, part);
  assert.equal(await ask("no-client-auth"), null);
});

test("what one change corrects is one fix, with all that it corrects", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST }, capabilities: LIKE_VSCODE });
  const text = `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .build()
}
`;
  const uri = await editor.open("src/main.rs", text);
  const found = await editor.diagnostics(uri);
  const [first, last] = [found[0], found.at(-1)];
  assert.ok(found.length === 2 && first !== undefined && last !== undefined);
  const actions = await editor.codeActions(uri, { start: first.range.start, end: last.range.end }, undefined, found);
  const both = actions.filter(({ title }) => title === "Enable certificate and hostname verification");
  assert.equal(both.length, 1);
  assert.deepEqual(
    both[0]?.diagnostics?.map(({ code }) => code),
    found.map(({ code }) => code),
  );
});
