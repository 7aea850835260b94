/** Every warning or error that a rule can raise on a crate's call has a remedy, or the crate's model says why a person has to act. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { losesNothing } from "../../server/src/rules/wants.ts";
import { coverage } from "./remedies.ts";

const all = coverage();
const gaps = all.filter((it) => it.titles.length === 0);

test("where there is no remedy, the crate's model says why a person has to act", () => {
  assert.ok(all.length > 100);
  assert.deepEqual(
    gaps.filter((it) => it.because === undefined).map(({ rule, call, kind }) => `${rule.id}: ${call} (${kind})`),
    [],
  );
});

test("no model says so of a call that has a remedy, or that no rule fires on", () => {
  const needed = new Set(gaps.map(({ call, kind }) => `${kind} ${call}`));
  const idle = models
    .flatMap((it) => it.byHand ?? [])
    .flatMap((it) => it.at.map((call) => `${it.of} ${call}`).filter((key) => !needed.has(key)));
  assert.deepEqual(idle, []);
  for (const { because } of models.flatMap((it) => it.byHand ?? [])) assert.match(because, /^[a-z].*[^.]$/);
});

test("each recipe is for a call that a rule can fire on, or for one that installs or makes what it fires on", () => {
  const calls = new Set(
    models.flatMap((it) => [...it.calls.map((one) => one.path), ...Object.keys(it.types), ...Object.keys(it.values ?? {})]),
  );
  const methods = new Set(
    models.flatMap((it) => (it.verifierTraits ?? []).flatMap((trait) => trait.methods.map((one) => `${trait.path}::${one.name}`))),
  );
  const lost = models.flatMap((it) => it.recipes ?? []).filter(({ at }) => !calls.has(at) && !methods.has(at));
  assert.deepEqual(
    lost.map(({ at }) => at),
    [],
  );
});

test("no recipe for what is done unseen ends the program on an error", () => {
  const unseen: readonly string[] = (["key-log", "session-context", "move-before-listener"] as const).filter(losesNothing);
  const ends = /\.(?:expect|unwrap)\(|\b(?:panic|assert|todo|unreachable)!/;
  const recipes = models.flatMap((it) => it.recipes ?? []).filter((it) => ends.test(JSON.stringify([it.before, it.after, it.edit])));
  assert.ok(recipes.length > 0, "there are some");
  assert.deepEqual(
    recipes.filter((it) => unseen.includes(it.gives.kind)).map(({ at, title }) => `${at}: ${title}`),
    [],
  );
});
