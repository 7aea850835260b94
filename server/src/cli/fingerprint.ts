/** Names for findings that survive moved lines: the rule, the line's text without blanks, and which of its likes it is. */
import { createHash } from "node:crypto";

/** `seen` counts likes within one file and is updated. */
export function fingerprint(rule: string, line: string, seen: Map<string, number>): string {
  const key = `${rule}\n${line.replace(/\s+/g, "")}`;
  const count = seen.get(key) ?? 0;
  seen.set(key, count + 1);
  return createHash("sha256").update(`${key}\n${count}`).digest("hex").slice(0, 32);
}
