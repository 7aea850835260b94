/** Which test files the words of the command line name, what each of them needs beside Node, and in which order they run. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a test needs, told by the modules that it imports; the size is what a first run brings onto the machine. A file that needs a
 * program as a whole is not run without it; the others skip what they cannot run by themselves.
 */
export const NEEDS = {
  cargo: {
    modules: ["test/cargo/workspace.ts", "test/grammar/compare.ts", "test/cargo/targets.ts", "test/proof/workshop.ts"],
    size: "downloads 1,200 crates (150 MB) and compiles them (2 GB), both kept for the next run",
  },
  browser: {
    modules: ["test/vscode/vscode.test.ts"],
    size: "Chromium, and an editor host from the npm registry (100 MB, kept)",
  },
  git: { modules: ["test/laws/files.test.ts"], size: "the installed program", program: ["git", "--version"] },
  openssl: { modules: ["test/harness/openssl.ts"], size: "the installed program", program: ["openssl", "version"] },
  nginx: { modules: ["test/harness/nginx.ts"], size: "the installed program", program: ["nginx", "-v"] },
  haproxy: { modules: ["test/harness/haproxy.ts"], size: "the installed program", program: ["haproxy", "-v"] },
  apache: { modules: ["test/harness/apache.ts"], size: "the installed program", program: ["apache2", "-v"] },
  envoy: { modules: ["test/harness/envoy.ts"], size: "the installed program", program: ["envoy", "--version"] },
  caddy: { modules: ["test/harness/caddy.ts"], size: "the installed program", program: ["caddy", "version"] },
  neovim: { modules: ["test/editors/neovim.test.ts"], size: "the installed program", program: ["nvim", "--version"] },
  bundles: { modules: ["test/cli/cli.ts"], size: "the client, the server and the command line, built where their sources changed" },
};

const FIXTURES = {
  "test/fixtures/rust": "test/fixtures.test.ts",
  "test/fixtures/settings": "test/fixtures-settings.test.ts",
  "test/fixtures/workspaces": "test/workspaces.test.ts",
};

function testFiles(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !["out", "node_modules", "fixtures", "target"].includes(entry.name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? testFiles(root, path) : /\.test\.ts$/.test(entry.name) ? [path] : [];
    });
}

/** Fixtures as their tests name them, `optional-client-auth/boring`, each with the file that tests it. */
function fixtureTests(root) {
  return Object.entries(FIXTURES).flatMap(([folder, file]) => {
    const within = (path) => readdirSync(join(root, folder, path), { withFileTypes: true });
    const nested = folder.endsWith("rust");
    const names = within("").flatMap(({ name }) => (nested ? within(name).map((it) => `${name}/${it.name}`) : [name]));
    return names.filter((it) => !it.includes(".fixed.")).map((it) => ({ file, name: it.replace(/\.rs$/, "") }));
  });
}

/** A word names test files by a part of their path, or fixtures by a part of their name; none names everything. */
export function choose(root, words) {
  const all = testFiles(root, "test");
  if (words.length === 0) return { files: all, names: [], unknown: [] };
  const files = all.filter((file) => words.some((it) => file.includes(it)));
  const rest = words.filter((word) => !all.some((file) => file.includes(word)));
  const tests = rest.length === 0 ? [] : fixtureTests(root);
  const meant = (word, { name }) => name.includes(word.replace(/\.rs$/, ""));
  const chosen = tests.filter((it) => rest.some((word) => meant(word, it)));
  return {
    files: [...new Set([...files, ...chosen.map(({ file }) => file)])],
    names: chosen.map(({ name }) => name),
    unknown: rest.filter((word) => !tests.some((it) => meant(word, it))),
  };
}

/** Of each test file the needs, from the modules that the bundler reached from it. */
export function needsOf({ inputs }, files) {
  const reached = (file) => {
    const seen = new Set([file]);
    for (const it of seen) for (const { path, external } of inputs[it]?.imports ?? []) if (!external) seen.add(path);
    return seen;
  };
  const found = (seen) => Object.entries(NEEDS).filter(([, { modules }]) => modules.some((it) => seen.has(it)));
  return new Map(files.map((file) => [file, found(reached(file)).map(([name]) => name)]));
}

/** Why a file with these needs cannot be run here. */
export function hindrance(needs) {
  const missing = needs.find((it) => NEEDS[it].program !== undefined && !runs(NEEDS[it].program));
  return missing === undefined ? undefined : `not run: ${missing} is not installed`;
}

const runs = ([program, ...args]) => spawnSync(program, args, { stdio: "ignore" }).status === 0;

/** Seconds of CPU of each test file at its last recorded run, with nothing kept from an earlier one. */
export function recordedTimes(root) {
  const file = join(root, "test/times.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

/** What is quick comes first; what is new is taken for quick. */
export const inOrder = (processes) => [...processes].sort((a, b) => a.time - b.time || a.name.localeCompare(b.name));
