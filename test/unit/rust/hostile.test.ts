/** Texts made to hurt: each is answered in time, with a file or with a failure as a value, and nothing is thrown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Item } from "../../../server/src/rust/ast.ts";
import { buildScopes, createRustParser } from "../../../server/src/rust/index.ts";
import { bodyOf, parsed } from "./load.ts";

const MEGABYTE = 1 << 20;
const DEEP = 100_000;
const fill = (part: string, length = MEGABYTE): string => part.repeat(Math.floor(length / part.length)).slice(0, MEGABYTE);
const nested = (open: string, close: string): string => `fn f() {x${open.repeat(DEEP)}${close.repeat(DEEP)}}`.slice(0, MEGABYTE);

function noise(length: number, next: (random: number) => number): string {
  let state = 1;
  const units = Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return next(state >> 8);
  });
  let text = "";
  for (let at = 0; at < units.length; at += 10_000) text += String.fromCharCode(...units.slice(at, at + 10_000));
  return text;
}

const INPUTS: readonly (readonly [name: string, text: string])[] = [
  ["one line of statements", `fn f() {${fill("let a=b(c);", MEGABYTE - 20)}}`],
  ["array", `const A: [u8; 9] = [${fill("1,", MEGABYTE - 40)}];`],
  ["macro body", `fn f() { m! {${fill("a b(c) ", MEGABYTE - 40)}}}`],
  ["nested macros", `fn f() {${"m!(".repeat(DEEP)}${")".repeat(DEEP)}}`],
  ["identifier", fill("a")],
  ["string", `"${fill("a", MEGABYTE - 10)}"`],
  ...[
    ["parentheses", "(", ")"],
    ["brackets", "[", "]"],
    ["generics", "A<", ">"],
    ["modules", "mod a{", "}"],
    ["braces", "{", "}"],
    ["conditions", "if a{", "}"],
    ["calls", "a(", ")"],
    ["functions", "fn f(){", "}"],
  ].flatMap(([name = "", open = "", close = ""]): (readonly [string, string])[] => [
    [`nested ${name}`, nested(open, close)],
    [`unclosed ${name}`, `fn f() {${open.repeat(DEEP)}`.slice(0, MEGABYTE)],
  ]),
  ["not", `fn f() {${fill("!", DEEP)}a}`],
  ["references", `fn f() {${fill("&", DEEP)}a}`],
  ["path", `fn f() {${fill("a::", 3 * DEEP)}a}`],
  ["chain", `fn f() {a${fill(".b()", 4 * DEEP)}}`],
  ["sum", `fn f() {${fill("a+", 2 * DEEP)}a}`],
  ["else if", `fn f() {${fill("if a{}else ", 4 * DEEP)}{}}`],
  ["use trees", `use ${fill("a::{", 4 * DEEP)}${fill("}", DEEP)};`],
  ["closures", `fn f() {${fill("|x|", 3 * DEEP)}x}`],
  ["unterminated raw string", `r#"${fill("a")}`],
  ["noise", noise(MEGABYTE, (it) => 33 + (it % 94))],
  ["any units", noise(MEGABYTE / 4, (it) => it & 0xffff)],
  ["unterminated string", `fn f() {"${fill("a ", MEGABYTE - 20)}`],
  ["unterminated comment", `/*${fill("a ", MEGABYTE - 20)}`],
  ["nested comments", fill("/*", MEGABYTE / 2) + fill("*/", MEGABYTE / 2)],
  ["NULs", fill("\0")],
  ["quotes", fill("'")],
  ["lone surrogates", fill("\ud800")],
  ["attributes", fill("#[cfg(a)]")],
  ["unclosed attributes", fill("#[cfg(")],
  ["predicate", `#[cfg(${fill("all(", 4 * DEEP)}${fill(")", DEEP)})] fn f() {}`],
  ["less than", fill("<")],
  ["pattern", `fn f() {let ${"(".repeat(DEEP)}a${")".repeat(DEEP)}=b;}`],
  ["or pattern", `fn f() {match a {${fill("A|", 4 * DEEP)}B=>1}}`],
  ["type", `fn f()->${fill("Vec<", 4 * DEEP)}A${fill(">", DEEP)}{}`],
  ["bounds", `fn f()->dyn A${fill("+A", 4 * DEEP)}{}`],
  ["lone carriage returns", fill("a\r")],
  ["macro angles", `fn f() {m!(a${fill("::<", 60_000)})}`],
  ["macro bars", `fn f() {m!(${fill("|", 60_000)})}`],
  ["macro quotes", `fn f() {m!(${fill("'a", 60_000)})}`],
  ["macro commas", `fn f() {m!(${fill("a(),", 60_000)})}`],
  ["macro repetitions", `macro_rules! m {()=>{${fill("$(a)* ", 60_000)}}}`],
];

/** Microseconds of processor time: the budget, and several times as much for copying what it let through. */
const PATIENCE = 20_000_000;

test("hostile texts are answered in time", async () => {
  const parser = createRustParser();
  for (const [name, text] of INPUTS) {
    const started = process.cpuUsage();
    const result = parser.parse(text);
    if (result.ok) {
      assert.ok(result.value.errors.length + result.value.comments.length >= 0);
      walk(result.value.items);
      buildScopes([{ files: [{ name: "a.rs", file: result.value, modulePath: ["crate"] }], dependencies: undefined }]).allImpls();
    } else assert.fail(result.error.detail);
    const took = process.cpuUsage(started).user;
    assert.ok(took < PATIENCE, `${name} took ${took} µs`);
  }
  const after = parser.parse("fn f() { a() }");
  assert.ok(after.ok && after.value.errors.length === 0, "the parser works afterwards");
});

test("the size is a limit", () => {
  const large = createRustParser(10).parse("fn f() { a() }");
  assert.ok(!large.ok && large.error.reason === "too-large");
});

test("a chain of three hundred calls keeps every link", async () => {
  const file = parsed(`fn f() { a${".b(c)?".repeat(300)} }`);
  let links = 0;
  let current = bodyOf(file.items, "f").tail;
  while (current?.kind === "try" && current.operand.kind === "method") {
    links++;
    current = current.operand.receiver;
  }
  assert.equal(links, 300);
  assert.equal(current?.kind, "path");
});

/** Asks for everything, in a loop: the depth of the result is bounded by the layer under test, not by this. */
function walk(items: readonly Item[]): void {
  const waiting: unknown[] = [items];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) for (const one of value) waiting.push(one);
    else if (typeof value === "object" && value !== null) {
      for (const one of Object.values(value)) waiting.push(typeof one === "function" ? one() : one);
    }
  }
}
