/** Private keys are recognised by their contents: all kinds in all texts, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsKey, readCertificateFile, secretSpans, withoutKeys } from "../../../server/src/pki/index.ts";
import { certificatePem } from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";
import { exampleFiles } from "../../certificates/examples.ts";
import { stepsOf } from "../../harness/steps.ts";
import { filesWithKeys } from "../../secrets/files.ts";
import { likeOthers, secretKeys, webKeys } from "../../secrets/keys.ts";
import { Secrets } from "../../secrets/leaks.ts";

const secrets = new Secrets();
for (const { kind, secrets: parts } of [...secretKeys, ...webKeys]) for (const it of parts) secrets.add(kind, it);
for (const it of likeOthers) secrets.except(it);

const textOf = (content: string | Uint8Array): string => (typeof content === "string" ? content : readCertificateFile(content).text);

test("of no kind of key anything is left in any text that holds it, and the text keeps its places", () => {
  const files = Object.entries(filesWithKeys(secretKeys));
  assert.ok(files.length > 1_000);
  const told = files.flatMap(([name, content]) => {
    const text = textOf(content);
    const shown = withoutKeys(text);
    assert.equal(shown.length, text.length, name);
    assert.deepEqual(shown.match(/\r\n|[\r\n]/g), text.match(/\r\n|[\r\n]/g), name);
    const leaked = secrets.in(shown);
    return leaked.length === 0 ? [] : [`${name}: ${leaked.join(", ")}`];
  });
  assert.deepEqual(told, []);
});

test("a key whose first bytes are damaged stays hidden under any label", () => {
  for (const { kind, der } of secretKeys)
    for (let at = 0; at < 5; at++)
      for (const bit of [1, 2, 4, 0x10, 0x55, 0x80, 0xff]) {
        const damaged = Uint8Array.from(der);
        damaged[at] = (damaged[at] ?? 0) ^ bit;
        const body = Buffer.from(damaged).toString("base64");
        const shown = withoutKeys(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
        assert.ok(!shown.includes(body.slice(-40, -4)), `${kind}, byte ${at} changed by ${bit}`);
      }
});

test("what everybody may see is shown: certificates, lists, requests, public keys, code", async () => {
  let shown = 0;
  for (const [name, content] of await exampleFiles(NOW)) {
    const read = readCertificateFile(content);
    if (read.sections.some((it) => it.kind === "private-key" || it.kind === "key-store" || it.parsed === undefined)) continue;
    assert.deepEqual(secretSpans(read.text), [], name);
    shown++;
  }
  assert.ok(shown > 5, `${shown} files`);
  for (const text of [
    'pub const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";',
    "// MIIB is how certificates begin, and MIIEvQIBADANBgkqhkiG9w0BAQEFAA how keys do",
    `const HASH: &str = "${"9f86d081884c7d659a2feaa0c55ad015".repeat(2)}";`,
    `{ "kty": "RSA", "n": "${"u1SU1LfVLPHCozMxH2Mo".repeat(12)}", "e": "AQAB" }`,
    certificatePem({}),
  ])
    assert.equal(withoutKeys(text), text);
});

test("MISSING: a key as a list of numbers, and what is encrypted without a header", () => {
  const key = secretKeys.find(({ kind }) => kind === "PKCS#8 EC");
  const noise = secretKeys.find(({ kind }) => kind === "traditional encrypted");
  assert.ok(key !== undefined && noise !== undefined);
  for (const text of [`let key = [${[...key.der].join(", ")}];`, Buffer.from(noise.der).toString("base64")])
    assert.equal(withoutKeys(text), text);
});

test("time is linear in the text, whatever it holds", async () => {
  const digits = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
  for (const piece of [
    digits,
    `${digits} `,
    "MII ",
    "-----BEGIN A-----\n",
    "DEK-Info: A\n\nAAAA",
    '"kty" "d": "',
    "30",
    "0\u0080",
    "\\n\\",
  ])
    for (const length of [20_000, 200_000]) {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      const steps = await stepsOf(() => void holdsKey(text));
      assert.ok(steps < 400 * length, `${steps} steps for ${length} characters of ${JSON.stringify(piece)}`);
    }
});

test("a text that is looked at by turns with others is looked through once", () => {
  const file = `const A: &str = "${"x".repeat(200)}";\n`;
  const first = secretSpans(file);
  for (const change of ["a", "b", "c"]) {
    secretSpans(file + change);
    assert.equal(secretSpans(file), first);
  }
});
