/** What a language model is answered: the same for the same question, JSON, nothing from outside of the workspace, no key. */
import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "../harness/fixtures.ts";
import { ecPair } from "../harness/key-pairs.ts";
import { type Editor, startEditor } from "./editor.ts";
import { certificate, MANIFEST, MISTAKEN } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();

async function ask(editor: Editor, name: string, input: object) {
  const { text }: { text: string } = await editor.connection.sendRequest("tlslint/tool", { name, input });
  return { text, answer: JSON.parse(text) };
}

test("a snippet is checked as it is given, against the versions that are given", async (context) => {
  const editor = await startEditor(context, { server: server(), files: {} });
  const { text, answer } = await ask(editor, "check_rust_snippet", { code: MISTAKEN, cargoToml: MANIFEST });
  const [found] = answer.findings;
  assert.deepEqual([found.rule, found.severity, found.line, answer.notAnalysed], ["disabled-verification", "error", 5, []]);
  assert.ok(found.help && found.fixes.length > 0);
  assert.equal((await ask(editor, "check_rust_snippet", { code: MISTAKEN, cargoToml: MANIFEST })).text, text);
  const unknown = MANIFEST.replace('reqwest = "0.12.12"', 'reqwest = "0.5"');
  const other = (await ask(editor, "check_rust_snippet", { code: MISTAKEN, cargoToml: unknown })).answer;
  assert.deepEqual([other.findings[0].severity, other.findings[0].notes.length], ["warning", 1], "no model covers that version");
  assert.deepEqual((await ask(editor, "check_rust_snippet", { code: "pub fn nothing() {}" })).answer.findings, []);
  assert.deepEqual((await ask(editor, "check_rust_snippet", {})).answer, { error: "expected `code`" });
});

test("a rule is explained, and so is a line", async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST, "src/lib.rs": MISTAKEN } });
  const { answer } = await ask(editor, "explain_tls_finding", { rule: "disabled-verification" });
  assert.ok(answer.rationale.length > 50 && answer.examples.length > 0 && answer.sources.length > 0);
  const line = (await ask(editor, "explain_tls_finding", { file: "src/lib.rs", line: 5 })).answer;
  assert.deepEqual([line.findings[0].rule, line.rules[0].rule], ["disabled-verification", "disabled-verification"]);
  assert.deepEqual((await ask(editor, "explain_tls_finding", { file: "src/lib.rs", line: 1 })).answer.findings, []);
  assert.deepEqual((await ask(editor, "explain_tls_finding", { rule: "none" })).answer, { error: "there is no rule `none`" });
});

test("a certificate is inspected by the published schema, from the workspace and from no other place", {
  skip: process.platform === "win32",
}, async (context) => {
  const { privateKey } = ecPair("P-256");
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const outside = await startEditor(context, { server: server(), files: { "secret.pem": certificate("outside") } });
  const editor = await startEditor(context, { server: server(), files: { "ca.pem": certificate("inside"), "both.pem": key } });
  const { answer } = await ask(editor, "inspect_certificate", { file: "ca.pem" });
  const isOfSchema = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(ROOT, "server/schema/inspect.schema.json"), "utf8")),
  );
  const fits: boolean = isOfSchema({ version: 2, files: [answer] });
  assert.ok(fits, JSON.stringify(isOfSchema.errors));
  assert.equal(answer.entries[0].contents.certificate.subject.text, "CN=inside");
  assert.match((await ask(editor, "inspect_certificate", { pem: certificate("given") })).text, /CN=given/);

  const folder = fileURLToPath(outside.uri(""));
  symlinkSync(join(folder, "secret.pem"), join(fileURLToPath(editor.uri("")), "link.pem"));
  // Neither what somebody viewed by hand, nor what is open, is open to a model for it.
  const link = { uri: editor.uri("link.pem") };
  assert.match(JSON.stringify(await editor.connection.sendRequest("tlslint/inspect", link)), /CN=outside/);
  await editor.open("link.pem", certificate("outside"), "pem");
  for (const file of [join(folder, "secret.pem"), outside.uri("secret.pem"), "../secret.pem", "link.pem", "a/../../x.pem"])
    for (const tool of ["inspect_certificate", "explain_tls_finding"])
      assert.match((await ask(editor, tool, { file, line: 1 })).text, /outside of the workspace/, file);

  for (const input of [{ file: "both.pem" }, { pem: key }]) {
    const { text } = await ask(editor, "inspect_certificate", input);
    assert.match(text, /"private-key"/);
    for (const part of key.split("\n").slice(1, -2)) assert.ok(!text.includes(part.slice(0, 20)), "no byte of a key is told");
  }
});

test("a long answer is cut and says so, and a question that is too long is refused by the name of its part", async (context) => {
  const editor = await startEditor(context, { server: server(), files: {} });
  const all = Array.from({ length: 150 }, (_, at) => certificate(`number ${at}`, -3)).join("");
  const { answer } = await ask(editor, "inspect_certificate", { pem: all });
  assert.deepEqual([answer.entries.length, answer.more], [20, 130]);
  assert.ok(answer.findings.length <= 100 && answer.moreFindings >= 130, `${answer.findings.length} and ${answer.moreFindings}`);
  const long = "#".repeat(1_000_001);
  for (const [tool, input] of [
    ["check_rust_snippet", { code: long }],
    ["check_rust_snippet", { code: MISTAKEN, cargoToml: long }],
    ["inspect_certificate", { pem: long }],
  ] as const) {
    const [name] = Object.entries(input).find(([, text]) => text === long) ?? [];
    assert.deepEqual((await ask(editor, tool, input)).answer, { error: `\`${name}\` has more than 1000000 characters` });
  }
});

test("a question changes no answer that the workspace gives, neither meanwhile nor afterwards", async (context) => {
  const files = { "ca.pem": certificate("inside"), ".gitignore": "ignored/\n", "ignored/other.pem": certificate("ignored") };
  const editor = await startEditor(context, { server: server(), files });
  const uri = await editor.open("ca.pem", files["ca.pem"], "pem");
  const answers = async (): Promise<string> =>
    JSON.stringify([await editor.connection.sendRequest("tlslint/certificates", { from: 0, count: 10 }), await editor.diagnostics(uri)]);
  const before = await answers();
  const questions = Array.from({ length: 8 }, (_, at) =>
    ask(editor, "inspect_certificate", { pem: certificate(`given ${at}`).repeat(200) }),
  );
  const meanwhile = await Promise.all(questions.map(answers));
  assert.deepEqual(new Set(meanwhile), new Set([before]));
  for (const { text } of await Promise.all(questions)) assert.equal(new Set(text.match(/given \d/g)).size, 1, "and not each other's");
  await ask(editor, "inspect_certificate", { file: "ignored/other.pem" });
  await ask(editor, "explain_tls_finding", { file: "ignored/other.pem", line: 1 });
  await editor.type(uri, 0, 0, "\n");
  await editor.type(uri, 0, 1, "");
  assert.equal(await answers(), before);
});

test("each tool of the manifest is answered, and no other", async (context) => {
  const editor = await startEditor(context, { server: server(), files: {} });
  for (const { name } of manifest.contributes.languageModelTools) assert.ok((await ask(editor, name, {})).answer.error, name);
  assert.equal(await editor.connection.sendRequest("tlslint/tool", { name: "rename_everything", input: {} }), null);
});
