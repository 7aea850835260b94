/** What format strings name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namedInFormat } from "../../../server/src/rust/bodies/format.ts";

const CASES: readonly (readonly [text: string, names: readonly string[]])[] = [
  ["no names", []],
  ["{}, {0} and {:?}", []],
  ["{name}", ["name"]],
  ["{ name :?}", ["name"]],
  ["{{escaped}}", []],
  ["{name:>width$}", ["name", "width"]],
  ["{:*^width$.precision$}", ["width", "precision"]],
  ["{ключ:02x}", ["ключ"]],
  ["{open", []],
];

for (const [text, names] of CASES)
  test(`${JSON.stringify(text)} names ${names.join(", ") || "nothing"}`, () => {
    assert.deepEqual(namedInFormat(text), names);
  });
