/** The language server as it is shipped, built for one run of tests into a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { stop } from "esbuild";
import { ROOT } from "../harness/fixtures.ts";

interface Recipe {
  readonly entries: readonly { readonly outfile: string }[];
  buildEntry(entry: Recipe["entries"][number], options: { readonly folder: string }): Promise<unknown>;
}

/** Builds before the first test of the calling file; the returned function tells where. `cli.js` serves, too, when told so. */
export function serverBundle(name: "server.js" | "cli.js" = "server.js"): () => string {
  let folder = "";
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "tlslint-server-"));
    const { entries, buildEntry }: Recipe = await import(pathToFileURL(join(ROOT, "scripts/build.mjs")).href);
    const entry = entries.find(({ outfile }) => outfile.endsWith(name));
    if (!entry) throw new Error(`scripts/build.mjs does not build ${name}`);
    await buildEntry(entry, { folder });
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    // The bundler's service is a child that keeps this process alive on a machine that is idle. Before here another bundle may need it.
    await stop();
  });
  return () => join(folder, "server/out", name);
}
