/** What other programs start: the GitHub Action's script, the pre-commit hook, `cargo tlslint`, the library; and examples that say what there is. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse, parseAllDocuments } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import { cacheFolder } from "../../server/src/cli/cache/cache-folder.ts";
import { parseCommand } from "../../server/src/cli/command-line/parse.ts";
import type { lint as implemented } from "../../server/src/main-library.ts";
import type { lint as declared } from "../../server/types/library.d.ts";
import { ROOT } from "../harness/fixtures.ts";
import { skipWithout } from "../harness/programs.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** A program called `name` that is this repository's command line. */
function program(context: TestContext, name: string): string {
  const bin = folder(context, { [name]: `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n` });
  chmodSync(join(bin, name), 0o755);
  return bin;
}

test("the action prints annotations, writes a report for code scanning, and ends as the check does", { skip: !POSIX }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, "a b.rs": MISTAKEN["src/main.rs"] });
  const run = (environment: Readonly<Record<string, string>>) =>
    spawnSync("bash", [join(ROOT, "scripts/action.sh")], {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        TLSLINT_COMMAND: join(program(context, "tlslint"), "tlslint"),
        TLSLINT_PATHS: "src\na b.rs",
        TLSLINT_FORMAT: "github",
        TLSLINT_SARIF: "",
        TLSLINT_FAIL_ON: "warning",
        TLSLINT_BASELINE: "",
        TLSLINT_VERSION: "0.0.0",
        ...environment,
      },
    });
  const plain = run({});
  assert.deepEqual([plain.status, plain.stderr], [1, ""]);
  assert.equal(plain.stdout, tlslint(cwd, ["check", "--format", "github", "src", "a b.rs"]).stdout);
  assert.equal(run({ TLSLINT_SARIF: "out.sarif" }).status, 1);
  assert.equal(JSON.parse(readFileSync(join(cwd, "out.sarif"), "utf8")).runs[0].results.length, 2);
  tlslint(cwd, ["check", "--baseline", "known.json", "--update-baseline"]);
  assert.deepEqual(
    [run({ TLSLINT_BASELINE: "known.json" }).status, run({ TLSLINT_BASELINE: "none.json", TLSLINT_SARIF: "x.sarif" }).status],
    [0, 2],
  );
  assert.equal(run({ TLSLINT_PATHS: "$(touch ran); `touch ran`" }).status, 2);
  assert.ok(!existsSync(join(cwd, "ran")), "what a caller gives is data");
});

test("the action hands over what it is given as data, and runs only what is pinned", () => {
  const { inputs, runs } = parse(read("action.yml"));
  const [setup, step] = runs.steps;
  assert.match(setup.uses, /@[0-9a-f]{40}$/);
  assert.doesNotMatch(step.run, /\$\{\{/);
  const used = Object.values<string>(step.env).map((it) => /inputs\.([\w-]+)/.exec(it)?.[1]);
  assert.deepEqual(used.toSorted(), Object.keys(inputs).toSorted());
  assert.equal(inputs.version.default, manifest.version);
  for (const name of Object.keys(step.env)) assert.ok(read("scripts/action.sh").includes(`$${name}`), name);
});

test("the pre-commit hook lints the files that it is given", (context) => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));
  const [, , , release = "", ...args] = hook.entry.split(" ");
  assert.equal(release, `tlslint@${manifest.version}`);
  const cwd = folder(context, MISTAKEN);
  const { status, stdout } = tlslint(cwd, [...args, "src/main.rs", "Cargo.toml"]);
  assert.equal(status, 1);
  assert.match(stdout, /^src\/main\.rs:5:/);
  const files = new RegExp(hook.files);
  for (const name of [
    "src/a.rs",
    "Cargo.toml",
    "x/ca.pem",
    "a.p12",
    ".env",
    "x/.env",
    "nginx.conf",
    "haproxy.cfg",
    "k8s/a.yaml",
    "Caddyfile",
  ])
    assert.match(name, files);
  for (const name of ["README.md", "a.rs.txt", "x.env"]) assert.doesNotMatch(name, files);
});

