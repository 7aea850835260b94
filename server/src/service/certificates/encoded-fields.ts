/** The fields of an object as they are encoded: where each lies, and its bytes, for those who compare them with a dump. */
import { visible } from "../../base/visible.ts";
import { type ByteRange, fieldParts, type Section, secretRanges } from "../../pki/index.ts";
import type { EncodedField } from "../api.ts";

/** More fields than a certificate of the public web has; longer lists of names are cut. */
const MOST_FIELDS = 200;
/** A SHA-512 signature by Ed25519, and the start of longer values. */
const MOST_BYTES = 64;
/** Names and values are cut: a certificate may hold megabytes. */
const LONGEST_TEXT = 400;

export function encodedFields(section: Section): readonly EncodedField[] {
  const { der, parsed } = section;
  if (der === undefined || (parsed?.kind !== "certificate" && parsed?.kind !== "revocation-list" && parsed?.kind !== "request")) return [];
  const secrets = secretRanges(der);
  const isSecret = ({ start, end }: ByteRange): boolean => secrets.some((it) => it.start < end && start < it.end);
  return fieldParts(der, parsed, MOST_FIELDS).map(({ name, range, depth, outer, value }) => ({
    name: text(name),
    depth,
    ...(value !== undefined && { value: text(value) }),
    offset: section.textSpan(range.start, range.end - range.start).start,
    length: range.end - range.start,
    ...(!outer && { hex: isSecret(range) ? "" : hex(der.subarray(range.start, Math.min(range.end, range.start + MOST_BYTES))) }),
  }));
}

const text = (value: string): string => visible(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join(" ");
