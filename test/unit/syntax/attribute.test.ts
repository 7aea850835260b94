/** What attributes say, by themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attribute, attributeOf } from "../../../server/src/rust/index.ts";

/** `path = "value"(nested, …)`. */
function shown({ path, value, arguments: nested }: Attribute): string {
  const inside = nested.length === 0 ? "" : `(${nested.map(shown).join("; ")})`;
  return `${path}${inside}${value === undefined ? "" : value.text === undefined ? `=${value.written}` : `="${value.text}"`}`;
}

const CASES: readonly (readonly [text: string, shown: string])[] = [
  ["inline", "inline"],
  [' tokio :: main ( flavor = "current_thread" ) ', 'tokio::main(flavor="current_thread")'],
  ["derive(Clone, serde::Deserialize,)", "derive(Clone; serde::Deserialize)"],
  ['serde(rename = "a, default = b", default = "super::on")', 'serde(rename="a, default = b"; default="super::on")'],
  ["arg(default_value_t = f(1, 2), long)", "arg(default_value_t=f(1, 2); long)"],
  ['cfg(all(unix, not(feature = r#"x"#)))', 'cfg(all(unix; not(feature="x")))'],
  ["unsafe(no_mangle)", "no_mangle"],
  ['doc = "text" /* a comment, */', 'doc="text"'],
  ['get("/", data = "<form>")', 'get(; data="<form>")'],
  ["r#type(r#default)", "r#type(r#default)"],
  ["", ""],
  ["= ,( , ", ""],
];

for (const [text, expected] of CASES) test(`#[${text}]`, () => assert.equal(shown(attributeOf(text)), expected));

test("nesting of 100,000", () => {
  let inner: Attribute | undefined = attributeOf(`${"not(".repeat(100_000)}x${")".repeat(100_000)}`);
  let depth = 0;
  while (inner !== undefined && inner.path === "not") {
    [inner] = inner.arguments;
    depth++;
  }
  assert.equal(depth, 100_000);
});
