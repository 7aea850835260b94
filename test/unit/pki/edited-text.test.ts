/** What is shown of an edited text part by part hides what is hidden when the whole is looked through, and is otherwise the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Span, span } from "../../../server/src/base/span.ts";
import { applyEdits, type TextEdit } from "../../../server/src/base/text-edit.ts";
import { patchLines, patchOf } from "../../../server/src/cli/patch.ts";
import { editedParts, isPartwise } from "../../../server/src/pki/secrets/edited-text.ts";
import { secretSpans, withoutKeys } from "../../../server/src/pki/secrets/secret-spans.ts";
import { ShownText } from "../../../server/src/service/shown-text.ts";

const KEY = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
const HEXADECIMAL = Buffer.from(KEY, "base64").toString("hex");
const NESTED = Buffer.from(`-----BEGIN PRIVATE KEY-----\n${KEY}\n-----END PRIVATE KEY-----\n`).toString("base64");

const line = (text: string, { start, end }: Span): Span => {
  const after = text.indexOf("\n", end);
  return span(start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1, after < 0 ? text.length : after + 1);
};
const partsOf = (text: string, edits: readonly TextEdit[]) => editedParts(text, isPartwise(text), edits, (it) => line(text, it));

/** Pieces of keys and of what makes them known, and what stands around them in code. */
const PIECES = [
  KEY.slice(0, 20),
  KEY.slice(20, 40),
  KEY.slice(40),
  KEY,
  HEXADECIMAL.slice(0, 50),
  HEXADECIMAL.slice(50),
  NESTED.slice(0, 30),
  NESTED.slice(30),
  "DEK-Info: AES-128-CBC",
  ",00112233445566778899AABBCCDDEEFF",
  '{"kty":"OKP",',
  '"d"',
  ":",
  '"',
  "-----BEGIN PRIVATE KEY-----",
  "-----END PRIVATE KEY-----",
  "\n",
  "\n",
  "\n\n",
  '" +\n    "',
  " ",
  ";\n",
  "fn f() {\n",
  "}\n",
  "let a = b(c, d);\n",
  "=",
];
const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 16 });

/** A text in pieces, some of which an edit replaces. */
const edited = pieces.chain((all) => {
  const change = fc.option(fc.constantFrom("", ...PIECES), { freq: 3, nil: undefined });
  return fc.tuple(...all.map(() => change)).map((changes) => {
    const edits: TextEdit[] = [];
    let at = 0;
    for (const [index, piece] of all.entries()) {
      const text = changes[index];
      if (text !== undefined) edits.push({ span: span(at, at + piece.length), text });
      at += piece.length;
    }
    return { text: all.join(""), edits };
  });
});

test("part by part nothing is shown that is a key in the whole text, before or after", () => {
  let hidden = 0;
  fc.assert(
    fc.property(edited, ({ text, edits }) => {
      const after = applyEdits(text, edits);
      let shift = 0;
      for (const part of partsOf(text, edits)) {
        assert.equal(part.before, withoutKeys(text).slice(part.span.start, part.span.end));
        const from = part.span.start + shift;
        shift += part.after.length - (part.span.end - part.span.start);
        const shown = after.slice(from, from + part.after.length);
        for (const { start, end } of secretSpans(after))
          for (let at = Math.max(start, from); at < Math.min(end, from + shown.length); at++) {
            if (/[\r\n]/.test(after[at] ?? "")) continue;
            hidden++;
            assert.equal(part.after[at - from], "*", `${JSON.stringify(shown)} as ${JSON.stringify(part.after)}`);
          }
      }
    }),
    { numRuns: 20_000 },
  );
  assert.ok(hidden > 10_000, `${hidden} characters of keys`);
});

test("a key that an edit makes whole is hidden, wherever its halves stand", () => {
  for (const [left, right] of [
    ['let a = "', '";\n'],
    ['let a = concat!("', '");\n'],
  ]) {
    const text = `fn f() {\n${left}${KEY.slice(0, 20)}(${KEY.slice(20)}${right}}\n`;
    const at = text.indexOf("(", text.indexOf("MC4C"));
    const [part] = partsOf(text, [{ span: span(at, at + 1), text: "" }]);
    assert.ok(part);
    assert.ok(part.before.includes(KEY.slice(0, 20)));
    assert.ok(!part.after.includes(KEY.slice(0, 20)) && !part.after.includes(KEY.slice(20)), part.after);
  }
});

test("the patch of parts is that of the whole text", () => {
  const lines = fc.array(fc.nat(2), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(lines, fc.boolean(), (changes, isEnded) => {
      const all = changes.map((_, at) => `    let a${at} = f(${at});`);
      const text = all.join("\n") + (isEnded ? "\n" : "");
      let at = 0;
      const edits = all.flatMap((it, index): readonly TextEdit[] => {
        const place = span(at + 8, at + 10);
        at += it.length + 1;
        const kind = changes[index] ?? 0;
        return index % 9 > 1 || kind === 0 ? [] : [{ span: place, text: kind === 1 ? "b" : `b;\n    let b${index}` }];
      });
      const expected = patchOf("file", text, applyEdits(text, edits))?.split("\n").slice(3, -1) ?? [];
      assert.deepEqual(patchLines(new ShownText(text), edits), expected);
    }),
    { numRuns: 500 },
  );
});

test("a fix is shown from what is around it, however long the text is", () => {
  const text = "pub fn f() -> u8 {\n    g(true)\n}\n\n".repeat(10_000);
  const at = text.indexOf("true", text.length / 2);
  const [part, ...others] = partsOf(text, [{ span: span(at, at + 4), text: "false" }]);
  assert.ok(part && others.length === 0);
  assert.ok(part.span.end - part.span.start < 200, `${part.span.end - part.span.start} characters`);
});
