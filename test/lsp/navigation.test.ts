/** Links from code and settings to certificate files, the way back, and the parts of a certificate file, as an editor asks for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  ReferencesRequest,
  type SelectionRange,
  SelectionRangeRequest,
  WillRenameFilesRequest,
} from "vscode-languageserver-protocol/node";
import { LineIndex } from "../../server/src/base/line-index.ts";
import { type Editor, LIKE_VSCODE, startEditor } from "./editor.ts";
import { certificate, MANIFEST, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const pem = certificate("navigation test");
const FILES = { "Cargo.toml": MANIFEST, "certs/ca.pem": `${pem}${certificate("second")}`, "src/main.rs": READER };

const at = (editor: Editor, uri: string, offset: number) => new LineIndex(editor.text(uri)).position(offset, editor.unit);

test("a path in code, TOML and .env is a link to the certificate file, and other strings are none", async (context) => {
  const toml = `# "certs/ca.pem"\n[tls]\nca = "certs/ca.pem"\nname = "ca"\n`;
  const environment = "# certs/ca.pem\nCA_FILE=certs/ca.pem\nHOST=localhost\n";
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "app.toml": toml, ".env": environment } });
  const documents = [
    await editor.open("src/main.rs", `${READER}\nconst NOTHING: &str = "certs/missing.pem";\nconst OTHER: &str = "src/main.rs";\n`),
    await editor.open("app.toml", toml, "toml"),
    await editor.open(".env", environment, "dotenv"),
  ];
  for (const uri of documents) {
    const links = (await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } })) ?? [];
    assert.deepEqual(
      links.map(({ range, target }) => [editor.covered(uri, range), target]),
      [["certs/ca.pem", editor.uri("certs/ca.pem")]],
      uri,
    );
  }
});

test("the definition of a path is the file, and its references are all places that read it", async (context) => {
  const capabilities = { ...LIKE_VSCODE, textDocument: { ...LIKE_VSCODE.textDocument, definition: { linkSupport: true } } };
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities });
  const code = await editor.open("src/main.rs", READER);
  const file = await editor.open("certs/ca.pem", FILES["certs/ca.pem"], "pem");
  const position = at(editor, code, READER.indexOf("ca.pem"));
  const [link, ...more] = [
    (await editor.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: code }, position })) ?? [],
  ].flat();
  assert.deepEqual(more, []);
  assert.ok(link !== undefined && "targetUri" in link);
  assert.equal(link.targetUri, file);
  assert.equal(link.originSelectionRange && editor.covered(code, link.originSelectionRange), "certs/ca.pem");
  const elsewhere = { textDocument: { uri: code }, position: { line: 0, character: 0 } };
  assert.equal(await editor.connection.sendRequest(DefinitionRequest.type, elsewhere), null);
  const places = [
    { textDocument: { uri: code }, position },
    { textDocument: { uri: file }, position: { line: 2, character: 3 } },
  ];
  for (const place of places) {
    const found = (await editor.connection.sendRequest(ReferencesRequest.type, { ...place, context: { includeDeclaration: true } })) ?? [];
    assert.deepEqual(
      found.map((it) => it.uri),
      [code],
    );
    assert.match(found[0] ? editor.covered(code, found[0].range) : "", /ca\.pem/);
  }
});

test("an older client gets the definition as a place", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const code = await editor.open("src/main.rs", READER);
  const position = at(editor, code, READER.indexOf("ca.pem"));
  const found = await editor.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: code }, position });
  assert.deepEqual(found, [
    { uri: editor.uri("certs/ca.pem"), range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
  ]);
});

test("the outline has each object with its fields, and a selection grows by field, object and file", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const text = FILES["certs/ca.pem"];
  const uri = await editor.open("certs/ca.pem", text, "pem");
  const symbols = (await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) ?? [];
  const outlined = symbols.flatMap((it) => ("children" in it ? [it] : []));
  assert.deepEqual(
    outlined.map((it) => it.name),
    ["navigation test", "second"],
  );
  const [first] = outlined;
  assert.match(first?.detail ?? "", /^root certificate, 1 of 2 · expires in 399 days \(\d{4}-\d\d-\d\d\)$/);
  const names = first?.children?.map((it) => it.name) ?? [];
  for (const name of ["serialNumber", "issuer", "validity", "subject", "subjectPublicKeyInfo", "signature"])
    assert.ok(names.includes(name), name);
  const subject = first?.children?.find((it) => it.name === "subject");
  assert.ok(subject);
  const request = { textDocument: { uri }, positions: [subject.range.start, { line: 0, character: 4 }] };
  const [inside, heading] = (await editor.connection.sendRequest(SelectionRangeRequest.type, request)) ?? [];
  const texts = (it: SelectionRange | undefined): string[] =>
    it === undefined ? [] : [editor.covered(uri, it.range), ...texts(it.parent)];
  const spans = texts(inside);
  assert.equal(spans.at(-1), text);
  assert.match(spans.at(-2) ?? "", /^-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----$/);
  assert.ok(spans.includes(editor.covered(uri, subject.range)));
  for (const [at, span] of spans.entries()) assert.ok(at === 0 || span.includes(spans[at - 1] ?? "-"), "each holds the one before");
  assert.equal(texts(heading).length, 2);
});

test("a lens above each object says whose it is, for how long, and who reads it", async (context) => {
  const initializationOptions = { referencesCommand: "client.showUses" };
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "certs/unused.pem": pem }, initializationOptions });
  const uri = await editor.open("certs/ca.pem", FILES["certs/ca.pem"], "pem");
  const lenses = (await editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
  assert.deepEqual(
    lenses.map((it) => it.range.start.line),
    [0, pem.trimEnd().split("\n").length],
  );
  const [shown] = await Promise.all(lenses.map((it) => editor.connection.sendRequest(CodeLensResolveRequest.type, it)));
  assert.match(
    shown?.command?.title ?? "",
    /^root certificate for navigation test, 1 of 2 · expires in 399 days \([\d-]+\) · read in 1 place$/,
  );
  assert.equal(shown?.command?.command, "client.showUses");
  const [of, , places] = shown?.command?.arguments ?? [];
  assert.equal(of, uri);
  assert.equal(places?.[0]?.uri, editor.uri("src/main.rs"));
  const unused = await editor.open("certs/unused.pem", pem, "pem");
  const [lens] = (await editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: unused } })) ?? [];
  assert.ok(lens);
  const { command } = await editor.connection.sendRequest(CodeLensResolveRequest.type, lens);
  assert.match(command?.title ?? "", /^root certificate for navigation test · expires in 399 days \([\d-]+\)$/);
  assert.equal(command?.command, "");
});

test("of a file with several objects each is read where code takes it in", async (context) => {
  const code = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptorBuilder, SslFiletype};
use openssl::x509::X509;

pub fn load(builder: &mut SslAcceptorBuilder) -> Result<X509, ErrorStack> {
    builder.set_private_key_file("certs/all.pem", SslFiletype::PEM)?;
    builder.set_ca_file("certs/all.pem")?;
    X509::from_pem(include_bytes!("../certs/all.pem"))
}
`;
  const key = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
  const all = `# what is in it\n${key}${pem}${certificate("second")}`;
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "src/main.rs": code, "certs/all.pem": all } });
  const uri = await editor.open("certs/all.pem", all, "pem");
  const readAt = async (offset: number): Promise<readonly string[]> => {
    const place = { textDocument: { uri }, position: at(editor, uri, offset), context: { includeDeclaration: true } };
    const found = (await editor.connection.sendRequest(ReferencesRequest.type, place)) ?? [];
    return found.map(({ range }) => code.split("\n")[range.start.line]?.trim().split("(")[0] ?? "");
  };
  const first = all.indexOf(pem);
  const [own, ca, one] = ["builder.set_private_key_file", "builder.set_ca_file", "X509::from_pem"];
  assert.deepEqual(await readAt(all.indexOf(key) + 3), [own]);
  assert.deepEqual(await readAt(first + 3), [ca, one]);
  assert.deepEqual(await readAt(first + pem.length + 3), [ca], "`from_pem` stops at the first");
  assert.deepEqual((await readAt(0)).length, 3, "between them the whole file counts");
});

test("paths in code and settings follow a file that is renamed or moved", async (context) => {
  const toml = `[tls]\nca = "certs/ca.pem"\nkey = "certs/ca.key"\n`;
  const code = `${READER}\npub const CA: &[u8] = include_bytes!("../certs/ca.pem");\n`;
  const capabilities = { ...LIKE_VSCODE, workspace: { ...LIKE_VSCODE.workspace, fileOperations: { willRename: true } } };
  const files = { ...FILES, "src/main.rs": code, "app.toml": toml };
  const editor = await startEditor(context, { server: server(), files, capabilities });
  assert.ok(editor.result?.capabilities.workspace?.fileOperations?.willRename);
  const [main, app] = [await editor.open("src/main.rs", code), await editor.open("app.toml", toml, "toml")];
  const renamed = async (from: string, to: string): Promise<readonly string[] | null> => {
    const file = { oldUri: editor.uri(from), newUri: editor.uri(to) };
    const edit = await editor.connection.sendRequest(WillRenameFilesRequest.type, { files: [file] });
    return edit && [main, app].map((uri) => editor.edited(uri, edit.changes?.[uri] ?? []));
  };
  const expected = (path: string) => [code.replaceAll("certs/ca.pem", path), toml.replace("certs/ca.pem", path)];
  assert.deepEqual(await renamed("certs/ca.pem", "certs/clients.pem"), expected("certs/clients.pem"));
  assert.deepEqual(await renamed("certs/ca.pem", "tls/deep/ca.pem"), expected("tls/deep/ca.pem"));
  assert.equal(await renamed("certs/other.pem", "certs/clients.pem"), null);
  assert.deepEqual(await renamed("certs", "tls/own"), expected("tls/own/ca.pem"));
  assert.equal(await renamed("cert", "tls"), null, "the folder's whole name counts");
});

test("paths in a folder that moves as a whole stay as they are", async (context) => {
  const capabilities = { ...LIKE_VSCODE, workspace: { ...LIKE_VSCODE.workspace, fileOperations: { willRename: true } } };
  const files = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`app/${name}`, text]));
  const editor = await startEditor(context, {
    server: server(),
    files: { ...files, "all.toml": 'ca = "app/certs/ca.pem"\n' },
    capabilities,
  });
  const file = { oldUri: editor.uri("app"), newUri: editor.uri("service") };
  const edit = await editor.connection.sendRequest(WillRenameFilesRequest.type, { files: [file] });
  assert.deepEqual(
    Object.entries(edit?.changes ?? {}).map(([uri, edits]) => [uri, edits.map((it) => it.newText)]),
    [[editor.uri("all.toml"), ["service/certs/ca.pem"]]],
  );
});
