/** What was not analysed is listed and counted in every format, and decides about the exit status as the configuration allows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const BINARY = new Uint8Array([0, 1, 2, 255, 254, 0, 0, 7]);
/** Failed: the compiler would read it. */
const UNREADABLE = { "src/binary.rs": BINARY };
/** Out of reach: its name alone has to do with certificates. */
const FOREIGN = { "certs/noise.crt": BINARY };
const ACKNOWLEDGED = '[acknowledged]\n"src/binary.rs" = "a fixture of the encoder"\n"certs/" = "noise for the tests"\n';

interface Told {
  readonly path: string;
  readonly kind: string;
  readonly acknowledged?: string;
}

test("a failure ends with 2, whatever was found, and the findings are printed all the same", (context) => {
  const { status, stdout } = tlslint(folder(context, { ...MISTAKEN, ...UNREADABLE }), ["check"]);
  assert.equal(status, 2);
  assert.match(stdout, /error\[disabled-verification\]/);
  assert.match(stdout, /^src\/binary\.rs: not analysed: /m);
  assert.match(stdout, /; 1 not analysed$/m);
});

test("what is out of reach is told, and ends with 2 only where that was asked for", (context) => {
  const cwd = folder(context, { ...FOREIGN, "src/lib.rs": "" });
  const lax = tlslint(cwd, ["check"]);
  assert.equal(lax.status, 0, lax.stdout);
  assert.match(lax.stdout, /^certs\/noise\.crt: out of reach: /m);
  assert.match(lax.stdout, /; 1 out of reach$/m);
  assert.equal(tlslint(cwd, ["check", "--strict"]).status, 2);
});

test("what the configuration acknowledges stays in the list, with the reason, and ends nothing", (context) => {
  const cwd = folder(context, { ...UNREADABLE, ...FOREIGN, "tlslint.toml": ACKNOWLEDGED });
  const { status, stdout } = tlslint(cwd, ["check", "--strict"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^src\/binary\.rs: not analysed: .* \(acknowledged: a fixture of the encoder\)$/m);
  assert.match(stdout, /; 2 acknowledged$/m);
});

test("an acknowledgement without a reason is none, and is reported", (context) => {
  const cwd = folder(context, { ...UNREADABLE, "tlslint.toml": '[acknowledged]\n"src/binary.rs" = " "\n' });
  const { status, stdout } = tlslint(cwd, ["check"]);
  assert.equal(status, 2);
  assert.match(stdout, /warning\[unknown-configuration\]: invalid value for `src\/binary\.rs`; expected a string that says why/);
});

test("every format lists and counts them alike", (context) => {
  const cwd = folder(context, { ...UNREADABLE, ...FOREIGN, "tlslint.toml": ACKNOWLEDGED.replace(/^"certs.*\n/m, "") });
  const json = JSON.parse(tlslint(cwd, ["check", "--format", "json"]).stdout);
  assert.deepEqual(
    json.notAnalysed.map(({ path, kind, acknowledged }: Told) => [path, kind, acknowledged]),
    [
      ["certs/noise.crt", "out-of-reach", undefined],
      ["src/binary.rs", "failed", "a fixture of the encoder"],
    ],
  );
  assert.deepEqual(json.counts, {
    findings: { error: 0, warning: 0, info: 0, hint: 0 },
    suppressed: 0,
    failed: 0,
    outOfReach: 1,
    acknowledged: 1,
    skipped: 0,
  });
  for (const [args, successful] of [
    [[], true],
    [["--strict"], false],
  ] as const) {
    const [{ invocations }] = JSON.parse(tlslint(cwd, ["check", "--format", "sarif", ...args]).stdout).runs;
    assert.equal(invocations[0].executionSuccessful, successful);
    assert.deepEqual(
      invocations[0].toolExecutionNotifications.map((it: { descriptor: { id: string }; level: string }) => [it.descriptor.id, it.level]),
      [
        ["out-of-reach", successful ? "note" : "error"],
        ["failed", "note"],
      ],
    );
  }
});

test("a folder in which nothing is linted is a mistake, unless that is said to be in order", (context) => {
  const cwd = folder(context, { "notes.txt": "nothing here", "empty/notes.txt": "nor here", "lib.rs": "" });
  const { status, stdout } = tlslint(cwd, ["check", "empty", "lib.rs"]);
  assert.equal(status, 2);
  assert.match(stdout, /^empty: not analysed: it contains nothing to lint; `--allow-empty` accepts that$/m);
  assert.equal(tlslint(cwd, ["check", "--allow-empty", "empty"]).status, 0);
});

test("a file that is not there or was skipped is none in which nothing was found", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "notes.txt": "nothing here" });
  const last = (...args: readonly string[]): string | undefined =>
    tlslint(cwd, ["check", ...args])
      .stdout.trimEnd()
      .split("\n")
      .at(-1);
  assert.equal(last("none.rs"), "nothing found in 0 files; 1 not analysed");
  assert.equal(last("none.rs", "--format", "concise"), "nothing found in 0 files");
  assert.equal(last("notes.txt", "--format", "concise"), "nothing found in 0 files; 1 skipped");
  assert.match(last("notes.txt", "none.rs", "src", "--format", "concise") ?? "", / in 1 file; 1 skipped$/);
  assert.match(last("notes.txt", "none.rs", "src") ?? "", / in 1 file; 1 not analysed, 1 skipped$/);
});

test("so is one that its own configuration excludes as a whole", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "tlslint.toml": 'exclude = ["**"]\n' });
  assert.equal(tlslint(cwd, ["check"]).status, 2);
});

