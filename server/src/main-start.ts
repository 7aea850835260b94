/**
 * Starts the command line: loads its parts as they ask for each other, with the code that V8 made of them in an earlier run of the same
 * command. What is kept is one file a command in the user's cache folder; without it, or with one that is not what this very build
 * wrote for this very Node, everything is compiled as usual.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { archiveOf, codeFile, keepArchive } from "./cli/compiled-code.ts";

/** The hash of all parts, put here when they are bundled. */
declare const BUILD: string;

const parts = join(__dirname, "cli");
const native = createRequire(__filename);
const file = codeFile(process.argv.slice(2), process.env);
const kept = file === undefined ? new Map<string, Uint8Array>() : archiveOf(file, BUILD);
const modules = new Map<string, { exports: unknown }>();
const scripts = new Map<string, Script>();
let isNew = false;

function load(path: string): unknown {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  modules.set(path, module);
  const name = basename(path);
  const cachedData = kept.get(name);
  const wrapped = `(function (exports, require, module, __filename, __dirname, BUILD, PROGRAM) { ${readFileSync(path, "utf8")}\n})`;
  const script = new Script(wrapped, {
    filename: path,
    ...(cachedData && { cachedData: Buffer.from(cachedData.buffer, cachedData.byteOffset, cachedData.length) }),
  });
  if (cachedData === undefined || script.cachedDataRejected) isNew = true;
  scripts.set(name, script);
  const require = (id: string): unknown => (id.startsWith(".") ? load(join(dirname(path), id)) : native(id));
  script.runInThisContext()(module.exports, require, module, path, dirname(path), BUILD, __filename);
  return module.exports;
}

if (file !== undefined)
  process.on("exit", () => {
    // After the run, when V8 has compiled what the command calls.
    if (isNew) keepArchive(file, BUILD, kept, scripts);
  });

load(join(parts, "main.js"));
