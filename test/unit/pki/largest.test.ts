/** Files as large as are read at all: what is found in them, and where reading ends. How much is done is counted in smaller ones (large.test.ts). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { certificatePem, text } from "../../certificates/build.ts";
import { FILLERS, judged, LARGE, MB, pkcs7 } from "./large-files.ts";

for (const [name, make] of Object.entries(LARGE)) {
  test(`49 MB of ${name}`, () => {
    const { file, found } = judged(make(49 * MB));
    assert.equal(file.unread, undefined);
    assert.equal(file.sections[0]?.parsed?.kind, "certificate");
    assert.ok(found.some((it) => it.rule === "malformed-certificate" && /rustls rejects 65535 or more/.test(it.message)));
  });
}

for (const [name, make] of Object.entries(FILLERS)) {
  test(`49 MB of ${name} in a section`, () => {
    const { file, found } = judged(make(49 * MB));
    assert.ok(found.length > 0 && file.sections.length > 0);
  });
}

test("a bundle of 49 MB: its first fifty thousand sections, and that there are more", () => {
  const one = certificatePem({});
  const count = Math.floor((49 * MB) / one.length);
  assert.ok(count > 50_000);
  const { file } = judged(text(one.repeat(count)));
  assert.equal(file.sections.length, 50_000);
  assert.match(file.unread ?? "", /more than 50000 sections; the rest was not read/);
});

test("PKCS#7 of more than fifty thousand certificates: the first of them, and that there are more", () => {
  const { file } = judged(pkcs7(50_001));
  assert.equal(file.sections.length, 50_000);
  assert.match(file.unread ?? "", /more than 50000 certificates or lists; the rest was not read/);
  assert.equal(readCertificateFile(pkcs7(50_000)).unread, undefined);
});
