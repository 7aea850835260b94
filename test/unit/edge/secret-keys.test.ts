/** Private keys in Secrets of Kubernetes: found in their base64, and shown by no surface. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutKeys } from "../../../server/src/pki/secrets/secret-spans.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { ecPair } from "../../harness/key-pairs.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const key = ecPair("prime256v1").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const encoded = Buffer.from(key).toString("base64");
const secret = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: kubernetes.io/tls\ndata:\n  tls.key: ${value}\n  other: bm90aGluZw==\n`;

test("a key in the base64 of a Secret is found, at the name of its value", async () => {
  const text = secret(encoded);
  const service = await createLintService(memoryHost({ "/project/secret.yaml": text }), { roots: ["/project"] });
  const { findings, gaps } = await service.lint("/project/secret.yaml");
  assert.deepEqual(gaps, []);
  assert.deepEqual(
    findings.map(({ rule, place: { span } }) => [rule, text.slice(span.start, span.end)]),
    [["exposed-private-key", "tls.key"]],
  );
  assert.doesNotMatch(JSON.stringify(findings), /[A-Za-z0-9+/]{40}/);
  const shown = withoutKeys(text);
  assert.ok(!shown.includes(encoded.slice(60, 80)) && shown.includes("bm90aGluZw=="));
  service.dispose();
});

test("wherever the PEM file begins, and however its base64 is broken into lines, its digits are blotted out", () => {
  for (const before of ["", "a", "ab", "abc", "# of the server\n"]) {
    const digits = Buffer.from(before + key).toString("base64");
    for (const text of [secret(digits), secret(`|\n${(digits.match(/.{1,64}/g) ?? []).map((it) => `    ${it}\n`).join("")}`)]) {
      const shown = withoutKeys(text);
      assert.equal(shown.length, text.length);
      const left = digits.match(/.{24}/g)?.filter((it) => shown.includes(it)) ?? [];
      assert.deepEqual(left, []);
      assert.ok(shown.includes("tls.key:") && shown.includes("other: bm90aGluZw=="));
    }
  }
});

test("a certificate in a Secret is none, and is shown", () => {
  const text = secret(Buffer.from("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUJ7\n-----END CERTIFICATE-----\n").toString("base64"));
  assert.equal(withoutKeys(text), text);
});
