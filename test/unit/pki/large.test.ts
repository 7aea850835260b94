/** Large files, and the bad inputs that are made to hurt: read in a bounded number of steps, with a finding at the byte. Steps are counted in files of 5 MB. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAXIMUM_FILE_BYTES, rangeSpan } from "../../../server/src/pki/index.ts";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  certificate,
  certificatePem,
  dns,
  extension,
  integer,
  KEYS,
  pem,
  privateKey,
  purposes,
  requestBody,
  revocationList,
  SERVER,
  sequence,
  signed,
  text,
  tlv,
} from "../../certificates/build.ts";
import { stepsOf } from "../../harness/steps.ts";
import { FILLERS, judged, LARGE, MB, pkcs7 } from "./large-files.ts";

/** Of a file of megabytes, with all that reads it: two loaders, the sections, base64, DER and fifty rules. */
const STEPS_PER_BYTE = 30;

async function judgedInBounds(input: Uint8Array) {
  let result = judged(new Uint8Array());
  const steps = await stepsOf(() => {
    result = judged(input);
  });
  assert.ok(steps < STEPS_PER_BYTE * input.length, `${steps} steps for ${input.length} bytes`);
  return result;
}

test("steps are counted, also in what is compiled to run faster", async () => {
  const bytes = new Uint8Array(1_000_000);
  for (const times of [1, 2]) {
    const steps = await stepsOf(() => {
      for (let round = 0; round < times; round++) for (let at = 0; at < bytes.length; at++) bytes[at] = round;
    });
    assert.ok(steps >= times * bytes.length && steps < 3 * times * bytes.length, String(steps));
  }
});

/** Certificates that a pairwise comparison would all compare with each other. */
const bundle = (count: number, make: (index: number) => Parameters<typeof certificate>[0]): Uint8Array =>
  text(Array.from({ length: count }, (_, index) => certificatePem(make(index))).join(""));
const number = (index: number): Uint8Array => Uint8Array.of(0x40, index >> 16, (index >> 8) & 0xff, index & 0xff);
const ALIKE: Readonly<Record<string, (count: number) => Uint8Array>> = {
  "certificates in PKCS#7": pkcs7,
  "copies of one certificate": (count) => text(certificatePem({}).repeat(count)),
  "end entities of one name and key": (count) => bundle(count, (it) => ({ serial: number(it) })),
  "authorities of one name and key": (count) =>
    bundle(count, (it) => ({ serial: number(it), subject: "ca", issuer: "ca2", extensions: [basicConstraints(true)] })),
  "certificates of one serial number": (count) => bundle(count, (it) => ({ subject: `service-${it}` })),
  "boundaries without an end": (count) => text("-----BEGIN CERTIFICATE-----\n".repeat(count)),
  "ends without a beginning": (count) => text(`${certificatePem({})}-----END CERTIFICATE-----\n`.repeat(count)),
};
/** Four times as much takes four times as many steps; what compares in pairs takes sixteen times. */
const GROWTH = 5;
for (const [name, make] of Object.entries(ALIKE)) {
  test(`the work grows with the number of ${name}`, async () => {
    const [few = 0, many = 0] = [await stepsOf(() => judged(make(1000))), await stepsOf(() => judged(make(4000)))];
    assert.ok(many < GROWTH * few, `${many} steps instead of ${few}`);
  });
}

test("a list of a million entries", async () => {
  const entry = sequence(integer(1), tlv(0x17, text("251101000000Z")));
  const entries = new Uint8Array(entry.length * 1_000_000);
  for (let at = 0; at < entries.length; at += entry.length) entries.set(entry, at);
  const list = revocationList({ revoked: [1] });
  assert.equal(judged(list).file.sections[0]?.kind, "revocation-list");
  const body = sequence(
    integer(1),
    ALGORITHMS.ecdsaSha256,
    sequence(),
    tlv(0x17, text("251101000000Z")),
    tlv(0x17, text("261101000000Z")),
    sequence(entries),
  );
  const { file } = await judgedInBounds(sequence(body, ALGORITHMS.ecdsaSha256, tlv(0x03, 0, 0)));
  const parsed = file.sections[0]?.parsed;
  assert.ok(parsed?.kind === "revocation-list");
  assert.equal(parsed.entries, 1_000_000);
});

