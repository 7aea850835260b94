/** What a screen reader is told of a part of the workbench, compared with what is committed; `UPDATE=1` blesses. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

/** Without what another run would say otherwise: dates, digests, releases. */
export async function treeOf(part) {
  const snapshot = await part.ariaSnapshot();
  return `${snapshot
    // Icons are letters of a font.
    .replace(/\p{Co}/gu, "")
    .replace(/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d\S*)?/g, "DATE")
    .replace(/\b\d+ days/g, "N days")
    .replace(/\b(?:[0-9A-F]{2}:){8,}[0-9A-F]{2}\b/g, "BYTES")
    .replace(/\b[0-9a-f]{16,}\b/g, "BYTES")
    .replace(/sha256\/[\w+/]+=/g, "PIN")
    .replace(/rustls-webpki [\d.]+/g, "rustls-webpki RELEASE")}\n`;
}

export function isTree(actual, name) {
  const expected = new URL(name, import.meta.url);
  if (process.env.UPDATE) writeFileSync(expected, actual);
  assert.equal(actual, readFileSync(expected, "utf8"));
}
