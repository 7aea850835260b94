/** Input made to hurt: nothing throws, the steps are bounded, every place lies within the text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { describe, readCertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import {
  alternativeNames,
  bytes,
  certificate,
  certificatePem,
  dns,
  extension,
  oid,
  pem,
  privateKey,
  revocationList,
  sequence,
  text,
  tlv,
} from "../../certificates/build.ts";
import { caseFile, cases, NOW } from "../../certificates/cases.ts";
import { loaderCaseBytes } from "../../certificates/loader-cases.ts";
import { stepsOf } from "../../harness/steps.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;

/** Everything that happens to a file: read, describe, judge. */
function digest(input: Uint8Array): void {
  const file = readCertificateFile(input);
  const within = ({ start, end }: { readonly start: number; readonly end: number }): void =>
    assert.ok(0 <= start && start <= end && end <= file.text.length, `${start}-${end} of ${file.text.length}`);
  assert.ok(file.format !== "unknown" || file.unread !== undefined, "not read is never clean");
  for (const section of file.sections) {
    within(section.span);
    within(section.boundary);
    for (const problem of section.problems) within(problem.span);
  }
  // What somebody looks at is described, and nobody looks at thousands.
  for (const section of file.sections.slice(0, 500)) {
    const { fields, title } = describe(file, section, NOW);
    for (const value of [title, ...fields.map((it) => it.value)]) assert.ok(value.length < 12_000 && !/\p{Cc}/u.test(value));
  }
  for (const problem of file.problems) within(problem.span);
  for (const rule of fileRules) for (const verdict of rule.judge(file, { policy, usedAs: [] })) within(verdict.span);
}

const samples = ["server-identity", "encrypted-key", "revocation-list", "request", "pem-headers", "unique-identifier"];

test("every truncation of a certificate, list, request and key", async () => {
  const ders = [certificate({ extensions: [alternativeNames(dns("a.example"))] }), revocationList(), privateKey()];
  for (const der of ders) for (let length = 0; length <= der.length; length++) digest(der.subarray(0, length));
  for (const name of samples) {
    const whole = await caseFile(name);
    for (let length = 0; length <= whole.length; length += 7) digest(whole.subarray(0, length));
  }
});

test("changed bytes", async () => {
  const files = await Promise.all(samples.map(caseFile));
  const ders = [certificate({ extensions: [alternativeNames(dns("a.example"))] }), revocationList(), privateKey()];
  fc.assert(
    fc.property(
      fc.constantFrom(...files, ...ders),
      fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
      (file, changes) => {
        const changed = Uint8Array.from(file);
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        digest(changed);
      },
    ),
    { numRuns: 1500 },
  );
});

test("random bytes, as a file and as the contents of a section", () => {
  const labels = fc.constantFrom(
    "CERTIFICATE",
    "X509 CRL",
    "CERTIFICATE REQUEST",
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "PUBLIC KEY",
    "ÄÖ",
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), labels, (content, label) => {
      digest(content);
      digest(bytes(0x30, content));
      digest(text(pem(label, content)));
    }),
    { numRuns: 500 },
  );
});

test("texts put together from pieces of PEM", () => {
  const pieces = fc.constantFrom(
    "-----BEGIN CERTIFICATE-----",
    "-----END CERTIFICATE-----",
    "-----BEGIN PRIVATE KEY-----",
    "-----END",
    "-----BEGIN ",
    "BEGIN",
    "-----",
    "----",
    "\u2013\u2013",
    "MIIB",
    "AAA=",
    "=",
    "\n",
    "\r\n",
    "\r",
    "\\n",
    " ",
    "\u00a0",
    "\ufeff",
    "Proc-Type: 4,ENCRYPTED",
    ":",
    "\u{1f600}",
    "CERTIFICATE",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => digest(text(parts.join("")))),
    { numRuns: 1500 },
  );
});

test("each measured text with its bytes reversed, halved and doubled", () => {
  for (const name of ["plain", "glued boundaries", "utf-16 with mark", "certificate and key"]) {
    const input = loaderCaseBytes(name);
    digest(input.toReversed());
    digest(input.subarray(0, input.length / 2));
    digest(bytes(input, input));
  }
});

const MEGABYTES = 10 * 1024 * 1024;
const repeat = (unit: string): Uint8Array => text(unit.repeat(Math.floor(MEGABYTES / unit.length)));
const BEGIN = "-----BEGIN CERTIFICATE-----\n";
const END = "\n-----END CERTIFICATE-----\n";
const framed = (body: string): Uint8Array => text(`${BEGIN}${body}${END}`);

