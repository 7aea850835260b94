/** Samples of mutated certificates, settings and Rust, and that they would show what they look for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dice } from "../dice.ts";
import { assertSample } from "../sample.ts";
import { minimised, tried } from "../subject.ts";
import { mutatedFiles, mutatedRust } from "./judge.ts";
import { KEPT } from "./seeds.ts";

test("a sample of mutated certificates and settings is answered within its work, and nothing fails inside", async () =>
  assertSample(await mutatedFiles(), 300));

test("so is a sample of mutated Rust", async () => assertSample(await mutatedRust(), 60));

test("the same seed makes the same inputs, another one others", async () => {
  for (const { input } of [await mutatedFiles(), await mutatedRust()]) {
    assert.deepEqual(input(7, 12), input(7, 12));
    assert.notDeepEqual(input(7, 12).bytes, input(8, 12).bytes);
  }
  const dice = new Dice(1, 1);
  assert.ok(new Set(Array.from({ length: 100 }, () => dice.below(1_000_000))).size > 95);
});

test("a failing input is shrunk to what it fails by", async () => {
  // Nothing fails today: an input that takes the place of the file that has to keep its finding does.
  const subject = await mutatedFiles();
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  const filler = "A=1\n".repeat(50);
  const input = { number: 0, path: KEPT.settings.path, bytes: utf8(filler + KEPT.settings.files["/w/kept/.env"]), edits: [], beside: {} };
  assert.equal((await tried(subject, input)).wrong, undefined);
  const lost = { ...input, bytes: utf8(filler) };
  const { wrong } = await tried(subject, lost);
  assert.equal(wrong, "/w/kept/.env lost its finding");
  assert.ok((await minimised(subject, lost, wrong ?? "")).bytes.length < 4);
});
