/** Which places are in one statement, by the tree: signs in texts and comments say nothing, and braces of a struct part nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rustParser } from "../../../server/src/rust/index.ts";
import { areInOneStatement } from "../../../server/src/service/one-statement.ts";

/** `‹` and `›` stand around the two places. */
function areInOne(marked: string): boolean {
  const places = [...marked.matchAll(/‹([^›]*)›/g)].map(({ 0: whole, index }, at) => ({
    start: index - 2 * at,
    end: index - 2 * at + whole.length - 2,
  }));
  const [first, second] = places;
  const parsed = rustParser.parse(marked.replaceAll(/[‹›]/g, ""));
  assert.ok(first !== undefined && second !== undefined && parsed.ok);
  assert.equal(areInOneStatement(second, first, parsed.value), areInOneStatement(first, second, parsed.value));
  return areInOneStatement(first, second, parsed.value);
}

const ONE = [
  "fn f() { a(‹x›).b(‹y›); }",
  'fn f() { a(‹x›, "{}; {}").b(‹y›); }',
  "fn f() { a(‹x› /* ; */).b(‹y›); }",
  "fn f() { a(C { d: ‹x›, e: 1 }).b(‹y›); }",
  'const A: &[&str] = &[‹"a"›, ";", ‹"b"›];',
  "fn f() { ‹›a(‹x›); }",
  "fn f() { match a { B => ‹x›, C => ‹y› } }",
  "fn f() -> A { ‹a› + b(‹y›) }",
];
const APART = [
  "fn f() { a(‹x›); b(‹y›); }",
  "fn f() { ‹a(x);\n›    b(‹y›); }",
  "fn f() { a(‹x›); ‹› b(y); }",
  "fn f() { a(‹x›)\n}\nfn g() { ‹y› }",
  "fn f() { if ‹a› { ‹b› } }",
  "fn f() { a(‹x›, |it| { it.b() }).c(‹y›); }",
  "fn f() -> A { a(‹x›); ‹y› }",
  "struct A { #[b(‹c›)] d: D, #[b(‹c›)] e: E }",
  "enum A { B(‹u8›, ‹u8›) }",
  "enum A { B(‹u8›), C(‹u8›) }",
  "use ‹a›;\n‹›use b;",
];

for (const it of ONE) test(`one: ${it}`, () => assert.ok(areInOne(it)));
for (const it of APART) test(`apart: ${it}`, () => assert.ok(!areInOne(it)));
