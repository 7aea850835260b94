/** Code that does not parse: what stands around an error, and inside it, is still seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed } from "./load.ts";
import { printItem } from "./print.ts";

const print = async (code: string): Promise<string> => parsed(code).items.map(printItem).join(" ");

test("valid code has no errors, broken code tells where", async () => {
  assert.deepEqual(parsed("fn f() { a() }").errors, []);
  assert.ok(parsed("fn f() { a( }").errors.length > 0);
});

test("functions around a broken one stay", async () => {
  const broken = [
    "let x = ;",
    "a.b(",
    "match x {",
    "if a {",
    "foo(,);",
    "x.",
    "let",
    "S { a: }",
    '"',
    "vec![a",
    "|a| {",
    "#[cfg(x)]",
    "a b c",
    "@ $ %",
  ];
  for (const code of broken) {
    const printed = await print(`fn before() { a() }\nfn broken() {\n  ${code}\n}\nfn after() { b() }\n`);
    assert.match(printed, /\(fn before \[\] \{ \(call a\) \}\)/, code);
    if (code !== '"') assert.match(printed, /\(call b\)/, code);
  }
});

test("statements before and after the error stay in order", async () => {
  const printed = await print("fn f() { let b = B::new(x)?; b.set(; b.verify(NONE); b.build() }");
  const places = ["(let b (call B::new x)?)", "(.verify b NONE)", "(.build b)"].map((it) => printed.indexOf(it));
  assert.ok(
    places.every((it) => it >= 0),
    printed,
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test("a function without its brace, and statements without a function", async () => {
  assert.match(await print("fn f(x: u8) { let a = b(x); c(a);"), /\(fn f \[x: u8\] \{ \(let a \(call b x\)\) \(call c a\); \}\)/);
  assert.match(await print("fn f(x: u8 {\n let a = b(x);\n}\nfn g() { h() }"), /\(let a \(call b x\)\).*\(fn g \[\] \{ \(call h\) \}\)/);
  assert.match(await print("let a = b(c);\na.d(e);\n"), /\(fn {2}\[\] \{ \(let a \(call b c\)\) \(\.d a e\); \}\)/);
});

test("an argument that does not parse keeps the place of the others", async () => {
  assert.match(await print("fn f() { a(b, c d, e); }"), /\(call a b \(unknown.*\) e\)/);
});

test("what a half-typed chain holds is seen", async () => {
  assert.match(
    await print("fn f() { let c = S::builder().with_no_client_auth().\n}\nfn g() {}"),
    /\(\.with_no_client_auth \(call S::builder\)\)/,
  );
});
