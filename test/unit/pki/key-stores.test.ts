/** PKCS#12 as the real OpenSSL writes it, with every protection that it has: opened with the password, and only with it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createCipheriv, createHmac, pbkdf2Sync, scryptSync, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { describe, openKeyStore, readCertificateFile } from "../../../server/src/pki/index.ts";
import { bytes, integer, oid, privateKey, sequence, tlv } from "../../certificates/build.ts";
import { ROOT } from "../../harness/fixtures.ts";
import { openssl as run } from "../../harness/openssl.ts";
import { stepsOf } from "../../harness/steps.ts";

const NOW = Date.UTC(2026, 0, 1);
const PASSWORD = "pässword €1";
let folder = "";
const openssl = (...args: readonly string[]): Buffer => run(folder, args);

before(() => {
  folder = mkdtempSync(join(tmpdir(), "tlslint-p12-"));
  for (const [name, key] of [
    ["ec", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]],
    ["rsa", ["-newkey", "rsa:2048"]],
  ] as const) {
    openssl(
      "req",
      "-x509",
      ...key,
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
      "-subj",
      `/CN=${name}.example`,
      "-days",
      "30",
    );
  }
});
after(() => rmSync(folder, { recursive: true, force: true }));

function write(args: readonly string[], password = PASSWORD, name = "ec"): Uint8Array {
  const given = ["-inkey", `${name}.key`, "-in", `${name}.pem`, "-name", "my identity", "-passout", `pass:${password}`];
  openssl("pkcs12", "-export", "-out", "store.p12", ...given, ...args);
  return new Uint8Array(readFileSync(join(folder, "store.p12")));
}

async function open(store: Uint8Array, password: string) {
  return openKeyStore(store, readCertificateFile(store), password);
}

const PROTECTIONS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  legacy: ["-legacy"],
  descert: ["-legacy", "-descert"],
  ...Object.fromEntries(["AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "DES-EDE3-CBC"].map((it) => [it, ["-certpbe", it, "-keypbe", it]])),
  ...Object.fromEntries(
    ["PBE-SHA1-3DES", "PBE-SHA1-2DES", "PBE-SHA1-RC2-40", "PBE-SHA1-RC2-128", "PBE-SHA1-RC4-40", "PBE-SHA1-RC4-128"].map((it) => [
      it,
      ["-legacy", "-certpbe", it, "-keypbe", it],
    ]),
  ),
  ...Object.fromEntries(["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256", "sha3-512"].map((it) => [it, ["-macalg", it]])),
  nomac: ["-nomac"],
  "legacy nomac": ["-legacy", "-nomac"],
  "plain certificates": ["-certpbe", "NONE"],
  "plain keys": ["-keypbe", "NONE"],
  plain: ["-certpbe", "NONE", "-keypbe", "NONE"],
  "one round": ["-noiter", "-nomaciter"],
  "many rounds": ["-iter", "100000"],
};

for (const [name, args] of Object.entries(PROTECTIONS)) {
  test(`openssl pkcs12 -export: ${name}`, async () => {
    for (const identity of ["ec", "rsa"]) {
      const store = write(args, PASSWORD, identity);
      const pem = new X509Certificate(readFileSync(join(folder, `${identity}.pem`)));
      const opened = await open(store, PASSWORD);
      assert.ok("file" in opened, "refused" in opened ? opened.refused : "");
      const { file } = opened;
      assert.deepEqual(file.sections.map((it) => it.kind).toSorted(), ["certificate", "key-store", "private-key"]);
      const certificate = file.sections.find((it) => it.kind === "certificate");
      const key = file.sections.find((it) => it.kind === "private-key");
      assert.deepEqual(Buffer.from(certificate?.der ?? []), pem.raw);
      assert.equal(certificate?.alias, "my identity");
      assert.ok(key?.parsed?.kind === "private-key" && certificate?.parsed?.kind === "certificate");
      assert.equal(key.parsed.pin, certificate.parsed.key.pin, "the key is the certificate's");
      assert.equal(key.der, undefined, "no byte of the key leaves");
      assert.equal(key.parsed.encrypted, !args.join(" ").includes("-keypbe NONE"));
      const shown = file.sections.map((it) => JSON.stringify(describe(file, it, NOW))).join();
      assert.ok(!shown.includes(PASSWORD));
      // Each place is one of the file.
      for (const { span } of file.sections) assert.ok(span.start >= 0 && span.start < span.end && span.end <= store.length);
      const wrong = await open(store, "pässword €2");
      if (args.includes("-nomac") || !args.includes("NONE"))
        assert.match("refused" in wrong ? wrong.refused : "opened", /the password is wrong/);
    }
  });
}

test("a key of Ed25519, which has no public half beside it, is the certificate's", async () => {
  openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", "ed.key", "-out", "ed.pem", "-subj", "/CN=ed", "-days", "30");
  const opened = await open(write([], PASSWORD, "ed"), PASSWORD);
  assert.ok("file" in opened);
  const [key] = opened.file.sections.flatMap((it) => (it.parsed?.kind === "private-key" ? [it.parsed] : []));
  const [certificate] = opened.file.sections.flatMap((it) => (it.parsed?.kind === "certificate" ? [it.parsed] : []));
  assert.ok(key?.pin !== undefined && key.pin === certificate?.key.pin);
});

test("the empty password, and none at all", async () => {
  for (const args of [[], ["-legacy"], ["-nomac"]]) {
    const store = write(args, "");
    assert.ok("file" in (await open(store, "")));
    assert.ok("refused" in (await open(store, "x")));
  }
});

test("without an integrity check no wrong password opens a key, though one in 256 has the right padding", async () => {
  const store = write(["-nomac", "-noiter", "-legacy", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "NONE"]);
  const file = readCertificateFile(store);
  for (let at = 0; at < 2000; at++) {
    const opened = await openKeyStore(store, file, `wrong ${at}`);
    assert.match("refused" in opened ? opened.refused : "opened", /the password is wrong/);
  }
});

test("what the file name of a certificate's place says: the encrypted bytes, in order and apart", async () => {
  writeFileSync(join(folder, "more.pem"), readFileSync(join(folder, "rsa.pem")));
  const opened = await open(write(["-certfile", "more.pem"]), PASSWORD);
  assert.ok("file" in opened);
  const [first, second] = opened.file.sections.filter((it) => it.kind === "certificate").map((it) => it.span);
  assert.ok(first !== undefined && second !== undefined && first.end <= second.start);
});

test("changed bytes are told, and every cut", async () => {
  const store = write([]);
  for (let at = 100; at < store.length; at += 97) {
    const changed = Uint8Array.from(store);
    changed[at] = (changed[at] ?? 0) ^ 0x40;
    const file = readCertificateFile(changed);
    const opened = await openKeyStore(changed, file, PASSWORD);
    // The name of a hash, a friendly tag or a superfluous attribute may be what was changed: then it is refused or the same.
    if ("refused" in opened) assert.ok(opened.refused.length > 0);
  }
  for (let length = 5; length < store.length; length += 41) {
    const file = readCertificateFile(store.subarray(0, length));
    assert.ok(file.unread !== undefined || file.sections.some((it) => it.error !== undefined), `cut at ${length} is told`);
  }
});

const number = (value: number): Uint8Array =>
  integer(Uint8Array.from([0, ...(value.toString(16).padStart(8, "0").match(/../g) ?? []).map((it) => Number.parseInt(it, 16))]));

/** A store without parts, checked by PBMAC1 as RFC 9579 has it. */
function pbmac1(rounds: number, hash: "sha256" | "sha512", password: string): Uint8Array {
  const [prf, length] = hash === "sha256" ? ["1.2.840.113549.2.9", 32] : ["1.2.840.113549.2.11", 64];
  const salt = bytes(1, 2, 3, 4, 5, 6, 7, 8);
  const content = sequence();
  const derived = rounds > 100_000 ? Buffer.alloc(length) : pbkdf2Sync(password, salt, rounds, length, hash);
  const digest = createHmac(hash, derived).update(content).digest();
  const kdf = sequence(
    oid("1.2.840.113549.1.5.12"),
    sequence(tlv(0x04, salt), number(rounds), integer(length), sequence(oid(prf), tlv(0x05))),
  );
  const algorithm = sequence(oid("1.2.840.113549.1.5.14"), sequence(kdf, sequence(oid(prf), tlv(0x05))));
  const mac = sequence(sequence(algorithm, tlv(0x04, digest)), tlv(0x04, salt), integer(1));
  return sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), tlv(0xa0, tlv(0x04, content))), mac);
}

