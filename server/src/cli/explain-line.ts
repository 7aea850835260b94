/** `tlslint check --explain FILE:LINE`: why something is, or is not, reported there. */
import type { Explanation, LintService } from "../service/api.ts";
import { explainedLines, placesIn } from "../service/explained-lines.ts";
import type { Place } from "../tls/facts.ts";
import { type Paint, printable } from "./terminal.ts";
import type { World } from "./world.ts";

export interface LineOfFile {
  readonly file: string;
  readonly line: number;
}

export async function explainLine({ file, line }: LineOfFile, service: LintService, world: World, paint: Paint): Promise<number> {
  const path = world.resolve(file);
  if (!world.exists(path)) {
    world.error(`tlslint: \`--explain ${file}:${line}\` cannot be answered: there is no such file`);
    return 2;
  }
  const explanation = await service.explain(path, line);
  const at = await placer(service, world, explanation);
  const { sources, excluded } = await service.configurationOf(path);
  const lines = [
    `${paint.bold(`${printable(file)}:${line}`)}`,
    ...(sources.length > 0 ? [`  configured by ${sources.map((it) => printable(world.relative(it))).join(", ")}`] : []),
    ...(excluded ? ["  the configuration excludes it"] : []),
    ...explainedLines(explanation, { ...paint, shown: printable, at }),
  ];
  world.print(lines.map((it) => `${it}\n`).join(""));
  return 0;
}

/** Where something stands, as `path:line`. */
async function placer(service: LintService, world: World, explanation: Explanation): Promise<(place: Place) => string> {
  const texts = new Map<string, Awaited<ReturnType<LintService["shownText"]>>>();
  for (const { file } of placesIn(explanation)) if (!texts.has(file)) texts.set(file, await service.shownText(file));
  return ({ file, span }) => `${printable(world.relative(file))}:${(texts.get(file)?.lines.position(span.start).line ?? 0) + 1}`;
}
