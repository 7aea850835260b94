/** What a section is whose labels say nothing, and a text whose mark says too much. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { certificatePem } from "../../certificates/build.ts";

/** A certificate under other labels than readers know. */
const underLabels = (begin: string, end: string): Uint8Array =>
  new TextEncoder().encode(certificatePem({}).replace("BEGIN CERTIFICATE", `BEGIN ${begin}`).replace("END CERTIFICATE", `END ${end}`));

test("a section is what it was meant to be, whatever its labels say", () => {
  for (const [begin, end, defects] of [
    ["CERTIFICATES", "CERTIFICATE", ["label-mismatch", "unusual-label"]],
    ["CERTIFCATE", "CERTIFCATE", ["unusual-label"]],
    ["CERTIFICATE", "CERTIFICATES", ["label-mismatch"]],
  ] as const) {
    const [section] = readCertificateFile(underLabels(begin, end)).sections;
    assert.equal(section?.kind, "certificate", `${begin} … ${end}`);
    assert.deepEqual(section?.problems.map(({ defect }) => defect).sort(), [...defects], `${begin} … ${end}`);
  }
});

test("a mark of UTF-16 before ASCII does not make it UTF-16", () => {
  for (const mark of [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ]) {
    const file = readCertificateFile(Uint8Array.from([...mark, ...new TextEncoder().encode(certificatePem({}))]));
    assert.equal(file.sections[0]?.kind, "certificate");
    assert.ok(!file.problems.some(({ defect }) => defect === "utf-16"));
  }
});

test("a file that ends within a label is said to, whichever it is", () => {
  for (const label of ["CERT", "PK", "CM", "EN", "NEW CERTIFICATE REQ", "OPENSSH"]) {
    const [section] = readCertificateFile(new TextEncoder().encode(`-----BEGIN ${label}`)).sections;
    assert.ok(
      section?.problems.some(({ defect }) => defect === "unusual-label"),
      label,
    );
  }
  for (const label of ["PKCS7", "CMS", "DH PARAMETERS"]) {
    const [section] = readCertificateFile(new TextEncoder().encode(`-----BEGIN ${label}-----\nMAA=\n-----END ${label}-----\n`)).sections;
    assert.ok(!section?.problems.some(({ defect }) => defect === "unusual-label"), label);
  }
});
