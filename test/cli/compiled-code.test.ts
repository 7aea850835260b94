/** The code that V8 made of the program is kept and used again, and whatever is in its file, a run says the same. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { engineFlags } from "../harness/engine.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";

test("a run keeps what was compiled, and the next one compiles nothing", (context) => {
  const [cwd, cache] = [folder(context, MISTAKEN), folder(context, {})];
  const file = join(cache, "tlslint/check.code");
  const run = () => tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: cache });
  const first = run();
  assert.equal(first.status, 1);
  const written = statSync(file);
  assert.ok(written.size > 1_000_000);
  if (POSIX) assert.equal(written.mode & 0o777, 0o600);
  assert.deepEqual([run(), statSync(file).ino, statSync(file).mtimeMs], [first, written.ino, written.mtimeMs], "nothing new");
  // Certificates bring parts that code does not need: they are added.
  writeFileSync(join(cwd, "ca.pem"), "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
  run();
  assert.ok(statSync(file).size > written.size);
  assert.deepEqual(readdirSync(join(cache, "tlslint")), ["check.code"]);
});

test("a file that is damaged, foreign or not ours is not used, and made again", { skip: !POSIX }, (context) => {
  const [cwd, cache] = [folder(context, MISTAKEN), folder(context, {})];
  const file = join(cache, "tlslint/check.code");
  const run = () => tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: cache });
  const first = run();
  const whole = readFileSync(file);
  const end = whole.indexOf(0x0a);
  const header = JSON.parse(whole.toString("latin1", 0, end));
  const code = whole.subarray(end + 1);
  const withHeader = (changes: object): Buffer => Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, ...changes })}\n`), code]);
  const flipped = Buffer.from(whole);
  flipped[end + 500_000] = (flipped[end + 500_000] ?? 0) ^ 0x40;
  for (const [name, bytes] of Object.entries({
    empty: Buffer.alloc(0),
    truncated: whole.subarray(0, whole.length - 1000),
    flipped,
    "no header": Buffer.alloc(4096, 0x61),
    "of another build": withHeader({ build: "0" }),
    "of another Node": withHeader({ engine: "v8" }),
    "parts that do not fit": withHeader({ parts: [["main.js", 12]] }),
    "a header that is none": Buffer.concat([Buffer.from("null\n"), code]),
  })) {
    writeFileSync(file, bytes);
    assert.deepEqual(run(), first, name);
    assert.ok(readFileSync(file).length > 1_000_000 && !readFileSync(file).equals(bytes), `${name}: made again`);
  }
  const inode = (): number => statSync(file).ino;
  chmodSync(file, 0o666);
  const writable = inode();
  assert.deepEqual(run(), first);
  assert.notEqual(inode(), writable, "what others may write is not run");
  renameSync(file, join(cache, "elsewhere"));
  symlinkSync(join(cache, "elsewhere"), file);
  assert.deepEqual(run(), first);
  assert.notEqual(inode(), statSync(join(cache, "elsewhere")).ino, "nor what a link leads to");
});

test("where nothing can be kept, or nothing shall be, a run says the same", { skip: !POSIX }, (context) => {
  const [cwd, cache] = [folder(context, { ...MISTAKEN, file: "" }), folder(context, {})];
  const first = tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: cache });
  assert.deepEqual(tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: join(cwd, "file") }), first);
  assert.deepEqual(tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: "", HOME: "" }), first);
  rmSync(join(cache, "tlslint"), { recursive: true });
  assert.deepEqual(tlslint(cwd, ["check", "--no-cache"], "", { XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: "1" }), first);
  assert.ok(!existsSync(join(cache, "tlslint")));
});

test("several runs at once leave one whole file", async (context) => {
  const [cwd, cache] = [folder(context, MISTAKEN), folder(context, {})];
  mkdirSync(join(cache, "tlslint"));
  const env = { ...process.env, XDG_CACHE_HOME: cache, NO_COLOR: "1" };
  const runs = Array.from({ length: 3 }, async () => {
    const child = spawn(process.execPath, [...engineFlags, CLI, "check", "--no-cache", "--format", "concise"], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    return text;
  });
  const [first = "", ...others] = await Promise.all(runs);
  assert.match(first, /disabled-verification/);
  assert.deepEqual(others, [first, first]);
  assert.deepEqual(readdirSync(join(cache, "tlslint")), ["check.code"]);
  const { ino } = statSync(join(cache, "tlslint/check.code"));
  tlslint(cwd, ["check", "--no-cache", "--format", "concise"], "", { XDG_CACHE_HOME: cache });
  assert.equal(statSync(join(cache, "tlslint/check.code")).ino, ino, "it is whole");
});
