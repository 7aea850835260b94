/** Macros of the program in bodies: bounded work, what is cut named, and each token led back to where it was written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Printer } from "../../../server/src/flow/index.ts";
import { programOf } from "../../harness/flow.ts";

const resultOf = (program: ReturnType<typeof programOf>, name: string): string => {
  const flow = program.flow();
  const summary = flow.summary(`f::${name}`);
  return summary === undefined ? "no summary" : new Printer().value(summary.result);
};

test("a macro that makes twice as much each time ends at a bound, which is named", () => {
  const program = programOf("macro_rules! twice { ($($a:tt)*) => { twice!($($a)* $($a)*) }; }\nfn f() -> u8 { twice!(a); 2 }");
  assert.equal(resultOf(program, "f"), "2");
  assert.match(program.maps.crates[0]?.cuts[0]?.why ?? "", /macros make more than/);
});

test("a macro that calls itself for ever ends at a bound, which is named", () => {
  const program = programOf("macro_rules! again { ($a:expr) => { again!($a) }; }\nfn f() -> u8 { again!(1); 2 }");
  assert.equal(resultOf(program, "f"), "2");
  assert.match(program.maps.crates[0]?.cuts[0]?.why ?? "", /call each other more than/);
});

test("a macro whose arguments nest as deep as they can ends at a bound", () => {
  const nested = `${"(".repeat(150)}$a${")".repeat(150)}`;
  const program = programOf(`macro_rules! deep { ($a:expr) => { deep!(${nested}) }; }\nfn f() -> u8 { deep!(1); 2 }`);
  assert.equal(resultOf(program, "f"), "2");
  assert.notDeepEqual(program.maps.crates[0]?.cuts, []);
});

test("where what macros make was written", () => {
  const text = "macro_rules! set { ($a:expr, $b:expr) => { $a.accept($b, strict) }; }\nfn f(client: C) { set!(client.own(), lax) }";
  const program = programOf(text);
  const flow = program.flow();
  const body = flow.callable("f::f")?.body;
  const found = new Map<string, string>();
  for (const { operations } of body?.blocks ?? [])
    for (const it of operations) {
      const { span } = program.written("/f.rs", it.kind === "method" ? it.nameSpan : it.span);
      const inMacro = program.writtenInMacro(it.span)?.span;
      const written = text.slice(span.start, span.end);
      found.set(written, inMacro === undefined ? "" : text.slice(inMacro.start, inMacro.end));
    }
  assert.equal(found.get("lax"), "$b");
  assert.equal(found.get("strict"), "strict");
  assert.equal(found.get("accept"), "$a.accept($b, strict)");
  assert.equal(found.get("own"), "$a");
});

test("who calls a function that a macro names is found by the macro", () => {
  const program = programOf("macro_rules! call { () => { inner() }; }\nfn inner() -> u8 { 1 }\nfn f() -> u8 { call!() }");
  const inner = program.ids.declared("f::inner");
  assert.ok(inner !== undefined);
  assert.ok(program.calls.edgesTo(inner).some(({ from, certain }) => certain && from.name === "f"));
});
