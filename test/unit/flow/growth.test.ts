/** Work of flow on shapes that real crates have, at N, 2N and 4N: counted in values asked for and bodies evaluated, never timed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Printer } from "../../../server/src/flow/index.ts";
import { programOf } from "../../harness/flow.ts";

const times = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** All functions of a text, asked for one after the other. */
function work(text: string): { readonly values: number; readonly evaluations: number; readonly bodies: number; readonly printed: number } {
  const program = programOf(text);
  const flow = program.flow();
  let printed = 0;
  for (const id of program.ids.bodies()) {
    const summary = flow.summary(id);
    // A method that a trait asks for has no body.
    if (summary !== undefined) printed += new Printer().summary(summary).join("\n").length;
  }
  return { values: flow.values.made, evaluations: flow.evaluations, bodies: flow.summarised, printed };
}

/** Each doubling of the text at most doubles the work. */
function linear(text: (count: number) => string, count: number): void {
  const ran = [count, count * 2, count * 4].map((it) => work(text(it)));
  for (const [at, { values, evaluations, bodies }] of ran.entries()) {
    const before = ran[at - 1];
    if (before === undefined) continue;
    const told = `${before.values} values in ${before.evaluations} evaluations, then ${values} in ${evaluations}`;
    assert.ok(values <= before.values * 2.1, told);
    assert.ok(evaluations / bodies <= (before.evaluations / before.bodies) * 1.05, told);
  }
}

test("methods that nothing can resolve cost the callers of their callers nothing", () => {
  const text = (count: number): string =>
    `fn f0(x: X) { ${times(20, (at) => `x.unknown${at}().more();`)} }\n${times(count, (at) => `fn f${at + 1}(x: X) { f${at}(x); x.other(); }`)}`;
  linear(text, 50);
  const flow = programOf(text(50)).flow();
  assert.deepEqual(flow.summary("f::f50")?.events, []);
});

test("open calls that lead to one function by many ways are one", () => {
  const text = (count: number): string =>
    `trait T { fn go(&self); } struct A; impl T for A { fn go(&self) {} } struct B; impl B { fn go(&self) {} }
fn f0<X>(x: X) { x.go(); }\n${times(count, (at) => `fn f${at + 1}<X>(x: X) { f${at}(x); f${at}(x); }`)}`;
  linear(text, 40);
  const flow = programOf(text(40)).flow();
  assert.equal(flow.summary("f::f40")?.events.length, 1);
});

test("edges that only values show evaluate their caller again, and nothing above it", () => {
  const text = (count: number): string =>
    `fn call(f: impl Fn() -> u8) -> u8 { f() } fn one() -> u8 { 1 }
fn chosen(n: u8) -> fn() -> u8 { one }
${times(count, (at) => `fn g${at}() -> u8 { call(chosen(${at})) }\nfn h${at}() -> u8 { g${at}() + ${at === 0 ? "0" : `h${at - 1}()`} }`)}`;
  linear(text, 50);
  const { evaluations, bodies } = work(text(100));
  assert.ok(evaluations <= bodies * 1.2, `${evaluations} of ${bodies}`);
});

test("a visitor of many kinds of nodes comes to an end", () => {
  const visit = (at: number, count: number): string => `fn visit${at}(&mut self, n: N) { match n {
    N::A(a) => self.around(|s| { s.visit${(at + 1) % count}(a.left); s.write(a.other()); }),
    N::B(b) => self.around(|s| s.visit${(at * 7) % count}(b.right)),
    N::C => {}
} }`;
  const text = (count: number): string => `trait V {
    fn write(&mut self, n: u8);
    fn around<F>(&mut self, f: F) where F: FnOnce(&mut Self) { self.write(1); f(self) }
    ${times(count, (at) => visit(at, count))}
}
enum N { A(A), B(B), C } struct A { left: N } struct B { right: N }
struct One; impl V for One { fn write(&mut self, n: u8) { self.go() } }
struct Other; impl V for Other { fn write(&mut self, n: u8) { self.went() } }`;
  linear(text, 12);
});

