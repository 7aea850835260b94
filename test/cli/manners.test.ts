/** How the process behaves towards those it is joined with: a reader that has had enough, a full device, files that cannot be. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const NO_STACK = /^ +at |\.js:\d|Error:/m;

/** In a shell; the status is the command line's own. */
function shell(cwd: string, line: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${line}`], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, TLSLINT: CLI, NODE: process.execPath, NO_COLOR: "1" },
  });
  return { status, stderr };
}

test("a reader that has had enough is in order", { skip: !POSIX }, async (context) => {
  const cwd = folder(context, MISTAKEN);
  for (const args of [
    ["rules"],
    ["rules", "--format", "json"],
    ["explain", "early-data"],
    ["help"],
    ["check"],
    ["check", "--format", "sarif"],
    ["check", "--format", "github"],
    ["man"],
    ["completions", "zsh"],
  ]) {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let told = "";
    child.stderr.on("data", (data) => {
      told += data;
    });
    const status = await new Promise((done) => child.once("close", done));
    assert.equal(told, "", args.join(" "));
    assert.equal(status, args[0] === "check" ? 1 : 0, args.join(" "));
  }
  assert.deepEqual(shell(cwd, '"$NODE" "$TLSLINT" rules --format json | head -c 10 > /dev/null'), { status: 0, stderr: "" });
});

test("a device that takes nothing is an error of one line", { skip: !existsSync("/dev/full") }, (context) => {
  const cwd = folder(context, MISTAKEN);
  for (const args of [
    "rules",
    "help",
    "check",
    "check --format json",
    "check --diff",
    "inspect Cargo.toml",
    "check --format github",
    "expiry",
  ]) {
    const { status, stderr } = shell(cwd, `"$NODE" "$TLSLINT" ${args} > /dev/full`);
    assert.equal(stderr, "tlslint: the output could not be written: no space is left on the device\n", args);
    assert.equal(status, 2, args);
  }
  assert.equal(shell(cwd, '"$NODE" "$TLSLINT" check no-such 2> /dev/full').status, 2);
  const { status, stderr } = shell(cwd, '"$NODE" "$TLSLINT" check --output /dev/full');
  assert.equal(stderr, "tlslint: `--output /dev/full` could not be written: no space is left on the device\n");
  assert.equal(status, 2);
});

test("an output that cannot be written is an error of one line", { skip: !POSIX }, (context) => {
  const cwd = folder(context, MISTAKEN);
  mkdirSync(join(cwd, "folder"));
  const cases = {
    "no/such/file": "there is no such file or folder",
    folder: "it is a folder",
    "Cargo.toml/x": "a part of its path is not a folder",
  };
  for (const [output, reason] of Object.entries(cases)) {
    const { status, stderr } = tlslint(cwd, ["check", "--output", output]);
    assert.equal(stderr, `tlslint: \`--output ${output}\` could not be written: ${reason}\n`);
    assert.equal(status, 2);
  }
  assert.equal(
    shell(cwd, '"$NODE" "$TLSLINT" check --output /dev/stdout | grep -q disabled-verification').status,
    1,
    "a device may be named",
  );
});

test("files that were named and are of no use are told in a sentence", { skip: !POSIX }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, "cases.json": "{", "locked.pem": "" });
  chmodSync(join(cwd, "locked.pem"), 0o000);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["verify", "none.pem", "--roots", "none.pem", "--as", "client"], /none\.pem: there is no such file or folder/],
    [["verify", ".", "--roots", "none.pem", "--as", "client"], /\.: it is a folder/],
    [["verify", "--limbo", "cases.json"], /cases\.json: it is neither JSON/],
    [["verify", "--limbo", "none.json"], /none\.json: there is no such file or folder/],
    [["inspect", "none.pem"], /./],
    [["reissue", "none.pem"], /./],
  ];
  for (const [args, says] of cases) {
    const { status, stdout, stderr } = tlslint(cwd, args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stdout + stderr, says);
    assert.doesNotMatch(stdout + stderr, NO_STACK);
  }
});
