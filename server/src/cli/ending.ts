/** A certificate or revocation list by its end, as tables, calendars and pages tell it. */
import type { Expiry } from "../service/api.ts";

/** One of them, as it is told. */
export interface Ending extends Omit<Expiry, "file" | "span" | "end"> {
  readonly path: string;
  readonly line: number;
  readonly end: Date;
  /** Whole days until then, rounded down: -1 within the first day after the end. */
  readonly days: number;
}

/** As the rules count: of what ended days ago, those that have passed. */
export function inDays(days: number): string {
  if (days === -1) return "less than a day ago";
  const count = days < 0 ? -days - 1 : days;
  const text = `${count} day${count === 1 ? "" : "s"}`;
  return days < 0 ? `${text} ago` : `in ${text}`;
}

export const dateOf = (end: Date): string => end.toISOString().slice(0, "2026-01-01".length);
