/** The policy of an organisation: exceptions that hold until a day, suppressions that are taken back, owners, and files that are none. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const TEXT = MISTAKEN["src/main.rs"];
const ALLOWED = TEXT.replace("        .danger", "        // tlslint: allow(disabled-verification): only here\n        .danger");
const EXCEPTION = `[[exception]]
rules = ["disabled-verification"]
paths = ["pay/src/old/"]
owner = "payments"
reason = "the terminal pins the key"
until = 2027-01-31
`;

/** Two files of the repository `pay`: one allowed by itself, one not; its report is `pay.json`. */
function organisation(context: TestContext, policy: string): string {
  const cwd = folder(context, {
    "pay/Cargo.toml": MISTAKEN["Cargo.toml"],
    "pay/src/main.rs": ALLOWED,
    "pay/src/old/lib.rs": TEXT,
    "policy.toml": policy,
  });
  writeFileSync(join(cwd, "pay.json"), tlslint(join(cwd, "pay"), ["check", "--format", "json"]).stdout);
  return cwd;
}

const judged = (cwd: string, now: string, ...more: readonly string[]) => {
  const { status, stdout, stderr } = tlslint(cwd, ["merge", "--policy", "policy.toml", "--now", now, ...more, "pay=pay.json"]);
  const files: readonly {
    path: string;
    owner?: string;
    findings: readonly { notes: readonly string[] }[];
    suppressed?: readonly { by: string; reason: string }[];
  }[] = status === 2 ? [] : JSON.parse(stdout).files;
  const file = (path: string) => files.find((it) => it.path === path) ?? assert.fail(path);
  return { status, stdout, stderr, file };
};

test("an exception holds to the end of its day, and is told when it has ended", (context) => {
  const cwd = organisation(context, EXCEPTION);
  const before = judged(cwd, "2027-01-31T23:59:59Z");
  assert.deepEqual([before.status, before.stderr], [0, ""]);
  assert.deepEqual(
    before.file("pay/src/old/lib.rs").suppressed?.map(({ by, reason }) => [by, reason]),
    [["policy", "the terminal pins the key (payments, until 2027-01-31)"]],
  );
  const after = judged(cwd, "2027-02-01T00:00:00Z");
  assert.deepEqual(
    [after.status, after.stderr],
    [1, "tlslint: policy.toml: the exception for `disabled-verification` in pay/src/old/ ended on 2027-01-31 (payments)\n"],
  );
  // A report that was judged may be judged again: by a policy that allows less, too.
  writeFileSync(join(cwd, "pay.json"), before.stdout);
  writeFileSync(join(cwd, "policy.toml"), "");
  const again = tlslint(cwd, ["merge", "--policy", "policy.toml", "pay.json"]);
  assert.equal(again.status, 1);
  assert.match(again.stdout, /allowed by an earlier policy: the terminal pins the key/);
});

test("what a repository suppresses against the policy is a finding again", (context) => {
  const cwd = organisation(context, `reserved = ["disabled-verification"]\n${EXCEPTION}`);
  const { status, file } = judged(cwd, "2026-01-01");
  assert.equal(status, 1);
  assert.deepEqual(
    file("pay/src/main.rs").findings.map(({ notes }) => notes),
    [["suppressed by a comment, which the policy does not allow: only here"]],
  );
  writeFileSync(join(cwd, "policy.toml"), EXCEPTION.replace("old/", ""));
  assert.equal(judged(cwd, "2026-01-01").status, 0, "what is allowed is");
  for (const format of ["sarif", "gitlab", "junit", "concise"])
    assert.equal(tlslint(cwd, ["merge", "--policy", "policy.toml", "--format", format, "--now", "2026-01-01", "pay=pay.json"]).status, 0);
});

test("owners are named in JSON and on the page; the last one that matches answers", (context) => {
  const cwd = organisation(context, '[[owner]]\nname = "all"\npaths = ["*"]\n[[owner]]\nname = "old"\npaths = ["pay/src/old/"]\n');
  const { file, stdout } = judged(cwd, "2026-01-01");
  assert.deepEqual(
    ["pay/src/main.rs", "pay/src/old/lib.rs"].map((it) => file(it).owner),
    ["all", "old"],
  );
  writeFileSync(join(cwd, "judged.json"), stdout);
  assert.equal(tlslint(cwd, ["merge", "judged.json", "pay=pay.json"]).stdout, stdout, "whoever merges it again loses nobody");
  const page = tlslint(cwd, ["report", "--policy", "policy.toml", "pay=pay.json"]).stdout;
  assert.match(page, /Findings by owner and severity.*<th scope="row">old<\/th><td[^>]*>1</s);
  assert.doesNotMatch(tlslint(cwd, ["report", "pay=pay.json"]).stdout, /owner/);
});

test("an exception that nothing needs is told", (context) => {
  const cwd = organisation(context, EXCEPTION.replace("old/", "gone/"));
  const { status, stderr } = judged(cwd, "2026-01-01");
  assert.deepEqual(
    [status, stderr],
    [1, "tlslint: policy.toml: the exception for `disabled-verification` in pay/src/gone/ is no longer needed (payments)\n"],
  );
});

test("a policy that is none is refused, with what was expected", (context) => {
  const cwd = organisation(context, "");
  for (const [policy, message] of [
    ["owner = []\nreserved = ", /it is not valid TOML \(line 2: .+\)/],
    ["reservd = []", /the policy: unknown key `reservd`; did you mean `reserved`\?/],
    ['reserved = ["disabled-verificaton"]', /there is no rule `disabled-verificaton`; did you mean `disabled-verification`\?/],
    [EXCEPTION.replace("2027-01-31", '"soon"'), /exception 1: expected a day at `until`, such as 2027-01-31/],
    [EXCEPTION.replace('"payments"', '" "'), /exception 1: expected at `owner` who answers for it/],
    [EXCEPTION.replace(/reason.*\n/, ""), /exception 1: expected at `reason` why it is allowed/],
    [EXCEPTION.replace('["pay/src/old/"]', "[]"), /expected at least one of `rules` and one of `paths`/],
    ['[exception]\nrules = ["weak-key"]', /expected tables at `exception`, each below `\[\[exception\]\]`/],
    ['[[owner]]\nname = "a"\npaths = "b"', /owner 1: expected a list of texts at `paths`/],
  ] as const) {
    writeFileSync(join(cwd, "policy.toml"), policy);
    const { status, stderr, stdout } = judged(cwd, "2026-01-01");
    assert.deepEqual([status, stdout], [2, ""], policy);
    assert.match(stderr, message);
  }
  assert.match(
    tlslint(cwd, ["merge", "--policy", "none.toml", "pay.json"]).stderr,
    /`--policy none\.toml` cannot be used: there is no such file or folder/,
  );
});
