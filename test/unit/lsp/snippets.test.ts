/** Fixes with placeholders as snippets. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are snippets.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Span } from "../../../server/src/base/span.ts";
import { snippetsOf } from "../../../server/src/lsp/snippets.ts";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const convert = ({ text }: { text: string }) => ({ range, newText: text });
const values = (edits: { span: Span; text: string }[], placeholders: Span[]): string[] =>
  snippetsOf(edits, placeholders, convert).map((it) => ("snippet" in it ? `snippet ${it.snippet.value}` : it.newText));

test("an edit without a placeholder stays plain", () => {
  assert.deepEqual(values([{ span: { start: 0, end: 1 }, text: "${not a snippet}" }], []), ["${not a snippet}"]);
});

test("placeholders are found in the edited text, whichever edits come before them", () => {
  // "abc" becomes "longer" + "bc" + `"ca.pem"`.
  const edits = [
    { span: { start: 3, end: 3 }, text: '"ca.pem"' },
    { span: { start: 0, end: 1 }, text: "longer" },
  ];
  assert.deepEqual(values(edits, [{ start: 9, end: 15 }]), ["longer", 'snippet "${1:ca.pem}"']);
});

test("what a snippet would read as its own is escaped", () => {
  assert.deepEqual(values([{ span: { start: 0, end: 0 }, text: "$a}\\b c$d" }], [{ start: 6, end: 9 }]), [
    "snippet \\$a\\}\\\\b ${1:c\\$d}",
  ]);
});

test("several placeholders are numbered in their order", () => {
  assert.deepEqual(
    values(
      [{ span: { start: 0, end: 0 }, text: "a b" }],
      [
        { start: 2, end: 3 },
        { start: 0, end: 1 },
      ],
    ),
    ["snippet ${1:a} ${2:b}"],
  );
});
