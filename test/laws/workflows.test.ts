/** Workflows ask for no more than they need, run only what is pinned, and a release says where it came from. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { ROOT } from "../harness/fixtures.ts";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly "runs-on"?: string;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly include?: unknown } };
}
interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(ROOT, ".github/workflows");
const texts = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));
const workflows = new Map([...texts].map(([name, text]): [string, Workflow] => [name, parse(text)]));
const jobs = [...workflows].flatMap(([file, { jobs: all }]) => Object.entries(all).map(([name, job]) => ({ at: `${file}: ${name}`, job })));
const steps = jobs.flatMap(({ at, job }) => (job.steps ?? []).map((step) => ({ at, step })));

test("nothing is permitted but what a job names", () => {
  assert.ok(jobs.length >= 3);
  for (const [name, { permissions }] of workflows) assert.deepEqual(permissions, {}, name);
  for (const { at, job } of jobs) {
    assert.ok(job.permissions !== undefined, `${at} has the permissions of the repository`);
    if (job.environment === undefined)
      assert.deepEqual(
        Object.values(job.permissions).filter((it) => it !== "read"),
        [],
        `${at} may write, and nobody approves it`,
      );
    assert.ok((job["timeout-minutes"] ?? 0) > 0, `${at} never ends`);
    assert.match(job["runs-on"] ?? "", /^[a-z]+-[\d.]+$|^\$\{\{ matrix\./, `${at}: which system it runs on changes`);
  }
});

test("a release runs only actions that are pinned to a commit, with the version beside it", () => {
  const used = [...(texts.get("release.yml") ?? "").matchAll(/uses: (\S+)(.*)/g)];
  assert.ok(used.length >= 6);
  for (const [, action = "", comment = ""] of used) {
    assert.match(action, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
    assert.match(comment, /^ # v\d+\.\d+\.\d+$/, action);
  }
});

test("what others write is never part of a command", () => {
  for (const { at, step } of steps) assert.doesNotMatch(step.run ?? "", /\$\{\{/, `${at}: ${step.run}`);
});

test("no checkout keeps its credentials", () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
  assert.ok(checkouts.length >= 2);
  for (const { at, step } of checkouts) assert.equal(step.with?.["persist-credentials"], false, at);
});

test("a release is built twice, compared, attested, and published in that order, by the workflow's own identity", () => {
  const { build, publish } = workflows.get("release.yml")?.jobs ?? {};
  assert.ok(build !== undefined && publish !== undefined);
  assert.deepEqual(workflows.get("release.yml")?.on, { push: { tags: ["v*"] } });
  assert.equal(publish.needs, "build");
  assert.equal(publish.environment, "release");
  assert.deepEqual(publish.permissions, { attestations: "write", contents: "write", "id-token": "write" });
  const order = (publish.steps ?? []).map(({ uses = "", run = "" }) => uses + run);
  const at = (part: RegExp): number => order.findIndex((it) => part.test(it));
  const places = [
    at(/^diff --recursive first second/),
    at(/attest-build-provenance/),
    at(/npm publish --provenance/),
    at(/gh release create/),
  ];
  assert.ok(
    places.every((it, index) => it >= 0 && (index === 0 || it > (places[index - 1] ?? 0))),
    String(places),
  );
  assert.doesNotMatch(texts.get("release.yml") ?? "", /secrets\./);
  for (const { steps: all = [] } of [build, publish])
    for (const { run = "" } of all) if (/^npm (?:ci|install|publish)/.test(run)) assert.match(run, /--ignore-scripts/);
});

test("what was measured with other versions of OpenSSL is measured again every night, as the script says to", () => {
  const { on, jobs: { measured } = {} } = workflows.get("nightly.yml") ?? {};
  assert.match(JSON.stringify(on), /"schedule":\[\{"cron":"\d+ \d+ \* \* \*"\}\]/);
  const recorded = readdirSync(join(ROOT, "test/oracle")).flatMap((it) => /^openssl-([\d.]+)\.json$/.exec(it)?.[1] ?? []);
  const script = readFileSync(join(ROOT, "test/oracle/measure-openssl.sh"), "utf8");
  const calls = [...script.matchAll(/^# {5}test\/oracle\/measure-openssl\.sh (\S+) (\S+)$/gm)].map(([, crate, series]) => ({
    series,
    crate,
  }));
  assert.deepEqual(measured?.strategy?.matrix.include, calls);
  assert.deepEqual(calls.map(({ series }) => series).sort(), recorded.sort());
  const runs = (measured?.steps ?? []).map(({ run = "" }) => run);
  assert.ok(runs.findIndex((it) => it.includes("measure-openssl.sh")) < runs.findIndex((it) => it.startsWith("git diff --exit-code")));
});

test("every script that a workflow runs is there", () => {
  const scripts = steps.flatMap(({ at, step }) =>
    [...(step.run ?? "").matchAll(/(?:node|bash) ([\w.][\w./-]*)/g)].map(([, path = ""]) => ({ at, path })),
  );
  assert.ok(scripts.length > 0);
  for (const { at, path } of scripts) assert.ok(existsSync(join(ROOT, path)), `${at}: ${path}`);
});