/** Ten megabytes each: what is quadratic takes millions of steps for each byte. */
const STEPS_PER_BYTE = 30;
const large: Readonly<Record<string, () => Uint8Array>> = {
  "lines behind a certificate": () => text(`${certificatePem({})}${"words\n".repeat(2_000_000)}`),
  "blanks behind a certificate": () => text(`${certificatePem({})}${" ".repeat(10_000_000)}!`),
  "base64 on one line": () => framed("MIIB".repeat(2_600_000)),
  "base64 in lines, without END": () => text(`${BEGIN}${`${"MIIB".repeat(16)}\n`.repeat(160_000)}`),
  "base64 on one line, without END, then something else": () => text(`${BEGIN}${"MIIB".repeat(2_600_000)}!`),
  dashes: () => repeat("-"),
  blanks: () => repeat(" "),
  "blanks within": () => framed(" ".repeat(10_000_000)),
  "blank lines within": () => framed("\n".repeat(10_000_000)),
  "carriage returns": () => framed("\r".repeat(10_000_000)),
  "strange characters": () => framed("!".repeat(10_000_000)),
  padding: () => framed("=".repeat(10_000_000)),
  "escaped line ends": () => framed("\\n".repeat(5_000_000)),
  "header lines": () => framed("A: b\n".repeat(2_000_000)),
  "one header line": () => framed(`A: ${"b".repeat(10_000_000)}`),
  "words BEGIN": () => repeat("BEGIN "),
  boundaries: () => repeat("-----BEGIN CERTIFICATE-----\n"),
  "boundaries on one line": () => repeat("-----BEGIN CERTIFICATE-----"),
  "boundaries with long labels": () => repeat(`--BEGIN ${"A ".repeat(30)}x`),
  "empty sections": () => repeat(`${BEGIN}-----END CERTIFICATE-----\n`),
  zeros: () => new Uint8Array(MEGABYTES),
  "nested sequences": () => bytes(0x30, 0x83, 0x9f, 0xff, 0x00, text("\u0030\u0080".repeat(5_000))),
  "a name of ten megabytes": () => certificate({ subject: "n".repeat(9_000_000) }),
  "a million alternative names": () =>
    certificate({
      extensions: [extension("2.5.29.17", sequence(text("\u0002\u0000".repeat(1_000_000)).map((it) => (it === 2 ? 0x82 : 0))))],
    }),
  "two hundred thousand extensions": () => certificate({ extensions: [text("x")].flatMap(() => [bigExtensions()]) }),
  "a list of three hundred thousand": () => revocationList({ revoked: Array.from({ length: 300_000 }, (_, index) => index % 100) }),
};

/** Extensions that are all the same. */
function bigExtensions(): Uint8Array {
  const one = extension("2.5.29.19", sequence());
  const all = new Uint8Array(one.length * 150_000);
  for (let at = 0; at < all.length; at += one.length) all.set(one, at);
  return all;
}

for (const [name, make] of Object.entries(large)) {
  test(`ten megabytes: ${name}`, async () => {
    const input = make().subarray(0, MEGABYTES);
    const steps = await stepsOf(() => digest(input));
    assert.ok(steps < STEPS_PER_BYTE * input.length, `${steps} steps for ${input.length} bytes`);
  });
}

test("every case takes few steps", async () => {
  for (const name of Object.keys(cases)) {
    const input = await caseFile(name);
    const steps = await stepsOf(() => digest(input));
    const { length } = readCertificateFile(input).sections;
    // A certificate of a few hundred bytes is asked by every rule; the public half of a key is a multiplication on a curve.
    assert.ok(steps < 20_000 + STEPS_PER_BYTE * input.length + 100_000 * length, `${name}: ${steps} steps for ${input.length} bytes`);
  }
});

test("deep nesting ends in a value", () => {
  let der = tlv(0x04, 1);
  for (let depth = 0; depth < 5000; depth++) der = sequence(der);
  digest(der);
  digest(text(pem("CERTIFICATE", der)));
});

test("depth bombs in BER end with an error at a byte", async () => {
  const head = sequence(oid("1.2.840.113549.1.7.2")).subarray(2);
  for (const bomb of [
    bytes(
      0x30,
      0x80,
      head,
      new Uint8Array(200_000).map((_, at) => (at % 2 === 0 ? 0x30 : 0x80)),
    ),
  ]) {
    let file = readCertificateFile(new Uint8Array());
    const steps = await stepsOf(() => {
      file = readCertificateFile(bomb);
    });
    assert.equal(file.sections[0]?.error?.kind, "TooDeep");
    assert.ok(steps < 30 * bomb.length, String(steps));
  }
});
