/** `tlslint check` as a user calls it: exit status, reports, fixes, standard input, bad input. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { skipWithout } from "../harness/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

test("a finding ends with 1, a clean folder with 0", (context) => {
  const mistaken = tlslint(folder(context, MISTAKEN), ["check"]);
  assert.equal(mistaken.status, 1, mistaken.stderr);
  assert.match(mistaken.stdout, /error\[disabled-verification\]/);
  assert.match(mistaken.stdout, /--> src\/main\.rs:5:\d+/);
  assert.match(mistaken.stdout, /\^\^\^\^/);
  assert.match(mistaken.stdout, /^\s+-\s+\.danger_accept_invalid_certs\(true\)$/m, "the fix is shown as a diff");
  const clean = tlslint(folder(context, { ...MISTAKEN, "src/main.rs": "fn main() {}\n" }), ["check"]);
  assert.deepEqual([clean.status, clean.stderr], [0, ""]);
  assert.match(clean.stdout, /nothing found/);
});

test("a file is judged whatever its name and its folder hold", (context) => {
  const odd = ["x|y.rs", "p|q/c.rs", "50%7C.rs", "a::b.rs", "a'2.rs", "{0}.rs", "a#b.rs", "verdict of x.rs"];
  // A closure, whose id is made of its function's.
  const code = `${MISTAKEN["src/main.rs"]}\npub fn later() -> impl Fn() -> reqwest::Client {
    || reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n`;
  const cwd = folder(context, { ...MISTAKEN, ...Object.fromEntries(odd.map((it) => [`src/${it}`, code])) });
  const { files } = JSON.parse(tlslint(cwd, ["check", "--format", "json"]).stdout);
  const counts = Object.fromEntries(
    files.map(({ path, findings }: { path: string; findings: readonly unknown[] }) => [path, findings.length]),
  );
  assert.deepEqual(counts, { "Cargo.toml": 0, "src/main.rs": 1, ...Object.fromEntries(odd.map((it) => [`src/${it}`, 2])) });
});

test("--fail-on decides from which severity on", (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "tlslint.toml": '[rules]\ndisabled-verification = "info"\n',
  });
  assert.equal(tlslint(cwd, ["check"]).status, 0);
  assert.equal(tlslint(cwd, ["check", "--fail-on", "info"]).status, 1);
});

test("--format json is stable and counts from 1", (context) => {
  const { stdout } = tlslint(folder(context, MISTAKEN), ["check", "--format", "json"]);
  const report = JSON.parse(stdout);
  const file = report.files.find((it: { path: string }) => it.path === "src/main.rs");
  assert.equal(report.version, 1);
  assert.equal(file.findings.length, 1);
  const { rule, severity, range, fixes } = file.findings[0];
  assert.deepEqual([rule, severity, range.start.line], ["disabled-verification", "error", 5]);
  assert.ok(fixes.length > 0 && fixes[0].edits.length > 0);
});

test("--fix changes nothing that a peer may need, and tells the next step; --fix-review makes it, and twice changes nothing more", (context) => {
  const cwd = folder(context, MISTAKEN);
  const now = (): string => readFileSync(join(cwd, "src/main.rs"), "utf8");
  const first = tlslint(cwd, ["check", "--fix"]);
  assert.equal(now(), MISTAKEN["src/main.rs"]);
  assert.equal(
    first.stderr,
    `tlslint: src/main.rs: disabled-verification: not fixed: needs review: Enable certificate verification
tlslint: 1 fix needs review: \`--diff\` shows it, \`--fix-review\` applies it
`,
  );
  assert.equal(first.status, 1);
  const second = tlslint(cwd, ["check", "--fix-review"]);
  const fixed = now();
  assert.doesNotMatch(fixed, /danger_accept/);
  assert.equal(second.stderr, "tlslint: src/main.rs: disabled-verification: Enable certificate verification\n");
  assert.equal(second.status, 0, second.stdout);
  tlslint(cwd, ["check", "--fix-review"]);
  assert.equal(now(), fixed);
});

test("--trace changes nothing else, and code that is nested deeply is analysed to its end", (context) => {
  const deep = `fn main() { let depth = ${"-".repeat(400)}1;\n    ${"drop(".repeat(400)}reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()${")".repeat(400)}; }\n`;
  const cwd = folder(context, { ...MISTAKEN, "src/main.rs": deep });
  const plain = tlslint(cwd, ["check"]);
  const traced = tlslint(cwd, ["check", "--trace"]);
  assert.match(plain.stdout, /error\[disabled-verification\]/);
  assert.deepEqual([plain.status, plain.stderr, traced.stderr], [1, "", ""]);
  assert.deepEqual([traced.status, traced.stdout], [plain.status, plain.stdout]);
});

test("--diff writes a patch that git applies, and touches nothing", { skip: skipWithout("git", "--version") }, (context) => {
  const cwd = folder(context, MISTAKEN);
  const { stdout } = tlslint(cwd, ["check", "--diff"]);
  assert.equal(readFileSync(join(cwd, "src/main.rs"), "utf8"), MISTAKEN["src/main.rs"]);
  writeFileSync(join(cwd, "fix.patch"), stdout);
  execFileSync("git", ["apply", "fix.patch"], { cwd });
  assert.doesNotMatch(readFileSync(join(cwd, "src/main.rs"), "utf8"), /danger_accept/);
});

test("carets stand under what a place covers, on each of its lines", (context) => {
  const text = `use openssl::ssl::{SslConnectorBuilder, SslVerifyMode};

pub fn connect(builder: &mut SslConnectorBuilder) {
    builder.set_verify(SslVerifyMode::
        NONE);
}
`;
  const manifest = MISTAKEN["Cargo.toml"].replace(/reqwest.*/, 'openssl = "0.10"');
  const cwd = folder(context, { "Cargo.toml": manifest, "src/lib.rs": text });
  const lines = tlslint(cwd, ["check"]).stdout.split("\n");
  const at = lines.findIndex((it) => it.startsWith("4 |"));
  assert.deepEqual(lines.slice(at, at + 4), [
    "4 |     builder.set_verify(SslVerifyMode::",
    "  |                        ^^^^^^^^^^^^^^^",
    "5 |         NONE);",
    "  |         ^^^^",
  ]);
});

