/** When a crate set is compiled again, and when an earlier result is taken; without a compiler. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { fixedFile, fixtures, ROOT } from "../harness/fixtures.ts";
import { hasWhatItUses } from "./programs.ts";
import { type Memory, type Result, resultFor } from "./results.ts";
import { type CrateSet, crateSets, languageSet } from "./sets.ts";
import { statementsOf } from "./statements.ts";
import { hasCargo, skipWithoutCargo } from "./workspace.ts";

const FINE: Result = { complaints: [], excluded: { "3": "no such method" } };

/** Asks for a result, and tells whether it was compiled for. */
function asking(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-results-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const memory: Memory = {
    record: join(folder, "record.json"),
    kept: join(folder, "kept"),
    nightly: false,
    recording: false,
    everything: false,
  };
  return async (set: CrateSet, inputs: unknown, how: Partial<Memory> = {}, said = FINE) => {
    let compiled = false;
    const compile = async (): Promise<Result> => {
      compiled = true;
      return said;
    };
    const result = await resultFor(context, set, "fixes", inputs, compile, { ...memory, ...how });
    assert.deepEqual(result, said);
    return compiled;
  };
}

const skip = hasCargo ? false : skipWithoutCargo;
const CI = { everything: true } as const;
const NIGHTLY = { nightly: true, recording: true } as const;
const RECORDING = { recording: true } as const;
const set = (recorded: boolean): CrateSet => {
  const found = crateSets().find((it) => it.recorded === recorded);
  assert.ok(found !== undefined);
  return found;
};

test("a set is compiled once for each content, and always where everything has to run", { skip }, async (context) => {
  const compiles = asking(context);
  const every = set(false);
  assert.equal(await compiles(every, ["a"]), true);
  assert.equal(await compiles(every, ["a"]), false);
  assert.equal(await compiles(every, ["b"]), true, "other programs");
  assert.equal(await compiles({ ...every, environment: { CC: "other" } }, ["a"]), true, "another environment");
  assert.equal(await compiles(every, ["a"], CI), true);
  await compiles(every, ["a"], NIGHTLY);
  assert.equal(await compiles(every, ["a"], CI), true, "it is not recorded");
});

test("a set that is recorded is not compiled while its record fits, and compiled at once when it does not", { skip }, async (context) => {
  const compiles = asking(context);
  const rare = set(true);
  assert.equal(await compiles(rare, ["a"], CI), true, "there is no record yet");
  assert.equal(await compiles(rare, ["a"], NIGHTLY), true);
  assert.equal(await compiles(rare, ["a"], NIGHTLY), true, "the nightly run asks the compiler again");
  assert.equal(await compiles(rare, ["a"], CI), false);
  assert.equal(await compiles(rare, ["a"], RECORDING), false, "what is recorded needs no recording");
  assert.equal(await compiles(rare, ["b"], CI), true, "what it was recorded for has changed");
  assert.equal(await compiles(rare, ["b"]), false, "this machine has kept it");
  assert.equal(await compiles(rare, ["b"], RECORDING), true, "what is kept is compiled again to be recorded");
  assert.equal(await compiles(rare, ["b"], CI), false);
});

test("every run compiles one set, with fixtures, recipes and what fixes make", () => {
  const sets = crateSets();
  const every = sets.filter((it) => !it.recorded);
  assert.equal(every.length, 1);
  for (const it of every) {
    assert.ok(fixtures().some((fixture) => fixture.sets.includes(it.name)));
    const fixed = fixtures().filter((fixture) => fixture.sets.length > 0 && existsSync(fixedFile(fixture)));
    assert.ok(fixed.filter((fixture) => hasWhatItUses(fixture, it, sets)).length > 50);
    assert.ok(statementsOf(models, it).length > 0);
  }
});

test("what gives cause for complaint is never remembered", { skip }, async (context) => {
  const compiles = asking(context);
  const wrong: Result = { complaints: ["fixed into what does not compile"], excluded: {} };
  for (const how of [{}, NIGHTLY, CI]) assert.equal(await compiles(set(true), ["a"], how, wrong), true);
});

test("the record has entries of sets that are recorded, and of no others", () => {
  const names = new Set(
    [...crateSets(), languageSet()]
      .filter((it) => it.recorded)
      .flatMap((it) => ["paths", "fixes", "all fixes", "fixtures", "rows", "derives"].map((part) => `${it.name}, ${part}`)),
  );
  for (const it of ["examples", "workspaces"]) for (const part of ["as it is", "fixed"]) names.add(`${it}, ${part}`);
  const recorded: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(join(ROOT, "test/cargo/record.json"), "utf8"));
  assert.deepEqual(
    Object.keys(recorded).filter((it) => !names.has(it)),
    [],
  );
});
