/** Code actions as an editor uses them: offered, resolved, applied to the text. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { CodeAction, Diagnostic, Range } from "vscode-languageserver-protocol/node";
import { alternativeNames, basicConstraints, certificatePem, dns, time } from "../certificates/build.ts";
import { type Editor, LIKE_VSCODE, PLAIN, startEditor } from "./editor.ts";
import { MANIFEST, MISTAKEN, OBSERVED, OPEN_SERVER, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const FILES = { "Cargo.toml": MANIFEST };

async function opened(editor: Editor, text: string): Promise<{ uri: string; found: Diagnostic }> {
  const uri = await editor.open("src/main.rs", text);
  const [found] = await editor.diagnostics(uri);
  assert.ok(found);
  return { uri, found };
}

const isAllow = ({ title }: CodeAction): boolean => /^Suppress /.test(title);

test("the preferred fix is resolved, applied, and the finding is gone", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { uri, found } = await opened(editor, MISTAKEN);
  const actions = await editor.codeActions(uri, found.range, undefined, [found]);
  const fix = actions.find((it) => it.isPreferred);
  assert.ok(fix, JSON.stringify(actions));
  assert.equal(fix.kind, "quickfix");
  assert.equal(fix.edit, undefined, "the edit is computed when it is asked for");
  assert.deepEqual(fix.diagnostics, [found], "the client's own diagnostic comes back");
  const text = editor.applied(uri, await editor.resolve(fix));
  assert.doesNotMatch(text, /danger_accept_invalid_certs\(true\)/);
  await editor.change(uri, [{ text }], text);
  assert.deepEqual(await editor.diagnostics(uri), []);
});

test("a client that cannot resolve gets the edit at once, without versions", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, capabilities: PLAIN });
  const uri = await editor.open("src/main.rs", MISTAKEN);
  const [found] = await editor.pushed(uri);
  assert.ok(found);
  const [fix] = await editor.codeActions(uri, found.range, undefined, [found]);
  assert.ok(fix?.edit?.changes?.[uri]);
  assert.equal(fix.edit.documentChanges, undefined);
  assert.doesNotMatch(editor.applied(uri, fix), /danger_accept_invalid_certs\(true\)/);
});

test("a finding can be allowed with a reason", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { uri, found } = await opened(editor, MISTAKEN);
  const allow = (await editor.codeActions(uri, found.range)).find(isAllow);
  assert.ok(allow);
  assert.notEqual(allow.isPreferred, true);
  const text = editor.applied(uri, await editor.resolve(allow));
  assert.match(text, /tlslint: allow\(disabled-verification\)/);
});

test("fix-all does what is safe, and nothing is offered where nothing is", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const twice = OBSERVED + OBSERVED.slice(OBSERVED.indexOf("\npub fn")).replace("fn observed", "fn second");
  const { uri } = await opened(editor, twice + MISTAKEN.replace("use reqwest::Client;\n", "").replaceAll("Client", "reqwest::Client"));
  const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  for (const only of [["source.fixAll.tlslint"], ["source.fixAll"]]) {
    const [all, ...others] = await editor.codeActions(uri, everything, only);
    assert.ok(all);
    assert.deepEqual(others, []);
    assert.equal(all.kind, "source.fixAll.tlslint");
    const text = editor.applied(uri, await editor.resolve(all));
    assert.doesNotMatch(text, /KeyLogFile/);
    assert.match(text, /danger_accept/, "servers that are accepted today still are");
  }
  assert.ok(!(await editor.codeActions(uri, everything)).some(({ kind }) => kind?.startsWith("source")), "only when asked for");
  const clean = await editor.open("src/clean.rs", "fn main() {}\n");
  assert.deepEqual(await editor.codeActions(clean, everything, ["source.fixAll"]), []);
});

/** The one fix that a person has to look at, resolved. */
async function reviewed(editor: Editor, text: string): Promise<{ uri: string; fix: CodeAction }> {
  const { uri, found } = await opened(editor, text);
  const fix = (await editor.codeActions(uri, found.range)).find((it) => it.isPreferred || it.kind === "refactor.rewrite");
  assert.ok(fix, JSON.stringify(found));
  return { uri, fix: await editor.resolve(fix) };
}

test("what a person has to look at asks for confirmation, and is not done unseen", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { uri, fix } = await reviewed(editor, READER);
  const [annotation, ...others] = Object.values(fix.edit?.changeAnnotations ?? {});
  assert.deepEqual([annotation?.needsConfirmation, annotation?.label, others.length], [true, fix.title, 0]);
  const [change] = fix.edit?.documentChanges ?? [];
  assert.ok(change && "edits" in change);
  assert.equal(change.textDocument.version, 1);
  assert.ok(change.edits.every((it) => "annotationId" in it));
  assert.match(editor.applied(uri, fix), /FAIL_IF_NO_PEER_CERT/);
  assert.deepEqual(await editor.codeActions(uri, fix.diagnostics?.[0]?.range ?? assert.fail(), ["source.fixAll"]), []);
});

