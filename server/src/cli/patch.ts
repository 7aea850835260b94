/** Changes of whole files as unified diffs that `git apply` takes. */
import { structuredPatch } from "diff";

/** `path` is relative and `/`-separated. Undefined when nothing differs. */
export function patchOf(path: string, before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: 3 });
  const body = hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines]);
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  // A tab tells where a name with blanks ends.
  const end = /\s/.test(path) && from.charAt(0) !== '"' ? "\t" : "";
  return `${[`diff --git ${from} ${to}`, `--- ${from}${end}`, `+++ ${to}${end}`, ...body].join("\n")}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** As git quotes a name that would end early: C's escapes within quotation marks. */
const quoted = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file's name may hold them.
  /["\\\u0000-\u001f]/.test(name) ? `"${name.replace(/["\\\t\n\r]/g, (it) => ESCAPES[it] ?? it)}"` : name;
