/** Builds the three bundles only where a file that went into them, or one that came out, is not what it was. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildAll } from "../build.mjs";

/** What decides over a bundle beside the files that the bundler reads. */
const SETTINGS = ["package.json", "package-lock.json", "scripts/build.mjs", "scripts/evaluated-modules.mjs", "tsconfig.json"];

export async function ensureBundles(root) {
  const stamp = join(root, "test/out/bundles.json");
  if (isCurrent(root, stamp)) return false;
  const results = await buildAll();
  const outputs = results.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify(hashes(root, [...new Set([...inputs, ...SETTINGS, ...outputs])])));
  return true;
}

function isCurrent(root, stamp) {
  if (!existsSync(stamp)) return false;
  const then = JSON.parse(readFileSync(stamp, "utf8"));
  const now = hashes(root, Object.keys(then));
  return Object.entries(then).every(([file, hash]) => hash === now[file]);
}

const hashes = (root, files) =>
  Object.fromEntries(
    files.map((file) => {
      const path = join(root, file);
      return [file, existsSync(path) ? createHash("sha1").update(readFileSync(path)).digest("hex") : ""];
    }),
  );
