/** Calls in loops: done again where something that they read has changed, and not otherwise. Counted in values asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Printer } from "../../../server/src/flow/index.ts";
import { programOf } from "../../harness/flow.ts";

const CALLEE = `trait T { fn go(&self, n: u8); } struct A; impl T for A { fn go(&self, n: u8) {} } struct B; impl B { fn go(&self, n: u8) {} }
fn deep<X>(x: X) { ${Array.from({ length: 60 }, (_, at) => `x.go(${at});`).join(" ")} }`;

const made = (text: string): number => {
  const flow = programOf(text).flow();
  flow.summary("f::deep");
  const before = flow.values.made;
  flow.summary("f::run");
  return flow.values.made - before;
};

test("a call in a loop that reads the same is made once", () => {
  const once = made(`${CALLEE} fn run<X>(x: X) { deep(x); }`);
  const looped = made(`${CALLEE} fn run<X>(x: X) { let mut n = 0; let mut m = 0; loop { deep(x); n = m; m = n + 1; } }`);
  assert.ok(looped < once * 2, `${looped} in a loop, ${once} without`);
});

test("a call that reads what the loop changes is made again", () => {
  const flow = programOf(`fn same(x: u8) -> u8 { x }
fn run(end: bool) -> u8 { let mut n = 1; let mut found = 0; loop { found = same(n); n = 2; if end { return found; } } }`).flow();
  const summary = flow.summary("f::run");
  assert.ok(summary !== undefined);
  const printed = new Printer().summary(summary).join("\n");
  assert.match(printed, /1/);
  assert.match(printed, /2/);
});
