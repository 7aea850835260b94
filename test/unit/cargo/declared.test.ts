/** Where manifests declare a dependency: in lines, inline tables, tables of its own, and in the workspace that it is inherited from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { declarationsOf, readManifest } from "../../../server/src/cargo/index.ts";

const HEAD = '[package]\nname = "a"\nversion = "0.1.0"\n';

/** The lines that are pointed to, each from what is pointed to on. */
function declared(manifest: string, workspace?: string): readonly string[] {
  const read = readManifest(HEAD + manifest);
  const root = workspace === undefined ? undefined : readManifest(workspace);
  assert.ok(read.ok && (root?.ok ?? true));
  const shared = root?.ok ? root.value : undefined;
  return declarationsOf("redis", read.value, shared).map(({ inWorkspace, span }) => {
    const text = (inWorkspace ? shared : read.value)?.text ?? "";
    const [line = ""] = text.slice(span.start).split("\n");
    return `${inWorkspace ? "workspace: " : ""}${line}`;
  });
}

test("a line is pointed to by its name, a table by what chooses features", () => {
  assert.deepEqual(declared('[dependencies]\nserde = "1"\nredis = "1"\n'), ['redis = "1"']);
  assert.deepEqual(declared('[dependencies]\nredis = { version = "1", optional = true }\n'), [
    'redis = { version = "1", optional = true }',
  ]);
  assert.deepEqual(declared('[dependencies]\nredis = { version = "1", features = [\n    "aio",\n] }\n'), ["features = ["]);
  assert.deepEqual(declared('[dependencies.redis]\n# as it is\nversion = "1"\ndefault-features = false\n'), ["default-features = false"]);
  assert.deepEqual(declared('[dependencies.redis]\nversion = "1"\n\n[features]\nfeatures = []\n'), ["dependencies.redis]"]);
  assert.deepEqual(declared('[dependencies]\nredis.version = "1"\nredis.features = ["aio"]\n'), ['redis.features = ["aio"]']);
});

test("a package has the name that it has, whatever its key", () => {
  assert.deepEqual(
    declared('[dependencies]\ncache = { package = "redis", version = "1" }\nredis = { package = "serde", version = "1" }\n'),
    ['cache = { package = "redis", version = "1" }'],
  );
});

test("tables of platforms count, those of tests only by themselves", () => {
  const dev = '[dev-dependencies]\nredis = { version = "1" }\n';
  assert.deepEqual(declared(dev), ['redis = { version = "1" }']);
  assert.deepEqual(declared(`${dev}[target.'cfg(unix)'.dependencies]\nredis = "1"\n`), ['redis = "1"']);
});

test("what is inherited is declared in the workspace, and here where features are added", () => {
  const root = '[workspace.dependencies]\nredis = { version = "1", features = ["aio"] }\n';
  assert.deepEqual(declared("[dependencies]\nredis.workspace = true\n", root), ['workspace: features = ["aio"] }']);
  assert.deepEqual(declared('[dependencies]\nredis = { workspace = true, features = ["json"] }\n', root), [
    'workspace: features = ["aio"] }',
    'features = ["json"] }',
  ]);
  const renamed = '[workspace.dependencies.cache]\npackage = "redis"\nversion = "1"\n';
  assert.deepEqual(declared("[dependencies]\ncache = { workspace = true }\n", renamed), ["workspace: workspace.dependencies.cache]"]);
});

test("half a manifest, and one that does not name it, say nothing", () => {
  assert.deepEqual(declared('[dependencies]\nserde = "1"\n'), []);
  assert.deepEqual(declarationsOf("redis", { dependencies: [], features: new Map(), targets: [] }, undefined), []);
});
