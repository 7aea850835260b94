/** `tlslint check --print-config FILE`: the settings that hold for a file, each with the file and line that say it. */
import type { ConfigurationFlaw, LintService, SettingOrigin } from "../service/api.ts";
import { printable } from "./terminal.ts";
import type { World } from "./world.ts";

export async function printConfiguration(file: string, service: LintService, world: World): Promise<number> {
  const { lines, sources, excluded, flaws } = await service.configurationOf(world.resolve(file));
  for (const it of flaws) world.error(`tlslint: ${flawText(it, world)}`);
  const head =
    sources.length === 0 && flaws.length === 0
      ? ["# nothing is configured; these are the defaults"]
      : [
          ...sources.map((it) => `# from ${printable(world.relative(it))}`),
          ...flaws.map((it) => `# does not count: ${printable(flawText(it, world))}`),
        ];
  const left = excluded ? [`# ${printable(file)} is excluded`] : [];
  const told = ({ file, line }: SettingOrigin): string =>
    file === undefined ? "settings" : printable(`${world.relative(file)}${line === undefined ? "" : `:${line}`}`);
  const body = lines.map(({ toml, from }) => {
    const origin = from && (from.length === 0 ? "default" : from.map(told).join(", "));
    return `${printable(toml)}${origin === undefined ? "" : ` # ${origin}`}`;
  });
  world.print(`${[...head, ...left, ...body].join("\n")}\n`);
  // A script that takes these for what somebody has set must notice that they are not.
  return flaws.length === 0 ? 0 : 2;
}

/** `tlslint.toml:3: what is wrong`. */
export const flawText = ({ file, line, message }: ConfigurationFlaw, world: World): string =>
  `${world.relative(file)}${line === undefined ? "" : `:${line}`}: ${message}`;
