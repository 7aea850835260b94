/** Changes of whole files as unified diffs that `git apply` takes. */
import { structuredPatch } from "diff";

/** `path` is relative and `/`-separated. Undefined when nothing differs. */
export function patchOf(path: string, before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: 3 });
  const body = hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines]);
  return `${[`diff --git a/${path} b/${path}`, `--- a/${path}`, `+++ b/${path}`, ...body].join("\n")}\n`;
}
