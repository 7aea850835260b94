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
import { type CrateSet, crateSets } from "./sets.ts";
import { cargoCheck, packageFor, skipWithoutCargo } from "./workspace.ts";

const sets = crateSets();
const all = sources();
/** Errors in names hide those in types: what fails is taken out until nothing does. */
const ROUNDS = 6;

describe("what the fixes make compiles", { skip: skipWithoutCargo }, () => {
  const proofs: Proof[] = [];
  for (const set of sets) {
    test(set.name, async () => {
      const programs = await programsOf(all, set, sets);
      const before = survivors(set, programs, "before");
      const sound = programs.filter((it) => !before.has(it));
      const after = new Map(
        survivors(
          set,
          sound.filter((it) => it.manifest === undefined),
          "after",
        ),
      );
      // With the manifest that the fix itself proposes.
      for (const manifest of new Set(sound.flatMap((it) => it.manifest ?? []))) {
        const own = sound.filter((it) => it.manifest === manifest);
        for (const [program, reason] of survivors(set, own, "after", manifest)) after.set(program, reason);
      }
      const compiled = sound.filter((it) => !after.has(it));
      const unfit = programs.filter((it) => before.has(it)).map((program) => ({ program, reason: before.get(program) ?? "" }));
      proofs.push({ set, compiled, unfit });
      const broken = unfit.filter(({ program }) => program.promised).map(({ program, reason }) => `${program.name}: ${reason}`);
      assert.deepEqual(broken, [], "fixtures compile in the sets that they name");
      assert.deepEqual(
        [...after].map(([{ name }, reason]) => `${name} is fixed into what does not compile: ${reason}`),
        [],
      );
    });
  }

  test("docs/compile-proof.md", () => {
    const file = join(ROOT, "docs/compile-proof.md");
    const text = proofPage(proofs);
    if (process.env["UPDATE"] === "1") writeFileSync(file, text);
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", text, "out of date: run the test with UPDATE=1");
  });
});

/** The programs that do not compile, each with the first error. */
function survivors(
  set: CrateSet,
  programs: readonly Program[],
  which: "before" | "after",
  manifest?: string,
): ReadonlyMap<Program, string> {
  const failed = new Map<Program, string>();
  for (let round = 0; round < ROUNDS; round++) {
    const left = programs.filter((it) => !failed.has(it));
    const files = Object.fromEntries(left.map((it) => [`examples/programs/p${programs.indexOf(it)}.rs`, it[which]]));
    const modules = left.map((it) => `#[path = "programs/p${programs.indexOf(it)}.rs"] mod p${programs.indexOf(it)};`);
    const main = ["#![allow(warnings)]", "fn main() {}", ...modules].join("\n");
    const folder = packageFor(
      set,
      `${set.name}-${which}${manifest === undefined ? "" : "-edited"}`,
      { ...files, "examples/main.rs": main },
      manifest,
    );
    const { errors, failure } = cargoCheck(folder, set, manifest === undefined);
    assert.equal(failure, undefined);
    if (errors.length === 0) return failed;
    for (const { file, line, message } of errors) {
      const program = programs[Number(/\bp(\d+)\.rs$/.exec(file)?.[1] ?? -1)];
      assert.ok(program !== undefined, `${file}:${line}: ${message}`);
      if (!failed.has(program)) failed.set(program, `line ${line}: ${message}`);
    }
  }
  throw new assert.AssertionError({ message: "errors do not come to an end" });
}
