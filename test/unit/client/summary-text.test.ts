/** The words of the workspace's status, of the report for issues and of the effective settings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { configurationText } from "../../../client/src/effective-configuration.ts";
import { reportText, type Summary, summaryLine, workspaceStatus } from "../../../client/src/summary-text.ts";

const SUMMARY: Summary = {
  version: "0.1.0",
  complete: true,
  roots: [{ uri: "file:///home/somebody/secret-project" }],
  files: 41,
  certificates: 1,
  findings: [
    { rule: "disabled-verification", severity: "error", count: 2 },
    { rule: "no-client-auth", severity: "hint", count: 7 },
  ],
  notAnalysed: 0,
  outOfReach: 3,
  crates: [{ name: "rustls", versions: ["0.22.4", "0.23.20"] }],
  milliseconds: 321,
};
const AROUND = { editor: "Code 1.100.0", platform: "local", server: "running", trusted: true };

test("the status counts what the editor calls problems, and says that something was read", () => {
  assert.equal(summaryLine(SUMMARY), "TLS: 2 problems · 41 files · 1 certificate · 0.3 s");
  assert.equal(summaryLine({ ...SUMMARY, findings: [], files: 1 }), "TLS: no problems · 1 file · 1 certificate · 0.3 s");
  assert.match(summaryLine({ ...SUMMARY, notAnalysed: 4 }), / · 4 not analysed · /);
});

test("what was cancelled is not said to be whole", () => {
  const cancelled = { ...SUMMARY, complete: false };
  assert.equal(summaryLine(cancelled), "TLS: cancelled after 41 files · 2 problems · 1 certificate · 0.3 s");
  assert.match(reportText(cancelled, AROUND), /^workspace analysis was cancelled\nread: 41 files/m);
});

test("the workspace's status is that of this run of the server", () => {
  assert.deepEqual(workspaceStatus("stopped", SUMMARY), { text: "TLS: workspace not analysed", warning: true });
  for (const server of ["starting", "running"] as const)
    assert.deepEqual(workspaceStatus(server, undefined), { text: "TLS: analysing the workspace", warning: false });
  const warns = (summary: Partial<Summary>): boolean => workspaceStatus("running", { ...SUMMARY, ...summary }).warning;
  assert.deepEqual([warns({}), warns({ notAnalysed: 1 }), warns({ complete: false })], [false, true, true]);
});

test("the report says what a maintainer asks for, and names no file and no folder", () => {
  const text = reportText(SUMMARY, AROUND);
  assert.equal(
    text,
    `tlslint 0.1.0, Code 1.100.0, local
server: running; workspace: trusted
read: 41 files and 1 certificate in 1 folder, 0.3 s
not analysed: 0; out of reach: 3
crates: rustls 0.22.4, 0.23.20
findings:
  error    disabled-verification × 2
  hint     no-client-auth × 7
`,
  );
  assert.match(reportText(undefined, { ...AROUND, server: "stopped" }), /^server: stopped; .*\nworkspace analysis has not finished$/m);
});

test("effective settings name what sets them", () => {
  const lines = [
    { toml: 'mtls = "off"', from: [{ uri: "file:///w/tlslint.toml", line: 3 }] },
    { toml: "expiring-days = 30", from: [] },
    { toml: "[rules]" },
    { toml: 'key-log = "error"', from: [{}] },
  ];
  assert.equal(
    configurationText({ excluded: true, lines }, "src/main.rs", (uri) => uri.slice("file:///w/".length)),
    `# effective settings for \`src/main.rs\`, and where each is set
# \`src/main.rs\` is excluded

mtls = "off" # tlslint.toml:3
expiring-days = 30 # default

[rules]
key-log = "error" # editor settings
`,
  );
});
