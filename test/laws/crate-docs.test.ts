/** The page of the crates is made from the models and from the sets that the compiler checks them with; written with UPDATE=1. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareWritten, satisfies } from "../../server/src/base/version.ts";
import { models } from "../../server/src/models/index.ts";
import type { CrateModel } from "../../server/src/models/model.ts";
import { type CrateSet, crateSets } from "../cargo/sets.ts";
import { ROOT } from "../harness/fixtures.ts";

const FILE = join(ROOT, "docs/crates.md");
const sets = crateSets();
const released = models.filter((it) => it.versions !== "");

test("docs/crates.md", () => {
  const text = page();
  if (process.env["UPDATE"] === "1") writeFileSync(FILE, text);
  assert.equal(existsSync(FILE) ? readFileSync(FILE, "utf8") : "", text, "out of date: run the tests with UPDATE=1");
});

test("each crate is compiled in some version that its model claims", () => {
  const unproved = released.filter((it) => proofs(it).length === 0).map((it) => it.package);
  assert.deepEqual(unproved, []);
});

/** Versions of a crate that sets hold and the model claims, oldest first. */
function proofs(model: CrateModel): readonly { readonly version: string; readonly set: CrateSet }[] {
  return sets
    .flatMap((set) => {
      const version = set.dependencies.get(model.package)?.version;
      return version !== undefined && satisfies(version, model.versions) ? [{ version, set }] : [];
    })
    .filter(({ version }, index, all) => all.findIndex((it) => it.version === version) === index)
    .sort((a, b) => compareWritten(a.version, b.version));
}

function page(): string {
  const row = (model: CrateModel): string => {
    const compiled = proofs(model).map(({ version, set }) => (set.target === undefined ? version : `${version} (for ${set.target})`));
    return `| [${model.package}](${model.source}) | ${model.versions.replace(/>=(\S+), </, "$1 to below ")} | ${compiled.join(", ")} |`;
  };
  return `<!-- Made from server/src/models and test/cargo/sets; changes here are lost. -->

# Crates

What tlslint knows of: ${released.length} crates.
A version outside of the range is told nothing.
Each type, call, value and fix that a model names goes through the compiler, with the versions in the last column; versions between two of them are taken to be like the older one, unless the model says from which release on something holds. Of versions before the first the sources were read, and nothing was compiled.
For crates of another system the compiler checks the code for that system, without linking or running it.

| crate | versions | compiled with |
|---|---|---|
${[...released]
  .sort((a, b) => (a.package < b.package ? -1 : 1))
  .map(row)
  .join("\n")}

Re-exports of these crates (\`tokio_rustls::rustls\`, \`pingora::tls\`) are followed, and so is a crate that is renamed in the manifest.
`;
}
