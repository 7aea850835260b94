/** Versions and ranges, by Cargo's rules. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { areDisjoint, compareVersions, parseRange, parseVersion, satisfies } from "../../../server/src/base/version.ts";

test("ranges hold what Cargo says they hold", () => {
  const cases: readonly (readonly [version: string, range: string, holds: boolean])[] = [
    ["0.23.46", ">=0.22, <0.24", true],
    ["0.24.0", ">=0.22, <0.24", false],
    ["0.22.0", ">=0.22, <0.24", true],
    ["0.21.12", ">=0.22, <0.24", false],
    ["0.23.7", ">=0.23.8, <0.24", false],
    ["1.2.3", "", true],
    ["1.2.3", "*", true],
    ["0.23.46", "0.23", true],
    ["0.24.0", "0.23", false],
    ["1.9.0", "1", true],
    ["2.0.0", "1", false],
    ["1.9.0", "^1.2", true],
    ["1.1.0", "^1.2", false],
    ["0.0.3", "0.0.3", true],
    ["0.0.4", "^0.0.3", false],
    ["1.2.9", "~1.2.3", true],
    ["1.3.0", "~1.2.3", false],
    ["1.9.0", "~1", true],
    ["1.2.9", "=1.2", true],
    ["1.2.3", "=1.2.3", true],
    ["1.2.4", "=1.2.3", false],
    ["1.2.9", "1.2.*", true],
    ["1.3.0", "1.2.*", false],
    ["0.10.82", ">0.9, <=0.10.82", true],
    ["0.10.82", ">0.10", false],
    ["0.7.17", ">= 0.5, <= 0.7", true],
    ["0.8.0", ">= 0.5, <= 0.7", false],
    ["26.0.1", ">=21.0.0, <=26", true],
    ["27.0.0", ">=21.0.0, <=26", false],
    ["0.5.1", "0", true],
    ["not a version", "", false],
    ["1.0.0", "garbage", false],
  ];
  for (const [version, range, holds] of cases) assert.equal(satisfies(version, range), holds, `${version} in ${range}`);
});

test("a pre-release comes before its release, numbers within it by value", () => {
  const order = ["0.24.0-dev.2", "0.24.0-dev.10", "0.24.0-rc.1", "0.24.0", "0.24.1"].map((it) => parseVersion(it));
  for (let at = 1; at < order.length; at++) {
    const [older, newer] = [order[at - 1], order[at]];
    assert.ok(older !== undefined && newer !== undefined && compareVersions(older, newer) < 0, String(at));
  }
});

test("build metadata says nothing", () => {
  assert.deepEqual(parseVersion("1.2.3+zstd.1"), parseVersion("1.2.3"));
});

test("ranges without a common version are disjoint", () => {
  const disjoint = (a: string, b: string) => areDisjoint(parseRange(a) ?? [], parseRange(b) ?? []);
  assert.ok(disjoint(">=0.20, <0.22", ">=0.22, <0.24"));
  assert.ok(!disjoint(">=0.20, <0.22", ">=0.21.4, <0.22"));
  assert.ok(!disjoint("", ">=1"));
  assert.ok(disjoint("<0.2.15", ">=0.2.15"));
});
