/** From a rule's repairs of a certificate file to fixes that the surfaces apply. Keys never become part of what is printed. */
import { type CertificateFile, holdsKey } from "../../pki/index.ts";
import type { Repair } from "../../rules/rule.ts";
import type { Fix } from "../api.ts";

/** Files with thousands of findings are asked for each. */
const plain = new WeakMap<CertificateFile, boolean>();

/** Its sections stand in it as they are, and its text is UTF-8, as edits are written. */
function isPlain(read: CertificateFile): boolean {
  const known = plain.get(read);
  if (known !== undefined) return known;
  const inUtf8 = read.problems.every((it) => it.defect !== "utf-16" && it.defect !== "partly-utf-16");
  const found = read.format === "pem" && inUtf8 && read.sections.every((it) => it.container === undefined);
  plain.set(read, found);
  return found;
}

/** A DER file has no text that could be edited. */
export function fixesOf(file: string, read: CertificateFile, repairs: readonly Repair[]): readonly Fix[] {
  if (repairs.length === 0) return [];
  const secret = holdsKey(read.text);
  return repairs.flatMap(({ title, applicability, edits, mode, creates }, index): readonly Fix[] => {
    if (edits === undefined && mode === undefined) return [];
    if (edits !== undefined && !isPlain(read)) return [];
    return [
      {
        title,
        applicability,
        preferred: index === 0,
        edits: edits === undefined ? [] : [{ file, edits }],
        placeholders: [],
        notes: [],
        ...(mode === undefined ? {} : { permissions: { file, mode } }),
        ...(creates === undefined ? {} : { creates: { file: creates.path, text: creates.text, mode: creates.mode } }),
        ...(secret && { secret: true }),
      },
    ];
  });
}