test("a patch puts no command into the log of a job, and is exact in a file", { skip: skipWithout("git", "--version") }, (context) => {
  const remark = "/*\n  ::error::not ours, nor ##[error]this\n*/\n";
  const text = MISTAKEN["src/main.rs"].replace(".build()\n", `.build()\n${remark}`);
  const cwd = folder(context, { ...MISTAKEN, "src/main.rs": text });
  const inJob = { GITHUB_ACTIONS: "true" };
  const { stdout } = tlslint(cwd, ["check", "--diff"], "", inJob);
  assert.match(stdout, /^-.*danger_accept/m);
  assert.doesNotMatch(stdout, /^\s*::|##\[/m);
  assert.match(stdout, /:error::not ours/);
  const { stdout: elsewhere } = tlslint(cwd, ["check", "--diff"], "", { GITHUB_ACTIONS: "" });
  assert.match(elsewhere, /^ {3}::error::not ours, nor ##\[error\]this$/m);
  tlslint(cwd, ["check", "--diff", "--output", "fix.patch"], "", inJob);
  execFileSync("git", ["apply", "fix.patch"], { cwd });
  assert.doesNotMatch(readFileSync(join(cwd, "src/main.rs"), "utf8"), /danger_accept/);
});

test("a read-only file is left alone and named", (context) => {
  const cwd = folder(context, MISTAKEN);
  chmodSync(join(cwd, "src/main.rs"), 0o444);
  const { status, stderr } = tlslint(cwd, ["check", "--fix-review"]);
  assert.equal(status, 2);
  assert.match(stderr, /src\/main\.rs: disabled-verification: not fixed: src\/main\.rs is read-only/);
  assert.equal(readFileSync(join(cwd, "src/main.rs"), "utf8"), MISTAKEN["src/main.rs"]);
});

test("--stdin lints text as if it stood at a path", (context) => {
  const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"] });
  const { status, stdout } = tlslint(cwd, ["check", "--stdin", "--stdin-path", "src/main.rs"], MISTAKEN["src/main.rs"]);
  assert.equal(status, 1);
  assert.match(stdout, /disabled-verification/);
});

test("--output writes the report there", (context) => {
  const cwd = folder(context, MISTAKEN);
  const { stdout } = tlslint(cwd, ["check", "--format", "sarif", "--output", "out.sarif"]);
  assert.equal(stdout, "");
  assert.equal(JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")).version, "2.1.0");
});

test("what was not analysed is never clean: status 2 and a reason each", (context) => {
  const cwd = folder(context, {
    "src/binary.rs": new Uint8Array([0, 1, 2, 255, 254, 0, 0, 7]),
    "certs/text.pem": "MIIB",
    "src/huge.rs": `use reqwest::Client;\n${"// danger_accept_invalid_certs\n".repeat(400_000)}`,
  });
  const { status, stdout } = tlslint(cwd, ["check"]);
  assert.equal(status, 2);
  for (const name of ["src/binary.rs", "certs/text.pem", "src/huge.rs"]) assert.match(stdout, new RegExp(`${name}: not analysed: \\w`));
  const vanished = tlslint(cwd, ["check", "src/vanished.rs"]);
  assert.equal(vanished.status, 2);
  assert.match(vanished.stdout, /src\/vanished\.rs: not analysed/);
});

test("half-typed Rust keeps the findings beside it", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "src/main.rs": `${MISTAKEN["src/main.rs"]}\nfn half(builder: ) { builder.set_verify(\n` });
  const { status, stdout } = tlslint(cwd, ["check"]);
  assert.equal(status, 1);
  assert.match(stdout, /disabled-verification/);
});

