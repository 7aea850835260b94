/** Of certificate files, manifests and settings as of code: what tlslint does not put right by itself, the page says why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile } from "../../server/src/pki/index.ts";
import { fileRules } from "../../server/src/rules/files/index.ts";
import { rules } from "../../server/src/rules/index.ts";
import type { AnyRule, Severity } from "../../server/src/rules/rule.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../server/src/tls/policy.ts";
import { caseFile, cases, NOW } from "../certificates/cases.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;
const counts = (severity: Severity): boolean => severity === "error" || severity === "warning";

test("a file's fault without a repair is explained", async () => {
  const unrepaired = new Set<AnyRule>();
  const repaired = new Set<AnyRule>();
  for (const [name, { path, usedAs = [] }] of Object.entries(cases)) {
    const file = readCertificateFile(await caseFile(name));
    for (const rule of fileRules) {
      for (const { severity = rule.severity, repairs = [] } of rule.judge(file, { policy, usedAs, ...(path !== undefined && { path }) }))
        if (counts(severity)) (repairs.length > 0 ? repaired : unrepaired).add(rule);
    }
  }
  assert.ok(repaired.size > 3 && unrepaired.size > 10, "the cases speak of both");
  // What fires only beside other files is not seen here, and has to say it, too, unless some case shows its repair.
  const silent = fileRules.filter((it) => counts(it.severity) && !repaired.has(it) && !unrepaired.has(it));
  const mute = [...unrepaired, ...silent].filter((it) => it.byHand === undefined).map((it) => it.id);
  assert.deepEqual([...new Set(mute)].sort(), []);
});

test("so is what stands in manifests and settings, which nothing writes for the user", () => {
  const mute = rules.filter((it) => it.judges === "settings" && counts(it.severity) && it.byHand === undefined);
  assert.deepEqual(
    mute.map((it) => it.id),
    [],
  );
});

test("reasons are one clause", () => {
  const reasons = rules.flatMap(({ byHand }) => byHand ?? []);
  assert.ok(reasons.length > 10);
  for (const reason of reasons) assert.match(reason, /^[a-z].*[^.]$/);
});
