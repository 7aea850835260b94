/** The examples for organisations, carried out: what each system would run in a shell is run here, over small repositories. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse, parseAllDocuments } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "../harness/fixtures.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const skip = process.platform === "win32";
const example = (path: string): string => readFileSync(join(ROOT, "examples/ci", path), "utf8");

/** Programs called `tlslint` and `npx`, which are this repository's command line; `npx` insists on what is released. */
function programs(context: TestContext): string {
  const run = `exec '${process.execPath}' '${CLI}' "$@"\n`;
  const bin = folder(context, {
    tlslint: `#!/bin/sh\n${run}`,
    npx: `#!/bin/sh\n[ "$1 $2 $3" = "--yes --ignore-scripts tlslint@${manifest.version}" ] || exit 9\nshift 3\n${run}`,
  });
  for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755);
  return bin;
}

function shell(command: readonly string[], script: string, cwd: string, bin: string, environment: Readonly<Record<string, string>>) {
  const [program = "sh", ...args] = command;
  const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}:${process.env["PATH"]}`, ...environment };
  return spawnSync(program, [...args, script], { cwd, encoding: "utf8", env });
}

const GITHUB_SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];

/** Four packages, of which two are mistaken. */
const WORKSPACE = Object.fromEntries(
  ["a", "b", "c", "d"].flatMap((name) => [
    [`${name}/Cargo.toml`, MISTAKEN["Cargo.toml"].replace("client", name)],
    [`${name}/src/main.rs`, name < "c" ? MISTAKEN["src/main.rs"] : "fn main() {}\n"],
  ]),
);

test("GitHub's matrix lints each part, and its last job says what the whole run says", { skip }, (context) => {
  const { jobs } = parse(example("github-matrix.yml"));
  const [cwd, bin, artifacts] = [folder(context, WORKSPACE), programs(context), folder(context, {})];
  const whole = tlslint(cwd, ["check", "--format", "github"]);
  const { shard: shards } = jobs.shard.strategy.matrix;
  for (const shard of shards) {
    const [{ run }] = jobs.shard.steps.filter((it: { run?: string }) => it.run);
    assert.equal(shell(GITHUB_SHELL, run, cwd, bin, { SHARD: `${shard}` }).status, 0);
    cpSync(join(cwd, `shard-${shard}.json`), join(artifacts, `shard-${shard}.json`));
  }
  assert.equal(readdirSync(artifacts).length, 8);
  const [page, merge] = jobs.merge.steps.filter((it: { run?: string }) => it.run);
  assert.equal(shell(GITHUB_SHELL, page.run, artifacts, bin, {}).status, 0);
  assert.match(readFileSync(join(artifacts, "report.html"), "utf8"), /2 errors in/);
  const merged = shell(GITHUB_SHELL, merge.run, artifacts, bin, {});
  assert.deepEqual([merged.status, merged.stdout], [1, whole.stdout]);
});

test("GitLab's parallel job lints each part, and the report is that of the whole", { skip }, (context) => {
  const file = parse(example("gitlab-parallel.yml"));
  const [cwd, bin] = [folder(context, WORKSPACE), programs(context)];
  const whole = tlslint(cwd, ["check", "--format", "gitlab"]);
  const { TLSLINT } = file[".tlslint"].variables;
  const run = (script: readonly string[], environment: Readonly<Record<string, string>>) =>
    shell(["sh", "-ec"], script.join("\n"), cwd, bin, { TLSLINT, ...environment });
  for (let part = 1; part <= file.tlslint.parallel; part++) {
    const environment = { CI_NODE_INDEX: `${part}`, CI_NODE_TOTAL: `${file.tlslint.parallel}` };
    assert.equal(run(file.tlslint.script, environment).status, 0);
  }
  assert.equal(run(file["tlslint-report"].script, {}).status, 1);
  assert.deepEqual(
    JSON.parse(readFileSync(join(cwd, file["tlslint-report"].artifacts.reports.codequality), "utf8")),
    JSON.parse(whole.stdout),
  );
});

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", ...args], {
    cwd,
    stdio: "pipe",
  });

test("Kubernetes' indexed pods clone and lint their repositories, and the last job puts the reports together", { skip }, (context) => {
  const [, lint, report] = parseAllDocuments(example("kubernetes.yml")).map((it) => it.toJS().spec?.template?.spec);
  const cwd = folder(context, WORKSPACE);
  const bin = programs(context);
  for (const name of ["a", "b", "c", "d"]) {
    git(join(cwd, name), "init", "--quiet");
    git(join(cwd, name), "add", ".");
    git(join(cwd, name), "commit", "--quiet", "--message", "all");
  }
  // `tlslint.toml` that is broken is a finding of that repository, and no end of the pod's work.
  writeFileSync(join(cwd, "d/tlslint.toml"), "mtls = 3\n");
  git(join(cwd, "d"), "add", ".");
  git(join(cwd, "d"), "commit", "--quiet", "--message", "settings");
  const lists = ["a", "b", "c", "d"].map((name) => `team-${name} file://${join(cwd, name)}\n`).join("");
  mkdirSync(join(cwd, "lists"));
  writeFileSync(join(cwd, "lists/repositories.txt"), lists);
  mkdirSync(join(cwd, "reports"));
  const run = (container: { command: string[]; args: string[] }, work: string, environment: Readonly<Record<string, string>>) => {
    // The mounts of a pod are folders of this test.
    const script = (container.args[0] ?? "")
      .replaceAll(/(?<=[\s"=])\/(scan|lists|reports)\b/g, (_, mount) => join(cwd, mount === "scan" ? work : mount))
      .replaceAll("=/reports/", `=${cwd}/reports/`);
    return shell(container.command, script, cwd, bin, environment);
  };
  for (let index = 0; index < 3; index++) {
    mkdirSync(join(cwd, `work-${index}`));
    const environment = { JOB_COMPLETION_INDEX: `${index}`, JOB_COMPLETIONS: "3" };
    for (const container of [...lint.initContainers, ...lint.initContainers, ...lint.containers]) {
      const { status, stderr } = run(container, `work-${index}`, environment);
      assert.equal(status, 0, stderr);
    }
  }
  assert.deepEqual(
    readdirSync(join(cwd, "reports")).toSorted(),
    ["a", "b", "c", "d"].map((it) => `team-${it}.json`),
  );
  writeFileSync(join(cwd, "reports/of-an-earlier-list.json"), "{}");
  const kept = readFileSync(join(cwd, "reports/team-c.json"));
  rmSync(join(cwd, "reports/team-c.json"));
  const incomplete = run(report.containers[0], "none", {});
  assert.equal(incomplete.status, 2);
  assert.match(incomplete.stderr, /team-c\.json` cannot be used: there is no such file/);
  writeFileSync(join(cwd, "reports/team-c.json"), kept);
  const ended = run(report.containers[0], "none", {});
  assert.equal(ended.status, 1, ended.stderr);
  const [{ results }] = JSON.parse(readFileSync(join(cwd, "reports/all.sarif"), "utf8")).runs;
  assert.deepEqual(
    results
      .map((it: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) => [
        it.ruleId,
        it.locations[0]?.physicalLocation.artifactLocation.uri,
      ])
      .toSorted(),
    [
      ["disabled-verification", "team-a/src/main.rs"],
      ["disabled-verification", "team-b/src/main.rs"],
      ["unknown-configuration", "team-d/tlslint.toml"],
    ],
  );
  assert.ok(existsSync(join(cwd, "reports/index.html")));
});

test("MegaLinter's descriptor follows its schema, and what it calls is a call", { skip }, (context) => {
  const descriptor = parse(example("mega-linter-plugin-tlslint/tlslint.megalinter-descriptor.yml"));
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  const schema: object = JSON.parse(readFileSync(join(ROOT, "test/cli/schemas/megalinter.schema.json"), "utf8"));
  const isValid = (value: unknown): boolean => ajv.validate(schema, value);
  assert.ok(isValid(descriptor), JSON.stringify(ajv.errors));
  assert.ok(!isValid({ ...descriptor, linters: [{ linter_name: "tlslint" }] }));
  const [linter] = descriptor.linters;
  const cwd = folder(context, { ...MISTAKEN, "tlslint.toml": "" });
  const config = [linter.cli_config_arg_name, linter.config_file_name];
  const call = (...more: readonly string[]) =>
    tlslint(cwd, [...linter.cli_lint_extra_args, ...config, ...more, ...linter.cli_lint_extra_args_after]);
  const { status, stdout } = call();
  assert.deepEqual([status, stdout.match(new RegExp(linter.cli_lint_errors_regex, "g"))?.length], [1, 1]);
  call(...linter.cli_sarif_args.map((it: string) => it.replace("{{SARIF_OUTPUT_FILE}}", "out.sarif")));
  assert.equal(JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")).runs[0].results.length, 1);
  assert.match(call(linter.cli_lint_fix_arg_name).stderr, /1 fix needs review/);
  for (const option of [linter.cli_help_arg_name, linter.cli_version_arg_name]) assert.equal(tlslint(cwd, [option]).status, 0);
  assert.ok(linter.install.dockerfile[0].endsWith(` tlslint@${manifest.version}`));
});
