/** What a command loads before it has seen anything about TLS: names of models and rules, and nothing that analyses or judges. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Metafile, stop } from "esbuild";
import { ROOT } from "../harness/fixtures.ts";

interface Recipe {
  readonly entries: readonly { readonly outfile: string }[];
  buildEntry(entry: Recipe["entries"][number], options: { readonly folder: string }): Promise<{ readonly metafile: Metafile }>;
}

/** Loaded by `check` whatever it finds. */
const LOADED = [
  "server/src/main-cli.ts",
  "server/src/cli/check.ts",
  "server/src/service/index.ts",
  "server/src/cli/report/reporters.ts",
  "server/src/cli/report/json.ts",
];
/** What must wait: folders but for single files. */
const LATER = [
  /^server\/src\/analysis\/(?!lexicon\.ts|named-switches\.ts)/,
  /^server\/src\/remedies\//,
  /^server\/src\/flow\//,
  /^server\/src\/rules\/(?!names\.ts)/,
  /^server\/src\/models\/(?!seeds\.ts|identity-headers\.ts|manifests\/|connections\/)/,
  /^server\/src\/rust\/(?:bodies|calls|layout|names|types)\//,
  /^server\/src\/pki\/(?:x509|values|describe)\//,
  /^server\/src\/lsp\//,
  /^node_modules\/(?:@noble|vscode|diff)/,
];
/** In bytes, minified: a ninth of the whole. */
const MOST = 335 * 1024;

test("a check loads the analysis of code and of certificates when there is something to analyse", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-start-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const { entries, buildEntry }: Recipe = await import(pathToFileURL(join(ROOT, "scripts/build.mjs")).href);
  const cli = entries.find(({ outfile }) => outfile.endsWith("cli.js"));
  assert.ok(cli);
  const { outputs } = (await buildEntry(cli, { folder })).metafile;
  await stop();
  const loaded = new Set(LOADED.map((entry) => Object.keys(outputs).find((it) => outputs[it]?.entryPoint === entry) ?? assert.fail(entry)));
  for (const part of loaded)
    for (const { path, kind } of outputs[part]?.imports ?? []) if (kind === "import-statement" && path in outputs) loaded.add(path);
  const inputs = [...loaded].flatMap((part) => Object.entries(outputs[part]?.inputs ?? {}).filter(([, it]) => it.bytesInOutput > 0));
  assert.deepEqual(
    inputs.map(([path]) => path).filter((path) => LATER.some((it) => it.test(path))),
    [],
  );
  const bytes = inputs.reduce((sum, [, it]) => sum + it.bytesInOutput, 0);
  context.diagnostic(`${(bytes / 1024).toFixed(0)} KiB in ${loaded.size} files`);
  assert.ok(bytes > 50 * 1024 && bytes < MOST, `${bytes} bytes`);
});
