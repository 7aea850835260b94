/** The test runner itself: what a word selects, that little is built and said for one fixture, and that a part not run can fail. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "../harness/fixtures.ts";

interface Plan {
  readonly choose: (root: string, words: readonly string[]) => Readonly<Record<"files" | "names" | "unknown", readonly string[]>>;
}
interface Processes {
  readonly shared: (
    files: readonly string[],
    known: { readonly needs: ReadonlyMap<string, readonly string[]>; readonly times: Readonly<Record<string, number>> },
  ) => readonly (readonly string[])[];
}
interface Waiting {
  readonly name: string;
  readonly needs: readonly string[];
}
interface Lanes {
  readonly takeFor: (lane: string, waiting: Waiting[]) => Waiting | undefined;
}
interface Event {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Reports {
  readonly Report: new () => {
    take(events: AsyncIterable<Event>): Promise<void>;
    end(): void;
    writeTo(stream: Written): Promise<void>;
    readonly failed: boolean;
  };
}
interface Written {
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
}
const load = (name: string) => import(pathToFileURL(join(ROOT, "scripts/testing", name)).href);

/** `npm test WORD…`, with nothing of this run in its environment. */
function npmTest(...words: readonly string[]) {
  const { NODE_TEST_CONTEXT: _, TLSLINT_CLOCK: __, TIMES: ___, ...env } = process.env;
  return spawnSync(process.execPath, [join(ROOT, "scripts/test.mjs"), ...words], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...env, CI: "true" },
  });
}

/** When the bundles were built. */
const built = (): readonly number[] => {
  const folder = join(ROOT, "server/out");
  return existsSync(folder) ? readdirSync(folder).map((it) => statSync(join(folder, it)).mtimeMs) : [];
};

test("a word selects test files by their path, and fixtures by their name", async () => {
  const { choose }: Plan = await load("plan.mjs");
  assert.deepEqual(choose(ROOT, ["laws/runner"]), { files: ["test/laws/runner.test.ts"], names: [], unknown: [] });
  const one = choose(ROOT, ["optional-client-auth/boring-in-a"]);
  assert.deepEqual(one, { files: ["test/fixtures.test.ts"], names: ["optional-client-auth/boring-in-a-field"], unknown: [] });
  assert.deepEqual(choose(ROOT, ["laws/runner", "nothing-is-called-so"]).unknown, ["nothing-is-called-so"]);
  assert.ok(choose(ROOT, []).files.length > 80);
});

test("one fixture is tested without building bundles and without naming the others", () => {
  const before = built();
  const { status, stdout, stderr } = npmTest("optional-client-auth/boring-in-a");
  assert.equal(status, 0, stdout + stderr);
  assert.match(
    stdout,
    /^TAP version 13\n# 1 test file, the tests called optional-client-auth\/boring-in-a-field\n/,
    "it says first what will run",
  );
  assert.match(stdout, /^ok 1 - optional-client-auth\/boring-in-a-field$/m);
  assert.match(stdout, /^# tests 6\n(?:# .*\n)*# pass 6$/m);
  assert.doesNotMatch(stdout, /SKIP|bundles/);
  assert.ok(stdout.split("\n").length < 80, stdout);
  assert.deepEqual(built(), before);
});

test("what is called like nothing is an error", () => {
  const { status, stderr } = npmTest("nothing-is-called-so");
  assert.equal(status, 2);
  assert.match(stderr, /no test file and no fixture matches nothing-is-called-so/);
});

test("where everything has to run, a test that is skipped fails the run", async (context) => {
  const { Report }: Reports = await load("report.mjs");
  const outcome = async (data: Event["data"], type = "test:pass"): Promise<boolean> => {
    const report = new Report();
    await report.take(
      (async function* () {
        yield { type: "test:start", data: { name: "one", nesting: 0 } };
        yield { type, data: { name: "one", nesting: 0, testNumber: 1, details: { duration_ms: 1 }, ...data } };
      })(),
    );
    return report.failed;
  };
  const known = process.env["CI"];
  context.after(() => {
    if (known === undefined) delete process.env["CI"];
    else process.env["CI"] = known;
  });
  process.env["CI"] = "true";
  assert.equal(await outcome({}), false);
  assert.equal(await outcome({}, "test:fail"), true);
  assert.equal(await outcome({ skip: "not run: cargo is not installed" }), true);
  assert.equal(await outcome({ skip: "test name does not match pattern" }), false);
  delete process.env["CI"];
  assert.equal(await outcome({ skip: "not run: cargo is not installed" }), false);
});

test("what several tests tell is summed up at the end", async () => {
  const { Report }: Reports = await load("report.mjs");
  const report = new Report();
  const texts: string[] = [];
  const written = report.writeTo({ isTTY: false, write: (text) => texts.push(text) });
  for (const [name, message] of [
    ["one", "changed"],
    ["two", "changed"],
    ["three", "of its own"],
  ])
    await report.take(
      (async function* () {
        yield { type: "test:start", data: { name, nesting: 0 } };
        yield { type: "test:diagnostic", data: { nesting: 0, message } };
        yield { type: "test:pass", data: { name, nesting: 0, testNumber: 1, details: { duration_ms: 1 } } };
      })(),
    );
  report.end();
  await written;
  assert.deepEqual(texts.join("").match(/^# told: .*$/gm), ["# told: 2 × changed"]);
});

test("quick files of one folder that need nothing share a process, and each file is in one", async () => {
  const { shared }: Processes = await load("processes.mjs");
  const needs = new Map<string, readonly string[]>([
    ["test/a/cargo.test.ts", ["cargo"]],
    ["test/a/long.test.ts", []],
    ["test/a/one.test.ts", []],
    ["test/a/two.test.ts", []],
    ["test/b/three.test.ts", []],
  ]);
  const files = [...needs.keys()];
  const alone = files.map((it) => [it]);
  const times = { "test/a/long.test.ts": 60 };
  const found = shared(files, { needs, times });
  assert.deepEqual(found, [...alone.slice(0, 2), ["test/a/one.test.ts", "test/a/two.test.ts"], ...alone.slice(4)]);
  const whole = Object.fromEntries(files.map((it) => [it, 9]));
  assert.deepEqual(shared(files.slice(2), { needs, times: whole }).flat(), files.slice(2));
});

test("cargo's lane and that of the windows go on with what is longest, and only cargo's lane calls cargo", async () => {
  const { takeFor }: Lanes = await load("lanes.mjs");
  const waiting: Waiting[] = [
    { name: "quick", needs: [] },
    { name: "windows", needs: ["bundles", "browser"] },
    { name: "compiled", needs: ["cargo"] },
    { name: "between", needs: ["bundles"] },
    { name: "long", needs: [] },
    { name: "proof", needs: ["openssl", "cargo"] },
  ];
  const taken = ["browser", "browser", "longest", "cargo", "other", "cargo", "cargo", "cargo", "longest", "other"];
  const names = taken.map((it) => takeFor(it, waiting)?.name);
  const nothing = undefined;
  assert.deepEqual(names, ["windows", nothing, "long", "compiled", "quick", "proof", "between", nothing, nothing, nothing]);
});
