/** `--watch` lints again with every change, and how far a run is stands on a terminal and nowhere else. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Progress } from "../../server/src/cli/progress.ts";
import { skipWithout } from "../harness/programs.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

test("files that change, appear and vanish are seen, until somebody ends it", { timeout: 60_000 }, async (context) => {
  const cwd = folder(context, MISTAKEN);
  const child = spawn(process.execPath, [CLI, "check", "--watch", "--format", "concise"], { cwd, env: { ...process.env, NO_COLOR: "1" } });
  context.after(() => child.kill("SIGKILL"));
  let [out, told, runs] = ["", "", 0];
  child.stdout.on("data", (text) => {
    out += String(text);
  });
  child.stderr.on("data", (text) => {
    told += String(text);
  });
  /** What the next run says. */
  const next = async (): Promise<string> => {
    runs++;
    while (told.split("waiting for changes; Ctrl+C stops\n").length <= runs) await new Promise((resolve) => void setTimeout(resolve, 50));
    const said = out;
    out = "";
    return said;
  };
  assert.match(await next(), /^src\/main\.rs:5:38: error\[disabled-verification\].*\n1 error in 2 files\n$/);
  writeFileSync(join(cwd, "src/main.rs"), MISTAKEN["src/main.rs"].replace("(true)", "(false)"));
  assert.equal(await next(), "nothing found in 2 files\n");
  writeFileSync(join(cwd, "src/second.rs"), MISTAKEN["src/main.rs"]);
  assert.match(await next(), /^src\/second\.rs:5.*\n1 error in 3 files\n$/);
  writeFileSync(join(cwd, "tlslint.toml"), '[rules]\ndisabled-verification = "off"\n');
  assert.match(await next(), /^nothing found in 4 files; 1 suppressed\n$/);
  rmSync(join(cwd, "src/second.rs"));
  assert.match(await next(), /^nothing found in 3 files\n$/);
  child.kill("SIGINT");
  assert.equal(await new Promise((resolve) => void child.on("exit", (_, signal) => resolve(signal))), "SIGINT");
});

test("what is asked once cannot be watched", (context) => {
  const cwd = folder(context, MISTAKEN);
  for (const [args, message] of [
    [["--fix"], "`--watch` and `--fix` cannot be combined"],
    [["--stdin", "--stdin-path", "a.rs"], "`--watch` and `--stdin` cannot be combined"],
    [["--diff"], "`--watch` and `--diff` cannot be combined"],
    [["--explain", "a.rs:1"], "`--watch` and `--explain` cannot be combined"],
  ] as const) {
    const { status, stderr } = tlslint(cwd, ["check", "--watch", ...args]);
    assert.deepEqual([status, stderr.split("\n")[0]], [2, `tlslint: ${message}`]);
  }
});

test("progress waits for half a second, writes ten times in one at most, tells the time left when it can, and clears its line", () => {
  let now = 0;
  const written: string[] = [];
  const never = () => () => {};
  const progress = new Progress(200, { show: (line) => void written.push(line), now: () => now, every: never });
  for (let done = 1; done <= 200; done++) {
    now = done * 40;
    progress.at(done);
  }
  progress.end();
  assert.equal(written[0], "tlslint: 13 of 200 files");
  assert.equal(written.at(-1), "");
  assert.ok(written.length > 50 && written.length < 75, `${written.length}`);
  assert.match(written.find((it) => it.includes("left")) ?? "", /tlslint: 7[5-9] of 200 files, about 5 s left$/);
  const quick: string[] = [];
  const short = new Progress(2, { show: (line) => void quick.push(line), now: () => 0, every: never });
  short.at(1);
  short.end();
  assert.deepEqual(quick, []);
});

test("while the first file of a workspace brings the analysis of all, it is told that the run goes on", () => {
  let now = 0;
  let tick = () => {};
  const written: string[] = [];
  const progress = new Progress(42, {
    show: (line) => void written.push(line),
    now: () => now,
    every(_, run) {
      tick = run;
      return () => {
        tick = () => {};
      };
    },
  });
  for (now = 500; now <= 9_000; now += 500) tick();
  progress.at(42);
  assert.deepEqual(
    [written[0], written[5], written.at(-1)],
    ["tlslint: 0 of 42 files", "tlslint: 0 of 42 files, 3 s so far", "tlslint: 42 of 42 files"],
  );
  progress.end();
  now += 500;
  tick();
  assert.equal(written.at(-1), "", "nothing comes after the end");
});

test("on a terminal a run that takes its time shows how far it is; in a pipe, in CI and in the report it does not", {
  skip: skipWithout("script", "--version"),
}, (context) => {
  const crates = Array.from({ length: 100 }, (_, at) => [
    [`c${at}/Cargo.toml`, MISTAKEN["Cargo.toml"].replace("client", `c${at}`)],
    [`c${at}/src/lib.rs`, MISTAKEN["src/main.rs"]],
  ]);
  const cwd = folder(context, Object.fromEntries(crates.flat()));
  const onTerminal = (environment: Readonly<Record<string, string>>) => {
    const command = `'${process.execPath}' '${CLI}' check --format json --output report.json`;
    const env: NodeJS.ProcessEnv = { ...process.env, TERM: "xterm", ...environment };
    return spawnSync("script", ["--quiet", "--return", "--command", command, "/dev/null"], { cwd, encoding: "utf8", env });
  };
  const { stdout, status } = onTerminal({ CI: "" });
  assert.equal(status, 1);
  assert.match(stdout, /tlslint: \d+ of 200 files/);
  assert.ok(stdout.endsWith("\r\u001b[K"));
  assert.equal(onTerminal({ CI: "true" }).stdout, "");
  assert.equal(onTerminal({ CI: "", TERM: "dumb" }).stdout, "");
  assert.equal(tlslint(cwd, ["check", "--format", "json", "--output", "report.json"]).stderr, "");
});
