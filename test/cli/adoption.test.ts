/** Beginning in a repository that has findings: the baseline, lists of files, what changed, and parts of a run. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { shardOf } from "../../server/src/cli/shards.ts";
import { replaceOutput } from "../../server/src/cli/writing/output.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";
import { refused, watched } from "./fault.ts";

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
  assert.match(stderr, /^tlslint: tls\.json: `disabled-verification` in src\/main\.rs no longer matches anything$/m);
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
    ["none.json", /there is no such file or folder; `--update-baseline` creates it/],
    ["broken.json", /it is not valid JSON; expected what `tlslint check --baseline FILE --update-baseline` writes/],
    ["list.json", /it is not a baseline/],
    ["new.json", /unsupported version; expected 1/],
    ["odd.json", /entry 1 is not a finding/],
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
  const { status, stdout, stderr } = tlslint(cwd, ["check", "--baseline", "locked/no/tls.json", "--update-baseline"]);
  assert.equal(status, 2);
  assert.match(stderr, /`--baseline locked\/no\/tls\.json` could not be written and is unchanged: there is no such file or folder/);
  assert.match(stdout, /^error\[disabled-verification\]/m, "what is not listed anywhere is reported");
});

test("a baseline is replaced as a whole: what fails on the way leaves the old one, and nothing beside it", { skip: !POSIX }, (context) => {
  const cwd = folder(context, { "tls.json": "old" });
  const path = join(cwd, "tls.json");
  let calls = 0;
  const counted = watched(() => void calls++);
  assert.equal(replaceOutput(counted, [cwd], path, "new"), undefined);
  assert.equal(readFileSync(path, "utf8"), "new");
  writeFileSync(path, "old");
  chmodSync(path, 0o640);
  for (let failing = 0; failing < calls; failing++) {
    const files = watched(({ number }) => {
      if (number === failing) throw refused("ENOSPC");
    });
    const reason = replaceOutput(files, [cwd], path, "new");
    const isRenamed = readFileSync(path, "utf8") === "new";
    if (isRenamed) writeFileSync(path, "old");
    else assert.notEqual(reason, undefined, `${failing}`);
    assert.equal(readFileSync(path, "utf8"), "old");
    assert.deepEqual(readdirSync(cwd), ["tls.json"], `${failing}`);
  }
  assert.equal(
    replaceOutput(
      watched(() => {}),
      [cwd],
      path,
      "new",
    ),
    undefined,
  );
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.equal(
    replaceOutput(
      watched(() => {}),
      [cwd],
      cwd,
      "new",
    ),
    "it is a folder",
  );
});

test("a file that could not be analysed keeps its entries", (context) => {
  const cwd = folder(context, MISTAKEN);
  tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]);
  writeFileSync(join(cwd, "src/main.rs"), new Uint8Array([0, 159, 146, 150, 0]));
  const { status, stderr } = tlslint(cwd, ["check", "--baseline", "tls.json", "--update-baseline"]);
  assert.deepEqual([status, stderr], [2, "tlslint: tls.json: 1 listed, 0 removed\n"]);
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

test("a shard that is none, and options that cannot be combined, are mistakes", (context) => {
  const cwd = folder(context, MISTAKEN);
  for (const [args, message] of [
    [["--shard", "0/4"], /invalid value `0\/4` for `--shard`; expected I\/N with I from 1 to N/],
    [["--shard", "5/4"], /invalid value `5\/4`/],
    [["--shard", "1/2", "--shard", "2/2"], /`--shard` is given more than once; expected one `--shard I\/N`/],
    [["--update-baseline"], /`--update-baseline` needs `--baseline FILE`/],
    [["--update-baseline", "--baseline", "x", "--fix"], /`--update-baseline` and `--fix` cannot be combined/],
    [["--stdin", "--stdin-path", "a.rs", "--changed"], /`--stdin` and `--changed` cannot be combined/],
  ] as const) {
    const { status, stderr } = tlslint(cwd, ["check", ...args]);
    assert.equal(status, 2);
    assert.match(stderr, message);
  }
});
