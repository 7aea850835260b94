/** Places that are in order are found without looking at all of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { touches, touching } from "../../../server/src/base/span.ts";

/** A blank between each two and none between others, one of them empty. */
const PLACES = Array.from({ length: 60 }, (_, at) => ({ span: { start: at * 3, end: at * 3 + (at % 3 === 0 ? 3 : at === 31 ? 0 : 2) } }));

test("those that touch a place, in order", () => {
  for (let start = 0; start < 190; start++)
    for (const length of [0, 1, 2, 5, 40]) {
      const place = { start, end: start + length };
      assert.deepEqual(
        touching(PLACES, place),
        PLACES.filter((it) => touches(it.span, place)),
      );
    }
});

test("of a hundred thousand few are looked at", () => {
  let looked = 0;
  const places = Array.from({ length: 100_000 }, (_, at) => ({
    get span() {
      looked++;
      return { start: at * 10, end: at * 10 + 9 };
    },
  }));
  assert.equal(touching(places, { start: 500_001, end: 500_012 }).length, 2);
  assert.ok(looked < 30, `${looked}`);
});
