/** `inspect`: the JSON is of the published schema whatever the file, containers and Java's key stores are named, and no private key is in it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import { inspect } from "../../../server/src/cli/inspect.ts";
import { nodeWorld } from "../../../server/src/cli/world.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { inspectionWithoutKeys } from "../../../server/src/service/redaction.ts";
import {
  ALGORITHMS,
  basicConstraints,
  bytes,
  certificate,
  certificatePem,
  dns,
  extension,
  fromHex,
  oid,
  pem,
  privateKey,
  requestBody,
  revocationList,
  rsaKey,
  SECRET_HEX,
  sequence,
  signed,
  text,
  tlv,
  toHex,
} from "../../certificates/build.ts";
import { caseFile, caseNames, NOW } from "../../certificates/cases.ts";
import { exampleFiles } from "../../certificates/examples.ts";
import { ROOT } from "../../harness/fixtures.ts";
import { ecPair, ed25519Pair } from "../../harness/key-pairs.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const schema: object = JSON.parse(readFileSync(join(ROOT, "server/schema/inspect.schema.json"), "utf8"));
const isOfSchema = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const PLAIN = { bold: String, dim: String, added: String, removed: String, error: String, warning: String, info: String, hint: String };

/** What the command prints of files. */
async function output(files: Readonly<Record<string, string | Uint8Array>>, format: "json" | "pretty"): Promise<string> {
  const paths = Object.fromEntries(Object.entries(files).map(([name, content]) => [`/w/${name}`, content]));
  const service = await createLintService(memoryHost(paths, NOW), { roots: ["/w"] });
  const printed: string[] = [];
  const world = {
    ...nodeWorld(),
    resolve: (path: string) => path,
    relative: (path: string) => path,
    print: (it: string) => void printed.push(it),
  };
  await inspect({ name: "inspect", files: Object.keys(paths), format, password: false }, service, world, PLAIN);
  return printed.join("");
}

const jsonOf = async (files: Readonly<Record<string, string | Uint8Array>>) => JSON.parse(await output(files, "json"));

test("the JSON of every case is of the schema, and other JSON is not", async () => {
  const files: Record<string, Uint8Array | string> = {};
  for (const name of caseNames) files[`${name}.pem`] = await caseFile(name);
  for (const [name, content] of await exampleFiles(NOW)) files[name] = content;
  const report = await jsonOf(files);
  assert.ok(report.files.length > 300);
  const fits: boolean = isOfSchema(report);
  assert.ok(fits, JSON.stringify(isOfSchema.errors?.slice(0, 3)));
  const kinds = new Set(
    report.files.flatMap((it: { entries: { contents?: object }[] }) => it.entries.flatMap((entry) => Object.keys(entry.contents ?? {}))),
  );
  assert.deepEqual([...kinds].toSorted(), ["certificate", "error", "keyStore", "privateKey", "publicKey", "request", "revocationList"]);
  report.files[0].entries[0].contents = { certificate: {} };
  const spoilt: boolean = isOfSchema(report);
  assert.ok(!spoilt);
});

test("values are values: numbers, times in ISO 8601, bytes in hexadecimal", async () => {
  const san = extension("2.5.29.17", sequence(dns("a.example"), tlv(0x87, 10, 0, 0, 1)));
  const { files } = await jsonOf({ "a.pem": certificatePem({ extensions: [san], serial: bytes(0, 0xff) }), "a.crl": revocationList() });
  const [one, two] = files;
  assert.equal(one.entries[0].daysLeft, 334);
  const { serial, notAfter, key, extensions } = one.entries[0].contents.certificate;
  assert.deepEqual([serial, notAfter, key.bits, key.curve], ["ff", "2026-12-01T00:00:00Z", 256, "P-256"]);
  assert.deepEqual(extensions[0].value, [
    { type: "DNS", value: "a.example" },
    { type: "IP", value: "10.0.0.1" },
  ]);
  assert.deepEqual(
    two.entries[0].contents.revocationList.entries,
    ["07", "08"].map((it) => ({ serial: it, date: "2025-11-01T00:00:00Z" })),
  );
});

