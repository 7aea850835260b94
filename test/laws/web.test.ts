/** What a browser evaluates of the two bundles reaches nothing of Node: neither a built-in nor the part that is for Node alone. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { build, stop } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "../harness/fixtures.ts";

after(() => stop());

async function reached(entryPoint: string, external: readonly string[]) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    metafile: true,
    // A built-in is an error then.
    platform: "browser",
    conditions: ["browser"],
    external: [...external],
    logLevel: "silent",
  });
  const outside = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter((it) => it.external).map(({ path }) => path));
  return { inputs: Object.keys(metafile.inputs), outside: new Set(outside) };
}

test("the server's part for a web worker", async () => {
  const { inputs, outside } = await reached("server/src/worker-server.ts", []);
  assert.deepEqual([...outside], []);
  assert.ok(inputs.length > 500);
  assert.ok(inputs.some((it) => it.endsWith("vscode-jsonrpc/lib/browser/main.js")));
});

test("the client, but for the file that starts a process", async () => {
  const { inputs, outside } = await reached("client/src/extension.ts", ["vscode", "./node-client.ts"]);
  assert.deepEqual([...outside].toSorted(), ["./node-client.ts", "vscode"]);
  assert.deepEqual(
    inputs.filter((it) => it.includes("/lib/node/")),
    [],
  );
});

test("the manifest names the same bundle for both, and lets virtual workspaces be", () => {
  assert.equal(manifest.browser, manifest.main);
  assert.equal(manifest.capabilities.virtualWorkspaces.supported, true);
});
