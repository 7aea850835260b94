/** Builds the three bundles (client, server, CLI) and lays the WASM files of the Rust parser beside them. */

import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** Authored as ES modules, shipped as CommonJS: one file starts faster than many, and VS Code loads CommonJS everywhere. */
export const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  // `import.meta.url` is used by web-tree-sitter only, to find a file that we hand to it as bytes.
  define: { "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  external: ["vscode"],
  logLevel: "warning",
};

export const entries = [
  { entryPoints: ["client/src/extension.ts"], outfile: "client/out/extension.js" },
  { entryPoints: ["server/src/main-lsp.ts"], outfile: "server/out/server.js" },
  { entryPoints: ["server/src/main-cli.ts"], outfile: "server/out/cli.js", banner: { js: `#!/usr/bin/env node\n${common.banner.js}` } },
];

export const assets = {
  "web-tree-sitter.wasm": require.resolve("web-tree-sitter/web-tree-sitter.wasm"),
  "tree-sitter-rust.wasm": join(dirname(require.resolve("@vscode/tree-sitter-wasm/package.json")), "wasm/tree-sitter-rust.wasm"),
};

export async function buildAll({ minify = true, metafile = false } = {}) {
  for (const folder of ["client/out", "server/out"]) rmSync(join(root, folder), { recursive: true, force: true });
  const results = await Promise.all(entries.map((entry) => build({ ...common, minify, metafile, ...entry })));
  mkdirSync(join(root, "server/out"), { recursive: true });
  for (const [name, file] of Object.entries(assets)) copyFileSync(file, join(root, "server/out", name));
  return results;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
