/** "Turn this rule off": the edit of the `tlslint.toml` that holds for a finding's file, or the first lines of a new one. */
import { CONFIGURATION_NAME, textOf as decode, isWithin, relativePath } from "../project/index.ts";
import type { Finding, Fix } from "./api.ts";
import { switchedOffIn } from "./configuration/switch-off.ts";
import { ownRules } from "./own-rules.ts";
import type { Workspace } from "./workspace.ts";

/** Undefined where the configuration is better changed by hand, and of findings about the configuration itself. */
export async function switchOffFix(workspace: Workspace, file: string, { rule }: Finding): Promise<Fix | undefined> {
  if (ownRules.some((it) => it.id === rule)) return undefined;
  const top = workspace.packages.top(file);
  const { layers } = await workspace.configurations.of(file);
  const holding = layers.findLast(({ source, table }) => source !== undefined && table === undefined)?.source;
  // A file that somebody viewed alone has no workspace to be configured.
  if (holding === undefined && !workspace.roots.some((it) => isWithin(it, file))) return undefined;
  const path = holding ?? `${top}/${CONFIGURATION_NAME}`;
  const text = holding === undefined ? "" : await textOf(workspace, holding);
  const edits = text === undefined ? undefined : switchedOffIn(text, rule);
  if (!edits?.ok) return undefined;
  return {
    title: `Turn \`${rule}\` off in ${relativePath(top, path) ?? path}`,
    // Whoever chooses it has said so: nobody has to look at a preview of one line.
    applicability: "safe",
    preferred: false,
    edits: [{ file: path, edits: [...edits.value] }],
    against: new Map(text === undefined || holding === undefined ? [] : [[path, text]]),
    placeholders: [],
    notes: [],
  };
}

async function textOf({ files }: Workspace, path: string): Promise<string | undefined> {
  const content = await files.readKept(path);
  const decoded = decode(content);
  return decoded?.binary === undefined ? decoded?.text : undefined;
}
