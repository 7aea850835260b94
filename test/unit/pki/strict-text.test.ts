/** Texts of strictly written sections are read in one pass: as they are read beside other text, to the last place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPem } from "../../../server/src/pki/pem/pem.ts";
import type { PemSection } from "../../../server/src/pki/pem/pem-section.ts";
import { readStrictText } from "../../../server/src/pki/pem/strict-text.ts";

const ANY = (): boolean => true;
const isStrictText = (text: string): boolean => readStrictText(text, 100, ANY) !== undefined;

/** A section of so many bytes, `eol` at the end of each line. */
function section(count: number, label = "CERTIFICATE", eol = "\n", width = 64): string {
  const digits = Buffer.from(Uint8Array.from({ length: count }, (_, at) => (at * 151 + count) & 0xff)).toString("base64");
  const lines = digits.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(eol);
}

/** All that is known of a section, counted from `from`. */
function shown({ label, endLabel, span, begin, end, body, headers, base64, problems, isStrict }: PemSection, from: number): unknown {
  const at = (it: { readonly start: number; readonly end: number } | undefined) => it && [it.start - from, it.end - from];
  const { bytes, digits, strange, strangeCount, padding } = base64;
  const places = [-1, 0, 1, 2, 47, 48, 49, bytes.length - 1, bytes.length, bytes.length + 9].flatMap((offset) =>
    [0, 1, 2, 3, 60, bytes.length].map((length) => at(base64.textSpan(offset, length))),
  );
  const read = {
    bytes: Buffer.from(bytes).toString("hex"),
    digits,
    strange: strange.map(at),
    strangeCount,
    escaped: at(base64.escape),
    places,
  };
  const wrong = [at(padding), ...problems.map((it) => ({ ...it, span: at(it.span) }))];
  return { label, endLabel, span: at(span), begin: at(begin), end: at(end), body: at(body), headers, read, wrong, isStrict };
}

/** Beside a line of other text nothing is read in one pass. */
function assertReadAlike(text: string, about: string): void {
  const beside = "another text\n";
  const [alone, other] = [readPem(text).sections, readPem(beside + text).sections];
  assert.equal(isStrictText(beside + text), false);
  assert.deepEqual(
    alone.map((it) => shown(it, 0)),
    other.map((it) => shown(it, beside.length)),
    about,
  );
}

const STRICT: readonly (readonly [string, string])[] = [
  ...Array.from({ length: 120 }, (_, count): readonly [string, string] => [`${count + 3} bytes`, `${section(count + 3)}\n`]),
  ["carriage returns", `${section(300, "X509 CRL", "\r\n")}\r\n`],
  ["no line end at its end", section(370)],
  [
    "several, with empty lines between",
    `\n${section(90)}\n\n\n${section(200, "PRIVATE KEY")}\n${section(48, "CERTIFICATE", "\r\n")}\r\n\n`,
  ],
];
const OTHER: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["line ends alone", "\n\n"],
  ["lines of 76", section(200, "CERTIFICATE", "\n", 76)],
  ["lines of 60", section(200, "CERTIFICATE", "\n", 60)],
  ["an empty section", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"],
  ["mixed line ends", section(200).replace("\n", "\r\n")],
  ["a blank", section(200).replace("\n", " \n")],
  ["a blank behind the digits", section(200).replace("\n-----END", " \n-----END")],
  ["another label at the end", section(200).replace("END CERT", "END X509 CERT")],
  ["a longer label at the end", section(200).replace("END CERTIFICATE", "END CERTIFICATES")],
  ["six dashes", `${section(200)}-\n`],
  ["text behind", `${section(200)}\nthe end`],
  ["two on one line", `${section(200)}${section(200)}`],
  ["no end", section(200).slice(0, 200)],
  ["superfluous padding", section(48).replace("\n-----END", "=\n-----END")],
  ["missing padding", section(49).replace("=", "")],
  ["padding within", section(200).replace("A", "=")],
  ["a character that is none", section(200).replace(/A/, "!")],
  ["a character beyond ASCII", section(200).replace(/A/, "\u0141")],
  ["a last line that is too long", section(100).replace(/\n(?=[^\n]*\n-----END)/, "")],
];

test("what is written strictly is read in one pass, and as it is read otherwise", () => {
  for (const [about, text] of STRICT) {
    assert.ok(isStrictText(text), about);
    assertReadAlike(text, about);
  }
});

test("what is written otherwise is left to the reader of any text", () => {
  for (const [about, text] of OTHER) {
    assert.equal(isStrictText(text), false, about);
    assertReadAlike(text, about);
  }
});

test("one character put in place of another, anywhere, is read alike", () => {
  const text = `${section(100)}\n${section(50, "X509 CRL", "\r\n")}\r\n`;
  for (let at = 0; at < text.length; at++)
    for (const other of ["A", "=", "-", "\n", "\r", " ", "\u0141", ""])
      assertReadAlike(text.slice(0, at) + other + text.slice(at + 1), `${JSON.stringify(other)} at ${at}`);
});

test("more sections than are read at all, and labels that are not read so, are left", () => {
  const text = `${section(60)}\n${section(61)}\n`;
  assert.ok(readStrictText(text, 2, ANY));
  assert.equal(readStrictText(text, 1, ANY), undefined);
  assert.equal(
    readStrictText(text, 2, (label) => label !== "CERTIFICATE"),
    undefined,
  );
  for (const label of ["TRUSTED CERTIFICATE", "PGP MESSAGE", "SSH2 KEY", `A${" A".repeat(32)}`]) assertReadAlike(section(90, label), label);
});
