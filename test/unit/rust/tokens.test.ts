/** What is asked of tokens: which stand beside a place, and which names a piece of code writes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namesIn } from "../../../server/src/rust/index.ts";
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
