/** The fixtures of flow and names, and the rows for the standard library, are Rust: the compiler takes them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CONTENTS, SOUGHT } from "../../server/src/models/contents.ts";
import { STD } from "../../server/src/models/std.ts";
import { languageWorkspace, NO_VERSION, refusedIn, type Workspace, withoutRefused } from "./language-workspace.ts";
import { isInference } from "./probe.ts";
import { type Result, resultFor } from "./results.ts";
import { crateOfRows, isInvented, rowProbes, unproved } from "./row-probes.ts";
import { languageSet } from "./sets.ts";
import { type CompilerError, cargoCheck, packageFor, skipWithoutCargo } from "./workspace.ts";

const set = languageSet();

test("fixtures of flow and names compile, and what they say is refused is", { skip: skipWithoutCargo }, async (context) => {
  const workspace = languageWorkspace();
  const { complaints } = await resultFor(context, set, "fixtures", [...workspace.files], () => compiled(workspace));
  if (complaints.length > 0) assert.fail(`\n${complaints.join("\n")}\n`);
});

test("rows are for calls that there are, with as many arguments", { skip: skipWithoutCargo }, async (context) => {
  const probes = rowProbes(STD);
  assert.ok(probes.length > 1000, `${probes.length}`);
  const text = crateOfRows(probes);
  const { complaints } = await resultFor(context, set, "rows", text, async () => {
    const { refused, failure } = await refusedLines("language-rows", text);
    if (failure !== undefined) return { complaints: [failure], excluded: {} };
    return { complaints: unproved(probes, refused).map((it) => `there is no ${it}`), excluded: {} };
  });
  if (complaints.length > 0) assert.fail(`\n${complaints.join("\n")}\n`);
});

test("a row for what is not there, or has fewer arguments, is noticed", { skip: skipWithoutCargo }, async () => {
  const third = { result: { argument: 3 } };
  const none = { types: {}, functions: {}, constants: {}, anywhere: {}, objects: [], attempts: {} };
  const types = { "std::vec::Vec": { pushed: third, insert: third, len: { result: { argument: 0 } } }, "{channel}": { send: third } };
  const probes = rowProbes({ ...none, types, functions: { "std::mem::swap": third }, constants: { "u8::MAX": 256, "u8::MIN": 0 } });
  // Of the standard library alone: no crate is compiled for it.
  const bare = readFileSync(join(set.folder, "Cargo.toml"), "utf8").replace(/\n\[dependencies\]\n.*/s, "\n");
  const { refused, failure } = await refusedLines("language-mistaken-rows", crateOfRows(probes), bare);
  assert.equal(failure, undefined);
  assert.deepEqual(unproved(probes, refused), [
    "std::vec::Vec::pushed with 4 arguments",
    "std::vec::Vec::insert with 4 arguments",
    "std::mem::swap with 4 arguments",
    "u8::MAX",
  ]);
});

test("what has to do with contents is a method of the standard library", { skip: skipWithoutCargo }, async () => {
  const types = ["Vec<u8>", "[u8]", "str", "String", "Option<u8>", "Option<&u8>", "Option<String>", "std::collections::VecDeque<u8>"];
  const others = ["std::borrow::Cow<'static, str>", "std::slice::Iter<'static, u8>", "std::path::Path"];
  const probes = [...Object.keys(CONTENTS), "contained"].flatMap((name) =>
    [...types, ...others].map((type) => ({
      subject: name,
      line: `use std::{borrow::Borrow, ops::Deref}; fn p() { let _ = <${type}>::${name}; }`,
    })),
  );
  const sought = Object.entries({ ...SOUGHT, sought: 0, trim_matches: 0 }).flatMap(([name, at]) =>
    ["", ", any()", ", any(), any()"].map((more) => ({
      subject: name,
      line: `fn p() { let text: &str = any(); text.${name}(${"any(), ".repeat(at)}"a"${more}); }`,
    })),
  );
  const bare = readFileSync(join(set.folder, "Cargo.toml"), "utf8").replace(/\n\[dependencies\]\n.*/s, "\n");
  const { refused, failure } = await refusedLines("language-contents", crateOfRows([...probes, ...sought]), bare);
  assert.equal(failure, undefined);
  assert.deepEqual(unproved([...probes, ...sought], refused), ["contained", "sought", "trim_matches"]);
});

