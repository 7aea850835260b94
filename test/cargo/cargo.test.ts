/** Fixtures, their fixed twins and every modelled path, compiled by the real compiler against the real crates, one set a test. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { withoutCarets } from "../fixes/fixing.ts";
import { ROOT } from "../harness/fixtures.ts";
import { crateOf, isInference, type Probe, probeAt, probesOf } from "./probe.ts";
import { type Result, resultFor } from "./results.ts";
import { isInvented } from "./row-probes.ts";
import { type CrateSet, crateSets, hindrance } from "./sets.ts";
import { statementsOf, type Written } from "./statements.ts";
import { cargoCheck, hasCargo, packageFor, skipWithoutCargo } from "./workspace.ts";

const sets = crateSets();
const FIXTURES = join(ROOT, "test/fixtures/rust");

test("cargo is there where everything has to run", { skip: process.env["CI"] === "true" ? false : skipWithoutCargo }, () => {
  assert.ok(hasCargo, "cargo is not installed, and CI=true");
});

test("each Rust fixture says against which crates it compiles", () => {
  const names = new Set(sets.map((it) => it.name));
  const wrong = rustFiles().flatMap(({ file, sets: wanted }) => {
    if (wanted === undefined) return [`${file}: no line "//@ crates: …"`];
    return wanted.filter((it) => !names.has(it)).map((it) => `${file}: no crate set is called ${it}`);
  });
  assert.deepEqual(wrong, []);
});

describe("cargo check", { skip: skipWithoutCargo }, () => {
  const proved = new Set<string>();
  const left = new Set<string>();
  for (const set of sets) {
    const reason = hasCargo && process.env["CI"] !== "true" ? hindrance(set) : undefined;
    if (reason !== undefined) for (const name of set.dependencies.keys()) left.add(name);
    test(set.name, { skip: reason ?? false }, async (context) => {
      const given = inputsOf(set);
      const { files, present, absent, statements } = given;
      const texts = files.map((file) => withoutCarets(readFileSync(file, "utf8")));
      const inputs = [...texts, ...[present, absent, statements].map((it) => crateOf(it, set))];
      const { complaints, excluded } = await resultFor(context, set, "paths", inputs, () => check(set, given));
      for (const { path } of present) if (!(path in excluded)) proved.add(path);
      if (complaints.length > 0) assert.fail(`\n${complaints.join("\n")}\n`);
    });
  }

  test("every modelled path was proved by some set", () => {
    const stated = models
      .filter((it) => it.versions !== "" && !left.has(it.package))
      .flatMap((model) => [
        ...Object.keys(model.types),
        ...Object.keys(model.values ?? {}),
        ...Object.keys(model.aliases ?? {}),
        ...model.calls.map((it) => it.path),
        ...(model.verifierTraits ?? []).map((it) => it.path),
        ...Object.keys(model.refusals ?? {}),
      ]);
    // What nobody can write is proved where fixtures call its methods.
    const unproved = stated.filter((path) => !proved.has(path) && !isInvented(path));
    if (unproved.length > 0) assert.fail(unproved.join("\n"));
  });
});

interface Inputs {
  readonly files: readonly string[];
  readonly present: readonly Probe[];
  readonly absent: readonly Probe[];
  readonly statements: readonly Written[];
}

function inputsOf(set: CrateSet): Inputs {
  const probes = probesOf(models, set);
  return {
    files: filesOf(set),
    present: probes.filter((it) => it.exists),
    absent: probes.filter((it) => !it.exists),
    statements: statementsOf(models, set),
  };
}

/** Compiles one set; each complaint names the fixture or the path. Excluded are aliases that these versions do not have. */
async function check(set: CrateSet, { files, present, absent, statements }: Inputs): Promise<Result> {
  const modules = files.map((file, index) => `#[path = ${JSON.stringify(file)}] mod f${index};`);
  const folder = packageFor(set, set.name, {
    "examples/fixtures.rs": ["#![allow(warnings)] fn main() {}", ...modules].join("\n"),
    "examples/present.rs": crateOf(present, set),
    "examples/absent.rs": crateOf(absent, set),
    "examples/recipes.rs": crateOf(statements, set),
  });
  const { errors: messages, failure } = await cargoCheck(folder, set, true);
  if (failure !== undefined) return { complaints: [failure], excluded: {} };
  const checked = new Set(messages.map((it) => it.target));
  const complaints: string[] = [];

  const refused = new Set<Probe>();
  const withoutAlias = new Map<string, string>();
  for (const { target, line, code, message } of messages) {
    const probe = target === "present" ? probeAt(present, line) : undefined;
    if (probe?.alias && ABSENT.has(code ?? "")) withoutAlias.set(probe.path, message);
  }
  for (const { target, file, line, code, message } of messages) {
    if (target === "fixtures") complaints.push(`${relative(ROOT, file)}:${line}: ${message}`);
    else if (target === "recipes") {
      const at = probeAt(statements, line)?.recipe;
      complaints.push(`recipe at ${at?.at ?? `line ${line}`} for ${at?.versions ?? "all versions"}: ${message}`);
    } else if (target === "present" && !isInference(code)) {
      const probe = probeAt(present, line);
      if (probe?.alias && withoutAlias.has(probe.path)) continue;
      complaints.push(`${probe?.as ?? "?"} ${probe?.path ?? `line ${line}`}: ${message}`);
    } else if (target === "absent" && !isInference(code)) {
      const probe = probeAt(absent, line);
      if (probe !== undefined) refused.add(probe);
    } else if (target !== "present" && target !== "absent") complaints.push(`${target}: ${message}`);
  }
  if (absent.length === 0 || checked.has("absent"))
    for (const probe of absent) if (!refused.has(probe)) complaints.push(`${probe.path} exists, although the model's range denies it`);
  return { complaints, excluded: Object.fromEntries(withoutAlias) };
}

/** Not found, and not to be seen from outside. */
const ABSENT: ReadonlySet<string> = new Set(["E0412", "E0425", "E0432", "E0433", "E0603"]);

/**
 * Fixtures and fixed twins that have to compile in a set; a twin named after a set replaces the common one there. What calls that no
 * release has are rewritten into is compiled by the proof, with the manifest that the fix proposes.
 */
function filesOf(set: CrateSet): string[] {
  return rustFiles()
    .filter((it) => it.sets?.includes(set.name) === true && !/^\/\/@ compiles: only when fixed$/m.test(readFileSync(it.file, "utf8")))
    .flatMap(({ file }) => {
      const own = file.replace(/\.rs$/, `.fixed.${set.name}.rs`);
      const common = file.replace(/\.rs$/, ".fixed.rs");
      const twin = [own, common].find((it) => existsSync(it));
      return twin === undefined ? [file] : [file, twin];
    });
}

function rustFiles(): { readonly file: string; readonly sets: readonly string[] | undefined }[] {
  if (!existsSync(FIXTURES)) return [];
  return readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".rs") && !/\.fixed(\.[\w.-]+)?\.rs$/.test(it))
    .map((it) => join(FIXTURES, it))
    .map((file) => {
      const header = /^\/\/@ crates:(.*)$/m.exec(readFileSync(file, "utf8"))?.[1]?.trim();
      if (header === undefined) return { file, sets: undefined };
      return { file, sets: header.startsWith("none") ? [] : header.split(/\s+/).filter((it) => it !== "") };
    });
}
