/** Keys and certificates as Node's OpenSSL writes them: kind, size, encryption, and the pin of the public key. */
import assert from "node:assert/strict";
import { createECDH, createHash, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { describe, keyText, readCertificateFile } from "../../../server/src/pki/index.ts";
import { CURVE_PARAMETERS, widthOf } from "../../../server/src/pki/keys/curve-parameters.ts";
import { bytesOf, numberOf } from "../../../server/src/pki/keys/numbers.ts";
import { publicEdwards, publicPoint } from "../../../server/src/pki/keys/public-half.ts";
import { bytes, pem, text } from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";
import { exampleFiles } from "../../certificates/examples.ts";
import { ecPair, ed448Pair, ed25519Pair, rsaPair } from "../../harness/key-pairs.ts";

const pinOf = (key: KeyObject): string =>
  `sha256/${createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64")}`;

function keyIn(content: string | Buffer) {
  const file = readCertificateFile(typeof content === "string" ? text(content) : Uint8Array.from(content));
  const [section] = file.sections;
  assert.ok(section?.parsed?.kind === "private-key", section?.error?.message);
  return section.parsed;
}

const rsa = rsaPair(2048);
const ec = ecPair("P-384");
const ed = ed25519Pair();

test("RSA: PKCS#8, PKCS#1, PEM and DER", () => {
  for (const type of ["pkcs8", "pkcs1"] as const) {
    for (const format of ["pem", "der"] as const) {
      const key = keyIn(format === "pem" ? rsa.privateKey.export({ type, format }) : rsa.privateKey.export({ type, format }));
      assert.equal(key.pin, pinOf(rsa.publicKey), `${type} ${format}`);
      assert.equal(key.key && keyText(key.key), "RSA 2048 bit");
      assert.equal(key.encrypted, false);
    }
  }
});

test("EC: PKCS#8 and SEC 1, with the EC PARAMETERS that openssl writes before it", () => {
  for (const type of ["pkcs8", "sec1"] as const) {
    const key = keyIn(ec.privateKey.export({ type, format: "pem" }));
    assert.equal(key.pin, pinOf(ec.publicKey), type);
    assert.equal(key.key && keyText(key.key), "EC P-384");
  }
  const parameters = pem("EC PARAMETERS", bytes(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22));
  const file = readCertificateFile(text(parameters + ec.privateKey.export({ type: "sec1", format: "pem" })));
  assert.deepEqual(
    file.sections.map((it) => it.kind),
    ["other", "private-key"],
  );
});

test("the public half is computed where the file does not hold it", () => {
  for (const [type, words] of [
    ["ed25519", "Ed25519"],
    ["ed448", "Ed448"],
  ] as const) {
    const { privateKey, publicKey } = type === "ed448" ? ed448Pair() : ed;
    const key = keyIn(privateKey.export({ type: "pkcs8", format: "pem" }));
    assert.equal(key.key && keyText(key.key), words);
    assert.equal(key.pin, pinOf(publicKey), type);
  }
});

const CURVES = {
  prime192v1: "P-192",
  secp224r1: "P-224",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
  secp256k1: "secp256k1",
  brainpoolP256r1: "brainpoolP256r1",
  brainpoolP384r1: "brainpoolP384r1",
  brainpoolP512r1: "brainpoolP512r1",
} as const;

for (const [namedCurve, curve] of Object.entries(CURVES))
  test(`public halves on ${curve} are those of Node's OpenSSL, at the ends of the range, too`, () => {
    const { n } = CURVE_PARAMETERS[curve];
    const width = widthOf(n);
    for (const scalar of [1n, 2n, 3n, 15n, 16n, 17n, n / 2n, n / 2n + 1n, n - 2n, n - 1n, numberOf(randomBytes(width + 8)) % n]) {
      const secret = bytesOf(scalar, width);
      const node = createECDH(namedCurve);
      node.setPrivateKey(secret);
      assert.deepEqual(publicPoint(curve, secret), { bytes: Uint8Array.from(node.getPublicKey()) }, scalar.toString(16));
    }
    for (const scalar of [0n, n, n + 1n]) assert.equal(publicPoint(curve, bytesOf(scalar, width)), "out of range");
  });

test("public halves of Ed25519 and Ed448 are those of Node's OpenSSL", () => {
  for (const [type, name, width] of [
    ["ed25519", "Ed25519", 32],
    ["ed448", "Ed448", 57],
  ] as const) {
    for (let times = 20; times > 0; times--) {
      const { privateKey, publicKey } = type === "ed448" ? ed448Pair() : ed25519Pair();
      const seed = Uint8Array.from(privateKey.export({ type: "pkcs8", format: "der" }).subarray(-width));
      const half = publicKey.export({ type: "spki", format: "der" }).subarray(-width);
      assert.deepEqual(publicEdwards(name, seed), Uint8Array.from(half));
    }
    assert.equal(publicEdwards(name, new Uint8Array(width - 1)), undefined);
  }
});

test("two hundred keys of a file are computed, and no more", () => {
  const one = String(ed.privateKey.export({ type: "pkcs8", format: "pem" }));
  const pins = readCertificateFile(text(one.repeat(201))).sections.map((it) => (it.parsed?.kind === "private-key" ? it.parsed.pin : ""));
  assert.deepEqual([pins[0], pins[199], pins[200]], [pinOf(ed.publicKey), pinOf(ed.publicKey), undefined]);
});

test("encrypted keys: PKCS#8 and DEK-Info", () => {
  const modern = keyIn(rsa.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }));
  assert.deepEqual([modern.encrypted, modern.encryption, modern.pin], [true, "PBES2", undefined]);
  const old = keyIn(rsa.privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "x" }));
  assert.deepEqual([old.encrypted, old.encryption, old.encoding, old.pin], [true, "AES-128-CBC", "PKCS#1", undefined]);
});

