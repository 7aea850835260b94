/** Which crates of TLS a workspace uses, and in which versions: what findings and fixes depend on. */
import { compareWritten } from "../../base/version.ts";
import { modelledPackages } from "../../models/seeds.ts";
import { breath } from "../../project/index.ts";
import type { CrateInUse } from "./api.ts";
import type { OverviewContext } from "./context.ts";

export async function cratesInUse(
  { workspace, listing }: OverviewContext,
  signal: AbortSignal | undefined,
): Promise<readonly CrateInUse[]> {
  const known = new Set(modelledPackages);
  const found = new Map<string, Set<string>>();
  const pause = breath(signal);
  for (const manifest of await listing.settings()) {
    if (!manifest.endsWith("/Cargo.toml")) continue;
    await pause.take();
    for (const [name, versions] of (await workspace.packages.packageOf(manifest))?.facts.versions ?? [])
      if (known.has(name)) found.set(name, new Set([...(found.get(name) ?? []), ...versions]));
  }
  return [...found]
    .map(([name, versions]) => ({ name, versions: [...versions].sort(compareWritten) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