test("PBMAC1", async () => {
  for (const hash of ["sha256", "sha512"] as const) {
    const store = pbmac1(2048, hash, PASSWORD);
    assert.ok("file" in (await open(store, PASSWORD)));
    assert.match(JSON.stringify(await open(store, "other")), /password is wrong/);
  }
});

interface MeasuredStore {
  readonly made: string;
  readonly password: string;
  readonly base64: string;
}
const measured: Readonly<Record<string, MeasuredStore>> = JSON.parse(
  readFileSync(join(ROOT, "test/certificates/key-stores-openssl-3.5.json"), "utf8"),
);
for (const [name, { made, password, base64 }] of Object.entries(measured))
  test(`as OpenSSL 3.5 made it: ${name} (${made})`, async () => {
    const store = new Uint8Array(Buffer.from(base64, "base64"));
    const opened = await open(store, password);
    assert.ok("file" in opened, "refused" in opened ? opened.refused : "");
    const [key] = opened.file.sections.flatMap((it) => (it.parsed?.kind === "private-key" ? [it.parsed] : []));
    const [certificate] = opened.file.sections.flatMap((it) => (it.parsed?.kind === "certificate" ? [it.parsed] : []));
    assert.ok(key?.pin !== undefined && key.pin === certificate?.key.pin, "the key is the certificate's");
    assert.ok(
      /pbmac1/i.test(made) === JSON.stringify(describe(opened.file, opened.file.sections[0] ?? assert.fail(), NOW)).includes("PBMAC1"),
    );
    assert.match(JSON.stringify(await open(store, `${password}x`)), /password is wrong/);
  });

