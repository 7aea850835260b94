/** Places: bytes of the DER to characters of the text, whatever the wrapping. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { certificate, noise, pem } from "../../certificates/build.ts";

const der = certificate({});

/** Base64 text broken at the given widths, each line with blanks before and after. */
function wrapped(bytes: Uint8Array, widths: readonly number[], eol: string, before: string, after: string): string {
  const digits = btoa(String.fromCharCode(...bytes));
  const lines: string[] = [];
  for (let at = 0, index = 0; at < digits.length; index++) {
    const width = Math.max(1, widths[index % widths.length] ?? 64);
    lines.push(before + digits.slice(at, at + width) + after);
    at += width;
  }
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join(eol);
}

test("any wrapping: a range of bytes is where its digits are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom("", " ", "\t "),
      fc.constantFrom("", " "),
      fc.nat(der.length - 1),
      fc.nat(40),
      (widths, eol, before, after, offset, extra) => {
        const text = wrapped(der, widths, eol, before, after);
        const section = readCertificateFile(new TextEncoder().encode(text)).sections[0];
        assert.ok(section?.der !== undefined);
        assert.deepEqual([...section.der], [...der]);
        const length = Math.min(1 + extra, der.length - offset);
        const { start, end } = section.textSpan(offset, length);
        const body = text.indexOf(eol) + eol.length;
        const count = (from: number, to: number): number => text.slice(from, to).replace(/[^A-Za-z0-9+/]/g, "").length;
        assert.equal(count(body, start), Math.floor((offset * 4) / 3));
        assert.equal(count(body, end), Math.floor(((offset + length) * 8 - 1) / 6) + 1);
        assert.match(text[start] ?? "", /[A-Za-z0-9+/]/);
        assert.match(text[end - 1] ?? "", /[A-Za-z0-9+/]/);
      },
    ),
    { numRuns: 300 },
  );
});

test("ranges at and beyond the end stay within the section", () => {
  const text = pem("CERTIFICATE", der);
  const section = readCertificateFile(new TextEncoder().encode(text)).sections[0];
  assert.ok(section !== undefined);
  for (const [offset, length] of [
    [der.length - 1, 1],
    [der.length, 0],
    [der.length, 5],
    [der.length + 100, 5],
    [0, der.length + 100],
    [0, 0],
  ] as const) {
    const { start, end } = section.textSpan(offset, length);
    assert.ok(section.span.start <= start && start <= end && end <= section.span.end, `${offset}+${length}: ${start}-${end}`);
  }
});

test("in DER, spans count bytes", () => {
  const section = readCertificateFile(der).sections[0];
  assert.deepEqual(section?.textSpan(3, 4), { start: 3, end: 7 });
  assert.deepEqual(section?.textSpan(der.length + 5, 4), { start: der.length, end: der.length });
});

test("a section in the middle of a file", () => {
  const text = `words\n${pem("CERTIFICATE", der)}${pem("CERTIFICATE", certificate({ serial: noise("other", 8).map((it) => (it & 0x7f) | 1) }))}`;
  const section = readCertificateFile(new TextEncoder().encode(text)).sections[1];
  assert.ok(section !== undefined);
  assert.equal(text.slice(section.boundary.start, section.boundary.end), "-----BEGIN CERTIFICATE-----");
  assert.equal(section.textSpan(0, 3).start, section.boundary.end + 1);
});
