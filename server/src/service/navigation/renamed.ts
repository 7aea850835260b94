/** What paths in code and settings become when a certificate file is renamed or moved. */

import { isAbsolute, pathFrom } from "../../base/path.ts";
import { byFile, type FileEdits } from "../../base/text-edit.ts";
import type { LinkInput } from "./path-links.ts";
import { pathLinks } from "./path-links.ts";

/** `inputs`: of the files that may name it. Paths that are not written as they are read, as with an escape, stay. */
export async function editsForRename(inputs: readonly LinkInput[], from: string, to: string): Promise<readonly FileEdits[]> {
  const found: FileEdits[] = [];
  for (const input of inputs) {
    for (const { span, target } of await pathLinks(input)) {
      const written = input.text.slice(span.start, span.end);
      const text = target === from ? renamedPath(written, from, to) : undefined;
      if (text !== undefined) found.push({ file: input.file, edits: [{ span, text }] });
    }
  }
  return byFile(found);
}

/** `written` leads to `from` from some folder; undefined where the new path cannot be said from there. */
function renamedPath(written: string, from: string, to: string): string | undefined {
  if (isAbsolute(written)) return written === from ? to : undefined;
  const [ups = ""] = /^(?:\.{1,2}\/)*/.exec(written) ?? [];
  const down = written.slice(ups.length);
  if (!from.endsWith(`/${down}`)) return undefined;
  const path = pathFrom(from.slice(0, -down.length - 1), to);
  return path && ups + path.replace(/^\.\//, "");
}
