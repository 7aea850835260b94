/** What a crate is to be raised to has no known fault itself, whatever was found later. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { advisories } from "../../../server/src/models/manifests/index.ts";
import { faultsOf } from "../../../server/src/settings/faults.ts";

test("a release that is free of what the locked one has may have a later fault", () => {
  const { corrected, faults } = faultsOf("openssl", { version: "0.10.36", requirement: "0.10" }) ?? {};
  assert.equal(corrected, "0.10.72");
  assert.ok(
    faults?.every(({ id }) => id !== "RUSTSEC-2025-0022"),
    "it does not hold for the locked one",
  );
});

test("no version that anything is raised to has a fault that a later release mends", () => {
  let asked = 0;
  for (const { package: name, advisories: all } of advisories) {
    const features = new Set(all.flatMap((it) => it.feature ?? []));
    const floors = new Set(
      all.flatMap((it) => [...it.patched, ...(it.unaffected ?? [])]).flatMap((it) => /^>=\s*([\d.]+)/.exec(it)?.[1] ?? []),
    );
    for (const version of ["0.1.0", ...floors]) {
      const corrected = faultsOf(name, { version, requirement: version, features })?.corrected;
      if (corrected === undefined) continue;
      asked++;
      const left = faultsOf(name, { version: corrected, features })?.faults.filter(({ gravity }) => gravity !== "unmaintained") ?? [];
      assert.deepEqual(left, [], `${name} ${version} to ${corrected}`);
    }
  }
  assert.ok(asked > 10, `${asked}`);
});

test("what the code names comes first, and a fault whose names it does not have is told as such", () => {
  const used = { version: "0.10.60", requirement: "0.10" };
  const named = (...have: readonly string[]) => faultsOf("openssl", { ...used, names: (it) => have.includes(it) })?.faults;
  assert.deepEqual(
    named("select_next_proto")?.map(({ id, unnamed }) => [id, unnamed?.[0]]),
    [
      ["RUSTSEC-2025-0004", undefined],
      ["RUSTSEC-2024-0357", "MemBio"],
      ["RUSTSEC-2025-0022", "fetch"],
    ],
  );
  assert.ok(named()?.every(({ unnamed }) => unnamed !== undefined));
  assert.ok(faultsOf("openssl", used)?.faults.every(({ unnamed }) => unnamed === undefined));
});
