/** `tlslint reissue FILE`: prints the command that issues a certificate again. Nothing is run. */
import type { LintService } from "../service/api.ts";
import type { ReissueCommand } from "./command-line/commands.ts";
import { printable } from "./terminal.ts";
import type { World } from "./world.ts";

export async function reissue({ file, tool }: ReissueCommand, service: LintService, world: World): Promise<number> {
  const answer = await service.reissue(world.resolve(file));
  const refused = "refused" in answer ? answer.refused : undefined;
  const texts = "refused" in answer ? [] : answer.flatMap((it) => it[tool] ?? []);
  world.print(texts.join("\n"));
  if (texts.length > 0) return 0;
  world.error(`tlslint: ${printable(file)}: ${printable(refused ?? `\`${tool}\` does not issue such a certificate from a profile`)}`);
  return 2;
}
