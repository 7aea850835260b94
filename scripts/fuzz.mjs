/** Bundles the fuzzer and runs it with the arguments that follow: see test/fuzz/main.ts. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { common } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, "test/out/fuzz.cjs");
mkdirSync(dirname(outfile), { recursive: true });
await build({ ...common, entryPoints: ["test/fuzz/main.ts"], outfile, sourcemap: "inline" });
const run = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TLSLINT_ROOT: root },
});
process.exit(run.status ?? 1);
