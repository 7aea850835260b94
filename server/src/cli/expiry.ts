/** `tlslint expiry PATH…`: when certificates and revocation lists end, the soonest first; as a table, JSON or a calendar. */
import { jsonText } from "../base/visible.ts";
import type { Gap, LintService } from "../service/api.ts";
import { calendar } from "./calendar.ts";
import { writeText } from "./check-output.ts";
import type { ExpiryCommand } from "./command-line/commands.ts";
import { dateOf, type Ending, inDays } from "./ending.ts";
import { type Paint, printable } from "./terminal.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;

/** 0: nothing ends in that time · 1: something does · 2: something was not analysed. */
export async function expiry(command: ExpiryCommand, service: LintService, world: World, paint: Paint): Promise<number> {
  const { now = Date.now(), within, format, output } = command;
  const { endings, unread } = await collected(command, service, world, now);
  // Without a time all are told, and those that have ended are what is wrong.
  const due = endings.filter((it) => it.days < (within ?? 0));
  const told = within === undefined ? endings : due;
  for (const { path, reason, acknowledged } of unread)
    world.error(`tlslint: ${path}: not analysed: ${reason}${acknowledged === undefined ? "" : ` (acknowledged: ${acknowledged})`}`);
  const text =
    format === "json"
      ? jsonOf(told, unread, now)
      : format === "ics"
        ? calendar(told, now)
        : table(told, within, unread.length > 0, output === undefined ? paint : world.plainPaint);
  if (!writeText(text, format === "ics" ? "exact" : "text", output, world.rootsOf(command.paths), world)) return 2;
  return unread.some((it) => it.acknowledged === undefined) ? 2 : due.length > 0 ? 1 : 0;
}

interface Unread {
  readonly path: string;
  readonly reason: string;
  /** Why the configuration takes it in its stride. */
  readonly acknowledged?: string;
}

async function collected({ paths }: ExpiryCommand, service: LintService, world: World, now: number) {
  const endings: Ending[] = [];
  const unread: Unread[] = [];
  const files = new Set<string>();
  for (const path of paths) {
    const found = await service.files(world.resolve(path));
    for (const file of found.files) files.add(file);
    for (const gap of found.gaps) {
      if (gap.kind === "failed") unread.push(unreadOf(gap, world));
      else world.error(`tlslint: ${world.relative(gap.file)}: ${gap.kind}: ${gap.reason}`);
    }
  }
  for (const path of files) {
    const { expiries, gaps } = await service.expiries(path);
    // Whatever kept the file from being read, an end that stands in it is not told.
    unread.push(...gaps.map((it) => unreadOf(it, world)));
    const lines = expiries.length > 0 ? (await service.shownText(path))?.lines : undefined;
    for (const { file, span, end, ...rest } of expiries) {
      const line = (lines?.position(span.start).line ?? 0) + 1;
      endings.push({ ...rest, path: world.relative(file), line, end: new Date(end), days: Math.floor((end - now) / DAY) });
    }
  }
  endings.sort((a, b) => a.end.getTime() - b.end.getTime() || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  return { endings, unread };
}

const unreadOf = ({ file, reason, acknowledged }: Gap, world: World): Unread => ({
  path: world.relative(file),
  reason,
  ...(acknowledged !== undefined && { acknowledged }),
});

/** `isPartial`: there may be more in what was not analysed. */
function table(endings: readonly Ending[], within: number | undefined, isPartial: boolean, paint: Paint): string {
  if (endings.length === 0) {
    const none = within === undefined ? "no certificates or CRLs found" : `nothing expires within ${within} day${within === 1 ? "" : "s"}`;
    return `${none}${isPartial ? " in the files that were read" : ""}\n`;
  }
  const rows = endings.map(({ days, end, kind, subject, path, line }) => [
    inDays(days),
    dateOf(end),
    kind,
    printable(subject === "" ? "(no subject)" : subject),
    `${printable(path)}:${line}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((it) => it[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return lines.map((line, at) => `${(endings[at]?.days ?? 0) < 0 ? paint.error(line) : line}\n`).join("");
}

function jsonOf(endings: readonly Ending[], notAnalysed: readonly Unread[], now: number): string {
  const expiries = endings.map(({ path, line, kind, subject, issuer, serial, fingerprint, end, days }) => ({
    path,
    line,
    kind,
    subject,
    issuer,
    serial,
    fingerprint,
    end: end.toISOString(),
    days,
  }));
  return `${jsonText({ version: 1, now: new Date(now).toISOString(), expiries, notAnalysed }, 2)}\n`;
}
