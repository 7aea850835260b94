/** `--changed`: what differs from a commit and what depends on it, as git says, and what is said where git cannot. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { skipWithout } from "../harness/programs.ts";
import { certificate } from "../lsp/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const TEXT = MISTAKEN["src/main.rs"];
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
  assert.match(wrong.stderr, /^tlslint: `--changed=nowhere` cannot be used: git knows no branch, tag or commit `nowhere`$/m);
  const outside = tlslint(folder(context, MISTAKEN), ["check", "--changed"], "", ENV);
  assert.equal(outside.status, 2);
  assert.match(outside.stderr, /^tlslint: `--changed` cannot be used: .* is not in a git repository$/m);
});

test("--changed takes no base for a path, and says what a shallow clone lacks", { skip: NO_GIT }, (context) => {
  const cwd = folder(context, MISTAKEN);
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "add", ".");
  git(cwd, "commit", "-qm", "first");
  const base = tlslint(cwd, ["check", "--changed", "main"], "", ENV);
  assert.deepEqual(
    [base.status, base.stdout, base.stderr],
    [2, "", "tlslint: `--changed main`: there is no such file or folder; a base is written `--changed=main`\n"],
  );
  git(cwd, "commit", "-qm", "second", "--allow-empty");
  const clone = folder(context, {});
  git(clone, "clone", "-q", "--depth", "1", `file://${cwd}`, "clone");
  const { status, stderr } = tlslint(join(clone, "clone"), ["check", "--changed=HEAD~1"], "", ENV);
  assert.equal(status, 2);
  assert.match(stderr, /git knows no branch, tag or commit `HEAD~1`; this clone is shallow: fetch its history first \(.*fetch-depth: 0/);
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
  assert.deepEqual(looked(write("two/.env", "A=/etc/old.pem\n")), ["two/.env", "two/certs/old.pem"], "and what it names");
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
