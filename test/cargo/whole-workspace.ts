/** Whole workspaces with a lock file of their own, compiled as the crate sets of the nightly run are: not while their content is that of the record. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { resultFor, type WholePart } from "./results.ts";
import type { CrateSet } from "./sets.ts";
import { checkWhole } from "./workspace.ts";

/** Names by which `record.json` knows them. */
export type Whole = "examples" | "workspaces";

export async function compiles(context: TestContext, name: Whole, part: WholePart, folder: string): Promise<void> {
  const none = { dependencies: new Map(), locked: new Map(), environment: {}, libclang: false, nightly: false } as const;
  const set: CrateSet = { ...none, name, folder, recorded: true };
  const { complaints } = await resultFor(context, set, part, textsIn(folder), async () => {
    const failure = await checkWhole(folder);
    return { complaints: failure === undefined ? [] : [failure], excluded: {} };
  });
  assert.deepEqual(complaints, []);
}

/** What cargo and the compiler may read. */
function textsIn(folder: string): readonly (readonly [string, string])[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((it) => /\.(?:rs|toml|lock)$/.test(it));
  const own = paths.filter((it) => !/(?:^|[\\/])target[\\/]/.test(it)).sort();
  return own.map((it) => [it.replaceAll("\\", "/"), readFileSync(join(folder, it), "utf8")] as const);
}
