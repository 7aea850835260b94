/** Lowering of what nests deeply, is long, or is real: no recursion, no more work than text, and no call of a method lost. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Body, declaredIn, NO_MACROS } from "../../../server/src/rust/bodies/index.ts";
import { treeAt } from "../../../server/src/rust/bodies/tree.ts";
import { createRustParser } from "../../../server/src/rust/index.ts";
import { parseBlock } from "../../../server/src/rust/syntax/bodies.ts";
import { paired } from "../../../server/src/rust/syntax/brackets.ts";
import { lex } from "../../../server/src/rust/syntax/lexer.ts";
import * as node from "../../../server/src/rust/syntax/nodes.ts";
import { ROOT } from "../../harness/fixtures.ts";

const DEEP = 10_000;
const bodyOf = (text: string): Body => {
  const [first] = declaredIn(`fn f(a: A) { ${text} }`);
  assert.ok(first !== undefined);
  return first.body();
};
function count(body: Body): number {
  let total = 0;
  for (let open = [body]; open.length > 0; ) {
    const next = open.pop();
    for (const block of next?.blocks ?? []) total += block.operations.length;
    open = [...open, ...(next?.closures ?? [])];
  }
  return total;
}

test("ten thousand levels of each form", () => {
  const nested: Readonly<Record<string, (depth: number) => string>> = {
    parentheses: (n) => `${"(".repeat(n)}a${")".repeat(n)}`,
    calls: (n) => `${"g(".repeat(n)}a${")".repeat(n)}`,
    unary: (n) => `${"!".repeat(n)}a`,
    chains: (n) => `a${".g(1)".repeat(n)}`,
    attempts: (n) => `a${".g()?".repeat(n)}`,
    sums: (n) => `a${" + a".repeat(n)}`,
    conjunctions: (n) => `if a${" && a".repeat(n)} { 1 }`,
    blocks: (n) => `${"{".repeat(n)}a${"}".repeat(n)}`,
    conditionals: (n) => `${"if a { ".repeat(n)}1${"}".repeat(n)}`,
    alternatives: (n) => `${"if a { 1 } else ".repeat(n)}{ 2 }`,
    closures: (n) => `${"|| ".repeat(n)}a`,
    macros: (n) => `${"vec![".repeat(n)}a${"]".repeat(n)}`,
    matches: (n) => `${"match a { B => ".repeat(n)}1${" }".repeat(n)}`,
    arms: (n) => `match a { ${Array.from({ length: n }, (_, at) => `${at} => ${at},`).join(" ")} _ => 0 }`,
    loops: (n) => `${"loop { ".repeat(n)}break${" }".repeat(n)}`,
    references: (n) => `${"& ".repeat(n)}a`,
    fields: (n) => `a${".b".repeat(n)}`,
  };
  for (const [name, text] of Object.entries(nested)) {
    const few = count(bodyOf(text(DEEP / 10)));
    const many = count(bodyOf(text(DEEP)));
    assert.ok(many <= 10 * few + 100, `${name}: ${few} operations, then ${many}`);
    if (name !== "parentheses" && name !== "fields") assert.ok(many > DEEP, `${name}: ${many}`);
  }
});

const fixtures = readdirSync(join(ROOT, "test/fixtures/rust"), { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".rs"));

test("in real files each call of a method is an operation, and each jump leads to a block", () => {
  let calls = 0;
  const parser = createRustParser();
  for (const file of fixtures) {
    const text = readFileSync(join(ROOT, "test/fixtures/rust", file), "utf8");
    assert.equal(parser.parse(text).ok, true);
    const found = new Set<number>();
    const open: Body[] = declaredIn(text).map((it) => it.body());
    for (let body = open.pop(); body !== undefined; body = open.pop()) {
      open.push(...body.closures, ...body.declared.map((it) => it.body()));
      for (const { operations, end } of body.blocks) {
        for (const it of operations) {
          assert.ok(it.to < body.locals.length);
          if (it.kind === "method") found.add(it.nameSpan.start);
        }
        const next = end.kind === "goto" ? [end.to] : end.kind === "branch" ? [end.yes, end.no] : [];
        assert.ok(next.every((it) => it < body.blocks.length));
      }
    }
    for (const place of methodsIn(text)) {
      calls++;
      assert.ok(found.has(place), `${file}: ${text.slice(place, place + 40)}`);
    }
  }
  assert.ok(calls > 2000);
});

/** Where the names of called methods stand, in all bodies outside of macros. */
function* methodsIn(text: string): Generator<number> {
  const tokens = paired(lex(text));
  for (const it of declaredIn(text)) {
    const brace = tokens.starts.indexOf(text.indexOf("{", it.signature?.returns?.span.end ?? it.signature?.nameSpan.end ?? it.span.end));
    if (it.signature === undefined || brace < 0 || it.signature.generics.length > 0) continue;
    const { nodes } = treeAt(tokens, brace, { shift: 0, macros: NO_MACROS }, parseBlock);
    for (let at = 0; at < nodes.count; at++) if (nodes.kinds[at] === node.METHOD) yield tokens.starts[nodes.data[at] ?? 0] ?? 0;
  }
}
