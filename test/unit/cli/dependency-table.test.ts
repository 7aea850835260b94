/** What a kept run depends on, noted in arrays: each answer once, two that differ are seen, and a link never counts as settled. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { standingOf } from "../../../server/src/cli/cache/dependencies.ts";
import { type Dependencies, DependencyTable, FRAGILITY } from "../../../server/src/cli/cache/dependency-table.ts";
import { digestOfValue } from "../../../server/src/cli/cache/questions.ts";
import { Recorder } from "../../../server/src/cli/cache/recording-host.ts";
import { nodeHost } from "../../../server/src/node-host.ts";

const STAMP = [1, 2, 3, 4] as const;

/** Of a run over so many paths, each asked for two things. */
function noted(count: number, answer = (path: string): string => path): DependencyTable {
  const table = new DependencyTable();
  for (let at = 0; at < count; at++) {
    const index = table.add(`/w/${at}`, STAMP, FRAGILITY.none);
    for (const question of ["file", "real"] as const) assert.ok(table.note(index, question, digestOfValue(answer(`${question} ${at}`))));
  }
  return table;
}

const rowsOf = ({ paths, rowPaths, rowQuestions, digests, questions }: Dependencies) =>
  Array.from(rowPaths, (path, row) => [
    paths[path],
    questions[rowQuestions[row] ?? 0],
    Buffer.from(digests.subarray(row * 12, row * 12 + 12)).toString("hex"),
  ]);

test("a thousand paths have their rows, and one that is noted again has no other", () => {
  const table = noted(1000);
  assert.ok(table.note(table.indexOf("/w/7") ?? -1, "file", digestOfValue("file 7")));
  const { paths, stamps, ...rest } = table.dependencies;
  assert.deepEqual([paths.length, stamps.length, rest.rowPaths.length, rest.digests.length], [1000, 4000, 2000, 24_000]);
  assert.deepEqual(rowsOf({ paths, stamps, ...rest })[1001], ["/w/500", "real", Buffer.from(digestOfValue("real 500")).toString("hex")]);
});

test("two answers to one question do not fit together, in one run and in two", () => {
  const table = noted(3);
  assert.equal(table.note(1, "file", digestOfValue("another")), false);
  assert.ok(noted(3).merge(noted(5).dependencies));
  assert.equal(noted(3).merge(noted(5, (path) => (path === "real 2" ? "another" : path)).dependencies), false);
});

test("of two runs there is what each of them asked, and other stamps are no longer trusted", () => {
  const [one, other] = [noted(2), new DependencyTable()];
  other.note(other.add("/w/1", [1, 2, 3, 5], FRAGILITY.none), "mode", digestOfValue(0o644));
  other.note(other.add("/w/2", STAMP, FRAGILITY.always), "mode", digestOfValue(undefined));
  assert.ok(one.merge(other.dependencies));
  const both = one.dependencies;
  assert.deepEqual(
    rowsOf(both).map(([path, question]) => `${path} ${question}`),
    ["/w/0 file", "/w/0 real", "/w/1 file", "/w/1 real", "/w/1 mode", "/w/2 mode"],
  );
  assert.deepEqual([...both.fragile], [FRAGILITY.none, FRAGILITY.young, FRAGILITY.always]);
});

test("what lies behind a link is asked for again, however old the link is by then", { skip: process.platform === "win32" }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-link-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [link, target] = [join(folder, "link"), join(folder, "target")];
  writeFileSync(target, "one");
  symlinkSync(target, link);
  const host = nodeHost(() => {});
  const recorder = new Recorder(host, Date.now());
  await recorder.host.readFile(link);
  const later = Date.now() + 60_000;
  const first = await standingOf(recorder.asked.dependencies, host, later);
  assert.ok(first.is === "fresh");
  writeFileSync(target, "two");
  assert.deepEqual(await standingOf(first.dependencies, host, later), { is: "changed" });
});
