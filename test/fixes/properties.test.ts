/**
 * What holds of every fix, whatever the program: fixtures are mutated into programs that nobody wrote, broken ones among them.
 * TLSLINT_RUNS sets how many; the default is a sample that fits into every test run.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, conflict, type TextEdit } from "../../server/src/base/text-edit.ts";
import type { Finding } from "../../server/src/service/api.ts";
import { combineFixes } from "../../server/src/service/fixes/fix-all.ts";
import { type Fixture, fixtures } from "../harness/fixtures.ts";
import { parsing } from "../unit/remedies/stage.ts";
import { type Project, projectAround, withoutCarets } from "./fixing.ts";

const RUNS = Number(process.env["TLSLINT_RUNS"] ?? 400);
/** More rounds than a mutated fixture needs: some repeat a mistake several times. */
const ROUNDS = 24;

/** Long runs try many changes of short programs: long programs only take longer. */
const LONGEST = RUNS > 1000 ? 2000 : 6000;
const all = fixtures().filter((it) => it.sets.length > 0 && withoutCarets(it.text).length < LONGEST);
const projects = new Map<string, Promise<Project>>();

/** One service for each set, whose manifest and lock file are read once. */
function projectOf(fixture: Fixture): Promise<Project> {
  const [set] = fixture.sets;
  const key = `${set} ${fixture.headers.get("file")} ${fixture.headers.get("mtls")}`;
  const made = projects.get(key) ?? projectAround(fixture, set, "");
  projects.set(key, made);
  return made;
}

/** Places are parts of the whole, so that a smaller text shrinks to a smaller one. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const SNIPPETS = [
  "// a comment\n",
  "/* another */ ",
  "\n",
  "    ",
  "?",
  ".clone()",
  "let mut builder = 1;\n",
  "}",
  "{",
  "(",
  ");",
  '"',
  "#[cfg(test)]\n",
  "é😀 ",
];
type Mutation = (text: string) => string;
const lines =
  (change: (all: string[], at: number) => void) =>
  (part: number): Mutation =>
  (text) => {
    const split = text.split("\n");
    change(split, Math.floor(part * split.length));
    return split.join("\n");
  };
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 3, arbitrary: place.map(lines((it, at) => it.splice(at, 1))) },
  { weight: 3, arbitrary: place.map(lines((it, at) => it.splice(at, 0, it[at] ?? ""))) },
  { weight: 3, arbitrary: place.map(lines((it, at) => it.splice(at, 2, `${it[at] ?? ""} ${(it[at + 1] ?? "").trimStart()}`))) },
  { weight: 2, arbitrary: place.map(lines((it, at) => it.splice(at, 1, `${it[at] ?? ""} // why`))) },
  { weight: 2, arbitrary: place.map(lines((it, at) => it.splice(at, 1, (it[at] ?? "").replace(/\.(?=\w+\()/g, "\n.")))) },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.constantFrom(...SNIPPETS)).map(
      ([part, it]): Mutation =>
        (text) => {
          const at = Math.floor(part * text.length);
          return text.slice(0, at) + it + text.slice(at);
        },
    ),
  },
  {
    weight: 2,
    arbitrary: place.map(
      (part): Mutation =>
        (text) =>
          withoutToken(text, part),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Mutation>((text) => text.replaceAll("    ", "\t")) },
  { weight: 1, arbitrary: fc.constant<Mutation>((text) => text.replaceAll(/\r?\n/g, "\r\n")) },
  { weight: 1, arbitrary: fc.constant<Mutation>((text) => text.replaceAll(/^use .*;\n/gm, "")) },
  { weight: 1, arbitrary: fc.constant<Mutation>((text) => `mod inner {\n${text}\n}\n`) },
);

function withoutToken(text: string, part: number): string {
  const tokens = [...text.matchAll(/\w+|[^\s\w]/g)];
  const token = tokens[Math.floor(part * tokens.length)];
  return token === undefined ? text : text.slice(0, token.index) + text.slice(token.index + token[0].length);
}

/** An end of a line that is not Windows'. */
const BARE = /(?:^|[^\r])\n|\r(?!\n)/;

test(`${RUNS} mutated programs: no parse error, no overlap, an end, nothing twice, no other line ends`, async () => {
  const parser = parsing;
  const broken = (text: string): number => {
    const parsed = parser.parse(text);
    return parsed.ok ? parsed.value.errors.length : 0;
  };
  let fixed = 0;
  const outcome = await fc.check(
    fc.asyncProperty(fc.nat(all.length - 1), fc.array(mutation, { maxLength: 4 }), async (index, mutations) => {
      const fixture = all[index];
      if (fixture === undefined) return;
      const project = await projectOf(fixture);
      const { service, file } = project;
      let text = mutations.reduce((it, change) => change(it), withoutCarets(fixture.text));
      const lint = async (): Promise<readonly Finding[]> => {
        service.open(file, text);
        return (await service.lint(file)).findings;
      };
      for (let round = 0; ; round++) {
        const findings = await lint();
        const before = broken(text);
        for (const fix of findings.flatMap((it) => it.fixes)) {
          const edits = fix.edits.find((it) => it.file === file)?.edits ?? [];
          wellFormed(edits, text);
          assert.ok(broken(applyEdits(text, edits)) <= before, `${fix.title} breaks\n${text}`);
          fixed++;
        }
        const texts = new Map([[file, text]]);
        const made = combineFixes(findings, texts);
        const edits = made.edits.get(file) ?? [];
        wellFormed(edits, text);
        if (edits.length === 0) return;
        assert.ok(round < ROUNDS, `fixes do not come to an end: ${findings.map((it) => it.rule).join(", ")}\n${text}`);
        const next = applyEdits(text, edits);
        assert.notEqual(next, text, `a fix that changes nothing\n${text}`);
        if (text.includes("\r\n") && !BARE.test(text)) assert.doesNotMatch(next, BARE, `another line end\n${text}`);
        text = next;
      }
    }),
    { numRuns: RUNS, ...(process.env["TLSLINT_SEED"] === undefined ? {} : { seed: Number(process.env["TLSLINT_SEED"]) }) },
  );
  const [failing] = outcome.counterexample ?? [];
  const cause = outcome.errorInstance;
  if (outcome.failed)
    assert.fail(`${all[failing ?? 0]?.name}, seed ${outcome.seed}: ${cause instanceof Error ? cause.message : String(cause)}`);
  for (const project of projects.values()) (await project).service.dispose();
  assert.ok(fixed > RUNS / 10, `only ${fixed} fixes were made`);
});

/** Within the text, without a common place, and none of them for nothing. */
function wellFormed(edits: readonly TextEdit[], text: string): void {
  for (const [at, edit] of edits.entries()) {
    assert.ok(0 <= edit.span.start && edit.span.start <= edit.span.end && edit.span.end <= text.length, "an edit lies in the text");
    assert.notEqual(text.slice(edit.span.start, edit.span.end), edit.text, `an edit that changes nothing\n${text}`);
    for (const other of edits.slice(at + 1)) assert.ok(!conflict(edit, other), `edits overlap\n${text}`);
  }
}
