/** Expiries as a calendar (RFC 5545): a day for each certificate or list, in however many files it lies, with a reminder a month before. */
import { visible } from "../base/visible.ts";
import { dateOf, type Ending } from "./ending.ts";
import { VERSION } from "./version.ts";

/** What never ends has this year, and no calendar needs it. */
const NEVER = 9999;

export function calendar(endings: readonly Ending[], now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const events = [...copiesOf(endings.filter((it) => it.end.getUTCFullYear() < NEVER)).values()].flatMap((it) => event(it, stamp));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//tlslint//tlslint ${VERSION}//EN`, ...events, "END:VCALENDAR"];
  return lines.map((it) => `${folded(it)}\r\n`).join("");
}

type Copies = readonly [Ending, ...Ending[]];

function copiesOf(endings: readonly Ending[]): ReadonlyMap<string, Copies> {
  const found = new Map<string, [Ending, ...Ending[]]>();
  for (const it of endings) {
    const known = found.get(it.fingerprint);
    if (known === undefined) found.set(it.fingerprint, [it]);
    else known.push(it);
  }
  return found;
}

function event(copies: Copies, stamp: string): readonly string[] {
  const [{ fingerprint, end, kind, subject }] = copies;
  const name = subject === "" ? "without a subject" : subject;
  return [
    "BEGIN:VEVENT",
    // The same when the calendar is written again.
    `UID:${fingerprint.replaceAll(":", "").toLowerCase()}@tlslint`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${dateOf(end).replaceAll("-", "")}`,
    `SUMMARY:${escaped(`${kind} ${name} expires`)}`,
    `DESCRIPTION:${escaped([...copies.map(({ path, line }) => `${path}:${line}`), `at ${end.toISOString()}`].join("\n"))}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P30D",
    `DESCRIPTION:${escaped(`${kind} ${name} expires in 30 days`)}`,
    "END:VALARM",
    "END:VEVENT",
  ];
}

const escaped = (text: string): string =>
  text
    .split("\n")
    .map((it) => visible(it).replace(/[\\;,]/g, (sign) => `\\${sign}`))
    .join("\\n");

/** Lines of at most 75 bytes; what follows begins with a blank, and no character is divided. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}
