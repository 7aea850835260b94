/** The host's cryptography and the portable one say the same of good and of damaged signatures, or the host says nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyByNode } from "../../../server/src/node-signatures.ts";
import { type Certificate, checkIssued, checkIssuedAtOnce, readCertificateFile } from "../../../server/src/pki/index.ts";
import { type Algorithm, AUTHORITY, issue, KEYS, type Key, SIGNING } from "../../oracle/issue.ts";

const CASES: Readonly<Record<string, readonly [Key, Algorithm?]>> = {
  "P-256": [KEYS.root],
  "P-384": [KEYS.p384],
  "P-521": [KEYS.p521],
  "P-224": [KEYS.p224],
  Ed25519: [KEYS.ed25519],
  "RSA PKCS#1": [KEYS.rsa2048],
  "RSA-PSS": [KEYS.rsa2048, SIGNING.pssSha256],
  "RSA-PSS, salt of 20": [KEYS.rsa2048, SIGNING.pssSalt20],
};
/** Of these the host must know each: that is what it is asked for. */
const KNOWN = ["P-256", "P-384", "P-521", "Ed25519", "RSA PKCS#1", "RSA-PSS", "RSA-PSS, salt of 20"];

function certificateOf(der: Uint8Array): Certificate {
  const [section] = readCertificateFile(der).sections;
  assert.ok(section?.parsed?.kind === "certificate");
  return section.parsed;
}

for (const [name, [issuer, algorithm]] of Object.entries(CASES)) {
  test(`signatures by ${name}`, async () => {
    const spec = { issuer: "CA", subject: "CA", extensions: AUTHORITY };
    const root = issue({ spec, key: issuer, issuer, ...(algorithm && { algorithm }) });
    const { key } = certificateOf(root);
    const damaged = [60, root.length - 30, root.length - 1].map((at) => root.map((byte, place) => (place === at ? byte ^ 1 : byte)));
    for (const signed of [root, ...damaged]) {
      const portable = await checkIssued(signed, root, key);
      assert.equal(portable, signed === root ? "valid" : "invalid");
      const atOnce = checkIssuedAtOnce(signed, root, key, verifyByNode);
      assert.equal(atOnce, KNOWN.includes(name) ? portable : undefined);
    }
  });
}

test("a key whose point is not on its curve", async () => {
  const root = issue({ spec: { issuer: "CA", subject: "CA", extensions: AUTHORITY }, key: KEYS.root, issuer: KEYS.root });
  const { key } = certificateOf(root);
  const broken = root.map((byte, place) => (place === key.end - 1 ? byte ^ 1 : byte));
  const other = certificateOf(broken);
  assert.equal(checkIssuedAtOnce(root, broken, other.key, verifyByNode), undefined);
  assert.equal(await checkIssued(root, broken, other.key), "invalid");
});
