/** The edges of a body's control-flow graph. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Body, blockOf, declaredIn, type Operation, successorsOf } from "../../../server/src/rust/bodies/index.ts";

const bodyOf = (text: string): Body => declaredIn(text)[0]?.body() ?? assert.fail();

const callOf = (body: Body, name: string): Operation =>
  body.blocks.flatMap(({ operations }) => operations).find((it) => it.kind === "method" && it.name === name) ?? assert.fail(name);

/** The calls that may come after one, itself among them where it may come again. */
function behind(body: Body, name: string): readonly string[] {
  const seen = new Set(successorsOf(body, blockOf(body, callOf(body, name))));
  for (const block of seen) for (const next of successorsOf(body, block)) seen.add(next);
  return [...seen].flatMap((it) => (body.blocks[it]?.operations ?? []).flatMap((one) => (one.kind === "method" ? [one.name] : []))).sort();
}

test("both sides of a branch follow, and what is behind them", () => {
  const body = bodyOf("fn f(a: A) { a.first(); if a.asked() { a.yes() } else { a.no() } a.last(); }");
  assert.deepEqual(behind(body, "asked"), ["last", "no", "yes"]);
  assert.deepEqual(behind(body, "yes"), ["last"]);
  const [no, yes] = successorsOf(body, blockOf(body, callOf(body, "asked")));
  assert.deepEqual([yes, no], [blockOf(body, callOf(body, "yes")), blockOf(body, callOf(body, "no"))]);
});

test("a round of a loop is followed by the next one, but not behind what leaves", () => {
  const body = bodyOf("fn f(a: A) { loop { a.begun(); if a.asked() { a.left(); return; } a.round(); } }");
  assert.deepEqual(behind(body, "round"), ["asked", "begun", "left", "round"]);
  assert.deepEqual(behind(body, "left"), []);
});

test("an operation of another body stands in no block", () => {
  const body = bodyOf("fn f(a: A) { a.outer(); g(|| a.inner()); }");
  const [closure] = body.closures;
  assert.ok(closure !== undefined);
  assert.equal(blockOf(body, callOf(closure, "inner")), -1);
  assert.deepEqual(successorsOf(body, -1), []);
});