test("what rows invent has rows, and each of them is one of something real", () => {
  const types = Object.entries(STD.types);
  const invented = types.filter(([type]) => isInvented(type));
  assert.ok(invented.length > 2);
  for (const [type, rows] of invented)
    for (const [name, row] of Object.entries(rows)) {
      const isReal = types.some(([other, methods]) => !isInvented(other) && Object.hasOwn(methods, name) && methods[name] === row);
      assert.ok(isReal, `${type}::${name} is a row of a real type`);
    }
  const named = [...JSON.stringify(STD).matchAll(/"type":"([^"]*)"/g)].map((it) => it[1] ?? "");
  for (const it of [...named, ...Object.keys(STD.extends ?? {}), ...Object.values(STD.extends ?? {})])
    assert.ok(Object.hasOwn(STD.types, it), it);
  const everywhere = Object.keys(STD.anywhere).filter((name) => !types.some(([, rows]) => Object.hasOwn(rows, name)));
  assert.deepEqual(everywhere, [], "what any type may have is a method of some trait");
});

interface Lines {
  readonly refused: ReadonlySet<number>;
  readonly failure?: string;
}

async function refusedLines(name: string, text: string, manifest?: string): Promise<Lines> {
  const folder = packageFor(set, name, { "examples/rows.rs": `${text}\nfn main() {}` }, manifest);
  const { errors, failure } = await cargoCheck(folder, set, manifest === undefined);
  if (failure !== undefined) return { refused: new Set(), failure };
  return { refused: new Set(errors.filter((it) => !isInference(it.code)).map((it) => it.line)) };
}

/** Twice: without the lines that are refused, and with them. */
async function compiled({ files, members }: Workspace): Promise<Result> {
  // The lock file has no members: the crates have to be there before they are looked for on this machine alone.
  const { failure: missing } = await cargoCheck(packageFor(set, "language-crates", {}), set, true, "--lib");
  if (missing !== undefined) return { complaints: [missing], excluded: {} };
  const manifest = readFileSync(join(set.folder, "Cargo.toml"), "utf8");
  const own = manifest.replace("[workspace]", `[workspace]\nmembers = ${JSON.stringify(members)}`);
  const errorsOf = async (name: string, texts: ReadonlyMap<string, string>): Promise<readonly CompilerError[] | string> => {
    // Cargo would take a member of the one workspace for that of the other: they differ by version.
    const versioned = [...texts].map(([path, text]) => [path, path.endsWith(".toml") ? text.replace(NO_VERSION, `0.0.0-${name}`) : text]);
    const folder = packageFor(set, name, Object.fromEntries(versioned), own);
    const { errors, failure } = await cargoCheck(folder, set, false, "--workspace");
    const inside = (file: string): string => (file.startsWith(folder) ? file.slice(folder.length + 1) : file);
    return failure ?? errors.map((it) => ({ ...it, file: inside(it.file) }));
  };
  const sources = new Map([...files].filter(([path]) => path.endsWith(".rs")).map(([path, text]) => [path, refusedIn(text)]));
  const left = await errorsOf("language", new Map([...files].map(([path, text]) => [path, withoutRefused(text)])));
  const all = await errorsOf("language-refused", files);
  if (typeof left === "string" || typeof all === "string")
    return { complaints: [left, all].filter((it) => typeof it === "string"), excluded: {} };
  const complaints = left.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  for (const { file, line, code, message } of all) {
    if (left.length === 0 && sources.get(file)?.get(line) !== (code ?? "error"))
      complaints.push(`${file}:${line}: ${message} (${code ?? "error"}), which nothing says`);
  }
  // What depends on a crate that is refused is not looked at.
  const fixtureOf = (file: string): string => file.slice(0, file.indexOf("/"));
  const promised = new Set([...sources].flatMap(([file, lines]) => (lines.size > 0 ? [fixtureOf(file)] : [])));
  for (const it of all) promised.delete(fixtureOf(it.file));
  for (const it of promised) complaints.push(`${it}: nothing in it is refused`);
  return { complaints, excluded: {} };
}
