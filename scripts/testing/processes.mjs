/**
 * Which test files share a process, and the bundle of each process. What takes long has one of its own; quick files of one folder are
 * bundled as one, so that Node starts, the engine is loaded and its code gets warm once for all of them. What several processes load is
 * bundled once, as parts that they share.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { AS_VALUES, common } from "../build.mjs";
import { inOrder, needsOf } from "./plan.mjs";

/** Seconds of CPU up to which a file is quick, and which files that share a process have together. */
const QUICK = 10;
const TOGETHER = 80;

/** Left to Node: what has native parts, starts processes of its own or is only for the tests. */
const external = [
  "vscode",
  "esbuild",
  "typescript",
  "recheck",
  "@vscode/test-electron",
  "playwright-core",
  "web-tree-sitter",
  "ajv",
  "ajv-formats",
  "fast-check",
  "libxml2-wasm",
];

/** The processes in the order in which they run, each `{ name, files, bundled, needs, time }`. */
export async function bundleTests(root, files, { times, outdir }) {
  mkdirSync(outdir, { recursive: true });
  const all = join(outdir, "all.ts");
  writeFileSync(all, loading(root, files));
  const { metafile } = await build({ ...common, external, entryPoints: [all], outdir, metafile: true, write: false });
  const needs = needsOf(metafile, files);
  const processes = shared(files, { needs, times }).map((some, at) => {
    const [first] = some;
    const name = some.length === 1 ? first : `${dirname(first)}, ${some.length} files`;
    const time = some.reduce((sum, it) => sum + (times[it] ?? 0), 0);
    writeFileSync(join(outdir, `${at}.test.ts`), loading(root, some));
    return { name, files: some, bundled: join(outdir, `${at}.test.cjs`), needs: needs.get(first), time };
  });
  const entryPoints = processes.map((_, at) => join(outdir, `${at}.test.ts`));
  await bundleInParts(entryPoints, outdir);
  return inOrder(processes);
}

/** The bundler divides nothing but ES modules: its parts are made CommonJS one by one. */
async function bundleInParts(entryPoints, outdir) {
  const { outputFiles } = await build({
    ...common,
    external,
    entryPoints,
    outdir,
    outExtension: { ".js": ".cjs" },
    format: "esm",
    splitting: true,
    // The maps that are made below begin with these.
    sourcemap: "inline",
    sourcesContent: false,
    write: false,
  });
  const settings = { format: "cjs", platform: "node", target: common.target, footer: AS_VALUES };
  const written = outputFiles.map(async ({ path, text }) => {
    const { code, map } = await transform(text, { ...settings, sourcemap: true, sourcesContent: false });
    writeFileSync(`${path}.map`, map);
    writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
  });
  await Promise.all(written);
}

/** A module that loads these files, one after the other: their tests run in that order. */
const loading = (root, files) => files.map((it) => `import ${JSON.stringify(join(root, it))};\n`).join("");

/** Quick files of one folder that need nothing but Node are together. */
export function shared(files, { needs, times }) {
  const open = new Map();
  const all = [];
  for (const file of [...files].sort()) {
    const time = times[file] ?? 0;
    const mayShare = time <= QUICK && needs.get(file).length === 0;
    const last = mayShare ? open.get(dirname(file)) : undefined;
    if (last !== undefined && last.time + time <= TOGETHER) {
      last.files.push(file);
      last.time += time;
    } else {
      const next = { files: [file], time };
      all.push(next.files);
      if (mayShare) open.set(dirname(file), next);
    }
  }
  return all;
}
