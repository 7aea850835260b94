/**
 * The compile proof: each fix of each program, made for each crate set that has what the program uses, compiles where the program
 * did. Of the sets that are left to the nightly run, other runs make a part of the programs (`drawnFrom`). docs/compile-proof.md, written
 * with UPDATE=1, counts what was proved and lists what was not and why.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";
import { drawnFrom, type Program, programsOf, sources } from "./programs.ts";
import { type Proof, proofPage } from "./proof-page.ts";
import { type Result, resultFor } from "./results.ts";
import { type CrateSet, crateSets, hindrance } from "./sets.ts";
import { cargoCheck, packageFor, skipWithoutCargo } from "./workspace.ts";

const sets = crateSets();
const all = sources();
/** Errors in names hide those in types: what fails is taken out until nothing does. */
const ROUNDS = 6;
const everything = process.env["NIGHTLY"] === "1" || process.env["RECORD"] === "1";

describe("what the fixes make compiles", { skip: skipWithoutCargo }, () => {
  const proofs: Proof[] = [];
  const compiled = sets.filter((it) => process.env["CI"] === "true" || hindrance(it) === undefined);
  const made = new Map<CrateSet, Promise<readonly Program[]>>();
  /** Begun while the compiler is busy with the set before. */
  const programsFor = (set: CrateSet | undefined): Promise<readonly Program[]> => {
    if (set === undefined) return Promise.resolve([]);
    const known = made.get(set) ?? programsOf(all, set, sets, everything ? () => true : drawnFrom(all, set));
    known.catch(() => undefined);
    made.set(set, known);
    return known;
  };
  for (const set of sets) {
    const at = compiled.indexOf(set);
    test(set.name, { skip: at < 0 ? (hindrance(set) ?? true) : false }, async (context) => {
      const programs = await programsFor(set);
      made.delete(set);
      const compile = (): Promise<Result> => {
        const proof = prove(set, programs);
        void programsFor(compiled[at + 1]);
        return proof;
      };
      const whole = everything ? await resultFor(context, set, "all fixes", inputsOf(programs), compile) : undefined;
      const drawn = new Set(programs.map((it) => it.before).filter(drawnFrom(all, set)));
      const some = programs.filter((it) => drawn.has(it.before));
      const part = await resultFor(context, set, "fixes", inputsOf(some), async () =>
        whole === undefined ? compile() : { ...whole, excluded: excludedOf(some, programs, whole.excluded) },
      );
      const { complaints, excluded } = whole ?? part;
      assert.deepEqual(complaints, []);
      proofs.push({
        set,
        compiled: programs.filter((_, index) => !(index in excluded)),
        unfit: Object.entries(excluded).flatMap(([index, reason]) => {
          const program = programs[Number(index)];
          return program === undefined ? [] : [{ program, reason }];
        }),
      });
    });
  }

  test("no set is left out, and most programs of fixtures are proved", () => {
    assert.equal(proofs.length, compiled.length);
    const least = everything ? 2000 : 1000;
    if (compiled.length === sets.length) assert.ok(proofs.reduce((sum, it) => sum + it.compiled.length, 0) > least);
  });

  // The page counts every program of every set: a record of the runs that record, dated by its commit.
  if (everything)
    test("docs/compile-proof.md", () => {
      const file = join(ROOT, "docs/compile-proof.md");
      const text = proofPage(proofs);
      if (process.env["UPDATE"] === "1") writeFileSync(file, text);
      assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", text, "out of date: run the test with UPDATE=1");
    });
});

const inputsOf = (programs: readonly Program[]) =>
  programs.map(({ before, after, manifest, imaginary, promised }) => [before, after, manifest, imaginary, promised]);

/** Of some programs what was excluded of all, by their own numbers. */
const excludedOf = (some: readonly Program[], all: readonly Program[], excluded: Result["excluded"]): Result["excluded"] =>
  Object.fromEntries(
    some.flatMap((it, at) => {
      const reason = excluded[String(all.indexOf(it))];
      return reason === undefined ? [] : [[String(at), reason]];
    }),
  );

