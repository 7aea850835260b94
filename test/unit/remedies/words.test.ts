/** Which words of a text name something that an import or an item could be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namings, wordsIn } from "../../../server/src/remedies/words.ts";
import { rustParser } from "../../../server/src/rust/index.ts";

/** How often `Error` stands there, and how often it names something. */
function counted(text: string): readonly [number, number] {
  const parsed = rustParser.parse(text);
  assert.ok(parsed.ok);
  const places = wordsIn(parsed.value, { start: 0, end: text.length }).get("Error") ?? [];
  return [places.length, namings(places, parsed.value).length];
}

test("methods and fields name no item, however far from the dot", () => {
  for (const between of ["", " ".repeat(40), " /* of which nobody would think that it is a type */ ", "\n// a word\n\t// or two\n"])
    assert.deepEqual(counted(`fn f() { it.${between}Error; }`), [1, 0], between);
  assert.deepEqual(counted("fn f() { it..Error; ..Error; Error; /* . */ Error }"), [4, 4]);
});

test("what is named by its path in the standard library is no other of its name", () => {
  const far = `std::${"very_long_name_of_a_module::".repeat(8)}Error`;
  for (const path of ["std::error::Error", "::std::error::Error", far, "core::fmt::Error"])
    assert.deepEqual(counted(`fn f() -> Box<dyn ${path}> {}`), [0, 0], path);
  for (const path of ["crate::std::Error", "error::Error", "my_std::Error", "::rustls::Error", "Error"])
    assert.deepEqual(counted(`fn f() -> Box<dyn ${path}> {}`), [1, 1], path);
  assert.deepEqual(counted("// Error\nfn f() { return ::std::io::Error; }"), [0, 0]);
});

test("names and the words of texts count, those of comments, lifetimes and numbers do not", () => {
  for (const code of ["Error", "r#Error", '"an Error of"', 'r#"{Error:?}"#', "it::<'Error>(Error)", "f!(Error, /* Error */)"])
    assert.equal(counted(`fn f() { ${code}; }`)[0], 1, code);
  for (const code of ["// Error\n", "/* Error */", "'Error: loop {}", "1Error", "Errors", "AnError", '"Error_"', "Errör"])
    assert.equal(counted(`fn f() { ${code} }`)[0], 0, code);
});

test("words of a part stand where they stand in the whole", () => {
  const text = "fn f() { one; two; two }";
  const parsed = rustParser.parse(text);
  assert.ok(parsed.ok);
  const start = text.indexOf("two");
  assert.deepEqual(wordsIn(parsed.value, { start, end: text.length }), new Map([["two", [start, text.lastIndexOf("two")]]]));
});