test("what people ask first comes first, and bytes last", async () => {
  const told = await output(
    { "a.pem": certificatePem({ extensions: [extension("1.2.3.4", tlv(0x0c, text("contents")), true)] }) },
    "pretty",
  );
  const places = ["subject", "valid", "serial", "SHA-256", "SHA-1", "version", "1.2.3.4 (critical)", "signature value"].map((it) =>
    told.indexOf(`    ${it} `),
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.ok(!places.includes(-1), places.join(" "));
  assert.match(told, /1\.2\.3\.4 \(critical\) +UTF8String "contents", in hex 0c08636f6e74656e7473/);
});

test("a request says its version and what it is to issue, and a key its exponent", async () => {
  const body = requestBody("ca.example", rsaKey(2048), [basicConstraints(true, 1)]);
  const told = await output({ "a.csr": pem("CERTIFICATE REQUEST", signed(body, ALGORITHMS.rsaSha256)) }, "pretty");
  assert.match(told, / version +1\n/);
  assert.match(told, / authority +is to issue certificates, path length 1\n/);
  assert.match(told, / exponent +65537\n/);
});

test("an entry of a list has its serial number, date and reason", async () => {
  const entry = sequence(tlv(0x02, 5), tlv(0x17, text("251101000000Z")), sequence(extension("2.5.29.21", tlv(0x0a, 1))));
  const told = await output({ "a.crl": revocationList({ entries: [entry] }) }, "pretty");
  assert.match(told, /entry +05, 2025-11-01 00:00:00 UTC, keyCompromise\n/);
});

test("a private key in an extension is not shown, neither whole nor in parts", async () => {
  for (const [value, told] of [
    [privateKey(), "it holds a private key, which is not shown"],
    [tlv(0x04, privateKey()), "it holds a private key, which is not shown"],
  ] as const)
    for (const format of ["json", "pretty"] as const) {
      const said = await output({ "a.pem": certificatePem({ extensions: [extension("1.2.3.4", value)] }) }, format);
      assert.ok(!said.includes(SECRET_HEX) && !said.includes("00".repeat(31)), format);
      if (format === "pretty") assert.ok(said.includes(told));
    }
  const key = ed25519Pair().privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const secret = key.split("\n").slice(1, -2);
  const comment = extension("2.16.840.1.113730.1.13", tlv(0x16, text(key)));
  for (const format of ["json", "pretty"] as const) {
    const said = await output({ "a.pem": certificatePem({ extensions: [comment] }) }, format);
    for (const line of secret) {
      assert.ok(!said.includes(line.slice(16, 32)), `${format}: ${line}`);
      assert.ok(!said.includes(toHex(text(line.slice(16, 32)))), `${format}: ${line}, in hexadecimal`);
    }
  }
});

test("PKCS#7 is named as such", async () => {
  const inside = certificate({});
  const signedData = sequence(tlv(0x02, 1), tlv(0x31), sequence(oid("1.2.840.113549.1.7.1")), tlv(0xa0, inside), tlv(0x31));
  const p7 = sequence(oid("1.2.840.113549.1.7.2"), tlv(0xa0, signedData));
  for (const content of [p7, pem("PKCS7", p7)]) {
    assert.match(await output({ "a.p7b": content }, "pretty"), /^ {2}leaf certificate in PKCS#7$/m);
    assert.equal((await jsonOf({ "a.p7b": content })).files[0].entries[0].container, "PKCS#7");
  }
});

test("what OpenSSL trusts a certificate for is told", async () => {
  const trust = sequence(sequence(oid("1.3.6.1.5.5.7.3.2")), tlv(0xa0, oid("1.3.6.1.5.5.7.3.1")), tlv(0x0c, text("mine")));
  const told = await output({ "a.pem": pem("TRUSTED CERTIFICATE", bytes(certificate({}), trust)) }, "pretty");
  assert.match(told, /trusted for +clientAuth\n/);
  assert.match(told, /rejected for +serverAuth\n/);
  assert.match(told, /alias +mine\n/);
});

/** As Java writes it: big-endian numbers, texts and blocks behind their length. */
const number = (value: number, size = 4): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);
const name = (value: string): Uint8Array => bytes(number(value.length, 2), text(value));
const block = (value: Uint8Array): Uint8Array => bytes(number(value.length), value);
const trusted = (alias: string): Uint8Array =>
  bytes(number(2), name(alias), number(NOW, 8), name("X.509"), block(certificate({ subject: alias })));
const keyEntry = (alias: string): Uint8Array => {
  const key = sequence(sequence(oid("1.3.6.1.4.1.42.2.17.1.1"), tlv(0x05)), tlv(0x04, new Uint8Array(60).fill(7)));
  return bytes(number(1), name(alias), number(NOW, 8), block(key), number(1), name("X.509"), block(certificate({ subject: alias })));
};
const store = (magic: string, ...entries: readonly Uint8Array[]): Uint8Array =>
  bytes(fromHex(magic), number(2), number(entries.length), ...entries, new Uint8Array(20));

test("Java's key stores are read: certificates with their aliases, keys as encrypted", async () => {
  const { files } = await jsonOf({
    "a.jks": store("feedfeed", trusted("root"), keyEntry("server")),
    "b.jceks": store("cececece", trusted("root")),
  });
  const [jks, jceks] = files;
  assert.deepEqual(
    jks.entries.map((it: { kind: string; alias?: string; container?: string }) => [it.kind, it.alias, it.container]),
    [
      ["key-store", undefined, undefined],
      ["certificate", "root", "JKS"],
      ["private-key", "server", "JKS"],
      ["certificate", "server", "JKS"],
    ],
  );
  assert.deepEqual(jks.entries[2].contents.privateKey.encryption, "Java's cipher of one pass of SHA-1");
  assert.deepEqual(
    jks.findings.map((it: { rule: string }) => it.rule).filter((it: string) => it === "weak-key-store"),
    ["weak-key-store"],
  );
  assert.equal(jceks.entries[0].contents.keyStore.format, "JCEKS");
  assert.ok(!jceks.findings.some((it: { rule: string }) => it.rule === "weak-key-store"), "no key, no fault");
  const fits: boolean = isOfSchema({ version: 2, files });
  assert.ok(fits);
});

test("of a key store that is cut off, or goes on as none does, it is said that it was not read", async () => {
  const whole = store("feedfeed", trusted("root"), keyEntry("server"));
  const reasons = new Set<string>();
  for (let length = 12; length < whole.length - 20; length += 7) {
    const { files } = await jsonOf({ "a.jks": whole.subarray(0, length) });
    assert.ok(files[0].notAnalysed !== undefined, `cut to ${length}`);
    reasons.add(files[0].notAnalysed);
  }
  assert.deepEqual([...reasons], ["the key store is cut off"]);
  const sealed = store("cececece", bytes(number(3), name("secret"), number(NOW, 8), fromHex("aced0005")));
  assert.match((await jsonOf({ "a.jceks": sealed })).files[0].notAnalysed, /sealed secret key/);
});

test("neither a label nor what is said of the surroundings shows a key", async () => {
  const { privateKey: own } = ecPair("P-256");
  const key = own.export({ type: "pkcs8", format: "der" }).toString("base64");
  const service = await createLintService(memoryHost({ "/w/a.pem": certificatePem({ subject: "a" }) }), { roots: ["/w"] });
  const inspection = await service.inspect("/w/a.pem");
  const entries = inspection.entries.map((it) => ({ ...it, label: key, surroundings: [{ label: "chain", value: `a → ${key}` }] }));
  const shown = inspectionWithoutKeys({ ...inspection, entries });
  assert.match(shown.entries[0]?.surroundings[0]?.value ?? "", /^a → \*+$/);
  assert.ok(!JSON.stringify(shown).includes(key.slice(8, 40)));
});