/** Excluded, by number: programs that do not compile to begin with, unless their fixture promises it. */
async function prove(set: CrateSet, programs: readonly Program[]): Promise<Result> {
  const real = programs.filter((it) => !it.imaginary);
  const before = await compile(set, real, "before");
  const sound = programs.filter((it) => !before.failed.has(it));
  const runs = [
    await compile(
      set,
      sound.filter((it) => it.manifest === undefined),
      "after",
    ),
  ];
  // With the manifest that the fix itself proposes.
  for (const manifest of new Set(sound.flatMap((it) => it.manifest ?? [])))
    runs.push(
      await compile(
        set,
        sound.filter((it) => it.manifest === manifest),
        "after",
        manifest,
      ),
    );
  const after = new Map(runs.flatMap((it) => [...it.failed]));
  // What else is wrong with a program that compiles nowhere is not the fix's.
  const mayFail = ({ imaginary, promised }: Program): boolean => imaginary && !promised;
  const unfit = [...before.failed, ...[...after].filter(([it]) => mayFail(it))];
  const complaints = [
    ...[...before.failed].filter(([it]) => it.promised).map(([{ name }, reason]) => `${name} does not compile: ${reason}`),
    ...[...after].filter(([it]) => !mayFail(it)).map(([{ name }, reason]) => `${name} is fixed into what does not compile: ${reason}`),
  ];
  const unused = new Map(runs.flatMap((it) => [...it.unused]));
  for (const program of sound.filter((it) => !after.has(it) && !mayFail(it)))
    for (const it of unused.get(program) ?? [])
      if (!before.unused.get(program)?.has(it)) complaints.push(`${program.name} leaves behind ${it}`);
  return { complaints, excluded: Object.fromEntries(unfit.map(([program, reason]) => [String(programs.indexOf(program)), reason])) };
}

interface Compiled {
  /** Each with the first error. */
  readonly failed: ReadonlyMap<Program, string>;
  /** What the compiler says nobody uses. */
  readonly unused: ReadonlyMap<Program, ReadonlySet<string>>;
}

async function compile(set: CrateSet, programs: readonly Program[], which: "before" | "after", manifest?: string): Promise<Compiled> {
  const failed = new Map<Program, string>();
  if (programs.length === 0) return { failed, unused: new Map() };
  const programAt = (file: string): Program | undefined => programs[Number(/\bp(\d+)\.rs$/.exec(file)?.[1] ?? -1)];
  for (let round = 0; round < ROUNDS; round++) {
    const left = programs.filter((it) => !failed.has(it));
    const files = Object.fromEntries(left.map((it) => [`src/programs/p${programs.indexOf(it)}.rs`, reachable(it[which])]));
    const modules = left.map((it) => `#[path = "programs/p${programs.indexOf(it)}.rs"] pub mod p${programs.indexOf(it)};`);
    const edited = manifest === undefined ? "" : "-edited";
    const folder = packageFor(set, `${set.name}-${which}${edited}`, { ...files, "src/lib.rs": modules.join("\n") }, manifest);
    const { errors, warnings, failure } = await cargoCheck(folder, set, manifest === undefined, "--lib");
    assert.equal(failure, undefined);
    if (errors.length === 0) {
      const unused = new Map<Program, Set<string>>();
      for (const { file, lint, names } of warnings) {
        const program = programAt(file);
        if (program === undefined) continue;
        const known = unused.get(program) ?? new Set();
        for (const name of names) known.add(`${lint}: ${name}`);
        unused.set(program, known);
      }
      return { failed, unused };
    }
    for (const { file, line, message } of errors) {
      const program = programAt(file);
      assert.ok(program !== undefined, `${file}:${line}: ${message}`);
      if (!failed.has(program)) failed.set(program, `line ${line}: ${message}`);
    }
  }
  throw new assert.AssertionError({ message: "errors do not come to an end" });
}

/** As a module of a library: what only `main` uses is used. */
const reachable = (text: string): string => text.replaceAll(/^(?=(?:async )?fn main\()/gm, "pub ");
