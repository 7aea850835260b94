/** Suppressions: what they reach, and when they are findings themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../server/src/service/api.ts";
import { parseSuppression, type SuppressionContext, suppress } from "../../../server/src/service/suppressions.ts";

const finding = (rule: string, start: number): Finding => ({
  rule,
  severity: "warning",
  place: { file: "/a.rs", span: { start, end: start + 1 } },
  message: "m",
  help: "a",
  notes: [],
  related: [],
  fixes: [],
});
const context = (over: Partial<SuppressionContext> = {}): SuppressionContext => ({
  file: "/a.rs",
  now: Date.parse("2026-06-01T12:00:00Z"),
  knownRules: ["no-client-auth", "weak-key"],
  offRules: new Set(),
  reach: () => ({ start: 100, end: 200 }),
  complete: true,
  ...over,
});
const outcome = (comment: string, findings: readonly Finding[], over: Partial<SuppressionContext> = {}) => {
  const parsed = parseSuppression(comment, 0);
  assert.ok(parsed);
  return suppress(findings, [parsed], context(over))
    .filter((it) => it.suppressed === undefined)
    .map((it) => `${it.rule}: ${it.message}`);
};

test("a reason lets the finding in its reach go, and no other", () => {
  const left = outcome("// tlslint: allow(weak-key): old device", [
    finding("weak-key", 150),
    finding("weak-key", 50),
    finding("no-client-auth", 150),
  ]);
  assert.deepEqual(left, ["weak-key: m", "no-client-auth: m"]);
});

test("several rules, block comments, PEM lines and whole files", () => {
  assert.deepEqual(
    outcome("/* tlslint: allow(weak-key, no-client-auth): both */", [finding("weak-key", 150), finding("no-client-auth", 150)]),
    [],
  );
  assert.deepEqual(outcome("# tlslint: allow(weak-key): pem", [finding("weak-key", 150)]), []);
  assert.deepEqual(outcome("tlslint: allow-file(weak-key): all", [finding("weak-key", 5), finding("weak-key", 5000)]), []);
});

test("without a reason nothing is suppressed, and that is said", () => {
  for (const comment of ["// tlslint: allow(weak-key)", "// tlslint: allow(weak-key):  ", "// tlslint: allow(weak-key) until 2027-01-01"]) {
    assert.deepEqual(outcome(comment, [finding("weak-key", 150)]), [
      "weak-key: m",
      "bad-suppression: `allow(weak-key)` has no reason and suppresses nothing",
    ]);
  }
});

test("a date ends it after that day, wherever it stands", () => {
  assert.deepEqual(outcome("// tlslint: allow(weak-key) until 2026-06-01: x", [finding("weak-key", 150)]), []);
  assert.deepEqual(outcome("// tlslint: allow(weak-key): replaced until 2026-05-31", [finding("weak-key", 150)]), [
    "weak-key: m",
    "bad-suppression: suppression of `weak-key` ended on 2026-05-31",
  ]);
  assert.equal(outcome("// tlslint: allow(weak-key): x until 2099-01-01, until 2026-05-31", [finding("weak-key", 150)]).length, 2);
});

test("what `until` is followed by has to be a date: else it suppresses nothing, and the form that is expected is named", () => {
  const written = {
    "2026-13-40": "2026-13-40",
    "2027-02-30": "2027-02-30",
    "2027/01/01": "2027/01/01",
    "2027-1-1": "2027-1-1",
    "2027-01-011": "2027-01-011",
    "next week": "next",
    "we migrate": "we",
    "": "",
  };
  for (const [until, quoted] of Object.entries(written)) {
    const parsed = parseSuppression(`// tlslint: allow(weak-key): old device until ${until}`, 0);
    assert.ok(parsed);
    const [kept, flaw] = suppress([finding("weak-key", 150)], [parsed], context());
    assert.deepEqual([kept?.rule, kept?.suppressed], ["weak-key", undefined], until);
    assert.equal(flaw?.message, `\`${quoted === "" ? "until" : `until ${quoted}`}\` is not a date: \`allow(weak-key)\` suppresses nothing`);
    assert.match(flaw?.help ?? "", /`until YYYY-MM-DD`, such as `until 2027-01-31`/);
  }
  assert.equal(outcome("// tlslint: allow(weak-key): x Until 2027/01/01", [finding("weak-key", 150)]).length, 2);
  assert.deepEqual(outcome("// tlslint: allow(weak-key): x (until 2027-01-01).", [finding("weak-key", 150)]), []);
});

test("an unknown rule is named with the nearest known one", () => {
  const parsed = parseSuppression("// tlslint: allow(weak-keys): x", 0);
  assert.ok(parsed);
  const [only] = suppress([], [parsed], context());
  assert.equal(only?.rule, "bad-suppression");
  assert.equal(only?.help, "did you mean `weak-key`");
  assert.deepEqual(only?.place.span, { start: 18, end: 27 });
});

test("an unused one is a finding, except where findings may be missing or the rule is off", () => {
  assert.deepEqual(outcome("// tlslint: allow(weak-key): x", []), ["unused-suppression: `allow(weak-key)` suppresses nothing here"]);
  assert.deepEqual(outcome("// tlslint: allow(weak-key): x", [], { complete: false }), []);
  assert.deepEqual(outcome("// tlslint: allow(weak-key): x", [], { offRules: new Set(["weak-key"]) }), []);
});

test("what is not understood is said, and other comments are none of our business", () => {
  assert.match(outcome("// tlslint: ignore weak-key", [])[0] ?? "", /^bad-suppression: malformed suppression/);
  assert.match(outcome("// tlslint: allow()", [])[0] ?? "", /^bad-suppression/);
  assert.equal(parseSuppression("// see tlslint: allow(weak-key)", 0), undefined);
  assert.equal(parseSuppression("// tlslinter: x", 0), undefined);
});

test("blanks within a comment do not take long, and separators around a reason are no part of it", () => {
  const started = process.cpuUsage();
  const read = parseSuppression(`// tlslint: allow(weak-key): a${" ".repeat(100_000)}b ,;${" ".repeat(100_000)}x */`, 0);
  assert.ok(read?.reason.startsWith("a ") && read.reason.endsWith(" x"));
  assert.equal(parseSuppression("/* tlslint: allow(weak-key): , why ;, */", 0)?.reason, "why");
  assert.ok(process.cpuUsage(started).user < 1_000_000);
});