test("named files of other kinds are skipped, told, and no mistake", (context) => {
  const cwd = folder(context, { "notes.txt": "nothing here", "vendor/a.rs": "", "tlslint.toml": 'exclude = ["vendor/"]\n' });
  const { status, stdout } = tlslint(cwd, ["check", "notes.txt", "vendor/a.rs"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^notes\.txt: skipped: it is no kind of file that tlslint reads$/m);
  assert.match(stdout, /^vendor\/a\.rs: skipped: the configuration excludes it$/m);
  assert.match(stdout, /^nothing found in 0 files; 2 skipped$/m);
});

const BOMB = "macro_rules! again { ($($a:tt)*) => { again!($($a)* x); }; }\nagain!();\n";
const SWITCH =
  "pub fn insecure_client() -> reqwest::Client {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()\n}\n";

test("where a bound on names leaves open what code means that says something about TLS, that has failed", (context) => {
  const checked = (main: string, files: Readonly<Record<string, string>>) =>
    tlslint(folder(context, { ...MISTAKEN, "src/main.rs": main, ...files }), ["check"]);
  const cut =
    /^src\/switch\.rs: not analysed: the names of its crate are resolved in part: `main\.rs`: macros call each other more than 64 deep$/m;
  // What was cut may call what a file offers, or name what it uses.
  for (const call of ["switch::insecure_client();", ""]) {
    const { status, stdout } = checked(`mod switch;\n${BOMB}fn main() { ${call} }\n`, { "src/switch.rs": SWITCH });
    assert.equal(status, 2, stdout);
    assert.match(stdout, cut);
    assert.match(stdout, /disabled-verification/, "what can be said is told all the same");
  }
  const unused = checked(`mod switch;\n${BOMB}fn main() {}\n`, { "src/switch.rs": "pub fn takes(_: reqwest::ClientBuilder) {}\n" });
  assert.match(unused.stdout, cut, "nothing begins in it as far as names are known");
  const alone = tlslint(folder(context, {}), ["check", "--stdin", "--stdin-path", "src/switch.rs"], `${BOMB}${SWITCH}`);
  assert.match(alone.stdout, /not analysed: the names of its crate are resolved in part/);
  const silent = checked(`mod other;\n${BOMB}fn main() {}\n`, { "src/other.rs": "pub fn nothing() {}\n" });
  assert.equal(silent.status, 0, silent.stdout);
});

test("code is analysed however deep it is nested, but for types and patterns: what says something about TLS there has failed", (context) => {
  const call = "reqwest::Client::builder().danger_accept_invalid_certs(true).build()";
  const nested = (open: string, inner: string, close: string, depth: number): string => open.repeat(depth) + inner + close.repeat(depth);
  const checked = (code: string) => tlslint(folder(context, { ...MISTAKEN, "src/main.rs": `${code}\nfn main() {}\n` }), ["check"]);
  for (const code of [
    `pub fn f() { let _ = ${nested("id(", call, ")", 250)}; }`,
    `pub fn f() { ${nested("{", `let _ = ${call};`, "}", 300)} }`,
    `pub fn f() { ${nested("fn g() { ", `let _ = ${call};`, "}", 300)} }`,
    nested("pub mod m {", ` pub fn f() { let _ = ${call}; } `, "}", 300),
  ]) {
    const { status, stdout } = checked(code);
    assert.equal(status, 1, stdout);
    assert.match(stdout, /error\[disabled-verification\]/);
  }
  for (const code of [
    `pub fn f(_: ${nested("Vec<", "reqwest::ClientBuilder", ">", 250)}) {}`,
    `pub fn f(_: ${"&".repeat(250)}reqwest::ClientBuilder) {}`,
    `pub fn f() { let _: ${nested("Vec<", "reqwest::ClientBuilder", ">", 250)} = g(); }`,
    `pub fn f() { let ${"&".repeat(250)}reqwest::ClientBuilder { .. } = g(); }`,
  ]) {
    const { status, stdout } = checked(code);
    assert.equal(status, 2, stdout);
    assert.match(stdout, /^src\/main\.rs:1:\d+: not analysed: code is nested too deeply to be analysed$/m);
  }
});
