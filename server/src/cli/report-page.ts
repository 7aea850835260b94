/** `tlslint report [NAME=]FILE…`: reports of `check` and `expiry` as one page. */
import { err, ok, type Result } from "../base/result.ts";
import { writeText } from "./check-output.ts";
import type { ReportCommand } from "./command-line/commands.ts";
import type { Ending } from "./ending.ts";
import { namedFile, readReports } from "./merge.ts";
import { page } from "./page/page.ts";
import { trendOf } from "./page/trend.ts";
import { policyView } from "./policy-file.ts";
import { mergeReports, pathBelow } from "./report/merge-reports.ts";
import type { ReportedGap } from "./report/report.ts";
import { arrayOf, isNumber, isText, optional, record } from "./report/shapes.ts";
import type { World } from "./world.ts";

export async function reportPage(command: ReportCommand, world: World): Promise<number> {
  const { files, previous, expiry, policy, output, now = Date.now() } = command;
  const reports = readReports(files, world);
  const before = readReports(previous, world);
  const ends = readExpiries(expiry, now, world);
  const view = policyView(policy, world);
  for (const read of [reports, before, ends, view]) {
    if (read.ok) continue;
    world.error(`tlslint: ${read.error}`);
    return 2;
  }
  if (!reports.ok || !before.ok || !ends.ok || !view.ok) return 2;
  const report = view.value(mergeReports(reports.value), now);
  const text = page({
    report,
    now,
    ...(previous.length > 0 && { trend: trendOf(mergeReports(before.value), report) }),
    ...(expiry.length > 0 && ends.value),
  });
  return writeText(text, "text", output, [], world) ? 0 : 2;
}

interface ToldEnding {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial?: string;
  readonly fingerprint: string;
  readonly end: string;
}
interface ToldUnread {
  readonly path: string;
  readonly reason: string;
  readonly acknowledged?: string;
}
interface ToldExpiries {
  readonly version: 1;
  readonly expiries: readonly ToldEnding[];
  readonly notAnalysed: readonly ToldUnread[];
}
const isExpiries = record<ToldExpiries>({
  version: (value): value is 1 => value === 1,
  expiries: arrayOf(
    record<ToldEnding>({
      path: isText,
      line: isNumber,
      kind: isText,
      subject: isText,
      issuer: isText,
      serial: optional(isText),
      fingerprint: isText,
      end: (value): value is string => isText(value) && !Number.isNaN(Date.parse(value)),
    }),
  ),
  notAnalysed: arrayOf(record<ToldUnread>({ path: isText, reason: isText, acknowledged: optional(isText) })),
});

const DAY = 86_400_000;

interface Expiries {
  readonly endings: readonly Ending[];
  readonly unread: readonly ReportedGap[];
}

/** Soonest first, each below the name of its repository. Days are counted anew, for the page may be made later. */
function readExpiries(words: readonly string[], now: number, world: World): Result<Expiries, string> {
  const endings: Ending[] = [];
  const unread: ReportedGap[] = [];
  for (const word of words) {
    const { name, file } = namedFile(word, world);
    const place = (path: string): string => (name === undefined ? path : pathBelow(name, path));
    const read = readTold(file, world);
    if (!read.ok) return read;
    for (const it of read.value.expiries) {
      const end = new Date(it.end);
      endings.push({ ...it, path: place(it.path), end, days: Math.floor((end.getTime() - now) / DAY) });
    }
    for (const it of read.value.notAnalysed) unread.push({ ...it, path: place(it.path), kind: "failed" });
  }
  endings.sort((a, b) => a.end.getTime() - b.end.getTime());
  return ok({ endings, unread });
}

function readTold(file: string, world: World): Result<ToldExpiries, string> {
  const text = world.readText(file);
  if (typeof text !== "string") return err(`\`--expiry ${file}\` cannot be read: ${text.unreadable}`);
  const wrong = err(`\`--expiry ${file}\` cannot be used; expected what \`tlslint expiry --format json\` writes`);
  try {
    const value: unknown = JSON.parse(text);
    return isExpiries(value) ? ok(value) : wrong;
  } catch {
    return wrong;
  }
}
