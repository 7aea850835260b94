/** Certificate files have the same names wherever the extension offers something for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCertificateFile } from "../../../client/src/documents.ts";
import manifest from "../../../package.json" with { type: "json" };

test("what the certificate editor opens is a certificate file for menus, the language and the server", () => {
  const { customEditors, languages, menus } = manifest.contributes;
  const [binary = [], text = []] = customEditors.map(({ selector }) =>
    selector.flatMap(({ filenamePattern }) => /^\*\.\{(.+)\}$/.exec(filenamePattern)?.[1]?.split(",") ?? assert.fail(filenamePattern)),
  );
  assert.deepEqual(
    languages[0]?.extensions?.map((it) => it.slice(1)),
    text,
  );
  for (const it of text) assert.ok(isCertificateFile(`certs/server.${it}`), it);
  const conditions = [...menus.commandPalette, ...menus["explorer/context"]].filter((it) => it.command === "tlslint.inspectCertificate");
  assert.equal(conditions.length, 2);
  for (const { when } of conditions) {
    const offered = /\/\^\\\.\((.+)\)\$\//.exec(when)?.[1]?.split("|") ?? [];
    assert.deepEqual(offered.toSorted(), [...binary, ...text].toSorted());
  }
});
