/** Reading a file: its format, its sections, what each is described as. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describe,
  describeFully,
  looksLikeCertificateFile,
  MAXIMUM_FILE_BYTES,
  readCertificateFile,
} from "../../../server/src/pki/index.ts";
import {
  alternativeNames,
  basicConstraints,
  bytes,
  certificate,
  certificatePem,
  dns,
  extension,
  pem,
  privateKey,
  revocationList,
  SECRET_HEX,
  sequence,
  text,
  tlv,
  toHex,
} from "../../certificates/build.ts";
import { caseFile, cases, NOW } from "../../certificates/cases.ts";

async function described(name: string, index = 0) {
  const file = readCertificateFile(await caseFile(name));
  const section = file.sections[index];
  assert.ok(section !== undefined);
  const { title, fields, daysLeft } = describe(file, section, NOW);
  return { title, daysLeft, fields: Object.fromEntries(fields.map((it) => [it.label, it.value])) };
}

test("a leaf in words", async () => {
  const { title, fields, daysLeft } = await described("server-leaf");
  assert.equal(title, "leaf certificate");
  assert.equal(daysLeft, 334);
  assert.deepEqual(Object.keys(fields), [
    "subject",
    "names",
    "expires",
    "purposes",
    "issuer",
    "valid",
    "key",
    "signature",
    "key usage",
    "serial",
    "SHA-256",
    "key pin",
  ]);
  assert.equal(fields["subject"], "CN=service.example");
  assert.equal(fields["names"], "DNS service.example, IP 10.0.0.1");
  assert.equal(fields["expires"], "in 334 days (2026-12-01)");
  assert.equal(fields["valid"], "2025-06-01 00:00:00 UTC to 2026-12-01 00:00:00 UTC");
  assert.equal(fields["key"], "EC P-256");
  assert.equal(fields["signature"], "ECDSA with SHA-256");
  assert.equal(fields["purposes"], "serverAuth");
  assert.equal(fields["serial"], "112233");
});

test("each kind has its title", async () => {
  assert.equal((await described("chain", 1)).title, "intermediate certificate, 2 of 2");
  assert.equal((await described("root")).title, "root certificate");
  assert.equal((await described("self-signed-leaf")).title, "self-signed certificate");
  assert.equal((await described("revocation-list")).title, "revocation list");
  assert.equal((await described("request")).title, "certificate request");
  assert.equal((await described("server-key")).title, "private key");
  assert.equal((await described("encrypted-key", 1)).title, "encrypted private key");
  assert.equal((await described("weak-public-key")).title, "public key");
  assert.equal((await described("not-der")).title, "certificate");
});

test("a revocation list and a request in words", async () => {
  const list = await described("revocation-list");
  assert.equal(list.fields["revoked"], "2 certificates");
  assert.equal(list.fields["number"], "2a");
  assert.equal(list.daysLeft, 59);
  const request = await described("request");
  assert.equal(request.fields["names"], "DNS service.example, IP 10.0.0.1");
  assert.equal(request.daysLeft, undefined);
});

test("key and certificate that belong together have the same pin", async () => {
  const leaf = await described("server-identity", 0);
  const key = await described("server-identity", 1);
  assert.match(key.fields["key pin"] ?? "", /^sha256\//);
  assert.equal(key.fields["key pin"], leaf.fields["key pin"]);
  assert.equal(key.fields["encrypted"], "no");
});

test("expiry counts whole days, downwards", async () => {
  assert.equal((await described("expires-now")).daysLeft, 0);
  assert.equal((await described("expired-just-now")).daysLeft, -1);
  assert.match((await described("expired-leaf")).fields["expired"] ?? "", /^40 days ago/);
});

test("no byte of a private key leaves the reader", async () => {
  for (const name of Object.keys(cases)) {
    const file = readCertificateFile(await caseFile(name));
    for (const section of file.sections.filter((it) => it.kind === "private-key")) {
      assert.equal(section.der, undefined, name);
      const all = JSON.stringify([section, describe(file, section, NOW), await describeFully(file, section, NOW)]);
      assert.doesNotMatch(all, new RegExp(`${SECRET_HEX}|${"0,".repeat(20)}`), name);
    }
  }
  const binary = readCertificateFile(privateKey());
  assert.equal(binary.sections[0]?.kind, "private-key");
  assert.equal(binary.sections[0]?.der, undefined);
});

test("hidden and reordering characters of names become visible", () => {
  const subject = "pay\u202egro.elpmaxe\u202c\u0000\u200b\n";
  const file = readCertificateFile(text(certificatePem({ subject, extensions: [alternativeNames(dns("a\u0000b.example"))] })));
  const [section] = file.sections;
  assert.ok(section !== undefined);
  const fields = describe(file, section, NOW).fields;
  const value = (label: string): string | undefined => fields.find((it) => it.label === label)?.value;
  assert.equal(value("subject"), "CN=pay\\u{202e}gro.elpmaxe\\u{202c}\\u{0}\\u{200b}\\u{a}");
  assert.equal(value("names"), "DNS a\\u{0}b.example");
  for (const it of fields) assert.doesNotMatch(it.value, /\p{C}/u);
});

test("names follow RFC 4514: most specific first, special characters escaped", () => {
  const subject = [
    ["2.5.4.6", tlv(0x13, text("DE"))],
    ["2.5.4.10", tlv(0x0c, text("Müller, Söhne + Co"))],
    ["1.2.3.4", tlv(0x1e, [0x00, 0x41])],
    ["2.5.4.3", tlv(0x16, text("#1"))],
  ] as const;
  const file = readCertificateFile(text(certificatePem({ subject })));
  const [section] = file.sections;
  assert.ok(section?.parsed?.kind === "certificate");
  assert.equal(section.parsed.subject.text, "CN=\\#1,1.2.3.4=A,O=Müller\\, Söhne \\+ Co,C=DE");
});

test("the full description has every extension, and survives those it cannot decode", async () => {
  const extensions = [
    basicConstraints(false),
    extension(
      "2.5.29.30",
      sequence(tlv(0xa0, sequence(dns(".example"))), tlv(0xa1, sequence(tlv(0x87, [10, 0, 0, 0, 255, 0, 0, 0])))),
      true,
    ),
    extension("2.5.29.32", sequence(sequence(tlv(0x06, [0x2a, 0x03, 0x04])))),
    extension("2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, tlv(0x86, text("http://crl.example/1.crl"))))))),
    extension("1.3.6.1.5.5.7.1.1", sequence(sequence(tlv(0x06, [0x2b, 6, 1, 5, 5, 7, 0x30, 1]), tlv(0x86, text("http://ocsp.example"))))),
    extension("2.5.29.54", tlv(0x31, 1)),
    extension("1.2.3.4", tlv(0x04, 1, 2)),
  ];
  const file = readCertificateFile(text(certificatePem({ extensions })));
  const [section] = file.sections;
  assert.ok(section !== undefined);
  const { details } = await describeFully(file, section, NOW);
  const value = (label: string): string | undefined => details.find((it) => it.label === label)?.value;
  assert.equal(value("nameConstraints (critical)"), "permitted DNS .example, excluded IP 10.0.0.0/255.0.0.0");
  assert.equal(value("certificatePolicies"), "1.2.3.4");
  assert.equal(value("cRLDistributionPoints"), "URI http://crl.example/1.crl");
  assert.equal(value("authorityInfoAccess"), "OCSP http://ocsp.example");
  assert.equal(value("inhibitAnyPolicy"), "malformed: 310101");
  assert.equal(value("1.2.3.4"), "OCTET STRING 0102, in hex 04020102");
});

test("every extension of RFC 5280, and those of TLS and transparency, in words", async () => {
  const number = (value: number): Uint8Array => tlv(0x02, value);
  const id = (last: number): Uint8Array => tlv(0x06, [0x2a, 0x03, last]);
  const time = Date.UTC(2026, 0, 2);
  const stamp = bytes(
    0,
    new Uint8Array(32).fill(0x11),
    Array.from({ length: 8 }, (_, at) => Math.floor(time / 256 ** (7 - at)) % 256),
    0,
    0,
    4,
    3,
    0,
    0,
  );
  const stamps = [stamp, stamp].map((it) => bytes(0, it.length, it));
  const length = stamps.reduce((sum, it) => sum + it.length, 0);
  const told: Readonly<Record<string, readonly [string, Uint8Array, string]>> = {
    issuerAltName: [
      "2.5.29.18",
      sequence(dns("ca.example"), tlv(0x86, text("https://ca.example"))),
      "DNS ca.example, URI https://ca.example",
    ],
    policyMappings: ["2.5.29.33", sequence(sequence(id(4), id(5))), "1.2.3.4 is 1.2.3.5"],
    policyConstraints: [
      "2.5.29.36",
      sequence(tlv(0x80, 0), tlv(0x81, 1)),
      "a policy is required after 0 certificates, policies are not mapped after 1 certificate",
    ],
    inhibitAnyPolicy: ["2.5.29.54", number(1), "after 1 certificate"],
    tlsFeature: [
      "1.3.6.1.5.5.7.1.24",
      sequence(number(5), number(17), number(9)),
      "must staple, must staple for the whole chain, feature 9",
    ],
    privateKeyUsagePeriod: [
      "2.5.29.16",
      sequence(tlv(0x80, text("20260101000000Z")), tlv(0x81, text("20270101000000Z"))),
      "from 2026-01-01 00:00:00 UTC, to 2027-01-01 00:00:00 UTC",
    ],
    subjectInfoAccess: ["1.3.6.1.5.5.7.1.11", sequence(sequence(id(4), tlv(0x86, text("https://a.example")))), "1.2.3.4 https://a.example"],
    freshestCRL: [
      "2.5.29.46",
      sequence(sequence(tlv(0xa0, tlv(0xa0, tlv(0x86, text("http://crl.example/delta.crl")))))),
      "URI http://crl.example/delta.crl",
    ],
    nsComment: ["2.16.840.1.113730.1.13", tlv(0x16, text("made by hand")), "made by hand"],
    signedCertificateTimestamps: [
      "1.3.6.1.4.1.11129.2.4.2",
      tlv(0x04, 0, length, ...stamps),
      Array.from({ length: 2 }, () => `log ${"11".repeat(32)} at 2026-01-02 00:00:00.000 UTC, ECDSA with SHA-256`).join(", "),
    ],
  };
  const described = async (extensions: readonly Uint8Array[], list = false) => {
    const file = readCertificateFile(list ? revocationList({ extensions }) : certificate({ extensions }));
    const [section] = file.sections;
    assert.ok(section?.parsed !== undefined, section?.error?.message);
    return new Map((await describeFully(file, section, NOW)).details.map((it) => [it.label, it.value]));
  };
  const fields = await described(Object.values(told).map(([oid, value]) => extension(oid, value)));
  for (const [name, [, , words]] of Object.entries(told)) assert.equal(fields.get(name), words, name);
  // Cut in the middle, each is shown as it is encoded.
  const cut = await described(Object.values(told).map(([oid, value]) => extension(oid, value.subarray(0, -1))));
  for (const [name, [, value]] of Object.entries(told)) assert.equal(cut.get(name), `malformed: ${toHex(value.subarray(0, -1))}`, name);
  const scope = sequence(tlv(0xa0, tlv(0xa0, tlv(0x86, text("http://crl.example")))), tlv(0x81, 0xff), tlv(0x84, 0xff));
  const ofList = await described([extension("2.5.29.27", number(7), true), extension("2.5.29.28", scope, true)], true);
  assert.equal(ofList.get("deltaCRLIndicator (critical)"), "over the list of number 07");
  assert.equal(ofList.get("issuingDistributionPoint (critical)"), "URI http://crl.example, end entities only, of other issuers, too");
});

test("what is no certificate file says why", () => {
  const reason = (bytes: Uint8Array): string => {
    const file = readCertificateFile(bytes);
    assert.equal(file.format, "unknown");
    assert.deepEqual(file.sections, []);
    return file.unread ?? "";
  };
  assert.match(reason(new Uint8Array(0)), /empty/);
  assert.match(reason(text("hello")), /no PEM boundary/);
  assert.match(reason(Uint8Array.of(0, 1, 2, 3, 0xff)), /binary/);
  assert.match(reason(text("0 is how this text starts")), /no PEM boundary/);
  assert.match(reason(sequence(tlv(0x02, 4), sequence())), /DER, but not|binary|no PEM/);
  assert.match(reason(new Uint8Array(MAXIMUM_FILE_BYTES + 1)), /52428801 bytes/);
});

test("the size limit has three cases", () => {
  const of = (size: number) => {
    const bytes = new Uint8Array(size).fill(0x0a);
    bytes.set(text(certificatePem({})));
    return readCertificateFile(bytes).format;
  };
  assert.equal(of(MAXIMUM_FILE_BYTES - 1), "pem");
  assert.equal(of(MAXIMUM_FILE_BYTES), "pem");
  assert.equal(of(MAXIMUM_FILE_BYTES + 1), "unknown");
});

test("the limit of sections has three cases, and the rest is not clean", () => {
  const section = "-----BEGIN X-----\nAAAA\n-----END X-----\n";
  const of = (count: number) => readCertificateFile(text(section.repeat(count)));
  assert.equal(of(49_999).unread, undefined);
  assert.equal(of(50_000).unread, undefined);
  assert.match(of(50_001).unread ?? "", /more than 50000 sections/);
});

test("DER of every kind is recognised without a label", async () => {
  const kind = (der: Uint8Array) => readCertificateFile(der).sections[0]?.kind;
  assert.equal(kind(certificate({})), "certificate");
  for (const [name, expected] of [
    ["revocation-list", "revocation-list"],
    ["request", "request"],
    ["server-key", "private-key"],
  ] as const) {
    const pemFile = new TextDecoder().decode(await caseFile(name));
    const der = Uint8Array.from(atob(pemFile.replace(/-----[^-]+-----|\s/g, "")), (character) => character.charCodeAt(0));
    assert.equal(kind(der), expected);
  }
});

test("which files are worth a look", () => {
  const boundary = text(pem("CERTIFICATE", certificate({})));
  for (const name of ["a.pem", "dir/B.CRT", "c.cer", "d.der", "e.crl", "f.csr"]) assert.ok(looksLikeCertificateFile(name, text("?")), name);
  for (const name of ["server.key", "chain.txt", "Certificate", "dir/ca_bundle"]) {
    assert.ok(looksLikeCertificateFile(name, boundary), name);
    assert.ok(!looksLikeCertificateFile(name, text("something else")), name);
  }
  for (const name of ["main.rs", "a.json", "README.md"]) assert.ok(!looksLikeCertificateFile(name, boundary), name);
});
