/**
 * The compile proof: each fix of each program, made for each crate set that has what the program uses, compiles where the program
 * did. docs/compile-proof.md, written with UPDATE=1, counts what was proved and lists what was not and why.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";
import { type Program, programsOf, sources } from "./programs.ts";
import { type Proof, proofPage } from "./proof-page.ts";
import { type CrateSet, crateSets, hindrance } from "./sets.ts";
import { cargoCheck, packageFor, skipWithoutCargo } from "./workspace.ts";

const sets = crateSets();
const all = sources();
/** Errors in names hide those in types: what fails is taken out until nothing does. */
const ROUNDS = 6;

describe("what the fixes make compiles", { skip: skipWithoutCargo }, () => {
  const proofs: Proof[] = [];
  for (const set of sets) {
    test(set.name, { skip: process.env["CI"] === "true" ? false : (hindrance(set) ?? false) }, async () => {
      const programs = await programsOf(all, set, sets);
      const real = programs.filter((it) => !it.imaginary);
      const before = compile(set, real, "before");
      const sound = programs.filter((it) => !before.failed.has(it));
      const plain = sound.filter((it) => it.manifest === undefined);
      const runs = [compile(set, plain, "after")];
      // With the manifest that the fix itself proposes.
      for (const manifest of new Set(sound.flatMap((it) => it.manifest ?? [])))
        runs.push(
          compile(
            set,
            sound.filter((it) => it.manifest === manifest),
            "after",
            manifest,
          ),
        );
      const after = new Map(runs.flatMap((it) => [...it.failed]));
      const compiled = sound.filter((it) => !after.has(it));
      // What else is wrong with a program that compiles nowhere is not the fix's.
      const stillWrong = [...after].filter(([it]) => it.imaginary && !it.promised);
      const unfit = [...before.failed, ...stillWrong].map(([program, reason]) => ({ program, reason }));
      proofs.push({ set, compiled, unfit });
      const broken = [...before.failed]
        .map(([program, reason]) => ({ program, reason }))
        .filter(({ program }) => program.promised)
        .map(({ program, reason }) => `${program.name}: ${reason}`);
      assert.deepEqual(broken, [], "fixtures compile in the sets that they name");
      assert.deepEqual(
        [...after]
          .filter(([it]) => !it.imaginary || it.promised)
          .map(([{ name }, reason]) => `${name} is fixed into what does not compile: ${reason}`),
        [],
      );
      const unused = new Map(runs.flatMap((it) => [...it.unused]));
      const leftBehind = compiled
        .filter((it) => !it.imaginary || it.promised)
        .flatMap((program) =>
          [...(unused.get(program) ?? [])].filter((it) => !before.unused.get(program)?.has(it)).map((it) => `${program.name}: ${it}`),
        );
      assert.deepEqual(leftBehind, [], "what a fix leaves behind");
    });
  }

  const left = sets.filter((it) => hindrance(it) !== undefined && process.env["CI"] !== "true").map((it) => it.name);
  test("docs/compile-proof.md", { skip: left.length === 0 ? false : `not compared: ${left.join(", ")} was not compiled here` }, () => {
    const file = join(ROOT, "docs/compile-proof.md");
    const text = proofPage(proofs);
    if (process.env["UPDATE"] === "1") writeFileSync(file, text);
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", text, "out of date: run the test with UPDATE=1");
  });
});

interface Compiled {
  /** Each with the first error. */
  readonly failed: ReadonlyMap<Program, string>;
  /** What the compiler says nobody uses. */
  readonly unused: ReadonlyMap<Program, ReadonlySet<string>>;
}

function compile(set: CrateSet, programs: readonly Program[], which: "before" | "after", manifest?: string): Compiled {
  const failed = new Map<Program, string>();
  const programAt = (file: string): Program | undefined => programs[Number(/\bp(\d+)\.rs$/.exec(file)?.[1] ?? -1)];
  for (let round = 0; round < ROUNDS; round++) {
    const left = programs.filter((it) => !failed.has(it));
    const files = Object.fromEntries(left.map((it) => [`src/programs/p${programs.indexOf(it)}.rs`, reachable(it[which])]));
    const modules = left.map((it) => `#[path = "programs/p${programs.indexOf(it)}.rs"] pub mod p${programs.indexOf(it)};`);
    const edited = manifest === undefined ? "" : "-edited";
    const folder = packageFor(set, `${set.name}-${which}${edited}`, { ...files, "src/lib.rs": modules.join("\n") }, manifest);
    const { errors, warnings, failure } = cargoCheck(folder, set, manifest === undefined, "--lib");
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
