/**
 * Breaks a folder of the sources in several ways, one line at a time, and runs tests on each: `node scripts/mutate.mjs settings 10 unit/settings
 * fixtures-settings`. What no test fails on is printed as survived, and makes the exit code 1. Places are chosen by a seed (SEED=2 for others).
 */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder = "", count = "10", ...words] = process.argv.slice(2);

/** What is found, and what it becomes. Formatted code has blanks around operators. */
const MUTATIONS = [
  [" === ", " !== "],
  [" !== ", " === "],
  [" && ", " || "],
  [" || ", " && "],
  [" < ", " >= "],
  [" > ", " <= "],
  [" + 1", " - 1"],
  [" - 1", " + 1"],
  ["true", "false"],
  ["false", "true"],
  [".some(", ".every("],
  [".filter(", ".flatMap("],
  [" ?? ", " && "],
  ["findLast(", "find("],
  [".startsWith(", ".endsWith("],
];

const path = join(root, "server/src", folder);
const places = readdirSync(path, { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".ts"))
  .sort()
  .flatMap((name) => {
    const lines = readFileSync(join(path, name), "utf8").split("\n");
    return lines.flatMap((line, at) => {
      // Comments, types and imports break nothing that runs.
      if (/^\s*(?:\*|\/\*|\/\/|import\b|export (?:type|interface)|readonly )/.test(line)) return [];
      return MUTATIONS.flatMap(([from, to]) => (line.includes(from) ? [{ name, at, from, to }] : []));
    });
  });

let state = Number(process.env.SEED ?? 1);
const next = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const passes = () => spawnSync(process.execPath, [join(root, "scripts/test.mjs"), ...words], { cwd: root, timeout: 240_000 }).status === 0;
if (!passes()) {
  console.error("the tests fail before anything is broken");
  process.exit(2);
}
const survived = [];
for (let left = Math.min(Number(count), places.length); left > 0; left--) {
  const [{ name, at, from, to }] = places.splice(next(places.length), 1);
  const file = join(path, name);
  const text = readFileSync(file, "utf8");
  const lines = text.split("\n");
  lines[at] = lines[at].replace(from, () => to);
  try {
    writeFileSync(file, lines.join("\n"));
    const survives = passes();
    const place = `server/src/${folder}/${name}:${at + 1}: ${lines[at].trim()}`;
    console.log(`${survives ? "SURVIVED" : "killed  "} ${place}`);
    if (survives) survived.push(place);
  } finally {
    writeFileSync(file, text);
  }
}
console.log(`${survived.length} survived`);
process.exit(survived.length === 0 ? 0 : 1);
