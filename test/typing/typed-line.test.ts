/** Which changes are typed and leave a line unended: only these wait. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineTyped } from "../../server/src/service/typing/typed-line.ts";

const BEFORE = "fn a() -> u8 {\n    first();\n    \n}\n";
const START = BEFORE.indexOf("\n}");

/** The line that waits where `text` replaces so many characters in front of the empty line's end. */
function waiting(text: string, line = "", replaced = 0): string | undefined {
  const before = `${BEFORE.slice(0, START)}${line}${BEFORE.slice(START)}`;
  const caret = START + line.length;
  const after = before.slice(0, caret - replaced) + text + before.slice(caret);
  const found = lineTyped(before, after, [{ span: { start: caret - replaced, end: caret }, text }]);
  return found && after.slice(found.start, found.end);
}

test("a line waits while something is added to it, a bracket closed behind the caret or not", () => {
  assert.equal(waiting("Ok"), "    Ok");
  assert.equal(waiting("()", "Ok"), "    Ok()");
  assert.equal(waiting("(", "Ok"), "    Ok(");
  assert.equal(waiting("{}", "if x "), "    if x {}");
  assert.equal(waiting("danger_accept", "b.danger", 6), "    b.danger_accept", "a word is completed");
  assert.equal(waiting("", "b.danger", 1), "    b.dange");
});

test("nothing waits once the statement or the line is ended", () => {
  assert.equal(waiting(";", "first()"), undefined);
  assert.equal(waiting("}", "if x { 1 "), undefined);
  assert.equal(waiting("\n    ", "first()"), undefined);
  assert.equal(waiting("", "    ", 4), undefined, "an empty line");
});

test("nothing waits that was not typed", () => {
  assert.equal(waiting("false", "set(true", 4), undefined, "one word in place of another");
  assert.equal(waiting("", ".danger(true)", 13), undefined, "a call is taken out");
  assert.equal(lineTyped("a", "b", undefined), undefined, "nobody knows what changed");
  const both = [
    { span: { start: 1, end: 1 }, text: "x" },
    { span: { start: 0, end: 0 }, text: "x" },
  ];
  assert.equal(lineTyped("ab", "xaxb", both), undefined, "two places at once");
});