test("public keys", () => {
  for (const [key, words] of [
    [rsa.publicKey, "RSA 2048 bit"],
    [ec.publicKey, "EC P-384"],
    [ed.publicKey, "Ed25519"],
  ] as const) {
    const [section] = readCertificateFile(text(String(key.export({ type: "spki", format: "pem" })))).sections;
    assert.ok(section?.parsed?.kind === "public-key");
    assert.equal(section.parsed.pin, pinOf(key));
    assert.equal(keyText(section.parsed.key), words);
  }
});

test("OpenSSH keys: open and encrypted", () => {
  const string = (value: string | Uint8Array): Uint8Array => {
    const content = typeof value === "string" ? text(value) : value;
    return bytes(0, 0, content.length >> 8, content.length & 0xff, content);
  };
  const publicPart = string(bytes(string("ssh-ed25519"), string(new Uint8Array(32))));
  const of = (cipher: string, kdf: string) =>
    keyIn(
      pem(
        "OPENSSH PRIVATE KEY",
        bytes(text("openssh-key-v1\0"), string(cipher), string(kdf), string(""), [0, 0, 0, 1], publicPart, string("secret")),
      ),
    );
  assert.deepEqual([of("none", "none").encrypted, of("none", "none").key?.type], [false, "Ed25519"]);
  assert.deepEqual([of("aes256-ctr", "bcrypt").encrypted, of("aes256-ctr", "bcrypt").encryption], [true, "aes256-ctr"]);
  assert.equal(keyIn(pem("OPENSSH PRIVATE KEY", text("something else"))).encrypted, true);
});

test("the example files are what Node's OpenSSL reads in them, and belong together", async () => {
  const files = await exampleFiles(NOW);
  const certificates = (name: string) => {
    const content = new TextDecoder().decode(files.get(name));
    const blocks = content.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return blocks.map((it) => new X509Certificate(it));
  };
  for (const name of [...files.keys()].filter((it) => /chain|order|intermediate|ca|client\.pem/.test(it) && it.endsWith(".pem"))) {
    const read = readCertificateFile(files.get(name) ?? new Uint8Array());
    const expected = certificates(name);
    assert.equal(read.sections.length, expected.length, name);
    for (const [index, section] of read.sections.entries()) {
      const node = expected[index];
      assert.ok(section.parsed?.kind === "certificate" && node !== undefined);
      assert.equal(section.parsed.fingerprint, node.fingerprint256);
      assert.equal(section.parsed.serial.hex, node.serialNumber.toLowerCase());
      assert.equal(section.parsed.key.pin, pinOf(node.publicKey));
      assert.equal(section.parsed.notAfter.milliseconds, Date.parse(node.validTo));
      assert.equal(section.parsed.values.basicConstraints?.ca, node.ca);
    }
  }
  const [leaf, intermediate] = certificates("server-chain.pem");
  const [root] = certificates("ca-bundle.pem");
  const [client] = certificates("client.pem");
  const [clientRoot] = certificates("client-ca.pem");
  assert.ok(leaf && intermediate && root && client && clientRoot);
  assert.ok(leaf.checkIssued(intermediate) && leaf.verify(intermediate.publicKey));
  assert.ok(intermediate.checkIssued(root) && intermediate.verify(root.publicKey));
  assert.ok(client.checkIssued(clientRoot) && client.verify(clientRoot.publicKey));
  assert.equal(leaf.checkHost("localhost"), "localhost");
  const key = readCertificateFile(files.get("server.key") ?? new Uint8Array()).sections[0];
  assert.equal(key?.parsed?.kind === "private-key" && key.parsed.pin, pinOf(leaf.publicKey));
});

test("an example's title and days", async () => {
  const file = readCertificateFile((await exampleFiles(NOW)).get("expired-client-ca.pem") ?? new Uint8Array());
  const [section] = file.sections;
  assert.ok(section !== undefined);
  const { title, daysLeft } = describe(file, section, NOW);
  assert.deepEqual([title, daysLeft], ["root certificate", -5]);
});
