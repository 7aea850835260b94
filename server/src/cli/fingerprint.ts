/** Names for findings that survive moved lines: the rule, the line's text without blanks, and which of its likes in the file it is. */
import { createHash } from "node:crypto";
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
      const key = `${finding.rule}\n${line.replace(/\s+/g, "")}`;
      const count = likes.get(key) ?? 0;
      likes.set(key, count + 1);
      return [finding, createHash("sha256").update(`${key}\n${count}`).digest("hex").slice(0, 32)];
    }),
  );
}
