/** A fix that ends the program on an error, where nothing did, is a choice, and its title says so; where the function can return it, it does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtures } from "../harness/fixtures.ts";
import { projectAround, withoutCarets } from "./fixing.ts";

async function fixesOf(name: string) {
  const fixture = fixtures().find((it) => it.name === `ignored-root-error/${name}`);
  assert.ok(fixture);
  const text = withoutCarets(fixture.text);
  const { service, file } = await projectAround(fixture, fixture.sets[0], text);
  const { findings } = await service.lint(file);
  service.dispose();
  return findings.flatMap(({ fixes }) => fixes.map(({ title, applicability, preferred }) => ({ title, applicability, preferred })));
}

const returned = { title: "Propagate the error with `?`", applicability: "review", preferred: true };
const panicking = { title: "Panic on error with `.expect(…)`", applicability: "choice", preferred: false };

test("an error is returned where the function's own is the same or is made from it, else a person decides", async () => {
  assert.deepEqual(await fixesOf("returned"), [returned, returned, panicking]);
});

test("of the system's own roots nothing is changed unseen, whatever the function returns", async () => {
  assert.deepEqual(await fixesOf("system-store"), [panicking]);
});

test("where the function returns nothing, a person decides", async () => {
  const fixes = await fixesOf("add");
  assert.ok(fixes.length >= 4);
  for (const it of fixes) if (it.applicability !== "choice") assert.deepEqual(it, returned);
});
