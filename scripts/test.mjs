/**
 * Bundles the tests named on the command line (all, without a name) and runs them with Node's own runner, which is handed what
 * begins with a dash: `npm test fixtures -- --test-name-pattern=optional`.
 */

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildAll, common } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "test/out");

function testFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.name !== "out" && entry.name !== "node_modules" && entry.name !== "fixtures")
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? testFiles(path) : /\.test\.ts$/.test(entry.name) ? [path] : [];
    });
}

const wanted = process.argv.slice(2).filter((it) => !it.startsWith("-"));
const forRunner = process.argv.slice(2).filter((it) => it.startsWith("-"));
const files = testFiles("test").filter((file) => wanted.length === 0 || wanted.some((it) => file.includes(it)));
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(" ")}`);
  process.exit(2);
}
// The bundles are what the tests of the surfaces start.
await buildAll();

// Left to Node: what has native parts, starts processes of its own or is only for the tests.
const external = ["vscode", "esbuild", "@vscode/test-electron", "playwright-core", "ajv", "ajv-formats", "fast-check"];
const outdir = join(out, String(process.pid));
await build({ ...common, entryPoints: files, outdir, outbase: "test", outExtension: { ".js": ".cjs" }, external, sourcemap: "inline" });
const bundled = files.map((file) => join(outdir, `${relative("test", file).replace(/\.ts$/, "")}.cjs`));
// On a terminal Node's own report, which ends with the failures; in a file TAP, which would not.
const reporter = process.stdout.isTTY ? "spec" : join(root, "scripts/tap-with-failures.mjs");
const options = [
  "--enable-source-maps",
  "--test",
  "--test-concurrency=2",
  `--test-reporter=${reporter}`,
  "--test-reporter-destination=stdout",
];
const run = spawnSync(process.execPath, [...options, ...forRunner, ...bundled], {
  stdio: "inherit",
  cwd: root,
  env: { ...process.env, TLSLINT_ROOT: root },
});
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);
