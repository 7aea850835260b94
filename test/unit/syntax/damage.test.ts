/** Damage stays where it is: the items around a broken one are what they were, whatever was done to it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lex } from "../../../server/src/rust/syntax/lexer.ts";
import { parsed } from "../rust/load.ts";

const FIXTURES = join(process.env["TLSLINT_ROOT"] ?? process.cwd(), "test/fixtures/rust");
const wholes = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".rs"))
  .sort()
  .map((it) => readFileSync(join(FIXTURES, it), "utf8"))
  .map((text) => ({ text, file: parsed(text) }))
  .filter(({ file }) => file.errors.length === 0)
  .map(({ text, file: { items } }) => ({ text, items: items.map(({ span }) => ({ span })), shown: items.map(shown) }));

/** A small generator with a seed, so that a failure can be had again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const INSERTED = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "'",
  "/*",
  "*/",
  ";",
  ",",
  ".",
  "=",
  "let",
  "fn",
  "if",
  "match",
  "|",
  "<",
  ">",
  "#",
  'r#"',
  "\\",
  "§",
  "else",
  "::",
];

/**
 * What it is but for its places, with what is lowered on demand, in one walk; a `pub` that is left over before an item is the
 * item's, as Rust has it.
 */
function shown(value: unknown): string {
  if (typeof value === "function") return shown(value());
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
  if ("start" in value && "end" in value) return "";
  const fields: Readonly<Record<string, unknown>> = Object(value);
  let text = "{";
  for (const key in fields) if (key !== "public") text += `${key}:${shown(fields[key])},`;
  return `${text}}`;
}

interface Survival {
  tried: number;
  readonly lost: string[];
}

/** Damages one item of each text and counts those of which another one was lost. */
function survival(damage: (text: string, from: number, to: number, next: (below: number) => number) => string, rounds: number): Survival {
  const next = random(16);
  const result: Survival = { tried: 0, lost: [] };
  for (const { text, items, shown: before } of wholes) {
    for (let round = 0; round < rounds; round++) {
      const chosen = next(items.length);
      const item = items[chosen];
      if (item === undefined) continue;
      const damaged = damage(text, item.span.start, item.span.end, next);
      const survivors = new Set(parsed(damaged).items.map(shown));
      result.tried++;
      if (before.some((it, at) => at !== chosen && !survivors.has(it))) result.lost.push(damaged);
    }
  }
  return result;
}

/** One of the tokens between two offsets. */
function tokenIn(
  text: string,
  from: number,
  to: number,
  next: (below: number) => number,
): { readonly start: number; readonly end: number } {
  const { starts, ends, count } = lex(text.slice(from, to));
  const at = next(count);
  return { start: from + (starts[at] ?? 0), end: from + (ends[at] ?? 0) };
}

const without = (text: string, start: number, end: number, put = ""): string => text.slice(0, start) + put + text.slice(end);

/** What is lost is mostly what repetitions in a macro beside the damage hold. */
const ROUNDS = 6;

test("a token that is gone costs other items in one text of three hundred at most", () => {
  const { tried, lost } = survival((text, from, to, next) => {
    const { start, end } = tokenIn(text, from, to, next);
    return without(text, start, end);
  }, ROUNDS);
  assert.ok(tried > 1000);
  assert.ok(lost.length <= tried / 300, `${lost.length} of ${tried}`);
});

test("a token too many costs other items in one text of three hundred at most", () => {
  const { tried, lost } = survival((text, from, to, next) => {
    const { start } = tokenIn(text, from, to, next);
    return without(text, start, start, ` ${INSERTED[next(INSERTED.length)] ?? ""} `);
  }, ROUNDS);
  assert.ok(tried > 1000);
  assert.ok(lost.length <= tried / 300, `${lost.length} of ${tried}`);
});

/** A quote pairs with the next one, and strings may hold lines: which of the quotes is the one too many cannot always be told. */
test("a quote too many costs other items in one text of twenty at most", () => {
  const { tried, lost } = survival((text, from, to, next) => {
    const { start } = tokenIn(text, from, to, next);
    return without(text, start, start, ' " ');
  }, ROUNDS);
  assert.ok(tried > 500);
  assert.ok(lost.length <= tried / 20, `${lost.length} of ${tried}`);
});

test("an item that ends in the middle costs other items in one text of three hundred at most", () => {
  const { tried, lost } = survival((text, from, to, next) => {
    const { end } = tokenIn(text, from, to, next);
    return without(text, end, to);
  }, ROUNDS);
  assert.ok(tried > 1000);
  assert.ok(lost.length <= tried / 300, `${lost.length} of ${tried}`);
});

test("SPURIOUS: a chain whose dot ends a line, and whose next name starts one as deep, is taken for half a line", () => {
  assert.equal(parsed("fn f() {\n    a().\n        b();\n}\n").errors.length, 0);
  assert.notEqual(parsed("fn f() {\n    a().\n    b();\n}\n").errors.length, 0);
});
