/** The test runner's guard: no test process, and nothing that one started, keeps a run from ending or outlives it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../harness/fixtures.ts";

const skip = process.platform !== "linux" && "processes are found in /proc";

/** Runs these texts as test files in the lanes, each of which sees as GRANDCHILD a program that does not end by itself. */
function inLanes(
  context: TestContext,
  files: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, number>>,
  needs: Readonly<Record<string, readonly string[]>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-guard-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const stubborn = join(folder, "stubborn.cjs");
  writeFileSync(stubborn, 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);');
  const preamble = `const { test } = require("node:test"); const { spawn } = require("node:child_process");
    const grandchild = (options) => spawn(process.execPath, [${JSON.stringify(stubborn)}], options);\n`;
  const planned = Object.entries(files).map(([name, text]) => {
    const bundled = join(folder, `${name}.test.cjs`);
    writeFileSync(bundled, preamble + text);
    return { name, files: [name], bundled, needs: needs[name] ?? [], time: 1 };
  });
  const url = (name: string): string => JSON.stringify(pathToFileURL(join(ROOT, "scripts/testing", name)).href);
  const driver = join(folder, "driver.mjs");
  const given = { patterns: [], clock: join(folder, "clock.jsonl"), root: folder, limits };
  writeFileSync(
    driver,
    `import { runInLanes } from ${url("lanes.mjs")};
    import { Report } from ${url("report.mjs")};
    process.execArgv.push("--import", ${url("hooks.mjs")}, "--import", ${url("clock.mjs")});
    const report = new Report();
    const written = report.writeTo(process.stdout);
    await runInLanes(${JSON.stringify(planned)}, { ...${JSON.stringify(given)}, report });
    report.end();
    await written;
    process.exit(report.failed ? 1 : 0);`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [driver], {
    encoding: "utf8",
    env: { ...env, TLSLINT_CLOCK: given.clock },
    timeout: 60_000,
  });
  return { status, said: stdout + stderr, left: commands().filter((it) => it.includes(folder)) };
}

/** The command lines of all processes. */
const commands = (): readonly string[] =>
  readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        return [];
      }
    });

const LONG = 600_000;

test("a process that does not end, and one whose grandchild keeps its output open, are ended and named", { skip }, (context) => {
  const { status, said, left } = inLanes(
    context,
    {
      waits: 'test("a test that waits for good", () => new Promise(() => grandchild({ stdio: "pipe" })));',
      "keeps-open": 'test("passes", () => grandchild({ stdio: "inherit", detached: true }).unref());',
      "does-not-end": 'test("passes as well", () => void setInterval(() => {}, 1000));',
      good: 'test("good", () => {});',
    },
    { process: 4000, end: 1000, run: LONG, output: LONG },
  );
  assert.equal(status, 1, said);
  assert.match(said, /^# starts waits$/m);
  assert.match(
    said,
    /^# failed: waits .*\n# {3}ended: still running after 4 s\n# {3}test: a test that waits for good\n# {3}kept by: .*\n(?:# {3}process: .*\n)*# {3}process: .*stubborn\.cjs$/m,
  );
  assert.match(
    said,
    /^# failed: keeps-open .*\n# {3}ended: its tests were over \d s ago.*\n# {3}kept by: it does not answer\n# {3}process: .*stubborn\.cjs$/m,
  );
  assert.match(
    said,
    /^# failed: does-not-end .*\n# {3}ended: its tests were over \d s ago.*\n# {3}kept by: .*Timeout.*\n# {3}process: .*does-not-end\.test\.cjs$/m,
  );
  assert.match(said, /^ok \d - good$/m);
  assert.deepEqual(left, []);
});

test("what a process leaves behind is ended with it", { skip }, (context) => {
  const { status, said, left } = inLanes(
    context,
    { leaves: 'test("passes", () => grandchild({ stdio: "ignore", detached: true }).unref());' },
    { process: LONG, end: LONG, run: LONG, output: LONG },
  );
  assert.equal(status, 0, said);
  assert.match(said, /^# leaves left running: .*stubborn\.cjs$/m);
  assert.deepEqual(left, []);
});

test("an error that nobody waits for fails its file, and is told", { skip }, (context) => {
  const { status, said } = inLanes(
    context,
    {
      rejects:
        'test("passes", async () => { Promise.reject(new Error("nobody waits for this")); await new Promise((done) => setTimeout(done, 50)); });',
      throws: 'test("passes", (_, done) => { setTimeout(() => { done(); throw new Error("nobody catches this"); }, 1); });',
    },
    { process: LONG, end: LONG, run: LONG, output: LONG },
  );
  assert.equal(status, 1, said);
  for (const [name, error] of [
    ["rejects", "nobody waits for this"],
    ["throws", "nobody catches this"],
  ]) {
    assert.match(said, new RegExp(`^# failed: .*${name}\\.test\\.cjs `, "m"));
    assert.match(said, new RegExp(error ?? ""));
  }
});

test("the run as a whole has a limit, and what did not run for it has failed", { skip }, (context) => {
  const never = 'test("never ends", () => new Promise(() => setInterval(() => {}, 1000)));';
  const { status, said, left } = inLanes(
    context,
    { one: never, two: never, three: never, four: never },
    { process: LONG, end: LONG, run: 3000, output: LONG },
  );
  assert.equal(status, 1, said);
  assert.match(said, /^# failed: one .*\n# {3}ended: the whole run took more than 3 s\n# {3}test: never ends\n# {3}kept by: .*$/m);
  assert.match(said, /^# failed: two .*\n# {3}not run: the whole run took more than 3 s$/m);
  assert.deepEqual(
    [...said.matchAll(/^# starts (\w+)$/gm)].map(([, name]) => name).sort(),
    ["four", "one", "three"],
    "one for each core, and one for what these wait for: the longest two, and the quickest",
  );
  assert.deepEqual(left, []);
});

test("all else gives way to the windows of a browser while they are looked at", { skip }, (context) => {
  const told = (name: string) =>
    `test("tells", () => console.log(${JSON.stringify(name)}, "has", require("node:child_process").execFileSync("nice", { encoding: "utf8" })));`;
  const files = { windows: told("windows"), beside: told("beside") };
  const { status, said } = inLanes(context, files, { process: LONG, end: LONG, run: LONG, output: LONG }, { windows: ["browser"] });
  assert.equal(status, 0, said);
  const own = getPriority();
  assert.match(said, new RegExp(`^# windows has ${own}$`, "m"));
  assert.match(said, new RegExp(`^# beside has ${Math.min(own + 10, 19)}$`, "m"));
  assert.notEqual(own, 19);
});
