/** A sample of `npm run fuzz`, and that it would see what it looks for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "./dice.ts";
import { inputOf, judge, minimised } from "./judge.ts";
import { seeds } from "./seeds.ts";

const SAMPLE = 600;

test("a sample of mutated inputs is answered within its work, and nothing fails inside", async () => {
  const all = await seeds();
  assert.ok(all.length > 150, `${all.length} originals`);
  const wrong: string[] = [];
  const before = process.cpuUsage();
  let done = 0;
  // Of each run the same inputs; the long run has all others.
  for (; done < SAMPLE && process.cpuUsage(before).user < 15e6; done++) {
    const input = inputOf(all, 1, done);
    const found = await judge(input);
    if (found !== undefined) wrong.push(`${done} ${input.path}: ${found}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(done > SAMPLE / 4, `${done} inputs`);
});

test("the same seed makes the same inputs, another one others", async () => {
  const all = await seeds();
  assert.deepEqual(inputOf(all, 7, 12), inputOf(all, 7, 12));
  assert.notDeepEqual(inputOf(all, 7, 12).bytes, inputOf(all, 8, 12).bytes);
  const dice = new Dice(1, 1);
  assert.ok(new Set(Array.from({ length: 100 }, () => dice.below(1_000_000))).size > 95);
});

test("a failing input is shrunk to what it fails by", async () => {
  // Nothing fails today: what is looked for is an answer that holds as long as one byte is there.
  const bytes = new TextEncoder().encode(`${"A=1\n".repeat(50)}DATABASE_URL=postgres://h.example.com/?sslmode=disable\n`);
  const input = { number: 0, path: "/w/kept/.env", bytes, edits: [] };
  assert.equal(await judge(input), undefined);
  const lost = { ...input, bytes: new TextEncoder().encode("A=1\n".repeat(50)) };
  const wrong = await judge(lost);
  assert.equal(wrong, "/w/kept/.env lost its finding");
  assert.ok((await minimised(lost, wrong ?? "")).bytes.length < 4);
});
