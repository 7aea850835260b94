/** Open calls of which callers are told: all of what does something itself, else those that what it gives is made of, and callbacks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallerRows } from "../../../server/src/flow/index.ts";
import { programOf } from "../../harness/flow.ts";

const NOTHING: CallerRows = {
  of: () => undefined,
  anywhere: () => undefined,
  isActing: () => false,
  isTelling: () => false,
  isJudged: () => false,
  speaks: (owner) => owner === "f::named",
};

/** What callers are told that a function calls. */
function told(text: string, name: string): readonly string[] {
  const summary = programOf(`use model::Builder;\n${text}`).flow(undefined, NOTHING).summary(`f::${name}`);
  assert.ok(summary !== undefined);
  return summary.events.flatMap((it) => (it.kind === "call" && it.call.kind === "apply" ? [it.call.callee] : []));
}

test("what a function calls and does not give is told to nobody, unless it does something or says something by itself", () => {
  const calls = "a.insert(1); a.remove(2);";
  assert.deepEqual(told(`fn silent<T>(a: T) { ${calls} }`, "silent"), []);
  assert.deepEqual(told(`fn named<T>(a: T) { ${calls} }`, "named"), [".insert", ".remove"]);
  assert.deepEqual(told(`fn acting<T>(a: T, b: &mut Builder) { ${calls} b.set(1); }`, "acting"), [".insert", ".remove"]);
});

test("what a function gives, changes or asks before that is told, with all that it is made of", () => {
  assert.deepEqual(told("fn gives<T>(a: T) -> u32 { a.insert(1); a.remove(a.take(2)) }", "gives").toSorted(), [".remove", ".take"]);
  assert.deepEqual(told("fn changes<T>(a: T, b: &mut u32) { a.insert(1); *b = a.remove(2); }", "changes"), [".remove"]);
  assert.deepEqual(told("fn asks<T>(a: T) -> u32 { a.insert(1); if a.remove(2) { 1 } else { 2 } }", "asks"), [".remove"]);
});

test("a callback is told with what it is called for", () => {
  assert.deepEqual(told("fn runs<T>(a: T, f: impl Fn(u32)) { a.insert(1); if a.remove(2) { f(a.take(3)) } }", "runs").toSorted(), [
    "",
    ".remove",
    ".take",
  ]);
});

test("calls that are one value are all told, whichever operation makes them", () => {
  assert.deepEqual(told("fn runs<T>(a: T, f: impl Fn(u32)) { a.insert(1); if a.remove(2) { f(1); } f(1); }", "runs").toSorted(), [
    "",
    "",
    ".remove",
  ]);
  assert.deepEqual(told("fn gives<T>(a: T) -> u32 { a.insert(1); a.take(2); a.take(2) }", "gives"), [".take", ".take"]);
});

test("what a call is given that is not told may be changed by it", () => {
  const given = programOf("fn silent<T>(a: T, b: &mut u32) { *b = 1; a.insert(b); }").flow(undefined, NOTHING).summary("f::silent")?.given;
  assert.equal(given?.inputs.get(1), "mutated");
});