test("what corrects no mistake is a rewriting for those who want it, and no quick fix", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { uri, found } = await opened(editor, OPEN_SERVER);
  assert.equal(found.code, "no-client-auth");
  const [rewriting, ...others] = await editor.codeActions(uri, found.range, ["refactor"]);
  assert.deepEqual(others, []);
  assert.ok(rewriting);
  assert.deepEqual([rewriting.kind, rewriting.isPreferred], ["refactor.rewrite", undefined]);
  assert.match(rewriting.title, /^Require client certificates from your CA/);
  assert.match(editor.applied(uri, await editor.resolve(rewriting)), /with_client_cert_verifier/);
  assert.ok((await editor.codeActions(uri, found.range, ["quickfix"])).every(({ title }) => title !== rewriting.title));
  assert.ok(
    (await editor.codeActions(uri, found.range)).some(({ title }) => title === rewriting.title),
    "a menu has both",
  );
});

test("a client that shows the document in front need not ask about changes in it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES, initializationOptions: { confirmElsewhereOnly: true } });
  const { fix } = await reviewed(editor, READER);
  assert.equal(fix.edit?.changeAnnotations, undefined);
});

test("a fix is refused when the disk has another text of a second file than it was made for", async (context) => {
  const flags = "use openssl::ssl::SslVerifyMode;\n\npub(crate) const UNVERIFIED: SslVerifyMode = SslVerifyMode::NONE;\n";
  const main = `mod flags;

use crate::flags::UNVERIFIED;
use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

pub fn relax(builder: &mut SslConnectorBuilder) {
    builder.set_verify(UNVERIFIED);
}

fn main() {}
`;
  const editor = await startEditor(context, { server: server(), files: { ...FILES, "src/main.rs": main, "src/flags.rs": flags } });
  const uri = await editor.open("src/flags.rs", flags);
  const [found] = await editor.diagnostics(uri);
  assert.ok(found);
  const [fix] = await editor.codeActions(uri, found.range);
  assert.ok(fix);
  const { edit } = await editor.resolve(fix);
  const changed = (edit?.documentChanges ?? []).flatMap((it) => ("textDocument" in it ? [it.textDocument.uri] : []));
  assert.ok(changed.includes(editor.uri("src/main.rs")), "the call that takes the constant is changed");
  writeFileSync(join(editor.folder, "src/main.rs"), `// Unseen.\n${main}`);
  await assert.rejects(editor.resolve(fix), { code: -32801 });
});

test("fix-all lays out what it leaves: chains are joined", async (context) => {
  const files = { "Cargo.toml": MANIFEST.replace('reqwest = "0.12.12"', 'reqwest = "0.13.4"') };
  const editor = await startEditor(context, { server: server(), files });
  const text = `use std::time::Duration;

use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .tls_sslkeylogfile(true)
        .timeout(Duration::from_secs(5))
        .build()
}
`;
  const { uri } = await opened(editor, text);
  const [all] = await editor.codeActions(uri, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, ["source.fixAll"]);
  assert.ok(all);
  const expected = `use std::time::Duration;

use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder().timeout(Duration::from_secs(5)).build()
}
`;
  assert.equal(editor.applied(uri, await editor.resolve(all)), expected);
});

test("an action of a text that has changed since is refused, not applied to the wrong place", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { uri, found } = await opened(editor, MISTAKEN);
  const [fix] = await editor.codeActions(uri, found.range);
  assert.ok(fix);
  await editor.type(uri, 0, 0, "// moved\n");
  await assert.rejects(editor.resolve(fix), { code: -32801 });
});

