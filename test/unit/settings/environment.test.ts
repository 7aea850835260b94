/** Lines of `.env` files: names, values and places, as the usual readers take them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvironment } from "../../../server/src/settings/index.ts";

const read = (text: string): readonly (readonly [string, string])[] =>
  readEnvironment(text).variables.map(({ name, value }) => [name, value]);

const lines: readonly (readonly [text: string, name: string, value: string])[] = [
  ["A=b", "A", "b"],
  ["\uFEFFA=b", "A", "b"],
  ["  export A.b_1 = c ", "A.b_1", "c"],
  ["A=redis://h/#x # y", "A", "redis://h/#x"],
  ['A="b # c" # d', "A", "b # c"],
  ["A='b\\'c'", "A", "b\\'c"],
  // Nothing else ends it: for readers that know no escapes it is closed there.
  ["A='b\\'", "A", "b\\"],
  ["A='b", "A", "'b"],
  ['A="\\\\"', "A", "\\\\"],
  ["A=b\u2028c", "A", "b\u2028c"],
];

for (const [text, name, value] of lines) {
  test(JSON.stringify(text), () => {
    assert.deepEqual(read(text), [[name, value]]);
    // On a later line, too, and where it says to be.
    const second = `B=1\r\n${text.replace("\uFEFF", "")}\n# c\n`;
    assert.deepEqual(read(second), [
      ["B", "1"],
      [name, value],
    ]);
    for (const whole of [text, second]) {
      const last = readEnvironment(whole).variables.at(-1);
      assert.equal(whole.slice(last?.valueSpan.start, last?.valueSpan.end), value);
      assert.ok(whole.slice(last?.span.start).startsWith(name));
    }
  });
}

test("a byte order mark within a file belongs to its line, which is none then", () =>
  assert.deepEqual(read("A=1\n\uFEFFB=2\n"), [["A", "1"]]));

test("comments stand where they are written", () => {
  const text = '# a\nA=1 # b\n  # c\nB="x" # d\n';
  assert.deepEqual(
    readEnvironment(text).comments.map(({ start, end }) => text.slice(start, end)),
    ["# a", "# b", "# c", "# d"],
  );
});

test("a value of backslashes does not take long", () => {
  const before = process.cpuUsage();
  assert.equal(read(`A="${"\\".repeat(200_001)}`).length, 1);
  assert.ok(process.cpuUsage(before).user < 1_000_000);
});
