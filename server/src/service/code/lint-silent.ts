/** Rust files in which nobody has to look at anything: nothing that analyses code is loaded for them. */
import { type Content, kindByName } from "../../project/index.ts";
import type { Gap } from "../api.ts";
import type { Workspace } from "../workspace.ts";

/** The gaps of a file that, as the index has seen it, says nothing; undefined for all others. */
export async function lintSilent(
  workspace: Workspace,
  file: string,
  content: Content,
  signal?: AbortSignal,
): Promise<readonly Gap[] | undefined> {
  const units = await workspace.rust.holding(file, signal);
  if (units?.length !== 0 || !workspace.rust.isSilent(file, content)) return undefined;
  return workspace.rust.gapsIn(file);
}

/** The same without a look at what is there now, and of files without gaps. */
export async function isSilentAsSeen(workspace: Workspace, file: string, signal: AbortSignal | undefined): Promise<boolean> {
  const { rust, files, configurations } = workspace;
  if (!workspace.inBatch || kindByName(file) !== "rust" || files.isOpen(file)) return false;
  const holding = rust.holdingNow(file) ?? (await rust.holding(file, signal));
  if (holding?.length !== 0 || !rust.isSilent(file) || rust.gapsIn(file).length > 0) return false;
  return !(await configurations.excluded(file));
}
