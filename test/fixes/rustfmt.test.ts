/** What rustfmt would leave as it is stays so: each fixture is formatted first, fixed, and must be formatted still. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fixtures } from "../harness/fixtures.ts";
import { fixAll, projectAround, withoutCarets } from "./fixing.ts";

const hasRustfmt = spawnSync("rustfmt", ["--version"]).status === 0;
const skip = hasRustfmt || process.env["CI"] === "true" ? false : "not run: rustfmt is not installed";

/** Many at once: starting a process for each would take longer than the formatting. Texts that do not parse are left out. */
function formatted(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-rustfmt-"));
  const names = [...texts.keys()];
  const path = (at: number): string => join(folder, `f${at}.rs`);
  for (const [at, name] of names.entries()) writeFileSync(path(at), texts.get(name) ?? "");
  const failed = new Set<string>();
  for (let from = 0; from < names.length; from += 100) {
    const some = names.slice(from, from + 100).map((_, at) => path(from + at));
    const { status } = spawnSync("rustfmt", ["--edition", "2021", ...some]);
    if (status === 0) continue;
    for (const one of some) if (spawnSync("rustfmt", ["--edition", "2021", one]).status !== 0) failed.add(one);
  }
  const result = new Map(names.flatMap((name, at) => (failed.has(path(at)) ? [] : [[name, readFileSync(path(at), "utf8")] as const])));
  rmSync(folder, { recursive: true, force: true });
  return result;
}

test("formatted code is formatted still when it was fixed", { skip }, async (context) => {
  const all = fixtures();
  const originals = formatted(new Map(all.map((it) => [it.name, withoutCarets(it.text)])));
  assert.ok(originals.size > all.length / 2, "rustfmt refuses the fixtures");
  const fixed = new Map<string, string>();
  for (const fixture of all) {
    const original = originals.get(fixture.name);
    if (original === undefined) continue;
    for (const set of fixture.sets.length > 0 ? fixture.sets : [undefined]) {
      const project = await projectAround(fixture, set, original);
      const { text } = await fixAll(project, original);
      project.service.dispose();
      if (text !== original) fixed.set(`${fixture.name} ${set ?? ""}`.trim(), text);
    }
  }
  const again = formatted(fixed);
  const unlike = [...fixed].filter(([name, text]) => again.get(name) !== text);
  for (const [name, text] of unlike) context.diagnostic(`${name}\n${difference(text, again.get(name))}`);
  assert.deepEqual(
    unlike.map(([name]) => name),
    [],
  );
});

/** The lines that differ, ours first. */
function difference(ours: string, theirs: string | undefined): string {
  if (theirs === undefined) return "rustfmt cannot parse it";
  const [a, b] = [ours.split("\n"), theirs.split("\n")];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const lines = (all: readonly string[], mark: string): string[] => all.slice(start, all.length - end).map((it) => `${mark}${it}`);
  return [...lines(a, "-"), ...lines(b, "+")].join("\n");
}
