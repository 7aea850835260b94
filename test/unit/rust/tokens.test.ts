/** What is asked of tokens: which stand beside a place, and which names a piece of code writes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namesIn, reachesUp, textIn, tokensIn } from "../../../server/src/rust/index.ts";
import { parsed } from "./load.ts";

test("the tokens beside a place, comments and blanks left out", () => {
  const text = "fn f(mut /* it */ a: u8) {}";
  const file = parsed(text);
  const beside = (offset: number): readonly (string | undefined)[] =>
    [file.tokenBefore(offset), file.tokenFrom(offset)].map((it) => it && text.slice(it.start, it.end));
  assert.deepEqual(beside(text.indexOf("a:")), ["mut", "a"]);
  assert.deepEqual(beside(text.indexOf("it")), ["mut", "a"]);
  assert.deepEqual(beside(text.indexOf("u8") + 1), [":", ")"]);
  assert.deepEqual(beside(0), [undefined, "fn"]);
  assert.deepEqual(beside(text.length), ["}", undefined]);
});

const NAMES: readonly (readonly [code: string, names: string])[] = [
  ["a(b.c, &d)", "a a( b c d"],
  ["// a\nb /* c */ 'd'", "b"],
  ['f!("a {b} {c:>d$.e$} {{g}} {0} {}", h)', "b c d e f f! h"],
  ['#[a(b = "c::d")] e', "a a( b c d e"],
  ['r#"{a:?}"#', "a"],
  ["r#a(r#b)", "a a( b"],
  ['"{a b} {c.d} {1$} {\\u{65}} { f :?}"', "e f"],
];
for (const [code, names] of NAMES)
  test(code, () => {
    assert.deepEqual([...namesIn(code)].sort(), names.split(" "));
  });

test("the tokens of a piece, blanks and comments left out", () => {
  assert.deepEqual(tokensIn("a . b( /* c */ 'd')\n// e\n"), ["a", ".", "b", "(", "'d'", ")"]);
});

test("the text of a string literal, however it is spelled, and of nothing else", () => {
  assert.deepEqual(['"a\\"b"', 'r#"a"b"#', '"a" ', '"a", "b"', "a", ""].map(textIn), ['a"b', 'a"b', "a", undefined, undefined, undefined]);
});

test("what reaches for a name of the module around", () => {
  const reaching = (...codes: readonly string[]): readonly string[] => codes.filter((it) => reachesUp("it", it));
  const up = [
    "super::it",
    "super :: a :: it",
    "use super::*;",
    "use crate::{a, b};",
    "super::super::a::{b}",
    "crate::/* */it()",
    "super::r#it",
  ];
  assert.deepEqual(reaching(...up), up);
  assert.deepEqual(reaching("it", "a::it", "super::its", "// super::it", '"super::it"', "pub(super) it", "pub(crate) fn it() {}"), []);
});
