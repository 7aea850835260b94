/** `tlslint inspect FILE…`: what is in certificate and key files, every object of a bundle. */
import { jsonText } from "../base/visible.ts";
import type { Finding, Inspection, InspectionEntry, LintService } from "../service/api.ts";
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
  for (const file of files) inspections.push(await service.inspect(world.resolve(file), undefined, password));
  world.print(format === "json" ? jsonOf(inspections, world) : inspections.map((it) => prettyText(it, world, paint)).join("\n"));
  return inspections.some(({ notAnalysed }) => notAnalysed !== undefined) ? 2 : 0;
}

function prettyText({ file, entries, findings, notAnalysed }: Inspection, world: World, paint: Paint): string {
  const lines = [paint.bold(printable(world.relative(file)))];
  if (notAnalysed !== undefined) lines.push(`  ${paint.warning("not analysed")}: ${printable(notAnalysed)}`);
  lines.push(...contentsTable(entries, paint));
  const told = byEntry(findings, entries);
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

/** Objects of PKCS#12 lie within it: a finding belongs to the smallest that holds it, and of equal ones to the first; undefined: to none. */
function byEntry(
  findings: readonly Finding[],
  entries: readonly InspectionEntry[],
): ReadonlyMap<InspectionEntry | undefined, readonly Finding[]> {
  const inner = entries.toReversed().toSorted(({ span: a }, { span: b }) => a.start - b.start || b.end - a.end);
  // How far the entries up to each reach: where none does, there is nothing to look for.
  let reach = 0;
  const reaches = inner.map(({ span }) => {
    reach = Math.max(reach, span.end);
    return reach;
  });
  const found = new Map<InspectionEntry | undefined, Finding[]>();
  let next = 0;
  for (const finding of findings.toSorted((a, b) => a.place.span.start - b.place.span.start)) {
    const { start, end } = finding.place.span;
    while (next < inner.length && (inner[next]?.span.start ?? 0) <= start) next++;
    let at = next - 1;
    while (at >= 0 && (inner[at]?.span.end ?? 0) < end) at = (reaches[at] ?? 0) < end ? -1 : at - 1;
    const entry = inner[at];
    const here = found.get(entry) ?? [];
    here.push(finding);
    found.set(entry, here);
  }
  return found;
}

/** Values, not words: `server/schema/inspect.schema.json` says which. */
function jsonOf(inspections: readonly Inspection[], world: World): string {
  const files = inspections.map(({ file, entries, findings, notAnalysed }) => ({
    path: world.relative(file),
    entries: entries.map(({ kind, label, container, alias, daysLeft, contents, verdicts, surroundings, pem }) => ({
      kind,
      label,
      container,
      alias,
      daysLeft,
      contents,
      verdicts,
      surroundings,
      pem,
    })),
    findings: findings.map(({ rule, severity, message, help, notes }) => ({ rule, severity, message, help, notes })),
    notAnalysed,
  }));
  return `${jsonText({ version: 2, files }, 2)}\n`;
}
