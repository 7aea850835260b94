/** Changes as unified diffs: of whole files as `git apply` takes them, and of parts of them for people. */
import { structuredPatch } from "diff";
import type { ShownText } from "../service/api.ts";

/** Lines around a change. */
const CONTEXT = 3;

/** `path` is relative and `/`-separated. Undefined when nothing differs. */
export function patchOf(path: string, before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: CONTEXT });
  const body = hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines]);
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  // A tab tells where a name with blanks ends.
  const end = /\s/.test(path) && from.charAt(0) !== '"' ? "\t" : "";
  return `${[`diff --git ${from} ${to}`, `--- ${from}${end}`, `+++ ${to}${end}`, ...body].join("\n")}\n`;
}

/** The lines of a patch, without its head, of what edits change in a text. */
export function patchLines(text: ShownText, edits: Parameters<ShownText["edited"]>[0]): readonly string[] {
  let added = 0;
  return text.edited(edits, CONTEXT).flatMap(({ span, before, after }) => {
    const first = text.lines.position(span.start).line;
    const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: CONTEXT });
    const told = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${first + oldStart},${oldLines} +${first + added + newStart},${newLines} @@`,
      ...lines,
    ]);
    for (const { oldLines, newLines } of hunks) added += newLines - oldLines;
    return told;
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** As git quotes a name that would end early: C's escapes within quotation marks. */
const quoted = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file's name may hold them.
  /["\\\u0000-\u001f]/.test(name) ? `"${name.replace(/["\\\t\n\r]/g, (it) => ESCAPES[it] ?? it)}"` : name;
