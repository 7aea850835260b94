/** SECURITY.md promises nothing without a test, and what it promises of our sources as a whole is tested here. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CLI, folder, MISTAKEN, tlslint } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";

const page = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
const promises = (page.split(/^## What we promise$/m)[1]?.split(/^## /m)[0] ?? "").split("\n");

/** `- What is promised: [tests](file) "name", "name" and [tests](file) "name".` */
const PROMISE = /^- ([^[\]]+): ((?:(?: and )?\[tests\]\([\w./-]+\)(?: "[^"]+",?)+)+)\.$/;

test("each promise is one sentence that names its tests, and they exist", () => {
  const bullets = promises.filter((it) => it.startsWith("- "));
  assert.ok(bullets.length > 20);
  for (const bullet of bullets) {
    const [, sentence = "", references = ""] = PROMISE.exec(bullet) ?? [];
    assert.notEqual(references, "", `it does not end with its tests: ${bullet}`);
    assert.doesNotMatch(sentence, /[.!?] [A-Z]/, `more than one sentence: ${bullet}`);
    for (const [, path = "", names = ""] of references.matchAll(/\[tests\]\(([^)]+)\)((?: "[^"]+",?)+)/g)) {
      assert.ok(existsSync(join(ROOT, path)), `${path} is not there`);
      const source = readFileSync(join(ROOT, path), "utf8");
      const named = [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
      assert.ok(named.length > 0);
      for (const name of named) assert.ok(isTest(source, name), `${path} has no test "${name}"`);
    }
  }
});

/** Skipped or marked as to be done is none. */
const isTest = (source: string, name: string): boolean =>
  [`test("${name}"`, `test(\`${name}\``].some((call) => source.split("\n").some((line) => line.trimStart().startsWith(call)));

test("nothing else is promised: between the headings stand only bullets and the introduction", () => {
  const others = promises.filter((it) => it !== "" && !it.startsWith("- ") && !it.startsWith("### "));
  assert.deepEqual(others, [
    "tlslint reads files that an attacker may have written: a cloned repository, a certificate from a mail.",
    "Each promise names the tests that keep it, and a test checks that they are there.",
  ]);
});

test("our sources start no process but git for `--changed`, open no connection and evaluate no code", () => {
  const sources = readdirSync(join(ROOT, "server/src"), { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".ts"))
    .map((it) => join("server/src", it));
  assert.ok(sources.length > 300);
  const used = new Set<string>();
  for (const path of sources) {
    const text = readFileSync(join(ROOT, path), "utf8");
    for (const [, name = ""] of text.matchAll(/(?:from|import\(|require\()\s*"node:([\w/]+)"/g)) used.add(name);
    assert.doesNotMatch(text, /(?<![.\w])eval\(|new (?:Function|WebSocket|XMLHttpRequest)\(|(?:globalThis\.|await |= )fetch\(/, path);
  }
  assert.deepEqual([...used].sort(), NEEDED);
  const starting = sources.filter((path) => readFileSync(join(ROOT, path), "utf8").includes('"node:child_process"'));
  assert.deepEqual(starting, [join("server/src", "cli/changed.ts")]);
  const dividing = sources.filter((path) => readFileSync(join(ROOT, path), "utf8").includes("new Worker("));
  assert.deepEqual(dividing, [join("server/src", "cli/jobs/pool.ts")], "what starts this program again, as a worker");
  const running = sources.filter((path) => readFileSync(join(ROOT, path), "utf8").includes('{ Script } from "node:vm"'));
  assert.deepEqual(
    running.filter((path) => !readFileSync(join(ROOT, path), "utf8").includes('import type { Script } from "node:vm"')),
    [join("server/src", "main-start.ts")],
    "what loads our own parts",
  );
});

/** Files, paths, texts, random names and packing; git; what loads our own parts, and workers that do. */
const NEEDED = ["child_process", "crypto", "fs", "module", "os", "path", "util", "vm", "worker_threads", "zlib"];

test("under Node's permissions, without the right to start a process, everything is found", (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "build.rs": 'fn main() { std::process::Command::new("touch").arg("ran").status().unwrap(); }\n',
    ".cargo/config.toml": '[build]\nrustc = "./compiler"\n',
  });
  const permitted = ["--experimental-permission", "--allow-fs-read=*", "--allow-fs-write=*"];
  const { stdout, status } = spawnSync(process.execPath, [...permitted, CLI, "check", "--format", "json", "."], { cwd, encoding: "utf8" });
  const free = tlslint(cwd, ["check", "--format", "json", "."]);
  assert.match(free.stdout, /disabled-verification/);
  assert.equal(stdout, free.stdout);
  assert.equal(status, free.status);
  assert.ok(!existsSync(join(cwd, "ran")));
  const started = spawnSync(process.execPath, [
    ...permitted,
    "--eval",
    'require("node:child_process").spawnSync("true").status ?? process.exit(3)',
  ]);
  assert.notEqual(started.status, 0, "Node takes the right away");
});