test("`cargo tlslint` is the linter", { skip: skipWithout("cargo", "--version") || !POSIX }, (context) => {
  const cwd = folder(context, MISTAKEN);
  const env = { ...process.env, PATH: `${program(context, "cargo-tlslint")}:${process.env["PATH"]}`, NO_COLOR: "1" };
  const cargo = (...args: readonly string[]) => spawnSync("cargo", ["tlslint", ...args], { cwd, encoding: "utf8", env });
  assert.match(cargo("--format", "concise").stdout, /^src\/main\.rs:5:\d+: error\[disabled-verification\]/);
  assert.match(cargo().stdout, /1 error in 2 files/);
  assert.match(cargo("rules").stdout, /^\S+ +(?:error|warning)/);
  assert.equal(cargo("--version").stdout, `tlslint ${manifest.version}\n`);
});

test("the library gives the report that --format json prints, in a package that is installed", { skip: !POSIX }, (context) => {
  const cwd = folder(context, {
    ...MISTAKEN,
    "tool/tool.mjs":
      'import { lint } from "tlslint";\nconsole.log(JSON.stringify(await lint({ cwd: process.argv[2], paths: ["src"] })));\n',
  });
  const home = join(cwd, "tool/node_modules/tlslint");
  mkdirSync(join(home, "server"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(home, "package.json"));
  for (const it of ["server/types", "server/schema"]) cpSync(join(ROOT, it), join(home, it), { recursive: true });
  symlinkSync(join(ROOT, "server/out"), join(home, "server/out"));
  const answer = JSON.parse(execFileSync(process.execPath, [join(cwd, "tool/tool.mjs"), cwd], { encoding: "utf8" }));
  assert.deepEqual(answer, JSON.parse(tlslint(cwd, ["check", "--format", "json", "src"]).stdout));
  writeFileSync(join(cwd, "wrong.toml"), "mtls = 3");
  const failing = `import { lint } from ${JSON.stringify(pathToFileURL(join(ROOT, "server/out/library.js")).href)};\nawait lint({ cwd: ${JSON.stringify(cwd)}, configuration: "wrong.toml" }).catch((error) => console.log(error.message));`;
  const told = spawnSync(process.execPath, ["--input-type=module", "--eval", failing], { encoding: "utf8" });
  assert.match(told.stdout, /^the configuration wrong\.toml cannot be used: invalid value for `mtls`; expected /);
});

test("the library says of a wrong call what it expected", async (context) => {
  const { lint }: { readonly lint: (options?: unknown) => Promise<unknown> } = await import(
    pathToFileURL(join(ROOT, "server/out/library.js")).href
  );
  const cwd = folder(context, { "a.rs": "" });
  const cases: readonly (readonly [options: unknown, name: string, message: RegExp])[] = [
    [null, "TypeError", /^`lint` takes an object of options; found null$/],
    ["src", "TypeError", /^`lint` takes an object of options; found "src"$/],
    [["src"], "TypeError", /^`lint` takes an object of options; found a list/],
    [{ cwd, path: ["src"] }, "TypeError", /^unknown option `path`; did you mean `paths`\?$/],
    [{ cwd, format: "json" }, "TypeError", /^unknown option `format`; expected `paths`, `cwd`, `configuration`, `now`$/],
    [{ cwd, paths: "src" }, "TypeError", /^invalid value for `paths`: expected a list of paths such as \["src", "certs"\]; found "src"$/],
    [{ cwd, paths: [] }, "TypeError", /; found an empty list$/],
    [{ cwd, paths: [3] }, "TypeError", /^invalid value for `paths`: /],
    [{ cwd, paths: ["a\0"] }, "TypeError", /^invalid value for `paths`: /],
    [{ cwd: 3 }, "TypeError", /^invalid value for `cwd`: expected the path of a folder; found a value of type number$/],
    [
      { cwd, configuration: {} },
      "TypeError",
      /^invalid value for `configuration`: expected the path of a file; found a value of type object$/,
    ],
    [{ cwd, now: "2026-01-01" }, "TypeError", /^invalid value for `now`: expected a valid Date; found "2026-01-01"$/],
    [{ cwd, now: new Date("x") }, "TypeError", /^invalid value for `now`: expected a valid Date; found an invalid Date$/],
    [{ cwd: join(cwd, "none") }, "Error", /^there is no folder `.*\/none`, which is `cwd`$/],
    [{ cwd: join(cwd, "a.rs") }, "Error", /^there is no folder `.*\/a\.rs`, which is `cwd`$/],
    [{ cwd, configuration: "none.toml" }, "Error", /^the configuration none\.toml cannot be used: there is no such file/],
  ];
  for (const [options, name, message] of cases) await assert.rejects(lint(options), { name, message });
  const missing = await lint({ cwd, paths: ["none"], now: undefined });
  assert.match(JSON.stringify(missing), /"notAnalysed":\[\{"path":"none","kind":"failed","reason":/);
});

test("the library's page names all that it exports, and its example runs", { skip: !POSIX }, (context) => {
  const page = read("docs/library.md");
  const types = read("server/types/library.d.ts");
  const exported = [...types.matchAll(/^export (?:interface|type|function) (\w+)/gm)].map(([, name = ""]) => name);
  assert.ok(exported.length >= 10 && exported.includes("lint"), `${exported}`);
  for (const name of exported) assert.ok(page.includes(`\`${name}`), name);
  const uncommented = [...types.matchAll(/^(.*)\nexport (?:interface|type|function) (\w+)/gm)].filter(
    ([, above]) => !above?.endsWith("*/"),
  );
  assert.deepEqual(
    uncommented.map(([, , name]) => name),
    ["LintOptions"],
    "its members have comments",
  );
  const options = /interface LintOptions \{([^}]*)\}/.exec(types)?.[1] ?? "";
  for (const [, name] of options.matchAll(/readonly (\w+)\?:/g)) assert.ok(page.includes(`| \`${name}\` |`), name);
  const [, example = ""] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const library = JSON.stringify(pathToFileURL(join(ROOT, "server/out/library.js")).href);
  const cwd = folder(context, { ...MISTAKEN, "certs/none.txt": "" });
  const run = () =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", example.replace('"tlslint"', library)], { cwd, encoding: "utf8" });
  assert.match(run().stdout, /^src\/main\.rs:5: error\[disabled-verification\]: /);
  assert.equal(run().status, 0);
  writeFileSync(join(cwd, "src/b.rs"), new Uint8Array([0, 159, 146, 150, 0]));
  assert.match(run().stderr, /not analysed: src\/b\.rs/);
});

test("the library's types are those of what it does", () => {
  const same: Exact<typeof declared, typeof implemented> = true;
  assert.ok(same);
});
type Exact<A, B> = [A, B] extends [B, A] ? true : false;

test("actions of others are pinned to a commit, with the version beside it, in examples and in what the documents show", () => {
  const examples = readdirSync(join(ROOT, "examples/ci"), { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".yml"));
  const documents = readdirSync(join(ROOT, "docs")).filter((it) => it.endsWith(".md"));
  const texts = ["action.yml", "README.md", ...examples.map((it) => `examples/ci/${it}`), ...documents.map((it) => `docs/${it}`)].map(read);
  const used = texts.flatMap((text) => [...text.matchAll(/uses: (\S+)(.*)/g)]);
  assert.ok(used.length >= 9, `${used.length}`);
  for (const [line, action = ""] of used) if (!action.startsWith("tlslint/tlslint@")) assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("the cache of the example is the folder that `check` keeps, and each commit's own, by release", () => {
  const { jobs } = parse(read("examples/ci/github-pull-request.yml"));
  const steps: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[] = jobs.tlslint.steps;
  const [before, cache] = [
    steps.findIndex((it) => it.uses.startsWith("tlslint/")),
    steps.findIndex((it) => it.uses.startsWith("actions/cache@")),
  ];
  assert.ok(cache >= 0 && cache < before);
  const { path, key, "restore-keys": restored = "" } = steps[cache]?.with ?? {};
  assert.equal(path, cacheFolder({ HOME: "~" }));
  assert.equal(key, `${restored}\${{ github.sha }}`);
  assert.equal(restored, `tlslint-${manifest.version}-\${{ runner.os }}-`);
});

test("the examples are YAML, and what they call is a call", () => {
  const files = readdirSync(join(ROOT, "examples/ci"), { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".yml"));
  assert.ok(files.length >= 6, `${files}`);
  let calls = 0;
  for (const file of files) {
    const text = read(`examples/ci/${file}`);
    for (const document of parseAllDocuments(text)) assert.deepEqual([document.errors, typeof document.toJS()], [[], "object"], file);
    for (const [, call = ""] of text.matchAll(/(?:(?:npx .*)tlslint@[\d.]+|\$TLSLINT) (\w[^\n|]*)/g)) {
      const args = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => (quoted ?? plain).replaceAll(/\$\w+/g, "1"));
      const parsed = parseCommand(args);
      assert.ok(parsed.ok, `${file}: ${call}: ${parsed.ok ? "" : parsed.error}`);
      calls++;
    }
    for (const [, version] of text.matchAll(/tlslint@v?([\d.]+\d)/g)) assert.equal(version, manifest.version, file);
  }
  assert.ok(calls >= 7, `${calls}`);
});
