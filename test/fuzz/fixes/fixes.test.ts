/** A sample of `--fix` runs that are killed or meet a full disk, and processes that are, in earnest. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CLI, folder, MISTAKEN } from "../../cli/cli.ts";
import { skipWithout } from "../../harness/programs.ts";
import { Dice } from "../dice.ts";
import { assertSample } from "../sample.ts";
import { halfIn, interruptedFixes } from "./judge.ts";

const POSIX = process.platform !== "win32";

test("a sample of interrupted fixes leaves every file whole, and the next run completes them", { skip: !POSIX }, async () =>
  assertSample(await interruptedFixes(), 16),
);

test("a file that is lost or half written is seen", () => {
  const before = { "a.rs": ["old", "644"] } as const;
  const after = { "a.rs": ["new", "644"] } as const;
  assert.equal(halfIn(before, before, after), undefined);
  assert.equal(halfIn({ ...after, ".tlslint-1": ["x", "600"] }, before, after), undefined);
  assert.equal(halfIn({}, before, after), "a.rs is lost");
  assert.equal(halfIn({ "a.rs": ["ne", "644"] }, before, after), "a.rs is half written");
  assert.equal(halfIn({ "a.rs": ["new", "600"] }, before, after), "a.rs is half written");
});

const FILES = { ...MISTAKEN, "src/other.rs": MISTAKEN["src/main.rs"], "src/third.rs": MISTAKEN["src/main.rs"] };
const FIXED = MISTAKEN["src/main.rs"].replace("        .danger_accept_invalid_certs(true)\n", "");
const contents = (cwd: string): readonly string[] =>
  ["main", "other", "third"].map((it) => readFileSync(join(cwd, `src/${it}.rs`), "utf8"));
const isWhole = (text: string): boolean => [MISTAKEN["src/main.rs"], FIXED].includes(text);

test("a process that is killed at some moment leaves whole files, and the next one fixes them all", { skip: !POSIX }, async (context) => {
  const dice = new Dice(1, 0);
  for (let round = 0; round < 4; round++) {
    const cwd = folder(context, FILES);
    const env = { ...process.env, XDG_STATE_HOME: join(cwd, "state") };
    const child = spawn(process.execPath, [CLI, "check", "--fix-review"], { cwd, env, stdio: "ignore" });
    const ended = new Promise((done) => child.once("exit", done));
    const timer = setTimeout(() => child.kill("SIGKILL"), 100 + dice.below(500));
    await ended;
    clearTimeout(timer);
    assert.ok(contents(cwd).every(isWhole));
    spawnSync(process.execPath, [CLI, "check", "--fix-review"], { cwd, env });
    assert.deepEqual(contents(cwd), [FIXED, FIXED, FIXED]);
  }
});

test("a limit on the size of files is a full disk", { skip: skipWithout("prlimit", "--version") }, (context) => {
  for (const limit of [0, 1, 100, 4096]) {
    const cwd = folder(context, { ...FILES, "src/long.rs": MISTAKEN["src/main.rs"] + "// many words\n".repeat(400) });
    const args = [`--fsize=${limit}`, process.execPath, CLI, "check", "--fix-review"];
    const env = { ...process.env, XDG_STATE_HOME: join(cwd, "state") };
    const { status, stderr } = spawnSync("prlimit", args, { cwd, env, encoding: "utf8" });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /src\/long\.rs: disabled-verification: not fixed: /);
    assert.doesNotMatch(stderr, /EFBIG|Error:|\.js:\d/);
    assert.ok(contents(cwd).every(isWhole));
    assert.equal(readFileSync(join(cwd, "src/long.rs"), "utf8").length, MISTAKEN["src/main.rs"].length + 14 * 400);
  }
});
