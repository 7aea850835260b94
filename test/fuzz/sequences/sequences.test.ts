/** A sample of an editor's messages, that it has messages of every kind, and that it would see what it looks for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CHECKED } from "../../../server/src/lsp/incoming.ts";
import { MANIFEST, MISTAKEN } from "../../lsp/programs.ts";
import { assertSample } from "../sample.ts";
import { tried } from "../subject.ts";
import { type Sequence, sequences } from "./judge.ts";

test("after a sample of sequences the server says what a fresh one says, in every encoding, and what the command line says", async () => {
  const subject = await sequences();
  await assertSample(subject, 15);
  const units = new Set(Array.from({ length: 40 }, (_, at) => subject.input(1, at).client.unit));
  assert.equal(units.size, 3);
  // What the server serves next is asked here, too, or this fails.
  const unsent = (): readonly string[] => CHECKED.filter((it) => !subject.sent.has(it));
  for (let at = 0; at < 100 && unsent().length > 0; at++) await tried(subject, subject.input(2, at));
  assert.deepEqual(unsent(), []);
});

test("a change that nobody tells the server of makes a difference, and that is seen", async () => {
  const subject = await sequences();
  const client = { unit: "utf-8", pull: true, plain: false, obliging: true } as const;
  const files = { "/w/Cargo.toml": MANIFEST, "/w/src/main.rs": MISTAKEN };
  const asked = { kind: "ask", question: "diagnostics", file: 0, at: 0, manner: "awaited" } as const;
  const told: Sequence = { files, client, operations: [{ kind: "open", file: 1 }, asked], saved: true };
  assert.equal((await tried(subject, told)).wrong, undefined);
  const text = '[rules]\ndisabled-verification = "off"\n';
  const operations = [...told.operations, { kind: "unheard", path: "/w/tlslint.toml", text } as const];
  assert.match((await tried(subject, { ...told, operations })).wrong ?? "", /after the sequence .*main\.rs differs/);
});
