/** A comment is about the arm, the call, the statement or the value that it stands above, in or behind, and about nothing around these. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isExplained } from "../../../server/src/remedies/index.ts";
import { parsing } from "./stage.ts";

/** Whether the change of `OLD` is explained. */
function explained(text: string): boolean {
  const parsed = parsing.parse(text);
  assert.ok(parsed.ok);
  const start = text.indexOf("OLD");
  return isExplained([{ span: { start, end: start + "OLD".length }, text: "NEW" }], parsed.value);
}

for (const [what, text, expected] of [
  ["above an arm", "fn f(k: u8) -> u8 {\n    match k {\n        // why\n        1 => OLD,\n        _ => 2,\n    }\n}\n", true],
  ["above another arm", "fn f(k: u8) -> u8 {\n    match k {\n        // why\n        1 => 2,\n        _ => OLD,\n    }\n}\n", false],
  ["above the condition around", "fn f(k: bool) {\n    // why\n    if k {\n        set(OLD);\n    }\n}\n", false],
  ["above the statement", "fn f() {\n    // why\n    set(OLD);\n}\n", true],
  ["behind it", "fn f() {\n    set(OLD); // why\n}\n", true],
  ["below it", "fn f() {\n    set(OLD);\n    // why\n    other();\n}\n", false],
  ["above a constant", "// why\nconst A: u8 = OLD;\n", true],
  ["as documentation", "/// what\nconst A: u8 = OLD;\n", false],
  ["above an import", "// why\nuse a::OLD;\n", false],
] as const)
  test(`a comment ${what} ${expected ? "counts" : "does not count"}`, () => {
    assert.equal(explained(text), expected);
  });

test("a comment in what is taken out counts, unless it documents it", () => {
  const taken = (comment: string): boolean => {
    const text = `impl A {\n    fn is_strict(&self) -> bool {\n        ${comment}\n        false\n    }\n}\n`;
    const parsed = parsing.parse(text);
    assert.ok(parsed.ok);
    return isExplained([{ span: { start: text.indexOf("fn"), end: text.lastIndexOf("}\n}") + 1 }, text: "" }], parsed.value);
  };
  assert.deepEqual([taken("// guests"), taken("/// nothing"), taken("")], [true, false, false]);
});
