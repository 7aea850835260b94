/** Builds the three bundles: client, server, CLI. */

import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Authored as ES modules, shipped as CommonJS: one file starts faster than many, and VS Code loads CommonJS everywhere. */
export const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
};

export const entries = [
  { entryPoints: ["client/src/extension.ts"], outfile: "client/out/extension.js" },
  { entryPoints: ["server/src/main-lsp.ts"], outfile: "server/out/server.js" },
  { entryPoints: ["server/src/main-cli.ts"], outfile: "server/out/cli.js", banner: { js: "#!/usr/bin/env node" } },
];

export async function buildAll({ minify = true, metafile = false } = {}) {
  for (const folder of ["client/out", "server/out"]) rmSync(join(root, folder), { recursive: true, force: true });
  return Promise.all(entries.map((entry) => build({ ...common, minify, metafile, ...entry })));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