/** A store without a check that holds one encrypted key. */
function storeOf(encrypted: Uint8Array): Uint8Array {
  const bag = sequence(oid("1.2.840.113549.1.12.10.1.2"), tlv(0xa0, encrypted));
  const part = sequence(oid("1.2.840.113549.1.7.1"), tlv(0xa0, tlv(0x04, sequence(bag))));
  return sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), tlv(0xa0, tlv(0x04, sequence(part)))));
}
const COSTS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  small: ["-scrypt_N", "1024", "-scrypt_r", "4", "-scrypt_p", "3"],
  "another cipher": ["-v2", "aes-128-cbc"],
};
for (const [name, args] of Object.entries(COSTS))
  test(`a key as openssl pkcs8 -scrypt writes it: ${name}`, async () => {
    const der = openssl("pkcs8", "-topk8", "-scrypt", ...args, "-in", "ec.key", "-outform", "der", "-passout", `pass:${PASSWORD}`);
    const store = storeOf(new Uint8Array(der));
    const opened = await open(store, PASSWORD);
    assert.ok("file" in opened, "refused" in opened ? opened.refused : "");
    const [key] = opened.file.sections.flatMap((it) => (it.parsed?.kind === "private-key" ? [it.parsed] : []));
    const certificate = readCertificateFile(new Uint8Array(readFileSync(join(folder, "ec.pem")))).sections[0]?.parsed;
    assert.ok(key?.pin !== undefined && certificate?.kind === "certificate" && key.pin === certificate.key.pin);
    assert.equal(key.encryption, "PBES2 with scrypt");
    assert.match(JSON.stringify(await open(store, "other")), /password is wrong/);
  });

/** The same, derived by Node; what is beyond the limits is not derived at all. */
function byScrypt(cost: number, blockSize: number, parallel: number, derive = true): Uint8Array {
  const salt = bytes(1, 2, 3, 4, 5, 6, 7, 8);
  const iv = new Uint8Array(16);
  const key = derive ? scryptSync(PASSWORD, salt, 32, { N: cost, r: blockSize, p: parallel, maxmem: 1 << 28 }) : Buffer.alloc(32);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const encrypted = Buffer.concat([cipher.update(privateKey()), cipher.final()]);
  const kdf = sequence(oid("1.3.6.1.4.1.11591.4.11"), sequence(tlv(0x04, salt), number(cost), number(blockSize), number(parallel)));
  const scheme = sequence(oid("1.2.840.113549.1.5.13"), sequence(kdf, sequence(oid("2.16.840.1.101.3.4.1.42"), tlv(0x04, iv))));
  return storeOf(sequence(scheme, tlv(0x04, encrypted)));
}

/** What reading the file takes, and no deriving. */
const FEW_STEPS = 30_000;

