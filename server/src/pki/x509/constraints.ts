/** Name constraints of an authority (RFC 5280 §4.2.1.10): which names below it are permitted or excluded. Decoded when a rule asks. */

import { latin1 } from "../der/characters.ts";
import { type ByteRange, context, type DerReader, TAG } from "../der/der.ts";
import { readingOf } from "./particulars.ts";

export interface Subtree extends ByteRange {
  readonly kind: "DNS" | "IP" | "URI" | "email" | "directory" | "other";
  /** Of DNS, URI and email, as written. */
  readonly text: string;
  /** Of IP: address and mask. */
  readonly bytes: Uint8Array;
  /** A minimum other than 0, or a maximum: RFC 5280 knows neither. */
  readonly distances: boolean;
}
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

const KINDS: Readonly<Record<number, Subtree["kind"]>> = {
  [context(1, false)]: "email",
  [context(2, false)]: "DNS",
  [context(4)]: "directory",
  [context(6, false)]: "URI",
  [context(7, false)]: "IP",
};

/** Undefined when there are none, or none that can be read. */
export const nameConstraintsOf = readingOf<NameConstraints>("nameConstraints", readConstraints, false);

function readConstraints(value: DerReader): NameConstraints {
  const inner = value.inside(value.read(TAG.sequence, "name constraints"));
  return { permitted: subtrees(inner, 0), excluded: subtrees(inner, 1) };
}

function subtrees(reader: DerReader, number: number): Subtree[] {
  const field = reader.optional(context(number), "subtrees");
  if (field === undefined) return [];
  const list = reader.inside(field);
  const found: Subtree[] = [];
  while (list.more) {
    const subtree = list.inside(list.read(TAG.sequence, "a subtree"));
    const base = subtree.readAny();
    const bytes = list.contents(base);
    // A minimum of 0 is the default, and should not be written.
    const minimum = subtree.optional(context(0, false), "a minimum");
    const distances = subtree.more || (minimum !== undefined && subtree.contents(minimum).some((byte) => byte !== 0));
    found.push({ kind: KINDS[base.tag] ?? "other", text: latin1(bytes), bytes, distances, start: base.start, end: base.end });
  }
  return found;
}
