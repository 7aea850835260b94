/** Times as values (ISO 8601, to the second) and as people read them. */
import { type ByteRange, DerReader } from "../der/der.ts";
import { readTime, type Time } from "../der/primitives.ts";

/** `2026-01-01T00:00:00Z`; as it is written where it is no time. */
export const iso = (time: Time): string =>
  time.milliseconds === undefined ? time.text : `${new Date(time.milliseconds).toISOString().slice(0, -5)}Z`;

export const isoOf = (reader: DerReader, { start, end }: ByteRange): string => {
  const apart = new DerReader(reader.bytes, { start, end });
  return iso(readTime(apart, "a time"));
};

/** `2026-01-01 00:00:00 UTC`. */
export const dateText = (value: string): string => value.replace(/^([\d-]+)T([\d:.]+)Z$/, "$1 $2 UTC");
