/** `tlslint inspect FILE…`: what is in certificate and key files, every object of a bundle. */
import { jsonText } from "../base/visible.ts";
import type { Inspection, InspectionEntry, LintService } from "../service/api.ts";
import { findingsByEntry } from "../service/certificates/findings-by-entry.ts";
import { inspectionValue } from "../service/certificates/inspection-value.ts";
import type { InspectCommand } from "./command-line/commands.ts";
import { inDays } from "./ending.ts";
import { type Paint, printable } from "./terminal.ts";
import type { World } from "./world.ts";

export async function inspect(command: InspectCommand, service: LintService, world: World, paint: Paint): Promise<number> {
  const { files, format } = command;
  const password = command.password ? await world.readPassword(`password of ${files.map(printable).join(", ")}: `) : undefined;
  if (command.password && password === undefined) {
    world.error("tlslint: no password was given");
    return 2;
  }
  const inspections: Inspection[] = [];
  for (const file of files) inspections.push(await service.inspect(world.resolve(file), undefined, { password }));
  world.print(format === "json" ? jsonOf(inspections, world) : inspections.map((it) => prettyText(it, world, paint)).join("\n"));
  return inspections.some(({ notAnalysed }) => notAnalysed !== undefined) ? 2 : 0;
}

function prettyText({ file, entries, findings, notAnalysed }: Inspection, world: World, paint: Paint): string {
  const lines = [paint.bold(printable(world.relative(file)))];
  if (notAnalysed !== undefined) lines.push(`  ${paint.warning("not analysed")}: ${printable(notAnalysed)}`);
  lines.push(...contentsTable(entries, paint));
  const told = findingsByEntry(findings, entries);
  for (const entry of entries) {
    lines.push("", `  ${paint.bold(printable(entry.title))}`);
    const width = Math.max(0, ...entry.fields.map(({ label }) => label.length));
    for (const { label, value } of entry.fields) lines.push(`    ${paint.dim(printable(label).padEnd(width))}  ${printable(value)}`);
    for (const finding of told.get(entry) ?? [])
      lines.push(`    ${paint[finding.severity](`${finding.severity}[${finding.rule}]`)}: ${printable(finding.message)}`);
  }
  for (const finding of told.get(undefined) ?? [])
    lines.push("", `  ${paint[finding.severity](`${finding.severity}[${finding.rule}]`)}: ${printable(finding.message)}`);
  return `${lines.join("\n")}\n`;
}

/** Of a bundle: what is in it, and until when, before each is told in full. */
function contentsTable(entries: readonly InspectionEntry[], paint: Paint): readonly string[] {
  if (entries.length < 2) return [];
  const rows = entries.map(({ title, fields, daysLeft }, at) => [
    `${at + 1}`,
    title,
    daysLeft === undefined ? "" : inDays(daysLeft),
    fields.find(({ label }) => label === "subject" || label === "issuer")?.value ?? "",
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => printable(row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => printable(cell).padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  return ["", ...rows.map((row, at) => ((entries[at]?.daysLeft ?? 0) < 0 ? paint.error(line(row)) : line(row)))];
}

/** Values, not words: `server/schema/inspect.schema.json` says which. */
const jsonOf = (inspections: readonly Inspection[], world: World): string =>
  `${jsonText({ version: 2, files: inspections.map((it) => inspectionValue(it, world.relative(it.file))) }, 2)}\n`;