for (const [name, make] of Object.entries(LARGE))
  test(`5 MB of ${name}`, async () => {
    assert.ok((await judgedInBounds(make(5 * MB))).found.length > 0);
  });
for (const [name, make] of Object.entries(FILLERS))
  test(`5 MB of ${name} in a section`, async () => {
    assert.ok((await judgedInBounds(make(5 * MB))).found.length > 0);
  });

test("above the limit nothing is read, and that is said", () => {
  const { file } = judged(new Uint8Array(MAXIMUM_FILE_BYTES + 1).fill(0x30));
  assert.match(file.unread ?? "", /are not read/);
});

const leaf = { extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("a.example"))] };
const ber = (der: Uint8Array): Uint8Array => bytes(0x30, 0x80, der.subarray(der[1] === 0x82 ? 4 : 3), 0, 0);
const request = signed(requestBody("service.example", KEYS.p256, []), ALGORITHMS.ecdsaSha256);
const objects = {
  CERTIFICATE: certificate(leaf),
  "X509 CRL": revocationList(),
  "CERTIFICATE REQUEST": request,
  "PRIVATE KEY": privateKey(),
};
for (const [label, der] of Object.entries(objects)) {
  const damaged = {
    "cut off": { made: der.subarray(0, -9), at: 0, says: /cut off after \d+ \(byte 0\)/ },
    "with bytes behind it": { made: bytes(der, 1, 2), at: der.length, says: /2 trailing bytes after|2 bytes follow the/ },
    "in BER": { made: ber(der), at: 1, says: /an indefinite length, which DER forbids \(byte 1\)/ },
  };
  for (const [damage, { made, at, says }] of Object.entries(damaged)) {
    test(`${label} ${damage}, as DER and as PEM`, () => {
      for (const input of [made, text(pem(label, made))]) {
        const { file, found } = judged(input);
        const [section] = file.sections;
        assert.ok(section !== undefined);
        const { start } = rangeSpan(section, { start: at, end: at + 1 });
        assert.ok(
          found.some((it) => says.test(it.message) && it.span.start === start),
          JSON.stringify(found),
        );
      }
    });
  }
}

test("an extension that a list has twice", () => {
  const twice = extension("2.5.29.20", integer(1));
  const { found } = judged(revocationList({ extensions: [twice, twice] }));
  assert.ok(found.some((it) => /has a duplicate extension/.test(it.message)));
});

test("100,000 names: bounded, and refused by rustls at its first byte", async () => {
  const names = Array.from({ length: 100_000 }, (_, index) => dns(`a${index}.example`));
  const whole = new Uint8Array(Buffer.concat(names));
  const { found, file } = await judgedInBounds(
    certificate({ extensions: [basicConstraints(false), purposes(SERVER), extension("2.5.29.17", tlv(0x30, whole))] }),
  );
  const parsed = file.sections[0]?.parsed;
  assert.ok(parsed?.kind === "certificate" && parsed.values.alternativeNames?.length === 100_000);
  assert.ok(found.some((it) => it.span.start === 0 && /rustls rejects 65535 or more/.test(it.message)));
});

test("elements nested 20,000 deep", async () => {
  let deep: Uint8Array = tlv(0x05);
  for (let depth = 0; depth < 20_000; depth++) deep = sequence(deep);
  const { found } = await judgedInBounds(certificate({ extensions: [basicConstraints(false), extension("2.5.29.17", deep)] }));
  assert.ok(found.some((it) => /subjectAltName is malformed.*\(byte \d+\)/.test(it.message)));
  assert.match(judged(deep).file.unread ?? "", /DER, but not/);
});

test("the year 9999 is a time, and 10000 is none", () => {
  const end = (written: string) => judged(certificate({ ...leaf, notAfter: tlv(0x18, text(written)) }));
  const [section] = end("99991231235959Z").file.sections;
  assert.ok(section?.parsed?.kind === "certificate");
  assert.equal(section.parsed.notAfter.milliseconds, Date.UTC(9999, 11, 31, 23, 59, 59));
  assert.ok(end("100001231235959Z").found.some((it) => /100001231235959Z. is not a valid time/.test(it.message)));
});
