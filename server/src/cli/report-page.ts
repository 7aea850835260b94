/** `tlslint report [NAME=]FILE…`: reports of `check` and `expiry` as one page. */
import { err, ok, type Result } from "../base/result.ts";
import { writeText } from "./check-output.ts";
import type { ReportCommand } from "./command-line/commands.ts";
import type { Ending } from "./ending.ts";
import { readReports } from "./merge.ts";
import { page } from "./page/page.ts";
import { trendOf } from "./page/trend.ts";
import { policyView } from "./policy-file.ts";
import { mergeReports } from "./report/merge-reports.ts";
import { arrayOf, isNumber, isText, optional, record } from "./report/shapes.ts";
import type { World } from "./world.ts";

export async function reportPage(command: ReportCommand, world: World): Promise<number> {
  const { files, previous, expiry, policy, output, now = Date.now() } = command;
  const reports = readReports(files, world);
  const before = previous === undefined ? ok(undefined) : readReports([previous], world);
  const endings = expiry === undefined ? ok(undefined) : readEndings(expiry, now, world);
  const view = policyView(policy, world);
  for (const read of [reports, before, endings, view]) {
    if (read.ok) continue;
    world.error(`tlslint: ${read.error}`);
    return 2;
  }
  if (!reports.ok || !before.ok || !endings.ok || !view.ok) return 2;
  const report = view.value(mergeReports(reports.value), now);
  const text = page({
    report,
    now,
    ...(before.value && { trend: trendOf(mergeReports(before.value), report) }),
    ...(endings.value && { endings: endings.value }),
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
const isExpiries = record<{ readonly version: 1; readonly expiries: readonly ToldEnding[] }>({
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
});

const DAY = 86_400_000;

/** Days are counted anew, for the page may be made later. */
function readEndings(file: string, now: number, world: World): Result<readonly Ending[], string> {
  const text = world.readText(file);
  if (typeof text !== "string") return err(`\`--expiry ${file}\` cannot be read: ${text.unreadable}`);
  const wrong = err(`\`--expiry ${file}\` cannot be used; expected what \`tlslint expiry --format json\` writes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong;
  }
  if (!isExpiries(value)) return wrong;
  return ok(value.expiries.map((it) => ({ ...it, end: new Date(it.end), days: Math.floor((Date.parse(it.end) - now) / DAY) })));
}
