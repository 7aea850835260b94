/** Which files the certificate editor takes from the text editor: those that are no text for VS Code, and no others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBinary } from "../../../client/src/text-or-binary.ts";

const PEM = "-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\r\n";
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

test("a text is one in UTF-8 and, with its mark or without, in UTF-16", () => {
  for (const text of [Buffer.from(PEM), Buffer.from(`\ufeff${PEM}`), utf16(PEM), utf16(PEM).swap16(), Buffer.from(""), Buffer.from("–€")])
    assert.equal(isBinary(text), false);
  for (const marked of [utf16(`\ufeff–€${PEM}`), utf16(`\ufeff–€${PEM}`).swap16()]) assert.equal(isBinary(marked), false);
});

test("DER is none, wherever its first zero is", () => {
  const version = Buffer.from("308201f03082019600a0030201020214", "hex");
  for (const bytes of [version, version.subarray(1), Buffer.from([0x30, 0x00]), Buffer.from([0x30, 0x82, 0, 0])])
    assert.equal(isBinary(Buffer.concat([bytes, Buffer.from([0x82, 0x00, 0x00])])), true);
  assert.equal(isBinary(Buffer.concat([Buffer.from("a".repeat(600)), Buffer.from([0])])), false, "VS Code looks no further");
});
