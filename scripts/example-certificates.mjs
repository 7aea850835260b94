/** Writes the certificate files of the examples: made anew, valid around today, keys never committed. */

import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { common } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const DAY = 24 * 60 * 60 * 1000;

export async function writeExampleCertificates(folder) {
  const mark = join(folder, "client-ca.pem");
  if (existsSync(mark) && Date.now() - statSync(mark).mtimeMs < DAY) return;
  const outfile = join(root, "test/out", `examples-${process.pid}.cjs`);
  await build({ ...common, entryPoints: ["test/certificates/examples.ts"], outfile });
  const { exampleFiles } = require(outfile);
  rmSync(outfile);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of await exampleFiles(Date.now()))
    writeFileSync(join(folder, name), bytes, { mode: name.endsWith(".key") ? 0o600 : 0o644 });
}
