/** Names for findings that survive moved lines: the rule, the line's text without blanks, and which of its likes in the file it is. */
import { createHash, type Hash } from "node:crypto";
import { LineIndex } from "../base/line-index.ts";
import type { Finding } from "../service/api.ts";
import type { CheckedFile } from "./check-result.ts";

/** Of all findings, reported or suppressed: that one of them is suppressed gives no other a new name. */
export function fingerprintsOf({ text, report }: CheckedFile): ReadonlyMap<Finding, string> {
  const lines = text?.lines ?? new LineIndex("");
  const likes = new Map<string, number>();
  const all = [...report.findings, ...(report.suppressed ?? [])].toSorted((a, b) => a.place.span.start - b.place.span.start);
  return new Map(
    all.map((finding) => {
      const line = text?.part(lines.line(lines.position(finding.place.span.start).line)) ?? "";
      const hash = hashOf(finding.rule, line);
      const key = hash.copy().digest("base64");
      const count = likes.get(key) ?? 0;
      likes.set(key, count + 1);
      return [finding, hash.update(`\n${count}`).digest("hex").slice(0, 32)];
    }),
  );
}

/** A line may be a file of fifty megabytes, which nobody copies: it is taken in pieces. */
const PIECE = 0x10000;

function hashOf(rule: string, line: string): Hash {
  const hash = createHash("sha256").update(`${rule}\n`);
  for (let from = 0; from < line.length; ) {
    const end = from + PIECE;
    const splitsPair = (line.charCodeAt(end - 1) & 0xfc00) === 0xd800;
    const to = splitsPair ? end - 1 : end;
    hash.update(line.slice(from, to).replace(/\s+/g, ""));
    from = to;
  }
  return hash;
}
