/** What holds of flow whatever the program: equal texts have equal answers, and work grows with the text. Work is counted, never timed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Printer } from "../../../server/src/flow/index.ts";
import { programOf } from "../../harness/flow.ts";

interface Ran {
  readonly lines: readonly string[];
  readonly evaluations: number;
  /** Values that were asked for. */
  readonly work: number;
}

/** The summary of a function, objects numbered by themselves. */
function ran(text: string, id: string): Ran {
  const flow = programOf(text).flow();
  const summary = flow.summary(`f::${id}`);
  assert.ok(summary !== undefined, id);
  // A text repeats what the value shares: it is made where it is looked at.
  return {
    get lines() {
      return new Printer().summary(summary);
    },
    evaluations: flow.evaluations,
    work: flow.values.made,
  };
}
const times = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** Ten times the text is at most some ten times the work. */
function linear(text: (size: number) => string, id: string, small: number): Ran {
  const few = ran(text(small), id);
  const many = ran(text(small * 10), id);
  assert.ok(many.work <= few.work * 11.5, `${few.work}, then ${many.work}`);
  return many;
}

const HELPER = "use model::Builder;\nfn helper(on: bool) -> Builder { let mut b = Builder::new(); b.verify(on); b }\n";

test("a helper with 9, 50 and 500 callers in one function: none is lost", () => {
  const text = (count: number): string => `${HELPER}fn f() {\n${times(count, (at) => `let b${at} = helper(${at % 2 === 0});`)}\n}`;
  for (const count of [9, 50, 500]) {
    const { lines, evaluations } = ran(text(count), "f");
    assert.equal(lines.filter((it) => it.startsWith("effect verify(true) on Builder#")).length, Math.ceil(count / 2));
    assert.equal(lines.filter((it) => it.startsWith("effect verify(false) on Builder#")).length, Math.floor(count / 2));
    assert.equal(new Set(lines.filter((it) => it.startsWith("effect")).map((it) => it.split("#")[1])).size, count);
    assert.equal(evaluations, 2);
  }
  linear(text, "f", 50);
});

test("a chain of 400 helpers is followed, each evaluated once", () => {
  const text = (count: number): string =>
    `${HELPER}fn f0(on: bool) -> Builder { helper(on) }\n${times(count, (at) => `fn f${at + 1}(on: bool) -> Builder { f${at}(on) }`)}\nfn f() -> (Builder, Builder) { (f${count}(false), f${count}(true)) }`;
  const { lines, evaluations } = ran(text(400), "f");
  assert.deepEqual(lines, [
    "returns (Builder#1, Builder#2)",
    "effect verify(false) on Builder#1",
    "effect verify(true) on Builder#2",
    "object #1 returned",
    "object #2 returned",
  ]);
  assert.equal(evaluations, 403);
  linear(text, "f", 40);
});

