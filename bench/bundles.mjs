/** How large the bundles are, and how long they take to load, as ratios to a bare `node -e 0`. Nothing here passes or fails. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildAll } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ROUNDS = 15;

/** The best: whatever else the machine does only adds to it. */
function startOf(...args) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    spawnSync(process.execPath, args, { stdio: "ignore", input: "" });
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

await buildAll();
const KIB = 1024;
const parts = readdirSync(join(root, "server/out/cli")).map((it) => `server/out/cli/${it}`);
for (const [name, ...others] of [["client/out/extension.js"], ["server/out/server.js"], ["server/out/cli.js", ...parts]]) {
  const bytes = Buffer.concat([name, ...others].map((it) => readFileSync(join(root, it))));
  console.log(`${name}: ${(bytes.length / KIB).toFixed(0)} KiB, ${(gzipSync(bytes).length / KIB).toFixed(0)} KiB compressed`);
}
const bare = startOf("-e", "0");
const [cli, server] = ["cli", "server"].map((it) => join(root, `server/out/${it}.js`));
for (const [name, ...args] of [
  ["cli.js --version", cli, "--version"],
  ["cli.js rules", cli, "rules"],
  // Without input the server ends as soon as it has started.
  ["server.js --stdio", server, "--stdio"],
]) {
  const time = startOf(...args);
  console.log(`${name}: ${time.toFixed(0)} ms, ${(time / bare).toFixed(1)} times a bare node (${bare.toFixed(0)} ms)`);
}
