/** What rustfmt would leave as it is stays so: each fixture is formatted first, fixed, and must be formatted still. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Span } from "../../server/src/base/span.ts";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import type { Item, Statement } from "../../server/src/rust/index.ts";
import { type Fixture, fixedFile, fixtures } from "../harness/fixtures.ts";
import { inEveryRun } from "../harness/nightly.ts";
import { parsing } from "../unit/remedies/stage.ts";
import { fixAll, projectAround, withoutCarets } from "./fixing.ts";

const hasRustfmt = spawnSync("rustfmt", ["--version"]).status === 0;
const skip = hasRustfmt || process.env["CI"] === "true" ? false : "not run: rustfmt is not installed";

const rustfmt = (files: readonly string[]) => spawnSync("rustfmt", ["--edition", "2021", ...files], { encoding: "utf8" });

/** Many at once: starting a process for each would take longer than the formatting. Texts that do not parse are left out. */
function formatted(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-rustfmt-"));
  const names = [...texts.keys()];
  const path = (at: number): string => join(folder, `f${at}.rs`);
  for (const [at, name] of names.entries()) writeFileSync(path(at), texts.get(name) ?? "");
  const failed = new Set<string>();
  for (let from = 0; from < names.length; from += 100)
    for (const one of refused(names.slice(from, from + 100).map((_, at) => path(from + at)))) failed.add(one);
  const result = new Map(names.flatMap((name, at) => (failed.has(path(at)) ? [] : [[name, readFileSync(path(at), "utf8")] as const])));
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/** Files that cannot be formatted; the others are. Where one cannot, those that rustfmt names are tried alone, and the others again. */
function refused(files: readonly string[]): readonly string[] {
  const left = new Set(files);
  const alone: string[] = [];
  while (left.size > 0) {
    const { status, stderr } = rustfmt([...left]);
    if (status === 0) break;
    const named = [...left].filter((it) => stderr.includes(`${it}:`));
    for (const it of named.length === 0 ? [...left] : named) {
      left.delete(it);
      alone.push(it);
    }
  }
  return alone.filter((it) => rustfmt([it]).status !== 0);
}

test("formatted code is formatted still when it was fixed", { skip }, async (context) => {
  const all = fixtures();
  const originals = formatted(new Map(all.map((it) => [it.name, withoutCarets(it.text)])));
  assert.ok(originals.size > all.length / 2, "rustfmt refuses the fixtures");
  const fixed = new Map<string, string>();
  for (const fixture of all) {
    const original = originals.get(fixture.name);
    if (original === undefined) continue;
    // One twin alone shows that all sets agree.
    const agree = fixture.sets.length === 0 || existsSync(fixedFile(fixture));
    for (const set of agree ? [fixture.sets[0]] : fixture.sets) {
      // What becomes of a fixture as it is, its twin shows (test/fixtures.test.ts); where there is none, nothing is fixed.
      const shown = twin(fixture, set);
      if (shown === undefined) continue;
      const text: string = original === withoutCarets(fixture.text) ? shown : await fixedText(fixture, set, original);
      if (text !== original) fixed.set(`${fixture.name} ${set ?? ""}`.trim(), text);
    }
  }
  assertFormatted(fixed, context);
});

/** Where a value may stand, besides on the right of its `let`. */
const PLACES: readonly ((value: string) => string)[] = [
  (it) => `wrap(${it})`,
  (it) => `wrap(0, ${it})`,
  (it) => `wrap(${it}, true)`,
  (it) => `Wrapper::new(Arc::new(${it}))`,
  (it) => `wrapper.with(${it}).more()`,
  (it) => `(${it}, true)`,
  (it) => `[${it}]`,
  (it) => `Holder { field: ${it} }`,
  (it) => `Holder { one: 1, field: ${it} }`,
  (it) => `|| ${it}`,
  (it) => `wrap(|it| ${it})`,
  (it) => `${it} && other`,
  (it) => `other || ${it}`,
  (it) => `!${it}`,
  (it) => `&${it}`,
  (it) => `vec![${it}]`,
  (it) => `match other { A => ${it}, _ => 1 }`,
  (it) => `if ${it} { 1 } else { 2 }`,
  (it) => `if wrap(${it}) { 1 } else { 2 }`,
  (it) => `if other { ${it} } else { 2 }`,
  (it) => `if let Some(a) = ${it} { 1 } else { 2 }`,
  (it) => `async { ${it} }`,
  (it) => `wrap(async move { ${it} })`,
  (it) => `${it} as Thing`,
  (it) => `${it}[0]`,
  (it) => `assert!(${it}, "text")`,
  (it) => `Ok(${it})?`,
  (it) => `match ${it} { A => 1, _ => 2 }`,
];
/** Of each fixture some places are tried, so that all take their turn. */
const PLACES_OF_ONE = Number(process.env["TLSLINT_PLACES"] ?? inEveryRun(1, { nightly: 3 }));

test("so it is wherever the value stands", { skip }, async (context) => {
  const all = fixtures().filter((it) => it.sets.length > 0);
  const plain = formatted(new Map(all.map((it) => [it.name, withoutCarets(it.text)])));
  const moved = new Map<string, string>();
  for (const [at, { name }] of all.entries()) {
    const text = plain.get(name);
    if (text === undefined) continue;
    const values = await valuesIn(text);
    for (let turn = 0; turn < PLACES_OF_ONE && values.length > 0; turn++) {
      const place = (at + turn * 9) % PLACES.length;
      const edits = values.map((span) => ({ span, text: PLACES[place]?.(text.slice(span.start, span.end)) ?? "" }));
      moved.set(`${name} ${place}`, applyEdits(text, edits));
    }
  }
  const originals = formatted(moved);
  const fixed = new Map<string, string>();
  for (const fixture of all) {
    for (const [name, original] of originals) {
      if (!name.startsWith(`${fixture.name} `)) continue;
      const text = await fixedText(fixture, fixture.sets[0], original);
      if (text !== original) fixed.set(name, text);
    }
  }
  assert.ok(fixed.size > (all.length * PLACES_OF_ONE) / 5, `only ${fixed.size} programs had something to fix`);
  assertFormatted(fixed, context);
});

/** The chains that statements of functions bind to names. */
function valuesIn(text: string): readonly Span[] {
  const parsed = parsing.parse(text);
  if (!parsed.ok) return [];
  const statements = (item: Item): readonly Statement[] => {
    if (item.kind === "function") return item.body()?.statements ?? [];
    return item.kind === "impl" || item.kind === "trait" || item.kind === "module" ? (item.items ?? []).flatMap(statements) : [];
  };
  return parsed.value.items.flatMap(statements).flatMap((it) => {
    const value = it.kind === "let" ? it.value : undefined;
    return value?.kind === "method" || value?.kind === "try" || value?.kind === "await" ? [value.span] : [];
  });
}

function twin(fixture: Fixture, set: string | undefined): string | undefined {
  const file = [fixedFile(fixture, set), fixedFile(fixture)].find((it) => existsSync(it));
  return file === undefined ? undefined : readFileSync(file, "utf8");
}

async function fixedText(fixture: Fixture, set: string | undefined, original: string): Promise<string> {
  const project = await projectAround(fixture, set, original);
  const { text } = await fixAll(project, original);
  project.service.dispose();
  return text;
}

function assertFormatted(fixed: ReadonlyMap<string, string>, context: TestContext): void {
  const again = formatted(fixed);
  const unlike = [...fixed].filter(([name, text]) => again.get(name) !== text);
  for (const [name, text] of unlike) context.diagnostic(`${name}\n${difference(text, again.get(name) ?? "rustfmt cannot parse it")}`);
  assert.deepEqual(
    unlike.map(([name]) => name),
    [],
  );
}

/** The lines that differ, ours first. */
function difference(ours: string, theirs: string): string {
  const [a, b] = [ours.split("\n"), theirs.split("\n")];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const lines = (all: readonly string[], mark: string): string[] => all.slice(start, all.length - end).map((it) => `${mark}${it}`);
  return [...lines(a, "-"), ...lines(b, "+")].join("\n");
}