test("a recursion that takes trees apart does not make of each what it makes of all", () => {
  const arms = (count: number): string => times(count, (at) => `N::V${at}(a, b) => N::V${at}(convert(a), convert(b)),`);
  const text = (count: number): string =>
    `enum N { ${times(count, (at) => `V${at}(Box<N>, Box<N>),`)} Leaf }\nfn convert(n: N) -> N { match n { ${arms(count)} N::Leaf => N::Leaf } }`;
  const { values, printed } = work(text(8));
  assert.ok(values < 100_000, `${values}`);
  assert.ok(printed < 100_000, `${printed}`);
});

test("what shares its parts is written down in a bounded text", () => {
  const text = (count: number): string =>
    `fn f0() -> u8 { 1 }\n${times(count, (at) => `fn f${at + 1}() -> (T, T) { (f${at}(), f${at}()) }`)}`;
  linear(text, 30);
  const { printed } = work(text(39));
  assert.ok(printed < 100_000, `${printed}`);
});

test("a variable that holds a reference to itself comes to an end", () => {
  const text = "fn f(on: bool) { let mut a = first(); while on { a = if on { Node { of: &mut a } } else { other() }; unknown(a); } }";
  assert.ok(work(text).values < 10_000);
});

test("a loop that builds up what the loop before gave up comes to an end", () => {
  const text = (count: number): string =>
    `struct C { sum: u8 } fn f(c: &mut C, n: u8) { for i in 0..n { c.sum += 1; } ${times(
      count,
      () => "c.sum += 1; for i in 0..n { c.sum += 1; }",
    )} }`;
  const flow = programOf(text(1)).flow();
  const make = flow.values.make.bind(flow.values);
  // Without an end it would run for ever instead of failing.
  flow.values.make = (shape) => {
    assert.ok(flow.values.made < 10_000, "it ends");
    return make(shape);
  };
  assert.deepEqual(new Printer().summary(flow.summary("f::f") ?? assert.fail()), [
    "returns ()",
    "writes $0 = { sum: unknown(changes in a loop), ..$0 }",
  ]);
  linear(text, 10);
});

test("what a loop gives up of structs in each other does not grow with its rounds", () => {
  const text = (count: number): string =>
    `struct C { of: Box<C>, ${times(count, (at) => `f${at}: u8,`)} } fn f(mut c: C, n: u8) -> C { for i in 0..n { ${times(
      count,
      (at) => `c = C { of: Box::new(c), f${at}: n, ..other() };`,
    )} } c }`;
  linear(text, 10);
});

test("a function that calls itself is not evaluated again for those that call it", () => {
  const text = `fn down(n: u8) -> u8 { if n == 0 { 0 } else { down(n - 1) } } ${times(50, (at) => `fn f${at}() -> u8 { down(${at}) }`)}`;
  const { evaluations, bodies } = work(text);
  assert.equal(bodies, 51);
  assert.ok(evaluations <= bodies + 3, `${evaluations}`);
});

test("what one operation does over more calls than ten is one to the callers of these", () => {
  const text = `use model::Builder; fn h(b: &mut Builder, on: bool) { b.set(on); }
fn f0(b: &mut Builder) { ${times(11, () => "h(b, true);")} } fn f1(b: &mut Builder) { f0(b); }`;
  const flow = programOf(text).flow();
  assert.deepEqual(
    ["f::f0", "f::f1"].map((it) => flow.summary(it)?.events.length),
    [11, 1],
  );
});

test("what is done to what came in happens once, however many ways of calls lead there", () => {
  const text = (count: number): string =>
    `use model::Builder;
fn f0(b: &Builder, x: bool) { b.set(x); }\n${times(count, (at) => `fn f${at + 1}(b: &Builder, x: bool) { f${at}(b, x); if b.is_odd() { f${at}(b, x); } }`)}
fn chosen(b: &Builder) { f0(b, true); f0(b, true); }
fn between(b: &Builder, x: bool) { f0(b, x); b.verify(x); f0(b, x); }`;
  linear(text, 40);
  const flow = programOf(text(40)).flow();
  assert.equal(flow.summary("f::f40")?.events.filter((it) => it.kind === "effect").length, 1);
  // Who decides it is told each time, and what happens in between may be undone.
  assert.equal(flow.summary("f::chosen")?.events.filter((it) => it.kind === "effect").length, 2);
  assert.equal(flow.summary("f::between")?.events.filter((it) => it.kind === "effect").length, 3);
});
