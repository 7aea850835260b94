/** Bundles whose texts are strict and whose bytes are not those of the text: their sections are read with the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { certificatePem } from "../../certificates/build.ts";

const bundle = `${certificatePem({})}${certificatePem({})}`;

test("only where each unit of the text is one byte can a section be read by its place", () => {
  assert.equal(readCertificateFile(new TextEncoder().encode(bundle)).isStrict, true);
  const utf16 = readCertificateFile(Uint8Array.from(Buffer.from(`\ufeff${bundle}`, "utf16le")));
  assert.equal(utf16.sections.length, 2);
  assert.notEqual(utf16.isStrict, true);
  const marked = readCertificateFile(new TextEncoder().encode(`\ufeff${bundle}`));
  assert.equal(marked.sections.length, 2);
  assert.notEqual(marked.isStrict, true);
});
