/** A fixture says what it shows: on its second line, below the header; a workspace, on the first line of its manifest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtures } from "../harness/fixtures.ts";
import { settingFixtures } from "../harness/settings.ts";
import { workspaces } from "../harness/workspaces.ts";

interface Shown {
  readonly name: string;
  /** The sentence, which may go on below its first line. */
  readonly shows: string;
}

const blockFrom = (text: string, line: number, mark: string): string => {
  const lines = text.split("\n").slice(line);
  const end = lines.findIndex((it) => !it.startsWith(`${mark} `));
  const block = lines.slice(0, end).map((it) => it.slice(mark.length + 1));
  return block.slice(0, block.findIndex((it) => it.endsWith(".")) + 1).join(" ");
};

const rust = fixtures().map(({ name, text }): Shown => ({ name, shows: blockFrom(text, 1, "//!") }));
const settings = settingFixtures().map(({ name, text }): Shown => ({ name, shows: blockFrom(text, 1, "#") }));
const packages = [...workspaces(), ...workspaces("names"), ...workspaces("edges")].map(
  ({ name, files }): Shown => ({
    name,
    shows: blockFrom((files.get("Cargo.toml") ?? files.get("app/Cargo.toml") ?? files.get("a/Cargo.toml"))?.text ?? "", 0, "#"),
  }),
);
const all = [...rust, ...settings, ...packages];

test("each fixture has a sentence", () => {
  assert.ok(rust.length > 500 && settings.length > 20 && packages.length > 15);
  assert.deepEqual(
    all.filter(({ shows }) => !/^[A-Z`a-z].{25,}\.$/.test(shows)).map(({ name }) => name),
    [],
  );
});

test("the sentence says more than the fixture's name", () => {
  const words = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  assert.deepEqual(
    all.filter(({ name, shows }) => new Set(words(shows).filter((it) => !words(name).includes(it))).size < 3).map(({ name }) => name),
    [],
  );
});

test("no two fixtures have the same sentence", () => {
  const seen = new Map<string, string>();
  const repeated = all.flatMap(({ name, shows }) => {
    const first = seen.get(shows);
    seen.set(shows, name);
    return first === undefined ? [] : [`${name} says what ${first} says`];
  });
  assert.deepEqual(repeated, []);
});
