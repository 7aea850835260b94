/** `--jobs`: whatever the number of workers, a report has the same bytes; and one that dies leaves the others' part as it is. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { partsOf } from "../../server/src/cli/jobs/parts.ts";
import { certificate } from "../lsp/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

/** Three programs, of which one is a workspace of two, and certificates of nobody. */
const FILES = {
  "one/Cargo.toml": MISTAKEN["Cargo.toml"],
  "one/src/main.rs": MISTAKEN["src/main.rs"],
  "one/certs/ca.pem": certificate("one", -3),
  "two/Cargo.toml": '[workspace]\nmembers = ["member"]\n',
  "two/member/Cargo.toml": MISTAKEN["Cargo.toml"],
  "two/member/src/main.rs": MISTAKEN["src/main.rs"],
  "three/Cargo.toml": MISTAKEN["Cargo.toml"],
  "three/src/main.rs": "fn main() {}\n",
  "certs/a.pem": certificate("a", -3),
  "certs/b.pem": certificate("b", 12),
  "certs/tlslint.toml": "mtls = 3\n",
};

test("whatever the number of workers, a report has the same bytes, kept or not", (context) => {
  const [cwd, cache] = [folder(context, FILES), join(folder(context, {}), "kept")];
  const run = (...args: readonly string[]) => tlslint(cwd, ["check", ...args, "--now", "2026-06-01"]);
  const alone = run("--no-cache");
  assert.equal(alone.status, 1);
  assert.deepEqual(run("--no-cache", "--jobs", "2"), alone);
  assert.deepEqual(run("--cache-dir", cache, "--jobs", "64"), alone, "made by workers");
  assert.deepEqual(run("--cache-dir", cache, "--jobs", "2"), alone, "kept by workers");
  assert.deepEqual(run("--cache-dir", cache, "--format", "json"), run("--no-cache", "--format", "json"), "kept by them, for one alone");
});

test("what is analysed together is one worker's, in the order of the run", () => {
  const files = [
    "/w/a/Cargo.toml",
    "/w/a/b/Cargo.toml",
    "/w/a/b/src/lib.rs",
    "/w/a/src/lib.rs",
    "/w/c/Cargo.toml",
    "/w/c/src/lib.rs",
    "/w/x.pem",
  ];
  assert.deepEqual(partsOf(files, 2), [files.slice(0, 4), files.slice(4)]);
  assert.deepEqual(partsOf(files, 64), [files.slice(0, 4), files.slice(4, 6), files.slice(6)]);
  assert.deepEqual(partsOf([], 4), []);
});

test("a worker that dies leaves its files as not analysed, each by name, and nothing is kept of that", (context) => {
  const cwd = folder(context, {
    ...FILES,
    "killer.cjs": `const { isMainThread, workerData } = require("node:worker_threads");
if (!isMainThread && workerData.paths.some((it) => it.includes("/two/"))) setTimeout(() => process.exit(3), 0);
`,
  });
  const cache = join(folder(context, {}), "kept");
  const args = ["check", "--format", "json", "--jobs", "3", "--cache-dir", cache];
  const { status, stdout } = tlslint(cwd, args, "", { NODE_OPTIONS: `--require=${join(cwd, "killer.cjs")}` });
  assert.equal(status, 2);
  const { notAnalysed, counts } = JSON.parse(stdout);
  const failed = notAnalysed.filter((it: { kind: string }) => it.kind === "failed");
  const paths: readonly string[] = failed.map((it: { path: string }) => it.path);
  assert.ok(paths.includes("two/Cargo.toml") && paths.includes("two/member/src/main.rs"));
  assert.ok(!paths.some((it) => it.startsWith("one/") || it.startsWith("three/")), paths.join(" "));
  for (const { reason } of failed) assert.equal(reason, "its worker failed: it exited early");
  assert.ok(counts.findings.error > 0);
  const whole = JSON.parse(tlslint(cwd, args).stdout);
  assert.equal(whole.counts.failed, 0);
  assert.ok(whole.counts.findings.error > counts.findings.error);
});

test("a number of workers is one", (context) => {
  const cwd = folder(context, {});
  for (const jobs of ["0", "1.5", "65"]) {
    const { status, stderr } = tlslint(cwd, ["check", `--jobs=${jobs}`]);
    const message = `tlslint: invalid value \`${jobs}\` for \`--jobs\`; expected a number from 1 to 64`;
    assert.deepEqual([status, stderr.split("\n")[0]], [2, message]);
  }
});
