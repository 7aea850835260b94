/** Two rounds of edits as one: it does what both do, and takes steps in proportion to their number. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { applyEdits, composed, type TextEdit, withoutDuplicates } from "../../../server/src/base/text-edit.ts";
import { stepsOf } from "../../harness/steps.ts";

const TEXT = "0123456789abcdefghij";

/** Edits that do not overlap, from lengths of what stays, what goes and what comes. */
function editsOf(parts: readonly (readonly [gap: number, length: number, text: string])[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  for (const [gap, replaced, text] of parts) {
    const start = at + gap;
    const end = start + replaced;
    if (end > length) break;
    if (replaced > 0 || text !== "") edits.push({ span: { start, end }, text });
    at = end;
  }
  return edits;
}

const round = fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.constantFrom("", "X", "YZ", "\n")), { maxLength: 8 });

test("it makes the text that both rounds make, one after the other", () => {
  fc.assert(
    fc.property(round, round, (one, two) => {
      const first = editsOf(one, TEXT.length);
      const between = applyEdits(TEXT, first);
      const second = editsOf(two, between.length);
      assert.equal(applyEdits(TEXT, composed(TEXT, first, second)), applyEdits(between, second));
    }),
    { numRuns: 3_000, seed: 7 },
  );
});

test("steps grow with the number of edits, not with its square", async () => {
  const steps: number[] = [];
  for (const count of [2_000, 4_000, 8_000]) {
    const text = "line\n".repeat(count);
    const first = Array.from({ length: count }, (_, at) => ({ span: { start: at * 5 + 4, end: at * 5 + 5 }, text: "\r\n" }));
    const second = Array.from({ length: count }, (_, at) => ({ span: { start: at * 6, end: at * 6 + 1 }, text: "L" }));
    const between = applyEdits(text, first);
    steps.push(
      await stepsOf(() => {
        assert.equal(applyEdits(text, composed(text, first, second)), applyEdits(between, second));
        assert.equal(withoutDuplicates([...first, ...first]).length, count);
      }),
    );
  }
  const [one = 0, two = 0, four = 0] = steps;
  assert.ok(two < 2.2 * one && four < 2.2 * two, steps.join(", "));
});
