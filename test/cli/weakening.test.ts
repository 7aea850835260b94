/** What makes the linter say less is counted: comments, rules that are switched off, files that are excluded, a configuration that is not there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const MAIN = MISTAKEN["src/main.rs"];
const ALLOWED = MAIN.replace(
  "        .danger",
  "        // tlslint: allow(disabled-verification): the device has no name\n        .danger",
);
const OFF = '[rules]\ndisabled-verification = "off"\n';

const CASES = [
  {
    name: "a comment",
    files: { ...MISTAKEN, "src/main.rs": ALLOWED },
    summary: /suppressed: 1 by comments$/m,
    kind: "inSource",
    says: "the device has no name",
  },
  {
    name: "a comment for the whole file",
    files: { ...MISTAKEN, "src/main.rs": `// tlslint: allow-file(disabled-verification): generated elsewhere\n${MAIN}` },
    summary: /suppressed: 1 by comments$/m,
    kind: "inSource",
    says: "generated elsewhere",
  },
  {
    name: "a rule that is switched off",
    files: { ...MISTAKEN, "tlslint.toml": OFF },
    summary: /suppressed: 1 by the configuration$/m,
    kind: "external",
    says: "`disabled-verification` is switched off",
  },
] as const;

for (const { name, files, summary, kind, says } of CASES) {
  test(`${name}: in the summary, in JSON, and in SARIF as a suppressed result`, (context) => {
    const cwd = folder(context, files);
    const pretty = tlslint(cwd, ["check"]);
    assert.equal(pretty.status, 0);
    assert.match(pretty.stdout, summary);
    const json = JSON.parse(tlslint(cwd, ["check", "--format", "json"]).stdout);
    assert.equal(json.counts.suppressed, 1);
    const [one] = json.files.flatMap((it: { suppressed?: readonly object[] }) => it.suppressed ?? []);
    assert.deepEqual([one.rule, one.reason], ["disabled-verification", says]);
    assert.ok(one.range.start.line > 1, "its place is told");
    const { results } = JSON.parse(tlslint(cwd, ["check", "--format", "sarif"]).stdout).runs[0];
    assert.deepEqual(
      results.map((it: { ruleId: string; suppressions: unknown }) => [it.ruleId, it.suppressions]),
      [["disabled-verification", [{ kind, status: "accepted", justification: says }]]],
    );
    assert.equal(tlslint(cwd, ["check", "--fix-review"]).status, 0);
  });
}

test("what is reported is no suppressed result, and nothing is said of suppressions where there are none", (context) => {
  const cwd = folder(context, MISTAKEN);
  assert.doesNotMatch(tlslint(cwd, ["check"]).stdout, /suppressed/);
  const { results } = JSON.parse(tlslint(cwd, ["check", "--format", "sarif"]).stdout).runs[0];
  assert.deepEqual(
    results.map((it: object) => "suppressions" in it),
    [false],
  );
});

test("a rule that is off takes nothing away from one that is on", (context) => {
  const twice = MAIN.replace("        .build", "        .danger_accept_invalid_hostnames(true)\n        .build");
  const cwd = folder(context, { ...MISTAKEN, "src/main.rs": twice, "tlslint.toml": OFF });
  const { stdout, status } = tlslint(cwd, ["check"]);
  assert.equal(status, 1);
  assert.match(stdout, /error\[disabled-hostname-verification\]/);
  assert.match(stdout, /suppressed: 1 by the configuration$/m);
});

test("excluded files are listed and counted, and nothing but them is nothing to analyse", (context) => {
  const some = folder(context, { ...MISTAKEN, "src/other.rs": MAIN, "tlslint.toml": 'exclude = ["other.rs"]\n' });
  const { stdout, status } = tlslint(some, ["check"]);
  assert.equal(status, 1);
  assert.match(stdout, /src\/other\.rs: skipped: the configuration excludes it/);
  assert.match(stdout, /1 skipped$/m);
  const all = folder(context, { ...MISTAKEN, "tlslint.toml": 'exclude = ["**"]\n' });
  const nothing = tlslint(all, ["check"]);
  assert.equal(nothing.status, 2, "everything is excluded: nothing was analysed");
  assert.match(nothing.stdout, /src: skipped: the configuration excludes it/);
  assert.equal(JSON.parse(tlslint(all, ["check", "--format", "json"]).stdout).counts.skipped > 0, true);
  const notifications = JSON.parse(tlslint(all, ["check", "--format", "sarif"]).stdout).runs[0].invocations[0].toolExecutionNotifications;
  assert.ok(notifications.some((it: { descriptor: { id: string } }) => it.descriptor.id === "skipped"));
});

test("a configuration that was named has to be there and in order", (context) => {
  const files = {
    "broken.toml": "[rules]\n\nearly-data =\n[hosts]\n",
    "wrong.toml": 'mtls = "requierd"\n',
    "binary.toml": new Uint8Array([0, 1, 2, 255]),
    "good.toml": OFF,
  };
  const cwd = folder(context, { ...MISTAKEN, ...files });
  const cases = {
    "none.toml": /no such/,
    "broken.toml": /not valid TOML \(line 3: .+\)/,
    "wrong.toml": /for `mtls`; expected .*did you mean `required`/,
    "binary.toml": /./,
    src: /folder/,
  };
  for (const [name, says] of Object.entries(cases)) {
    const { status, stdout, stderr } = tlslint(cwd, ["check", "--config", name]);
    assert.equal(status, 2, name);
    assert.equal(stdout, "");
    assert.match(stderr, new RegExp(`^tlslint: \`--config ${name}\` cannot be used: `));
    assert.match(stderr, says);
    assert.equal(stderr.trim().split("\n").length, 1, "one line");
  }
  assert.equal(tlslint(cwd, ["check", "src", "--config", "good.toml"]).status, 0);
});