test("scrypt up to its limits of memory and work, and no further", async () => {
  assert.ok("file" in (await open(byScrypt(16384, 8, 2), PASSWORD)), "below");
  assert.ok("file" in (await open(byScrypt(65536, 9, 1), PASSWORD)), "the most that a cost of that size may take");
  for (const [store, why] of [
    [byScrypt(65536, 10, 1, false), /takes 83887360 bytes of memory \(by the cost at byte \d+\), and more than 83886080 are not taken/],
    [byScrypt(2, 1, 0x7fffffff, false), /bytes of memory/],
    [byScrypt(0x40000000, 0x7fffffff, 1, false), /bytes of memory/],
    [byScrypt(16384, 8, 20, false), /takes 10485760 rounds/],
    [byScrypt(16383, 8, 1, false), /none that scrypt can have/],
    [byScrypt(16384, 0, 1, false), /none that scrypt can have/],
    [byScrypt(1, 8, 1, false), /none that scrypt can have/],
    [byScrypt(65536, 1, 1, false), /none that scrypt can have/],
  ] as const) {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    const steps = await stepsOf(async () => {
      opened = await open(store, PASSWORD);
    });
    assert.ok(opened !== undefined && "refused" in opened && opened.place !== undefined);
    assert.match(opened.refused, why);
    assert.ok(steps < FEW_STEPS, String(steps));
  }
});

test("absurd iteration counts are refused, with their byte, at once", async () => {
  const store = pbmac1(0x7fffffff, "sha256", PASSWORD);
  let opened: Awaited<ReturnType<typeof open>> | undefined;
  const steps = await stepsOf(async () => {
    opened = await open(store, PASSWORD);
  });
  assert.ok(opened !== undefined && "refused" in opened && opened.place !== undefined);
  assert.match(opened.refused, /2147483647 by the number at byte \d+\), and more than 10000000 are not run/);
  assert.deepEqual(store.subarray(opened.place.start, opened.place.end), number(0x7fffffff));
  assert.ok(steps < FEW_STEPS, String(steps));
});

/** The same file with indefinite lengths and its strings in pieces, as BER allows and older writers do. */
function asBer(der: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < der.length; ) {
    const tag = der[at] ?? 0;
    const first = der[at + 1] ?? 0;
    const count = first > 0x80 ? first & 0x7f : 0;
    const length = count === 0 ? first : der.subarray(at + 2, at + 2 + count).reduce((sum, it) => sum * 256 + it, 0);
    const content = der.subarray(at + 2 + count, at + 2 + count + length);
    const pieces = Array.from({ length: Math.ceil(content.length / 100) }, (_, it) =>
      tlv(0x04, content.subarray(it * 100, it * 100 + 100)),
    );
    if ((tag & 0x20) !== 0) parts.push(bytes(tag, 0x80, asBer(content), 0, 0));
    else if ((tag === 0x04 || tag === 0x80) && content.length > 100) parts.push(bytes(tag | 0x20, 0x80, ...pieces, 0, 0));
    else parts.push(der.subarray(at, at + 2 + count + length));
    at += 2 + count + length;
  }
  return bytes(...parts);
}

test("BER with indefinite lengths", async () => {
  for (const args of [[], ["-legacy"], ["-certpbe", "NONE"]]) {
    const store = asBer(write(args));
    writeFileSync(join(folder, "ber.p12"), store);
    const told = spawnSync("openssl", ["pkcs12", "-in", "ber.p12", "-nodes", "-legacy", "-passin", `pass:${PASSWORD}`], { cwd: folder });
    assert.equal(told.status, 0, String(told.stderr));
    const opened = await open(store, PASSWORD);
    assert.ok("file" in opened, "refused" in opened ? opened.refused : "");
    assert.deepEqual(opened.file.sections.map((it) => it.parsed?.kind).toSorted(), ["certificate", "key-store", "private-key"]);
  }
});

test("PKCS#7 in BER, as openssl smime writes it, and cut", () => {
  writeFileSync(join(folder, "message.txt"), "hello");
  const made = openssl(
    "smime",
    "-sign",
    "-stream",
    "-in",
    "message.txt",
    "-signer",
    "ec.pem",
    "-inkey",
    "ec.key",
    "-outform",
    "DER",
    "-nodetach",
  );
  assert.deepEqual([...made.subarray(0, 2)], [0x30, 0x80], "an indefinite length");
  for (const store of [new Uint8Array(made), asBer(openssl("crl2pkcs7", "-nocrl", "-certfile", "ec.pem", "-outform", "DER"))]) {
    const { sections } = readCertificateFile(store);
    assert.deepEqual(
      sections.map((it) => it.container),
      ["PKCS#7"],
    );
    const cut = readCertificateFile(store.subarray(0, -9));
    assert.ok(cut.sections.every((it) => it.error !== undefined) && cut.sections.length > 0);
  }
});
