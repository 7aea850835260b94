/** Every warning or error that a rule can raise on a crate's call has a remedy, or the rule says why a person has to act. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { coverage } from "./remedies.ts";

const all = coverage();
const gaps = all.filter((it) => it.titles.length === 0);

test("where there is no remedy, the rule's page says why a person has to act", () => {
  assert.ok(all.length > 100);
  assert.deepEqual(
    gaps.filter(({ rule }) => rule.byHand === undefined).map(({ rule, call }) => `${rule.id}: ${call}`),
    [],
  );
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
