/** Which word a mistyped one is taken for: one slip is one edit, and what differs in more than a third of its letters is another word. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { closest } from "../../../server/src/base/closest.ts";

const WORDS = ["check", "expiry", "explain", "info", "json"];

for (const [what, slips] of [
  ["a letter too few", { chck: "check", xpiry: "expiry", explan: "explain" }],
  ["a letter too many", { checkk: "check", jjson: "json" }],
  ["another letter", { chack: "check", jsan: "json" }],
  ["two letters that changed places", { chekc: "check", hceck: "check", josn: "json", ifno: "info", jsno: "json" }],
] as const)
  test(`${what} is one slip`, () => {
    for (const [written, meant] of Object.entries(slips)) assert.equal(closest(written, WORDS), meant, written);
  });

test("what differs more is another word", () => {
  for (const written of ["", "cehkc", "yaml", "xjs", "infojson"]) assert.equal(closest(written, WORDS), undefined, written);
});
