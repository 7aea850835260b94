/** The slice loses nothing: over all fixtures and workspaces, evaluating every body finds what evaluating the slice does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Analysis } from "../server/src/analysis/index.ts";
import { fixtures, setFiles } from "./harness/fixtures.ts";
import { wholeProgram } from "./harness/whole-program.ts";
import { workspaces } from "./harness/workspaces.ts";

const MANIFEST = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n';

const projects = [
  ...fixtures().map(({ name, text, sets: [set], headers }) => ({
    name,
    texts: new Map([
      ["/project/Cargo.toml", set === undefined ? MANIFEST : setFiles(set).manifest],
      [`/project/${headers.get("file") ?? "src/main.rs"}`, text],
    ]),
  })),
  ...workspaces().map(({ name, files }) => ({
    name: `workspaces/${name}`,
    texts: new Map([...files].map(([path, { text }]) => [`/project/${path}`, text])),
  })),
];

/** Without what only calls by tests show: tests call everything, and do not join the slice for it. */
const observed = ({ observations }: Analysis): readonly string[] =>
  observations
    .filter(({ guards }) => !guards.some((it) => it.kind === "test"))
    .map(({ fact, place, guards }) => `${place.file}:${place.span.start} ${JSON.stringify([fact, guards])}`)
    .sort();

test("what evaluating every body of a program finds is found in its slice", () => {
  let found = 0;
  for (const { name, texts } of projects) {
    const slice = observed(wholeProgram(texts));
    assert.deepEqual(slice, observed(wholeProgram(texts, () => true)), name);
    found += slice.length;
  }
  // What is asserted could fail.
  assert.ok(found > projects.length, `${found} observations in ${projects.length} programs`);
});
