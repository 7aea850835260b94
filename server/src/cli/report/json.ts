/** The report as JSON: one object, or with `json-lines` one a line for programs that read as they go. In pieces: it may be long. */
import { jsonText } from "../../base/visible.ts";
import type { Pieces } from "./formats.ts";
import type { Report } from "./report.ts";

/** Laid out as if it were written at once. */
export const jsonReport = (report: Report): Pieces => laidOut("", report, "\n", 0);

const INDENT = 2;
/** The report, its files, a file, its findings: what is below is written at once. */
const LEVELS = 4;

function* laidOut(before: string, value: unknown, behind: string, level: number): Pieces {
  const members = level < LEVELS ? membersOf(value) : [];
  if (members.length === 0) {
    // There is no line end in JSON but those of its layout.
    yield `${before}${jsonText(value, INDENT).replaceAll("\n", `\n${indent(level)}`)}${behind}`;
    return;
  }
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  yield `${before}${open}\n`;
  for (const [number, [name, member]] of members.entries())
    yield* laidOut(`${indent(level + 1)}${name}`, member, number + 1 < members.length ? ",\n" : "\n", level + 1);
  yield `${indent(level)}${close}${behind}`;
}

const indent = (level: number): string => " ".repeat(INDENT * level);

/** Each with what stands before it. */
function membersOf(value: unknown): readonly (readonly [name: string, member: unknown])[] {
  if (Array.isArray(value)) return value.map((it: unknown) => ["", it]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, it]) => (it === undefined ? [] : [[`${jsonText(name)}: `, it] as const]));
}

/** Each line says what it is; what stands around the files comes last. */
export function* jsonLinesReport({ version, tool, files, notAnalysed, counts }: Report): Pieces {
  for (const { path, findings, suppressed = [] } of files) {
    for (const it of findings) yield line({ type: "finding", path, ...it });
    for (const it of suppressed) yield line({ type: "suppressed", path, ...it });
  }
  for (const it of notAnalysed) yield line({ type: "not-analysed", ...it });
  yield line({ type: "summary", version, tool, files: files.length, counts });
}

const line = (value: unknown): string => `${jsonText(value)}\n`;
