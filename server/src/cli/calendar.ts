/** Ends of certificates as a calendar (RFC 5545): a day each, with a reminder a month before. */
import { visible } from "../base/visible.ts";
import { dateOf, type Ending } from "./ending.ts";
import { VERSION } from "./version.ts";

/** What never ends has this year, and no calendar needs it. */
const NEVER = 9999;

export function calendar(endings: readonly Ending[], now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const events = endings.filter((it) => it.end.getUTCFullYear() < NEVER).flatMap((it, at, all) => event(it, stamp, all.slice(0, at)));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//tlslint//tlslint ${VERSION}//EN`, ...events, "END:VCALENDAR"];
  return lines.map((it) => `${folded(it)}\r\n`).join("");
}

function event({ fingerprint, end, kind, subject, path, line }: Ending, stamp: string, before: readonly Ending[]): readonly string[] {
  const name = subject === "" ? "without a subject" : subject;
  // The same certificate may lie in several files; the identity stays when the calendar is written again.
  const copies = before.filter((it) => it.fingerprint === fingerprint).length;
  return [
    "BEGIN:VEVENT",
    `UID:${fingerprint.replaceAll(":", "").toLowerCase()}-${copies}@tlslint`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${dateOf(end).replaceAll("-", "")}`,
    `SUMMARY:${escaped(`${kind} ${name} ends`)}`,
    `DESCRIPTION:${escaped(`${path}:${line}\nat ${end.toISOString()}`)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P30D",
    `DESCRIPTION:${escaped(`${kind} ${name} ends in 30 days`)}`,
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
