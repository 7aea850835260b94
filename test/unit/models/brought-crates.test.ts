/** What crates bring along is what the registry's index says of their releases, as recorded; `UPDATE=1` records it anew. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareWritten, satisfies } from "../../../server/src/base/version.ts";
import { lowerBound } from "../../../server/src/cargo/index.ts";
import { type BroughtCrate, broughtCrates } from "../../../server/src/models/manifests/brought-crates.ts";
import { ROOT } from "../../harness/fixtures.ts";
import { type Taken, takenBy } from "../../harness/registry-index.ts";

const RECORD = join(ROOT, "test/unit/models/brought-crates.json");
const pairs = [...new Map(broughtCrates.map((it) => [pairOf(it), it])).values()];
if (process.env["UPDATE"] === "1") writeFileSync(RECORD, written());
const record: Readonly<Record<string, readonly Taken[]>> = JSON.parse(readFileSync(RECORD, "utf8"));
/** Each release by itself. */
const recorded = (pair: string): readonly Release[] =>
  (record[pair] ?? []).flatMap(({ releases, ...how }) => releases.map((release) => ({ release, ...how })));
type Release = Omit<Taken, "releases"> & { readonly release: string };

function pairOf({ package: name, brings }: BroughtCrate): string {
  return `${name} brings ${brings}`;
}

/** Of each pair, the releases since the oldest that a row speaks of. */
function written(): string {
  const lines = pairs.map((pair) => {
    const floors = rowsOf(pairOf(pair)).flatMap(({ lines }) => lines.flatMap(([versions]) => lowerBound(versions) ?? []));
    const first = floors.sort(compareWritten)[0] ?? "0";
    const grouped = new Map<string, string[]>();
    for (const { releases, ...how } of takenBy(pair.package, pair.brings)) {
      const key = JSON.stringify(how);
      grouped.set(key, [...(grouped.get(key) ?? []), ...releases.filter((it) => compareWritten(it, first) >= 0)]);
    }
    const taken = [...grouped].filter(([, releases]) => releases.length > 0);
    const entries = taken.map(([how, releases]) => `  ${how.slice(0, -1)},"releases":${JSON.stringify(releases.sort(compareWritten))}}`);
    return `${JSON.stringify(pairOf(pair))}: [\n${entries.join(",\n")}\n]`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

function rowsOf(pair: string): readonly BroughtCrate[] {
  return broughtCrates.filter((it) => pairOf(it) === pair);
}

/** `^0.23.4` → `0.23`, `^1.2` → `1`. */
function lineOf(requirement: string): string {
  const [major = "0", minor = "0"] = (lowerBound(requirement) ?? "").split(".");
  return major === "0" ? `0.${minor}` : major;
}

/** The rows that say what a release takes. */
const saying = (pair: string, { release, requirement }: Release): readonly BroughtCrate[] =>
  rowsOf(pair).filter(({ lines }) => lines.some(([versions, line]) => satisfies(release, versions) && line === lineOf(requirement)));

test("each recorded release is in the table once, with the line that it takes, optional where it is", () => {
  const wrong = pairs.map(pairOf).flatMap((pair) =>
    recorded(pair).flatMap((taken) => {
      const [row, ...others] = saying(pair, taken);
      const isSo =
        row !== undefined &&
        others.length === 0 &&
        (taken.features === undefined) === (row.features === undefined) &&
        (taken.features?.some((it) => row.features?.includes(it)) ?? true);
      return isSo ? [] : [`${pair}: ${JSON.stringify(taken)}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test("each line of the table is that of a recorded release, and each feature brings it in one", () => {
  const wrong = broughtCrates.flatMap((row) => {
    const known = recorded(pairOf(row));
    const lines = row.lines.filter(
      ([versions, line]) => !known.some((it) => satisfies(it.release, versions) && lineOf(it.requirement) === line),
    );
    const releases = known.filter((it) => saying(pairOf(row), it).includes(row));
    const features = (row.features ?? []).filter((name) => !releases.some((it) => it.features?.includes(name)));
    return [...lines.map(([versions]) => `${pairOf(row)}: ${versions}`), ...features.map((it) => `${pairOf(row)}: ${it}`)];
  });
  assert.deepEqual(wrong, []);
});

test("ranges of a row stand from the oldest to the newest, and nothing brings itself", () => {
  for (const row of broughtCrates) {
    const floors = row.lines.map(([versions]) => lowerBound(versions) ?? "");
    assert.deepEqual(floors, floors.toSorted(compareWritten), pairOf(row));
    const found = new Set([row.brings]);
    for (const name of found) for (const it of broughtCrates) if (it.package === name) found.add(it.brings);
    assert.ok(!found.has(row.package), pairOf(row));
  }
});
