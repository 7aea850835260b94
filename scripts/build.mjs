/** Builds the three bundles: client, server, CLI. */

import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, transform } from "esbuild";
import { evaluatedModules } from "./evaluated-modules.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Authored as ES modules, shipped as CommonJS: VS Code loads it everywhere, and it starts faster. */
export const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  // The names of parts follow from the paths of what is in them.
  preserveSymlinks: true,
  logLevel: "warning",
};

/** A server runs for hours and needs nearly everything: one file. A command needs little: its parts are loaded as they are imported. */
export const entries = [
  // Both run in Node and in a browser, and hold what each of the two needs: all else is there once.
  { entryPoints: ["client/src/extension.ts"], outfile: "client/out/extension.js", conditions: ["browser"] },
  { entryPoints: ["server/src/main-lsp.ts"], outfile: "server/out/server.js", conditions: ["browser"] },
  {
    entryPoints: ["server/src/main-cli.ts"],
    outfile: "server/out/cli.js",
    parts: "server/out/cli",
    // What is started is small, and loads the parts.
    start: "server/src/main-start.ts",
    banner: "#!/usr/bin/env node",
    // What build tools import shares its parts.
    beside: { library: "server/src/main-library.ts" },
  },
];

/** A part's exports are getters behind getters, and each use of one costs two calls: once the part has run, they are values. */
export const AS_VALUES = "module.exports = { ...module.exports };";

/** Into `folder`, or in place. */
export async function buildAll({ minify = true, folder = root } = {}) {
  if (folder === root) for (const name of ["client/out", "server/out"]) rmSync(join(root, name), { recursive: true, force: true });
  return Promise.all(entries.map((entry) => buildEntry(entry, { minify, folder })));
}

/** What went into a bundle and what came out, as the bundler says. */
export async function buildEntry({ entryPoints, outfile, parts, start, banner, conditions = [], beside = {} }, { minify = true, folder }) {
  const plugins = [evaluatedModules];
  if (parts === undefined)
    return build({ ...common, conditions, entryPoints, outfile: join(folder, outfile), minify, metafile: true, plugins });
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { [`${parts.slice(dirname(parts).length + 1)}/main`]: entryPoints[0], ...beside },
    outdir: join(folder, dirname(outfile)),
    chunkNames: `${parts.slice(dirname(parts).length + 1)}/[name]-[hash]`,
    minify,
    metafile: true,
    plugins,
    // The bundler divides nothing but ES modules.
    format: "esm",
    splitting: true,
    write: false,
  });
  refuseCycles(metafile.outputs);
  const hash = createHash("sha256");
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: "cjs",
      platform: "node",
      target: common.target,
      minify,
      supported: { "dynamic-import": false },
      footer: AS_VALUES,
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
    hash.update(code);
  }
  const define = { BUILD: JSON.stringify(hash.digest("hex")) };
  const started = await build({
    ...common,
    entryPoints: [start],
    outfile: join(folder, outfile),
    minify,
    metafile: true,
    banner: { js: banner },
    define,
  });
  const both = (key) => ({ ...metafile[key], ...started.metafile[key] });
  return { metafile: { inputs: both("inputs"), outputs: both("outputs") } };
}

/** A part that is loaded by one that it loads itself would see none of its values. */
function refuseCycles(outputs) {
  const done = new Set();
  const visit = (part, above) => {
    if (above.includes(part)) throw new Error(`parts load each other: ${[...above, part].join(", ")}`);
    if (done.has(part)) return;
    for (const { path, kind } of outputs[part]?.imports ?? [])
      if (kind === "import-statement" && path in outputs) visit(path, [...above, part]);
    done.add(part);
  };
  for (const part of Object.keys(outputs)) visit(part, []);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