test("300 conditional calls of a builder", () => {
  const text = (count: number): string =>
    `${HELPER}fn f(c: Config) -> Builder { let mut b = Builder::new();\n${times(count, (at) => `if c.x${at} { b.set(${at}); }`)}\nb }`;
  const { lines } = ran(text(300), "f");
  assert.equal(lines.filter((it) => /^effect set\((\d+)\) on Builder#1 if \$0\.x\1$/.test(it)).length, 300);
  linear(text, "f", 30);
});

test("helpers that call helpers twice do not double at each level", () => {
  const text = (levels: number): string =>
    `${HELPER}fn f0() -> (Builder, Builder) { (helper(true), helper(false)) }\n${times(levels, (at) => `fn f${at + 1}() -> (T, T) { (f${at}(), f${at}()) }`)}`;
  const { work } = ran(text(60), "f60");
  assert.ok(work < 200_000, `${work}`);
  const settled = (levels: number): string =>
    `${HELPER}fn f0() { helper(true); }\n${times(levels, (at) => `fn f${at + 1}() { f${at}(); f${at}(); }`)}`;
  assert.ok(ran(settled(60), "f60").work < 2000, "objects that stay inside are no matter of callers");
});

test("nesting of 10,000, and 10,000 arms", () => {
  const nested: Readonly<Record<string, (depth: number) => string>> = {
    calls: (n) => `${"g(".repeat(n)}a${")".repeat(n)}`,
    chains: (n) => `a${".g(1)".repeat(n)}`,
    attempts: (n) => `a${".g()?".repeat(n)}`,
    conjunctions: (n) => `if a${" && a".repeat(n)} { 1 } else { 2 }`,
    conditionals: (n) => `${"if a { ".repeat(n)}1${"} else { 2 }".repeat(n)}`,
    arms: (n) => `match a { ${times(n, (at) => `${at} => ${at},`)} _ => 0 }`,
    closures: (n) => `${"|| ".repeat(n)}1`,
  };
  for (const [name, text] of Object.entries(nested)) {
    const { work: few } = ran(`fn f(a: A) -> A { ${text(1000)} }`, "f");
    const { work: many } = ran(`fn f(a: A) -> A { ${text(10_000)} }`, "f");
    assert.ok(many <= few * 11.5, `${name}: ${few}, then ${many}`);
  }
});

test("functions that call each other come to an end", () => {
  const ring = (count: number): string =>
    times(count, (at) => `fn f${at}(n: u8) -> u8 { if n == ${at} { ${at % 3} } else { f${(at + 1) % count}(n - 1) } }`);
  const { lines, evaluations } = ran(ring(60), "f0");
  for (const value of ["0", "1", "2"]) assert.match(lines[0] ?? "", new RegExp(`(returns| \\|) ${value} if [^|]*\\bsome\\b`));
  assert.ok(evaluations <= 60 * 7, `${evaluations}`);
  const visit = "fn even(n: u8) -> bool { n == 0 || odd(n - 1) } fn odd(n: u8) -> bool { n != 0 && even(n - 1) }";
  assert.ok(ran(visit, "even").evaluations <= 14);
  const polymorphic = "fn f(x: T) -> T { if c() { f((x, x)) } else { x } }";
  assert.ok(ran(polymorphic, "f").evaluations <= 8);
});

test("`cfg(x)` on one function, `cfg(not(x))` in another: both keep their condition", () => {
  const one = "fn f() -> Builder { let mut b = Builder::new(); #[cfg(x)] b.verify(false); b }";
  const other = "fn g() -> Builder { let mut b = Builder::new(); #[cfg(not(x))] b.verify(false); b }";
  const text = `${HELPER}${one}\n${other}\nfn h() -> (Builder, Builder) { (f(), g()) }`;
  assert.deepEqual(ran(text, "h").lines.slice(0, 3), [
    "returns (Builder#1, Builder#2)",
    "effect verify(false) on Builder#1 if x",
    "effect verify(false) on Builder#2 if !x",
  ]);
  const both = "fn f() -> Builder { let mut b = Builder::new(); #[cfg(x)] b.verify(false); #[cfg(not(x))] b.verify(true); b }";
  assert.deepEqual(ran(`${HELPER}${both}`, "f").lines.slice(1, 3), [
    "effect verify(false) on Builder#1 if x",
    "effect verify(true) on Builder#1 if !x",
  ]);
});

const PROGRAM = [
  "fn made(on: bool) -> Builder { let mut b = Builder::new(); b.verify(on); b }",
  "fn kept(c: Config) -> (Builder, u8) { let b = made(!c.insecure); match c.mode { 1 => (b, 2), _ => (b, count(c.n)) } }",
  "fn count(n: u8) -> u8 { if n == 0 { 7 } else { other(n - 1) } }",
  "fn other(n: u8) -> u8 { count(n) }",
  "fn all(list: Vec<Config>) -> Vec<Builder> { list.into_iter().map(|c| made(c.on)).collect() }",
];
const summaries = (text: string): unknown =>
  ["made", "kept", "count", "other", "all"].map((id) => ran(`use model::Builder;\n${text}`, id).lines);

test("the order of functions, comments and unrelated functions change nothing", () => {
  const expected = summaries(PROGRAM.join("\n"));
  assert.deepEqual(summaries(PROGRAM.toReversed().join("\n")), expected);
  const commented = PROGRAM.map((it) => it.replace("{", `{ /* ${"x".repeat(10_000)} */`));
  assert.deepEqual(summaries(commented.join("\n// a line\n")), expected);
  const unrelated = times(50, (at) => `fn g${at}(on: bool) -> Builder { ${at === 0 ? "" : `g${at - 1}(on);`} made(on) }`);
  assert.deepEqual(summaries(`${unrelated}\n${PROGRAM.join("\n")}`), expected);
});

test("the order in which summaries are asked for changes nothing", () => {
  const text = `use model::Builder;\n${PROGRAM.join("\n")}`;
  const asked = (ids: readonly string[]): Map<string, readonly string[]> => {
    const flow = programOf(text).flow();
    return new Map(
      ids.map((id) => {
        const summary = flow.summary(`f::${id}`);
        assert.ok(summary !== undefined);
        return [id, new Printer().summary(summary)];
      }),
    );
  };
  const ids = ["made", "kept", "count", "other", "all"];
  const forwards = asked(ids);
  const backwards = asked(ids.toReversed());
  for (const id of ids) assert.deepEqual(backwards.get(id), forwards.get(id));
});

test("what is kept of too many conditions is the same whatever was evaluated before", () => {
  const arms = (numbers: readonly number[]): string => numbers.map((it) => `${it} => ${100 + it}`).join(", ");
  const numbers = Array.from({ length: 24 }, (_, at) => at);
  const body = (name: string, order: readonly number[]): string => `fn ${name}(n: u8) -> u8 { match n { ${arms(order)}, _ => 0 } }`;
  const text = `${body("other", numbers.toReversed())}\n${body("f", numbers)}\n`;
  const after = (first: readonly string[]): readonly string[] => {
    const flow = programOf(text).flow();
    for (const it of first) flow.summary(`f::${it}`);
    const summary = flow.summary("f::f");
    assert.ok(summary !== undefined);
    const { result } = summary;
    const kept = result.kind === "alternatives" ? result.of.flatMap(({ condition }) => condition) : [];
    return kept.map(({ atoms }) => atoms.map(({ holds, value }) => `${holds} ${value?.kind === "test" ? value.what : ""}`).join(" "));
  };
  assert.ok(after([]).some((it) => it.split("=").length > 9));
  assert.deepEqual(after(["other"]), after([]));
});
