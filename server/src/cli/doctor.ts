/** `tlslint doctor`: what tlslint is run by and what it goes by here, and what of it is not in order. */
import { accessSync, constants } from "node:fs";
import { folderOf, isWithin, nameOf } from "../base/path.ts";
import type { LintService } from "../service/api.ts";
import { flawText } from "./print-configuration.ts";
import { VERSION } from "./version.ts";
import type { World } from "./world.ts";

/** As the manifest says. */
const OLDEST_NODE: readonly [number, number] = [20, 11];

/** 0: no problems found · 2: something is not. */
export async function doctor(service: LintService, world: World): Promise<number> {
  const problems: string[] = [];
  const notes: string[] = [];
  const lines: string[] = [];
  const say = (label: string, text: string): void => void lines.push(`${label.padEnd(14)}${text}`);
  say("tlslint", VERSION);
  say("node", process.versions.node);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    problems.push(`Node ${process.versions.node} is too old; expected ${OLDEST_NODE.join(".")} or later`);
  say("folder", world.cwd);
  const [root = world.cwd] = world.rootsOf(["."]);
  say("project", world.relative(root));
  const { sources, excluded, flaws } = await service.configurationOf(world.resolve("Cargo.toml"));
  const said = [...new Set([...sources, ...flaws.map((it) => it.file)])].map((it) => world.relative(it));
  say("configuration", said.length === 0 ? "none, the defaults apply" : said.join(", "));
  for (const it of flaws) problems.push(flawText(it, world));
  if (excluded) problems.push("the configuration excludes this folder's Cargo.toml");
  const { files, gaps } = await service.files(world.resolve("."));
  const named = (ending: string): number => files.filter((it) => it.endsWith(ending)).length;
  say("files", `${files.length} (${named(".rs")} .rs, ${named("/Cargo.toml")} Cargo.toml)`);
  if (files.length === 0) problems.push("this folder contains nothing to lint");
  const unlocked = files.filter((it) => nameOf(it) === "Cargo.toml" && !isLocked(folderOf(it), root, world));
  if (unlocked.length > 0) notes.push(`there is no Cargo.lock ${placesOf(unlocked, world)}: crate versions follow from the requirements`);
  for (const { file, reason } of gaps.filter((it) => it.kind === "failed")) problems.push(`${world.relative(file)}: ${reason}`);
  const told = new Set(flaws.map((it) => it.file));
  for (const file of files.filter((it) => !told.has(it) && /(?:^|\/)(?:tlslint|Cargo)\.toml$/.test(it)))
    for (const { rule, message } of (await service.lint(file)).findings)
      if (rule === "unknown-configuration" || rule === "unreadable-toml") problems.push(`${world.relative(file)}: ${message}`);
  for (const line of world.fileWriter([root]).interrupted()) problems.push(`${line}: an interrupted fix is incomplete`);
  if (!isWritable(world.cwd)) problems.push("this folder is not writable, so no fix can be applied");
  world.print(
    `${[
      ...lines,
      "",
      ...notes.map((it) => `note: ${it}`),
      ...(problems.length === 0 ? ["no problems found"] : problems.map((it) => `problem: ${it}`)),
    ].join("\n")}\n`,
  );
  return problems.length === 0 ? 0 : 2;
}

/** A lock file is that of the workspace, so it may lie further up. Libraries often commit none, which is in order. */
function isLocked(folder: string, root: string, world: World): boolean {
  if (world.exists(`${folder}/Cargo.lock`)) return true;
  return folder !== root && isWithin(root, folder) && isLocked(folderOf(folder), root, world);
}

function placesOf([first = "", ...others]: readonly string[], world: World): string {
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `for ${world.relative(first)}${more}`;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