test("a wrong call says what is wrong and ends with 2", (context) => {
  const cwd = folder(context, {});
  for (const [args, message] of [
    [["chek"], /unknown command `chek`/],
    [["check", "--formt", "json"], /formt/],
    [["check", "--format", "xml"], /unknown value `xml` for `--format`/],
    [["check", "--now", "tomorrow"], /`tomorrow` for `--now`/],
    [["check", "--fail-on", "never"], /unknown value `never` for `--fail-on`/],
    [["check", "--stdin"], /--stdin-path/],
    [["check", "--jobs", "0"], /invalid value `0` for `--jobs`; expected a number from 1 to 64\ntlslint: see `tlslint help check`\n$/],
    [["."], /unknown command `\.`; expected .*\ntlslint: `tlslint check \.` lints that path\n$/],
    [["nowhere"], /\ntlslint: see `tlslint help`\n$/],
    [["explain", "no-client-aut"], /unknown rule `no-client-aut`; did you mean `no-client-auth`\?/],
    [["explain", "x"], /unknown rule `x`; `tlslint rules` lists all/],
    [["inspect"], /needs a file/],
    [["lsp"], /--stdio/],
  ] as const) {
    const { status, stderr } = tlslint(cwd, args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, message);
  }
});

test("nothing in a file can steer the terminal", (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "src/main.rs": MISTAKEN["src/main.rs"].replace("(true)", "(true) /* \u001b[2J\u202e */"),
  });
  const { stdout } = tlslint(cwd, ["check"]);
  assert.match(stdout, /disabled-verification/);
  assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
});

test("a change that corrects several findings is shown once", (context) => {
  const both = MISTAKEN["src/main.rs"].replace("(true)", "(true)\n        .danger_accept_invalid_hostnames(true)");
  const { stdout } = tlslint(folder(context, { ...MISTAKEN, "src/main.rs": both }), ["check"]);
  assert.equal(stdout.match(/^\s+-\s+\.danger_accept_invalid_certs\(true\)$/gm)?.length, 1, stdout);
  assert.match(stdout, /= fix: Enable certificate and hostname verification \(the same change as at src\/main\.rs:5:\d+\)\n/);
});
