/** What the server says of a certificate file, for the editor that shows it: all that is in it, bytes and findings included, and no more than fits. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { InspectedFile } from "../../server/src/lsp/inspection.ts";
import { skipWithout } from "../harness/programs.ts";
import { type Editor, startEditor } from "./editor.ts";
import { certificate } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();

const inspected = (editor: Editor, name: string, password?: string): Promise<InspectedFile> =>
  editor.connection.sendRequest("tlslint/inspect", { uri: editor.uri(name), ...(password !== undefined && { password }) });

test("inspection tells what is in a certificate file", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "ca.pem": certificate("inspected\u202e") } });
  const { what, objects, findings, more, sealed, notAnalysed } = await inspected(editor, "ca.pem");
  assert.deepEqual([what, findings.length, more, sealed, notAnalysed], ["PEM", 0, 0, false, null]);
  const [{ title, fields, parts, daysLeft } = assert.fail()] = objects;
  assert.deepEqual([title, daysLeft], ["root certificate", 399]);
  assert.equal(fields.find(({ label }) => label === "subject")?.value, "CN=inspected\\u{202e}");
  const subject = parts.find(({ name }) => name.startsWith("CN=inspected"));
  assert.equal(subject?.depth, 1);
  assert.match(subject?.hex ?? "", /^30 [0-9a-f ]+ e2 80 ae$/);
});

test("and what is wrong with it", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "server.pem": certificate("late", -3) } });
  const [{ findings } = assert.fail()] = (await inspected(editor, "server.pem")).objects;
  const found = findings.find(({ rule }) => rule === "expired-certificate");
  assert.match(`${found?.severity}: ${found?.message}`, /^(?:error|warning): .*expired/);
});

test("a binary file says where each field lies; one that is gone, and one that is none, say so", async (context) => {
  const der = Buffer.from(certificate("binary").replace(/-----[^-]+-----|\s/g, ""), "base64");
  const editor = await startEditor(context, { server: server(), files: { "a.der": der, "b.der": "no certificate" } });
  const { what, objects } = await inspected(editor, "a.der");
  assert.equal(what, "DER");
  const serial = objects[0]?.parts.find(({ name }) => name === "serialNumber");
  assert.ok(serial?.hex);
  assert.equal(der.subarray(serial.offset, serial.offset + serial.length).toString("hex"), serial.hex.replaceAll(" ", ""));
  assert.match((await inspected(editor, "b.der")).notAnalysed ?? "", /no PEM boundary/);
  rmSync(fileURLToPath(editor.uri("a.der")));
  const gone = await inspected(editor, "a.der");
  assert.deepEqual(gone.objects, []);
  assert.ok(gone.notAnalysed);
});

test("of five thousand certificates a hundred are described, and the others counted", async (context) => {
  const expired = new Set([7, 99, 100, 4000]);
  const all = Array.from({ length: 5000 }, (_, at) => certificate(`number ${at}`, expired.has(at) ? -3 : undefined)).join("");
  const editor = await startEditor(context, { server: server(), files: { "all.pem": all } });
  const answer = await inspected(editor, "all.pem");
  assert.deepEqual([answer.objects.length, answer.more], [100, 4900]);
  const isExpired = ({ rule }: { readonly rule: string }): boolean => rule === "expired-certificate";
  assert.deepEqual(
    answer.objects.flatMap(({ findings }, at) => (findings.some(isExpired) ? [at] : [])),
    [7, 99],
  );
  assert.deepEqual(answer.findings.filter(isExpired), [], "of objects that are counted only");
  assert.ok(answer.moreFindings >= 2);
  assert.ok(JSON.stringify(answer).length < 1_000_000);
});

test("inspection opens PKCS#12 with the password that comes with the question, and with no other", {
  skip: skipWithout("openssl", "version"),
}, async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "a.txt": "" } });
  const folder = fileURLToPath(editor.uri(""));
  const openssl = (...args: readonly string[]): void => void execFileSync("openssl", [...args], { cwd: folder, stdio: "ignore" });
  openssl(
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    "k",
    "-out",
    "c",
    "-subj",
    "/CN=inside",
  );
  openssl("pkcs12", "-export", "-inkey", "k", "-in", "c", "-out", "a.p12", "-passout", "pass:open sesame");
  const ask = async (password?: string): Promise<string> => {
    const text = JSON.stringify(await inspected(editor, "a.p12", password));
    assert.ok(!text.includes("sesame"));
    return text;
  };
  assert.match(await ask(), /PKCS#12 key store.*that takes the password.*"sealed":true/);
  assert.match(await ask("open barley"), /"notAnalysed":"the password is wrong/);
  assert.match(await ask("open sesame"), /"sealed":false/);
  assert.match(await ask("open sesame"), /CN=inside/);
  assert.doesNotMatch(await ask(), /CN=inside/, "nothing is remembered");
});
