/** Each folder imports only what the architecture allows, by what the sources say and by what the bundler really reaches. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { test } from "node:test";
import { build, stop } from "esbuild";
import { ROOT } from "../harness/fixtures.ts";
import { LAYERS, PACKAGES } from "./layers.ts";

const SOURCE = join(ROOT, "server/src");
const IMPORT = /^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

const layers: Readonly<Record<string, readonly string[]>> = LAYERS;
const layerOf = (file: string): string | undefined => (file.includes("/") ? file.split("/")[0] : undefined);

function verdict(file: string, imported: string): string | undefined {
  const layer = layerOf(file);
  if (layer === undefined) return undefined;
  const allowed = layers[layer];
  if (!allowed) return `${file}: the folder ${layer}/ is no layer`;
  if (!imported.startsWith(".")) {
    const rule = PACKAGES.find(({ pattern }) => pattern.test(imported));
    if (!rule) return `${file} imports the package ${imported}, which no layer may`;
    return rule.layers.some((it) => it === layer) ? undefined : `${file} imports ${imported}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), imported));
  if (target.startsWith(".."))
    return imported.endsWith("package.json") && file === "cli/version.ts"
      ? undefined
      : `${file} imports ${imported}, outside of the server`;
  const targetLayer = layerOf(target);
  if (targetLayer === undefined) return `${file} imports ${imported}, a main or the host`;
  return targetLayer === layer || allowed.includes(targetLayer) ? undefined : `${file} (${layer}) imports ${imported} (${targetLayer})`;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}

test("no source imports upward, type imports included", () => {
  let imports = 0;
  const broken: string[] = [];
  for (const path of sources(SOURCE)) {
    const file = relative(SOURCE, path).replaceAll("\\", "/");
    for (const [, from, dynamic] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      imports++;
      const problem = verdict(file, from ?? dynamic ?? "");
      if (problem) broken.push(problem);
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(imports > 100, "the law looked at imports");
});

test("no file imports itself by way of others, type imports included", () => {
  const imports = new Map(
    sources(SOURCE).map((path) => {
      const file = relative(SOURCE, path).replaceAll("\\", "/");
      const found = [...readFileSync(path, "utf8").matchAll(IMPORT)].flatMap(([, from, dynamic]) => {
        const name = from ?? dynamic ?? "";
        return name.startsWith(".") ? [posix.normalize(posix.join(posix.dirname(file), name))] : [];
      });
      return [file, found] as const;
    }),
  );
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    assert.ok(at < 0, `${way.slice(at).join(" imports ")} imports ${file}`);
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) follow(file, []);
  assert.ok(done.size > 200, `${done.size} files were followed`);
});

test("models are data: no function, and only types are imported", () => {
  for (const path of sources(join(SOURCE, "models")).filter((it) => !/\/(model|index|seeds|forks)\.ts$/.test(it))) {
    const text = readFileSync(path, "utf8");
    assert.doesNotMatch(text, /=>|\bfunction\b/, `${path} holds a function`);
    for (const [statement] of text.matchAll(/^import [^;]*;$/gm))
      assert.match(statement, /^import type |from "\.\//, `${path}: ${statement}`);
  }
});

test("the client imports only itself, vscode and its language client", () => {
  const folder = join(ROOT, "client/src");
  for (const path of sources(folder))
    for (const [, fixed, dynamic = ""] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      const from = fixed ?? dynamic;
      assert.ok(
        /^\.\/|^vscode(-languageclient(\/.*)?)?$/.test(from) ||
          (from.startsWith("../") && !relative(folder, join(dirname(path), from)).startsWith("..")),
        `${path} imports ${from}`,
      );
    }
});

test("the service's bundle reaches no Node built-in and no protocol", async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["server/src/service/index.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    packages: "external",
    logLevel: "silent",
  });
  await stop();
  const external = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter((it) => it.external).map((it) => it.path));
  assert.deepEqual(
    [...new Set(external)].filter((path) => !/^(@noble\/|smol-toml|yaml$)/.test(path)),
    [],
  );
  assert.ok(Object.keys(metafile.inputs).length > 20);
});
