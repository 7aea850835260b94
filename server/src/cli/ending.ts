/** A certificate or revocation list by its end, as tables, calendars and pages tell it. */
import type { Expiry } from "../service/api.ts";

/** One of them, as it is told. */
export interface Ending extends Omit<Expiry, "file" | "span" | "end"> {
  readonly path: string;
  readonly line: number;
  readonly end: Date;
  /** Whole days; negative when it has ended. */
  readonly days: number;
}

export const inDays = (days: number): string =>
  days < 0 ? `${-days} day${days === -1 ? "" : "s"} ago` : `in ${days} day${days === 1 ? "" : "s"}`;

export const dateOf = (end: Date): string => end.toISOString().slice(0, "2026-01-01".length);
