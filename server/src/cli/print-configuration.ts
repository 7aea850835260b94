/** `tlslint check --print-config FILE`: the settings that hold for a file, and the files that say them. */
import type { LintService } from "../service/api.ts";
import { printable } from "./terminal.ts";
import type { World } from "./world.ts";

export async function printConfiguration(file: string, service: LintService, world: World): Promise<number> {
  const { toml, sources, excluded } = await service.configurationOf(world.resolve(file));
  const head =
    sources.length === 0
      ? ["# nothing is configured; these are the defaults"]
      : sources.map((it) => `# from ${printable(world.relative(it))}`);
  const left = excluded ? [`# ${printable(file)} is excluded`] : [];
  world.print(`${[...head, ...left].join("\n")}\n${toml}`);
  return 0;
}
