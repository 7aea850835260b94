/** The report as JSON: one object, or with `json-lines` one a line for programs that read as they go. In pieces: it may be long. */
import { jsonText } from "../../base/visible.ts";
import type { Pieces } from "../pieces.ts";
import type { PassingReport, Report } from "./report.ts";

/** Laid out as if it were written at once. */
export const jsonReport = (report: PassingReport): Pieces => laidOut("", report, "\n", 0);

const INDENT = 2;
/** The report, its files, a file, its findings: what is below is written at once. */
const LEVELS = 4;

function* laidOut(before: string, value: unknown, behind: string, level: number): Pieces {
  const members = membersOf(level < LEVELS ? value : undefined);
  let next = members.next();
  if (next.done) {
    // There is no line end in JSON but those of its layout.
    yield `${before}${jsonText(isList(value) ? [...value] : value, INDENT).replaceAll("\n", `\n${indent(level)}`)}${behind}`;
    return;
  }
  yield `${before}${isList(value) ? "[" : "{"}\n`;
  while (!next.done) {
    const [name, member] = next.value;
    next = members.next();
    yield* laidOut(`${indent(level + 1)}${name}`, member, next.done ? "\n" : ",\n", level + 1);
  }
  yield `${indent(level)}${isList(value) ? "]" : "}"}${behind}`;
}

const indent = (level: number): string => " ".repeat(INDENT * level);

const isList = (value: unknown): value is Iterable<unknown> => typeof value === "object" && value !== null && Symbol.iterator in value;

/** Each with what stands before it. */
function* membersOf(value: unknown): Generator<readonly [name: string, member: unknown], void, void> {
  if (isList(value)) for (const it of value) yield ["", it];
  else if (typeof value === "object" && value !== null)
    for (const [name, it] of Object.entries(value)) if (it !== undefined) yield [`${jsonText(name)}: `, it];
}

/** Each line says what it is; what stands around the files comes last. */
export function* jsonLinesReport({ version, tool, files, notAnalysed, counts, parts }: Report): Pieces {
  for (const { path, findings, suppressed = [] } of files) {
    for (const it of findings) yield line({ type: "finding", path, ...it });
    for (const it of suppressed) yield line({ type: "suppressed", path, ...it });
  }
  for (const it of notAnalysed) yield line({ type: "not-analysed", ...it });
  yield line({ type: "summary", version, tool, files: files.length, counts, ...(parts !== undefined && { parts }) });
}

const line = (value: unknown): string => `${jsonText(value)}\n`;
