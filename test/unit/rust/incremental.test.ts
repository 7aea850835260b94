/** A file after an edit is the file that a fresh parse of the new text gives. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RustFile } from "../../../server/src/rust/index.ts";
import { loadParser, plain } from "./load.ts";
import { printItem } from "./print.ts";

const PIECES = [
  "fn f() { a.b(c)?; }\n",
  "use a::{b, c as d};\n",
  "struct S { a: B }\r\n",
  "impl S { fn g(&self) -> u8 { vec![1, h(2)] } }\n",
  "// é 😀\n",
  "#[cfg(test)]\nmod t {\n",
  "}\n",
  "{",
  "(",
  '"',
  'r#"x"#',
  "/*",
  "*/",
  "let x = ",
  ";",
  ".",
  "😀",
  "\ud83d",
  "\r",
  "\u2028",
  "m! { a(b) }",
  "match a { B => c, _ => {} }",
];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((it) => it.join(""));
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(20),
  insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }),
});

const shown = (file: RustFile) => ({
  items: plain(file.items),
  errors: file.errors,
  comments: file.comments,
  attributes: file.attributes,
});

test("an edited file equals a fresh one", async () => {
  const parser = await loadParser({ rounds: 1_000_000 });
  const parse = (source: string): RustFile => {
    const result = parser.parse(source);
    if (!result.ok) throw new Error(result.error.detail);
    return result.value;
  };
  fc.assert(
    fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
      let file = parse(start);
      for (const { at, length, insert } of edits) {
        const from = Math.floor(at * file.text.length);
        const to = Math.min(file.text.length, from + length);
        const change = { span: { start: from, end: to }, text: insert.join("") };
        const next = file.text.slice(0, from) + change.text + file.text.slice(to);
        const result = file.edited(next, [change]);
        assert.ok(result.ok);
        file = result.value;
        const fresh = parse(next);
        assert.equal(file.text, next);
        assert.deepEqual(shown(file), shown(fresh));
        fresh.dispose();
      }
      file.dispose();
    }),
    { numRuns: 300 },
  );
});

test("several changes at once, and a file that was disposed of", async () => {
  const parser = await loadParser({ rounds: 1_000_000 });
  const first = parser.parse("fn a() { b() }\nfn c() { d() }\n");
  assert.ok(first.ok);
  const next = "fn aa() { b() }\nfn cc() { d() }\n";
  const second = first.value.edited(next);
  assert.ok(second.ok);
  assert.deepEqual(second.value.items.map(printItem), ["(fn aa [] { (call b) })", "(fn cc [] { (call d) })"]);
  const again = first.value.edited("fn e() {}");
  assert.ok(again.ok);
  assert.deepEqual(again.value.items.map(printItem), ["(fn e [] {})"]);
});
