/** Changes of documents: whatever an editor sends, the text is what the protocol says it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LineIndex } from "../../../server/src/base/line-index.ts";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { applyChanges } from "../../../server/src/lsp/documents.ts";

const at = (line: number, start: number, end = start) => ({ start: { line, character: start }, end: { line, character: end } });
const before = (text: string) => ({ text, lines: new LineIndex(text) });

test("each change is stated against the text that the one before it left", () => {
  const forwards = [
    { range: at(0, 1), text: "\n" },
    { range: at(1, 1), text: "X" },
  ];
  assert.equal(applyChanges(before("abc"), forwards, "utf-16").text, "a\nbXc");
});

test("changes from the end to the start keep their places in the original", () => {
  const { text, changes } = applyChanges(
    before("one two three"),
    [
      { range: at(0, 8, 13), text: "3" },
      { range: at(0, 4, 7), text: "2" },
      { range: at(0, 0, 3), text: "1" },
    ],
    "utf-16",
  );
  assert.equal(text, "1 2 3");
  assert.equal(applyEdits("one two three", changes ?? []), "1 2 3");
});

test("insertions at one place come out in the protocol's order, the last one first", () => {
  const { text, changes } = applyChanges(
    before("ab"),
    [
      { range: at(0, 1), text: "1" },
      { range: at(0, 1), text: "2" },
    ],
    "utf-16",
  );
  assert.equal(text, "a21b");
  assert.equal(changes, undefined, "they cannot be stated against the original in any order but their own");
});

test("a change without a range replaces everything", () => {
  assert.deepEqual(applyChanges(before("abc"), [{ range: at(0, 0), text: "x" }, { text: "new" }], "utf-16"), {
    text: "new",
    changes: undefined,
  });
});

/** The specification, word by word: one change after the other, each on a fresh line index. */
function byTheBook(
  text: string,
  changes: readonly { range: ReturnType<typeof at>; text: string }[],
  unit: "utf-8" | "utf-16" | "utf-32",
): string {
  return changes.reduce((current, change) => {
    const lines = new LineIndex(current);
    const start = lines.offset(change.range.start, unit);
    const end = Math.max(start, lines.offset(change.range.end, unit));
    return current.slice(0, start) + change.text + current.slice(end);
  }, text);
}

test("any stream of changes gives the text of the specification, and edits that lead to it", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "é", "💥", "\n", "\r", "\r\n", " "), maxLength: 12 });
  const position = fc.record({ line: fc.nat(5), character: fc.nat(8) });
  const change = fc.record({ range: fc.record({ start: position, end: position }), text: piece });
  fc.assert(
    fc.property(piece, fc.array(change, { maxLength: 6 }), fc.constantFrom("utf-8", "utf-16", "utf-32"), (text, changes, unit) => {
      const result = applyChanges(before(text), changes, unit);
      assert.equal(result.text, byTheBook(text, changes, unit));
      if (result.changes) assert.equal(applyEdits(text, result.changes), result.text);
    }),
    { numRuns: 2000 },
  );
});
