/** Tokens: what each spelling is, and that nothing of a text is lost between them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lex } from "../../../server/src/rust/syntax/lexer.ts";
import * as token from "../../../server/src/rust/syntax/tokens.ts";

const names = new Map(
  Object.entries(token).flatMap(([name, kind]) =>
    typeof kind === "number" && name !== "LAST_NAME" && name !== "LAST_SEGMENT" ? [[kind, name]] : [],
  ),
);

/** `KIND:text` for each token. */
function shown(text: string): string {
  const { kinds, starts, ends, count } = lex(text);
  return Array.from({ length: count }, (_, at) => `${names.get(kinds[at] ?? 0)}:${text.slice(starts[at], ends[at])}`).join(" ");
}

test("each spelling is one token of its kind", () => {
  const cases: readonly (readonly [text: string, kind: string])[] = [
    ['"a\\"b"', "STRING"],
    ['"a\nb"', "STRING"],
    ['b"a"', "STRING"],
    ['c"a"', "STRING"],
    ['r"a\\"', "STRING"],
    ['r##"a"#b"##', "STRING"],
    ['br#"a"#', "STRING"],
    ['cr"a"', "STRING"],
    ["'a'", "CHARACTER"],
    ["'\\''", "CHARACTER"],
    ["'\\u{1F600}'", "CHARACTER"],
    ["'😀'", "CHARACTER"],
    ["'''", "CHARACTER"],
    ["'\"'", "CHARACTER"],
    ["b'x'", "CHARACTER"],
    ["b'\\\\'", "CHARACTER"],
    ["'a", "LIFETIME"],
    ["'static", "LIFETIME"],
    ["'r#fn", "LIFETIME"],
    ["'_", "LIFETIME"],
    ["1_000u32", "INTEGER"],
    ["0xFFe1", "INTEGER"],
    ["0b10usize", "INTEGER"],
    ["10usize", "INTEGER"],
    ["1.5", "FLOAT"],
    ["1.", "FLOAT"],
    ["1e5", "FLOAT"],
    ["2.5E-3f64", "FLOAT"],
    ["r#type", "NAME"],
    ["_", "NAME"],
    ["größe", "NAME"],
    ["Self", "NAME"],
    ["self", "SELF"],
    ["macro_rules", "MACRO_RULES"],
    ["matches", "NAME"],
  ];
  for (const [text, kind] of cases) {
    assert.equal(shown(text), `${kind}:${text}`);
    assert.deepEqual(lex(text).errors, [], text);
  }
});

test("what looks alike is told apart", () => {
  assert.equal(shown("a.0.1"), "NAME:a DOT:. INTEGER:0 DOT:. INTEGER:1");
  assert.equal(shown("1..2"), "INTEGER:1 DOT_DOT:.. INTEGER:2");
  assert.equal(shown("1.max(2.0)"), "INTEGER:1 DOT:. NAME:max LEFT_PAREN:( FLOAT:2.0 RIGHT_PAREN:)");
  assert.equal(shown("0..=0.5"), "INTEGER:0 DOT_DOT_EQUALS:..= FLOAT:0.5");
  assert.equal(shown("<'a>'b'"), "LESS:< LIFETIME:'a GREATER:> CHARACTER:'b'");
  assert.equal(shown("r#a r"), "NAME:r#a NAME:r");
  assert.equal(shown("a>>=b"), "NAME:a GREATER:> GREATER:> EQUALS:= NAME:b");
  assert.equal(shown("a::b->c=>d"), "NAME:a PATH_SEPARATOR::: NAME:b ARROW:-> NAME:c FAT_ARROW:=> NAME:d");
  assert.equal(shown("/* a /* b */ */ c // d\ne"), "NAME:c NAME:e");
  assert.equal(shown("#!/usr/bin/env x\na"), "NAME:a");
  assert.equal(shown("#![a]"), "HASH:# NOT:! LEFT_BRACKET:[ NAME:a RIGHT_BRACKET:]");
  assert.equal(shown("\ufeffa"), "NAME:a");
});

test("what is no token, or is not closed, is told", () => {
  for (const text of ['"a', '"a\\"', 'r#"a"', "'", "/* a", "/* /* */", "§", "`"]) {
    assert.deepEqual(lex(`a ${text}`).errors, [2, 2 + text.length], text);
  }
});

test("tokens, comments and blanks are all of a text, in order", () => {
  const piece = fc.constantFrom(..."\"'/*\\rb#{}()!.:=-><|&0x1e_a é\n\r\t\u2028", "😀", "\ud83d", "fn", "//", "*/", "'a");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      const { starts, ends, count, comments } = lex(text);
      const places = [
        ...Array.from({ length: count }, (_, at) => [starts[at] ?? 0, ends[at] ?? 0] as const),
        ...comments.flatMap((it, at) => (at % 2 === 0 ? [[it, comments[at + 1] ?? 0] as const] : [])),
      ].sort((a, b) => a[0] - b[0]);
      let from = 0;
      for (const [start, end] of places) {
        assert.match(text.slice(from, start), /^[\s\u0085\u200e\u200f]*$|^#!/);
        assert.ok(start >= from && end > start && end <= text.length);
        from = end;
      }
      assert.match(text.slice(from), /^[\s\u0085\u200e\u200f]*$|^#!/);
    }),
    { numRuns: 2000 },
  );
});
