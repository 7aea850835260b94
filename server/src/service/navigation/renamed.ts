/** What paths in code and settings become when a certificate file is renamed or moved. */

import { isAbsolute, isWithin, pathFrom } from "../../base/path.ts";
import { byFile, type FileEdits } from "../../base/text-edit.ts";
import type { LinkInput } from "./path-links.ts";
import { pathLinks } from "./path-links.ts";

/** A certificate file, or a folder with such files, under its old path and its new one. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** `inputs`: of the files that may name it. Paths that are not written as they are read, as with an escape, stay. */
export async function editsForRename(inputs: readonly LinkInput[], { from, to }: Move): Promise<readonly FileEdits[]> {
  const found: FileEdits[] = [];
  for (const input of inputs) {
    for (const { span, target } of await pathLinks(input)) {
      const moved = isWithin(from, target) ? to + target.slice(from.length) : undefined;
      const written = input.text.slice(span.start, span.end);
      const text = moved === undefined ? undefined : renamedPath(written, { from: target, to: moved }, from);
      if (text !== undefined) found.push({ file: input.file, edits: [{ span, text }] });
    }
  }
  return byFile(found);
}

/**
 * `written` leads to the file from some folder; undefined where the new path cannot be said from there, and where that folder moves along:
 * then the path stays right.
 */
function renamedPath(written: string, { from, to }: Move, moved: string): string | undefined {
  if (isAbsolute(written)) return written === from ? to : undefined;
  const [ups = ""] = /^(?:\.{1,2}\/)*/.exec(written) ?? [];
  const down = written.slice(ups.length);
  if (!from.endsWith(`/${down}`)) return undefined;
  const base = from.slice(0, -down.length - 1);
  if (isWithin(moved, base)) return undefined;
  const path = pathFrom(base, to);
  return path && ups + path.replace(/^\.\//, "");
}
