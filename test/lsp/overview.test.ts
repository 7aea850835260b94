/** What views list of a workspace, as an editor asks for it page by page, and when it is told to ask again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Range, ResponseError, WorkspaceDiagnosticRequest } from "vscode-languageserver-protocol/node";
import manifest from "../../package.json" with { type: "json" };
import { LineIndex } from "../../server/src/base/line-index.ts";
import { pem, revocationList } from "../certificates/build.ts";
import { startEditor, until, write } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN, READER } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const FILES = {
  "Cargo.toml": MANIFEST,
  "certs/ca.pem": `${certificate("late", 300.5)}${certificate("soon", 9.5)}`,
  "src/main.rs": READER,
  "src/lib.rs": MISTAKEN,
};

const ALL = { from: 0, count: 500 };

interface Place {
  readonly uri: string;
  readonly range: Range;
}
interface Certificates {
  readonly total: number;
  readonly items: readonly (Place & {
    readonly name: string;
    readonly kind: string;
    readonly daysLeft: number;
    readonly fingerprint: string;
    readonly pin?: string;
    readonly uses: readonly Place[];
    readonly findings: readonly (Place & { readonly rule: string })[];
  })[];
}
interface Endpoints {
  readonly total: number;
  readonly items: readonly (Place & {
    readonly role: string;
    readonly made: string;
    readonly facts: readonly (Place & { readonly kind: string; readonly value: string })[];
    readonly files: readonly { readonly uri: string }[];
    readonly findings: readonly (Place & { readonly rule: string })[];
  })[];
}

const covered = (text: string, { start, end }: Range): string => {
  const lines = new LineIndex(text);
  return text.slice(lines.offset(start), lines.offset(end));
};

test("certificates come with their places, their uses and their findings, soonest first", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { total, items }: Certificates = await editor.connection.sendRequest("tlslint/certificates", ALL);
  assert.equal(total, 2);
  assert.deepEqual(
    items.map((it) => [it.name, it.kind, it.daysLeft, it.uri]),
    [
      ["soon", "certificate", 9, editor.uri("certs/ca.pem")],
      ["late", "certificate", 300, editor.uri("certs/ca.pem")],
    ],
  );
  const [soon] = items;
  assert.match(soon?.fingerprint ?? "", /^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/);
  assert.match(soon?.pin ?? "", /^sha256\/[\w+/]{43}=$/);
  assert.ok(soon && covered(FILES["certs/ca.pem"], soon.range).startsWith("-----BEGIN CERTIFICATE-----") && soon.range.start.line > 0);
  // Both are signed by one key of the tests.
  assert.deepEqual(
    soon.findings.map((it) => it.rule),
    ["shared-key"],
  );
  assert.deepEqual(
    soon.uses.map((it) => [it.uri, covered(READER, it.range)]),
    [[editor.uri("src/main.rs"), '"certs/ca.pem"']],
  );
  const page: Certificates = await editor.connection.sendRequest("tlslint/certificates", { from: 1, count: 1 });
  assert.deepEqual([page.total, page.items.map((it) => it.name)], [2, ["late"]]);
  const none: Certificates = await editor.connection.sendRequest("tlslint/certificates", { from: -1, count: -7 });
  assert.deepEqual(none, { total: 2, notListed: 0, leftOut: [], unfiltered: 2, items: [] });
  await assert.rejects(editor.connection.sendRequest("tlslint/certificates", { from: "0", count: 1 }), ResponseError);
});

test("endpoints come with what they require, and with the place that says it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: FILES });
  const { total, items }: Endpoints = await editor.connection.sendRequest("tlslint/endpoints", ALL);
  assert.equal(total, 2);
  const [acceptor, client] = items;
  assert.deepEqual([acceptor?.role, acceptor?.made, acceptor?.uri], ["server", "openssl", editor.uri("src/main.rs")]);
  const asks = acceptor?.facts.find((it) => it.kind === "client-authentication");
  assert.equal(asks?.value, "optional");
  assert.ok(asks && covered(READER, asks.range).includes("PEER"));
  assert.deepEqual(acceptor?.files, [{ uri: editor.uri("certs/ca.pem") }]);
  assert.deepEqual([client?.role, client?.findings.map((it) => it.rule)], ["client", ["disabled-verification"]]);
});

test("what came of reading the workspace is told when it ends, and stands in the log", async (context) => {
  const files = { ...FILES, "certs/ca.crl": pem("X509 CRL", revocationList({})) };
  const editor = await startEditor(context, { server: server(), files, initializationOptions: { overviewChanges: true } });
  const told: unknown[] = [];
  editor.connection.onNotification("tlslint/summary", (summary: unknown) => void told.push(summary));
  await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  const { milliseconds, findings, ...summary } = await until(() => (told.length > 0 ? Object(told[0]) : undefined));
  assert.deepEqual(summary, {
    version: manifest.version,
    complete: true,
    roots: [{ uri: editor.uri("") }],
    files: 5,
    certificates: 2,
    revocationLists: 1,
    notAnalysed: 0,
    outOfReach: 0,
    crates: [
      { name: "openssl", versions: ["0.10.72"] },
      { name: "reqwest", versions: ["0.12.12"] },
      { name: "rustls", versions: ["0.23.20"] },
    ],
  });
  assert.ok(Number.isInteger(milliseconds));
  assert.deepEqual(
    findings.filter((it: { severity: string }) => it.severity === "error"),
    [{ rule: "disabled-verification", severity: "error", count: 1 }],
  );
  assert.ok(editor.log.some((it) => /^tlslint \S+ read 5 files with 2 certificates in \d+\.\d s \(.*\): openssl 0\.10\.72; /.test(it)));
});

test("a run that the user cancels is told as one that is not complete", async (context) => {
  const many = Array.from({ length: 400 }, (_, at) => [`certs/${at}.pem`, certificate(`number ${at}`)]);
  const files = { ...FILES, ...Object.fromEntries(many) };
  const editor = await startEditor(context, { server: server(), files, initializationOptions: { overviewChanges: true } });
  const told: { complete: boolean; files: number }[] = [];
  editor.connection.onNotification("tlslint/summary", (it: { complete: boolean; files: number }) => void told.push(it));
  editor.connection.onRequest("window/workDoneProgress/create", () => null);
  editor.connection.onNotification("$/progress", ({ token, value }: { token: string; value: { kind: string } }) => {
    if (value.kind === "begin") void editor.connection.sendNotification("window/workDoneProgress/cancel", { token });
  });
  await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  const summary = await until(() => told[0]);
  assert.ok(!summary.complete && summary.files < 404, `${summary.files}`);
  assert.ok(editor.log.some((it) => it.includes(`was cancelled after ${summary.files} files`)));
});

test("the settings of a file come with the files and lines that set them", async (context) => {
  const files = { ...FILES, "tlslint.toml": 'mtls = "off"\n\n[rules]\nkey-log = "error"\n' };
  const editor = await startEditor(context, { server: server(), files, settings: { profile: "public-web" } });
  const { lines, excluded }: { lines: { toml: string; from?: unknown }[]; excluded: boolean } = await editor.connection.sendRequest(
    "tlslint/configuration",
    { uri: editor.uri("src/main.rs") },
  );
  const file = editor.uri("tlslint.toml");
  const from = (toml: string) => lines.find((it) => it.toml === toml)?.from;
  assert.equal(excluded, false);
  assert.deepEqual(from('mtls = "off"'), [{ uri: file, line: 1 }]);
  assert.deepEqual(from('key-log = "error"'), [{ uri: file, line: 4 }]);
  assert.deepEqual(from('profile = "public-web"'), [{}]);
  assert.deepEqual(from("expiring-days = 30"), []);
  assert.ok(lines.some((it) => it.toml === "[rules]" && it.from === undefined));
});

test("a client that shows views is told of changes on disk, and of none while keys are pressed", async (context) => {
  const told: string[] = [];
  const editor = await startEditor(context, { server: server(), files: FILES, initializationOptions: { overviewChanges: true } });
  editor.connection.onNotification("tlslint/overviewChanged", () => void told.push("changed"));
  const uri = await editor.open("src/lib.rs", MISTAKEN);
  await editor.type(uri, 0, 0, "// typed\n");
  await editor.diagnostics(uri);
  // Longer than the server waits until it tells of a change.
  await new Promise((done) => setTimeout(done, 1000));
  assert.deepEqual(told, []);
  write(`${editor.folder}/certs/ca.pem`, certificate("other"));
  const changes = [{ uri: editor.uri("certs/ca.pem"), type: 2 }];
  await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  await until(() => (told.length > 0 ? true : undefined));
  const { items }: Certificates = await editor.connection.sendRequest("tlslint/certificates", ALL);
  assert.deepEqual([told.length, items.map((it) => it.name)], [1, ["other"]]);
});
