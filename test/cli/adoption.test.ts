/** Beginning in a repository that has findings: the baseline, lists of files, what changed, and parts of a run. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { shardOf } from "../../server/src/cli/shards.ts";
import { skipWithout } from "../harness/programs.ts";
import { certificate } from "../lsp/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const TEXT = MISTAKEN["src/main.rs"];
const SECOND = TEXT.slice(TEXT.indexOf("pub fn")).replace("client()", "second()").replace("        .danger", "        .no_proxy().danger");
const rulesIn = (stdout: string): readonly string[] =>
  JSON.parse(stdout).files.flatMap((it: { findings: { rule: string }[] }) => it.findings.map(({ rule }) => rule));

test("a baseline holds what is there; only what is new is reported, wherever lines move", (context) => {
  const cwd = folder(context, MISTAKEN);
  const made = tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]);
  assert.deepEqual([made.status, made.stderr], [0, "tlslint: tls.json: 1 listed, 0 removed\n"]);
  assert.match(made.stdout, /nothing found in 2 files; suppressed: 1 by the baseline/);
  for (const [format, summary] of [
    ["concise", "nothing found in 2 files; 1 suppressed\n"],
    ["markdown", "### tlslint: nothing found; 1 suppressed\n"],
  ] as const)
    assert.equal(tlslint(cwd, ["check", "--baseline", "tls.json", "--format", format, "src", "Cargo.toml"]).stdout, summary);
  writeFileSync(join(cwd, "src/main.rs"), `// moved\n\n${TEXT}`);
  assert.equal(tlslint(cwd, ["check", "--baseline", "tls.json"]).status, 0);
  writeFileSync(join(cwd, "src/main.rs"), `${TEXT}\n${SECOND}`);
  const more = tlslint(cwd, ["check", "--baseline", "tls.json", "--format", "json"]);
  assert.deepEqual([more.status, rulesIn(more.stdout), more.stderr], [1, ["disabled-verification"], ""]);
  assert.equal(JSON.parse(more.stdout).counts.suppressed, 1);
  const [{ results }] = JSON.parse(tlslint(cwd, ["check", "--baseline", "tls.json", "--format", "sarif"]).stdout).runs;
  assert.deepEqual(
    results
      .map((it: { baselineState: string; suppressions?: readonly object[] }) => [it.baselineState, it.suppressions?.length ?? 0])
      .sort(),
    [
      ["new", 0],
      ["unchanged", 1],
    ],
  );
});

test("entries that nothing matches have expired: they are told, and removed by an update", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "src/other.rs": TEXT });
  tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]);
  writeFileSync(join(cwd, "src/main.rs"), "fn main() {}\n");
  rmSync(join(cwd, "src/other.rs"));
  const { status, stdout, stderr } = tlslint(cwd, ["check", "--baseline", "tls.json", "--format", "json"]);
  assert.equal(status, 0);
  assert.deepEqual(
    JSON.parse(stdout).expired.map((it: { path: string }) => it.path),
    ["src/main.rs", "src/other.rs"],
  );
  assert.match(stderr, /^tlslint: tls\.json: nothing matches `disabled-verification` in src\/main\.rs any more$/m);
  // A run that looks elsewhere knows nothing of them, and forgets nothing.
  assert.equal(tlslint(cwd, ["check", "--baseline", "tls.json", "Cargo.toml"]).stderr, "");
  assert.match(tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline", "Cargo.toml"]).stderr, /2 listed, 0 removed/);
  assert.match(tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]).stderr, /0 listed, 2 removed/);
});

test("a baseline goes by where it lies, not by where it is asked from", (context) => {
  const cwd = folder(context, MISTAKEN);
  tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]);
  assert.equal(tlslint(join(cwd, "src"), ["check", "--baseline", "../tls.json", "main.rs"]).status, 0);
});

test("a baseline that is missing, broken or of another version is a mistake", { skip: !POSIX }, (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "broken.json": "{",
    "list.json": "[]",
    "new.json": '{"version":2,"findings":[]}',
    "odd.json": '{"version":1,"findings":[{"path":3}]}',
  });
  const cases: readonly (readonly [string, RegExp])[] = [
    ["none.json", /there is no such file or folder; `--update-baseline` makes it/],
    ["broken.json", /it is no JSON; expected what `tlslint check --baseline FILE --update-baseline` writes/],
    ["list.json", /it holds no findings/],
    ["new.json", /it is of another version; expected 1/],
    ["odd.json", /entry 1 is no finding/],
    ["src", /it is a folder/],
  ];
  for (const [file, message] of cases) {
    const { status, stdout, stderr } = tlslint(cwd, ["check", "--baseline", file]);
    assert.deepEqual([status, stdout], [2, ""], file);
    assert.match(stderr, message);
  }
  assert.equal(
    tlslint(cwd, ["check", "--baseline", "broken.json", "--update-baseline"]).status,
    2,
    "what is no baseline is not overwritten",
  );
  assert.equal(readFileSync(join(cwd, "broken.json"), "utf8"), "{");
  mkdirSync(join(cwd, "locked"));
  chmodSync(join(cwd, "locked"), 0o555);
  const { status, stderr } = tlslint(cwd, ["check", "--baseline", "locked/no/tls.json", "--update-baseline"]);
  assert.equal(status, 2);
  assert.match(stderr, /`--baseline locked\/no\/tls\.json` could not be written: /);
});

test("files are taken from a list, by lines or divided by zeros", { skip: !POSIX }, (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "src/a\nb.rs": TEXT,
    "list.txt": "src/main.rs\n",
    "zeros.txt": "src/a\nb.rs\0",
    "none.txt": "",
  });
  const paths = (...args: readonly string[]) =>
    JSON.parse(tlslint(cwd, ["check", "--format", "json", ...args]).stdout).files.map((it: { path: string }) => it.path);
  assert.deepEqual(paths("--files-from", "list.txt"), ["src/main.rs"]);
  assert.deepEqual(paths("--files-from", "zeros.txt"), ["src/a\nb.rs"]);
  const piped = tlslint(cwd, ["check", "--format", "json", "--files-from", "-"], "src/main.rs\r\nCargo.toml\r\n");
  assert.deepEqual(
    JSON.parse(piped.stdout)
      .files.map((it: { path: string }) => it.path)
      .sort(),
    ["Cargo.toml", "src/main.rs"],
  );
  const empty = tlslint(cwd, ["check", "--files-from", "none.txt"]);
  assert.deepEqual([empty.status, empty.stderr], [0, ""]);
  const missing = tlslint(cwd, ["check", "--files-from", "missing.txt"]);
  assert.deepEqual(
    [missing.status, missing.stderr],
    [2, "tlslint: `--files-from missing.txt` cannot be read: there is no such file or folder\n"],
  );
});

const NO_GIT = skipWithout("git", "--version");
const ENV = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@b",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@b",
};
const git = (cwd: string, ...args: readonly string[]) => execFileSync("git", args, { cwd, env: { ...process.env, ...ENV }, stdio: "pipe" });

test("--changed looks at what differs, and at what depends on it", { skip: NO_GIT }, (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "src/main.rs": "mod flags;\nfn main() { let _ = reqwest::Client::builder().danger_accept_invalid_certs(flags::LAX).build(); }\n",
    "src/flags.rs": "pub const LAX: bool = false;\n",
    "other/Cargo.toml": MISTAKEN["Cargo.toml"].replace("client", "other"),
    "other/src/lib.rs": TEXT,
    "notes.txt": "",
  });
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "add", ".");
  git(cwd, "commit", "-qm", "first");
  const changed = (...args: readonly string[]) => tlslint(cwd, ["check", "--format", "concise", "--changed", ...args], "", ENV);
  assert.deepEqual([changed().status, changed().stdout], [0, "nothing found in 0 files\n"], "an empty list of changes is in order");
  writeFileSync(join(cwd, "notes.txt"), "changed");
  assert.equal(changed().stdout, "nothing found in 0 files\n", "what is not linted concerns nobody");
  writeFileSync(join(cwd, "src/flags.rs"), "pub const LAX: bool = true;\n");
  assert.match(changed().stdout, /^src\/(?:main|flags)\.rs:\d+:\d+: error\[disabled-verification\]/);
  assert.doesNotMatch(changed().stdout, /other/);
  git(cwd, "commit", "-qam", "second");
  assert.equal(changed().stdout, "nothing found in 0 files\n");
  const since = tlslint(cwd, ["check", "--format", "concise", "--changed=HEAD~1"], "", ENV);
  assert.match(since.stdout, /disabled-verification/);
  writeFileSync(join(cwd, "src/new.rs"), TEXT);
  assert.match(changed().stdout, /^src\/new\.rs:/m, "a file that git does not know yet");
  rmSync(join(cwd, "src/flags.rs"));
  assert.match(changed().stdout, /^other\/src\/lib\.rs:/m, "what is gone may concern any file below the folder of its workspace");
  const wrong = tlslint(cwd, ["check", "--changed=nowhere"], "", ENV);
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^tlslint: `--changed` needs git: there is no common ancestor of `nowhere` and HEAD$/m);
  assert.equal(tlslint(folder(context, MISTAKEN), ["check", "--changed"], "", ENV).status, 2, "there is no repository");
});

const SERVER = `pub fn roots() -> std::io::Result<Vec<u8>> {
    let mut roots = rustls::RootCertStore::empty();
    for it in rustls_pemfile::certs(&mut std::io::BufReader::new(std::fs::File::open("certs/ca.pem")?)) {
        roots.add(it?).unwrap();
    }
    Ok(Vec::new())
}
`;

test("--changed knows what depends on a certificate, a manifest and a configuration", { skip: NO_GIT }, (context) => {
  const manifest = (name: string) =>
    MISTAKEN["Cargo.toml"].replace("client", name).replace("reqwest = ", 'rustls = "0.23"\nrustls-pemfile = "2"\nreqwest = ');
  const cwd = folder(context, {
    "one/Cargo.toml": manifest("one"),
    "one/src/lib.rs": SERVER,
    "one/src/aside.rs": TEXT,
    "one/certs/ca.pem": certificate("root", 12),
    "two/Cargo.toml": manifest("two"),
    "two/src/lib.rs": TEXT,
    "two/certs/old.pem": certificate("old", 13),
    "two/.env": "A=1\n",
    "two/tlslint.toml": "",
  });
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "add", ".");
  git(cwd, "commit", "-qm", "first");
  const looked = (change: () => void): readonly string[] => {
    change();
    const { stdout } = tlslint(cwd, ["check", "--format", "json", "--changed"], "", ENV);
    git(cwd, "checkout", "-q", ".");
    git(cwd, "clean", "-qfd");
    return JSON.parse(stdout).files.map((it: { path: string }) => it.path);
  };
  const write = (path: string, text: string) => () => writeFileSync(join(cwd, path), text);
  const CODE = ["one/src/aside.rs", "one/src/lib.rs"];
  const CERTIFICATES = ["one/certs/ca.pem", "two/certs/old.pem"];
  assert.deepEqual(looked(write("one/certs/ca.pem", certificate("root", 14))), ["one/certs/ca.pem", ...CODE, "two/certs/old.pem"]);
  assert.deepEqual(
    looked(() => rmSync(join(cwd, "one/certs/ca.pem"))),
    [...CODE, "two/certs/old.pem"],
  );
  assert.deepEqual(looked(write("one/src/lib.rs", `${SERVER}\n`)), ["one/certs/ca.pem", ...CODE], "and the certificates that it names");
  assert.deepEqual(looked(write("one/Cargo.toml", `${manifest("one")}\n`)), [
    "one/Cargo.toml",
    "one/certs/ca.pem",
    "one/src/aside.rs",
    "one/src/lib.rs",
  ]);
  assert.deepEqual(looked(write("two/tlslint.toml", 'mtls = "required"\n')), [
    "two/.env",
    "two/Cargo.toml",
    "two/certs/old.pem",
    "two/src/lib.rs",
    "two/tlslint.toml",
  ]);
  assert.deepEqual(looked(write("two/.env", "A=2\n")), ["two/.env"]);
  assert.deepEqual(looked(write("two/new.crt", certificate("new", 15))), [...CERTIFICATES, "two/new.crt"]);
  assert.deepEqual(looked(() => rmSync(join(cwd, "two/Cargo.toml"))).includes("one/src/lib.rs"), false);
});

test("a repository starts no program when it is asked what changed", { skip: NO_GIT || !POSIX }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, ".gitattributes": "*.rs diff=spy filter=spy\n" });
  git(cwd, "init", "-q");
  git(cwd, "add", ".");
  git(cwd, "commit", "-qm", "first");
  const spy = join(cwd, ".git/spy");
  writeFileSync(spy, `#!/bin/sh\necho "$0 $*" >> '${cwd}/.git/ran'\ncat\n`);
  chmodSync(spy, 0o755);
  for (const key of [
    "core.fsmonitor",
    "diff.external",
    "diff.spy.textconv",
    "diff.spy.command",
    "filter.spy.clean",
    "filter.spy.smudge",
    "core.pager",
  ])
    git(cwd, "config", key, spy);
  for (const hook of ["post-index-change", "pre-commit", "reference-transaction", "post-checkout", "fsmonitor-watchman"]) {
    writeFileSync(join(cwd, ".git/hooks", hook), readFileSync(spy));
    chmodSync(join(cwd, ".git/hooks", hook), 0o755);
  }
  writeFileSync(join(cwd, "src/main.rs"), `${TEXT}\n`);
  const { status, stderr } = tlslint(cwd, ["check", "--changed=HEAD"], "", { ...ENV, GIT_EXTERNAL_DIFF: spy });
  assert.deepEqual([status, stderr], [1, ""]);
  const ran = (): string => spawnSync("cat", [join(cwd, ".git/ran")], { encoding: "utf8" }).stdout;
  assert.equal(ran(), "");
  execFileSync("git", ["diff"], { cwd, env: { ...process.env, ...ENV }, stdio: "pipe" });
  assert.match(ran(), /spy/, "the spies work");
});

test("shards together are the whole, and a package stays together", () => {
  const path = fc
    .array(fc.constantFrom("a", "b", "c", "Cargo.toml", "x.rs"), { minLength: 1, maxLength: 4 })
    .map((it) => `/w/${it.join("/")}`);
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (files, of) => {
      const shards = Array.from({ length: of }, (_, at) => shardOf(files, { index: at + 1, of }, (it) => it.slice(3)));
      assert.deepEqual(shards.flat().toSorted(), files.toSorted());
      const elsewhere = files.map((it) => `/other${it}`);
      assert.deepEqual(
        shardOf(elsewhere, { index: 1, of }, (it) => it.slice(9)),
        shards[0]?.map((it) => `/other${it}`),
      );
    }),
  );
  const two = shardOf(["/w/p/Cargo.toml", "/w/p/a.rs", "/w/q/Cargo.toml", "/w/q/b.rs"], { index: 2, of: 2 }, (it) => it);
  assert.deepEqual(two, ["/w/q/Cargo.toml", "/w/q/b.rs"]);
});

test("a shard that is none, and options that exclude each other, are mistakes", (context) => {
  const cwd = folder(context, MISTAKEN);
  for (const [args, message] of [
    [["--shard", "0/4"], /unknown value `0\/4` for `--shard`; expected I\/N with I from 1 to N/],
    [["--shard", "5/4"], /unknown value `5\/4`/],
    [["--update-baseline"], /`--update-baseline` needs `--baseline FILE`/],
    [["--update-baseline", "--baseline", "x", "--fix"], /`--update-baseline` and `--fix` exclude each other/],
    [["--stdin", "--stdin-path", "a.rs", "--changed"], /`--stdin` and `--changed` exclude each other/],
  ] as const) {
    const { status, stderr } = tlslint(cwd, ["check", ...args]);
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});
