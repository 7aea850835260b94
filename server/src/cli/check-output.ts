/** Where the report of a run goes. */
import { commandText, terminalText } from "../base/visible.ts";
import type { CheckResult } from "./check-result.ts";
import type { CheckCommand } from "./command-line/check-command.ts";
import { gathered, type Pieces } from "./pieces.ts";
import { isCommandLog } from "./report/formats.ts";
import type { Paint } from "./terminal.ts";
import type { World } from "./world.ts";

/** Whether it could be written. */
export async function report(command: CheckCommand, result: CheckResult, world: World, paint: Paint): Promise<boolean> {
  const { format, failOn, strict, output } = command;
  const part = command.shard && `${command.shard.index}-of-${command.shard.of}`;
  const around = { cwd: world.cwd, strict, failOn, now: command.now ?? Date.now(), ...(part !== undefined && { part }) };
  const { resultText } = await import("./report/reporters.ts");
  const text = await resultText(format, result, around, world, output === undefined ? paint : world.plainPaint);
  return write(command, text, world, isCommandLog(format) ? "commands" : "text");
}

/** `exact`: for a program that takes every character as it is. `commands`: for a CI system that carries each line out. */
type Kind = "text" | "exact" | "commands";

export const write = (command: CheckCommand, text: string | Pieces, world: World, kind: Kind): boolean =>
  writeText(text, kind, command.output, world.rootsOf(rootPaths(command)), world);

/** To standard output, or into the file of `--output`. */
export function writeText(text: string | Pieces, kind: Kind, output: string | undefined, roots: readonly string[], world: World): boolean {
  const pieces = typeof text === "string" ? [text] : gathered(text);
  if (output === undefined) {
    for (const piece of pieces) {
      if (kind === "exact") world.printExactly(piece);
      else if (kind === "commands") world.printCommands(piece);
      else world.print(piece);
    }
    return true;
  }
  const refused = world.writeOutput(output, shownAs(kind, pieces), roots);
  if (refused !== undefined) world.error(`tlslint: \`--output ${output}\` could not be written: ${refused}`);
  return refused === undefined;
}

function* shownAs(kind: Kind, pieces: Iterable<string>): Pieces {
  for (const it of pieces) yield kind === "exact" ? it : kind === "commands" ? commandText(it) : terminalText(it);
}

/** What the run is about. */
export const rootPaths = ({ paths, stdinPath }: CheckCommand): readonly string[] => (stdinPath === undefined ? paths : [stdinPath]);
