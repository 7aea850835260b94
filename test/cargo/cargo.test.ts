/** Fixtures, their fixed twins and every modelled path, compiled by the real compiler against the real crates, one set a test. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { ROOT } from "../harness/fixtures.ts";
import { crateOf, isInference, type Probe, probeAt, probesOf } from "./probe.ts";
import { type CrateSet, crateSets, hindrance } from "./sets.ts";
import { statementsOf } from "./statements.ts";
import { compilerErrors, hasCargo, OUT, skipWithoutCargo, TARGET } from "./workspace.ts";

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
    test(set.name, { skip: reason ?? false }, () => {
      const probes = probesOf(models, set);
      const { errors, absent } = check(set, probes);
      for (const probe of probes) if (probe.exists && !absent.has(probe.path)) proved.add(probe.path);
      if (errors.length > 0) assert.fail(`\n${errors.join("\n")}\n`);
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
    const unproved = stated.filter((path) => !proved.has(path));
    if (unproved.length > 0) assert.fail(unproved.join("\n"));
  });
});

/** Compiles one set; each error names the fixture or the path. `absent`: aliases that these versions do not have. */
function check(set: CrateSet, probes: readonly Probe[]): { readonly errors: readonly string[]; readonly absent: ReadonlySet<string> } {
  const folder = join(OUT, set.name);
  mkdirSync(join(folder, "src"), { recursive: true });
  mkdirSync(join(folder, "examples"), { recursive: true });
  for (const file of ["Cargo.toml", "Cargo.lock"]) copyFileSync(join(set.folder, file), join(folder, file));
  writeFileSync(join(folder, "src/lib.rs"), "");
  const files = filesOf(set);
  const modules = files.map((file, index) => `#[path = ${JSON.stringify(file)}] mod f${index};`);
  writeFileSync(join(folder, "examples/fixtures.rs"), ["#![allow(warnings)] fn main() {}", ...modules].join("\n"));
  const present = probes.filter((it) => it.exists);
  const absent = probes.filter((it) => !it.exists);
  writeFileSync(join(folder, "examples/present.rs"), crateOf(present, set));
  writeFileSync(join(folder, "examples/absent.rs"), crateOf(absent, set));
  const statements = statementsOf(models, set);
  writeFileSync(join(folder, "examples/recipes.rs"), crateOf(statements, set));

  const options = ["--quiet", "--examples", "--keep-going", "--locked", "--message-format=json"];
  const run = spawnSync("cargo", ["check", ...options, ...(set.target === undefined ? [] : ["--target", set.target])], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, CARGO_TARGET_DIR: TARGET, ...set.environment },
  });
  const messages = compilerErrors(run.stdout);
  const checked = new Set(messages.map((it) => it.target));
  const complaints: string[] = [];
  if (run.status !== 0 && messages.length === 0) return { errors: [run.stderr.trim()], absent: new Set() };

  const refused = new Set<Probe>();
  const withoutAlias = new Set<string>();
  for (const { target, line, code } of messages) {
    const probe = target === "present" ? probeAt(present, line) : undefined;
    if (probe?.alias && ABSENT.has(code ?? "")) withoutAlias.add(probe.path);
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
  return { errors: complaints, absent: withoutAlias };
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