test("placeholders are selected by the client's command, else are snippets where these are taken, else plain text", async (context) => {
  const { workspaceEdit: _, ...workspace } = LIKE_VSCODE.workspace;
  const simple = { ...LIKE_VSCODE, workspace: { ...workspace, workspaceEdit: { documentChanges: true } } };
  const commanded = await startEditor(context, { server: server(), files: FILES, initializationOptions: { selectCommand: "go.there" } });
  const snippets = await startEditor(context, { server: server(), files: FILES });
  const plain = await startEditor(context, { server: server(), files: FILES, capabilities: simple });
  const edits = ({ edit }: CodeAction) => (edit?.documentChanges ?? []).flatMap((it) => ("edits" in it ? it.edits : []));

  const first = await reviewed(plain, OPEN_SERVER);
  const text = plain.applied(first.uri, first.fix);
  assert.match(text, /pem_file_iter\("client-ca\.pem"\)/);
  assert.ok(edits(first.fix).every((it) => "newText" in it));
  assert.equal(first.fix.command, undefined);

  const second = await reviewed(snippets, OPEN_SERVER);
  const [snippet, ...more] = edits(second.fix).flatMap((it) => ("snippet" in it ? [it.snippet.value] : []));
  assert.deepEqual(more, []);
  assert.match(String(snippet), /pem_file_iter\("\$\{1:client-ca\.pem\}"\)/);

  const { uri, fix } = await reviewed(commanded, OPEN_SERVER);
  assert.equal(commanded.applied(uri, fix), text);
  assert.equal(fix.command?.command, "go.there");
  const [where, ranges] = fix.command?.arguments ?? [];
  assert.equal(where, uri);
  await commanded.change(uri, [{ text }], text);
  assert.deepEqual(
    ranges.map((it: Range) => commanded.covered(uri, it)),
    ["client-ca.pem"],
  );
});

test("a fix that needs a dependency changes the manifest in the same edit, and asks before", async (context) => {
  const manifest = '[package]\nname = "server"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nrustls = "0.21"\n';
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": manifest }, capabilities: LIKE_VSCODE });
  const text = `use rustls::{Certificate, PrivateKey, ServerConfig};

pub fn config(chain: Vec<Certificate>, key: PrivateKey) -> Result<ServerConfig, rustls::Error> {
    let verifier = rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new(rustls::RootCertStore::empty());
    ServerConfig::builder()
        .with_safe_defaults()
        .with_client_cert_verifier(std::sync::Arc::new(verifier))
        .with_single_cert(chain, key)
}
`;
  const uri = await editor.open("src/main.rs", text);
  const found = (await editor.diagnostics(uri)).find(({ code }) => code === "empty-trust-store");
  assert.ok(found);
  const fix = (await editor.codeActions(uri, found.range, undefined, [found])).find((it) => /your client CA/.test(it.title));
  assert.ok(fix);
  const { edit } = await editor.resolve(fix);
  const changes = (edit?.documentChanges ?? []).flatMap((it) => ("textDocument" in it ? [it] : []));
  assert.deepEqual(
    changes.map(({ textDocument }) => textDocument.uri.replace(/^.*\/(?=src|Cargo)/, "")),
    ["src/main.rs", "Cargo.toml"],
  );
  assert.match(JSON.stringify(changes[1]?.edits), /rustls-pemfile = \\"1\\"/);
  const [annotation] = Object.values(edit?.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  assert.match(annotation?.description ?? "", /Cargo\.toml gets `rustls-pemfile` \(1\)/);
  for (const { edits } of changes) for (const it of edits) assert.ok("annotationId" in it);
});

test("the commands that issue a certificate again are for the clipboard of a client that has one, and in the hover of all", async (context) => {
  const old = certificatePem({
    extensions: [basicConstraints(false), alternativeNames(dns("api.example"))],
    notAfter: time("2025-12-01T00:00:00Z"),
  });
  const taking = await startEditor(context, { server: server(), files: FILES, initializationOptions: { copyCommand: "put.there" } });
  const uri = await taking.open("old.pem", old);
  const [found] = await taking.diagnostics(uri);
  assert.ok(found);
  const copies = (await taking.codeActions(uri, found.range)).filter((it) => it.command?.command === "put.there");
  assert.deepEqual(
    copies.map((it) => it.title),
    ["openssl", "step"].map((it) => `Copy the \`${it}\` command that reissues this certificate`),
  );
  const [first] = copies;
  assert.ok(first);
  assert.match(String(first.command?.arguments?.[0]), /^sh -eu <<'ISSUE'\n[\s\S]*DNS\.1 = "api\.example"[\s\S]*\nISSUE\n$/);
  assert.deepEqual(await taking.resolve(first), first);
  const plain = await startEditor(context, { server: server(), files: FILES });
  const again = await plain.open("old.pem", old);
  const [same] = await plain.diagnostics(again);
  assert.ok(same);
  assert.ok((await plain.codeActions(again, same.range)).every((it) => !it.title.startsWith("Copy")));
  const hover = JSON.stringify((await plain.hover(again, old.indexOf("MI")))?.contents);
  assert.ok(!hover.includes("ISSUE"), "not where something else stands");
  const lines = old.split("\n");
  const at = lines.slice(0, same.range.start.line).join("\n").length + 1 + same.range.start.character;
  const here = JSON.stringify((await plain.hover(again, at))?.contents);
  assert.ok(here.includes(JSON.stringify(`\`\`\`sh\n${String(first.command?.arguments?.[0])}\`\`\``).slice(1, -1)), here);
});
