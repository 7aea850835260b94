/** Bundles the comparison with syn and runs it over the folders that follow: see test/grammar/main.ts. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { common } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, "test/out/grammar.mjs");
mkdirSync(dirname(outfile), { recursive: true });
await build({ ...common, format: "esm", entryPoints: ["test/grammar/main.ts"], outfile });
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TLSLINT_ROOT: root },
});
process.exit(run.status ?? 1);
