/** The objects of a certificate file and their fields: what an outline lists, and what a selection grows by. */
import { covers, type Span, span } from "../../base/span.ts";
import { describe, fieldsAt, fieldsOf, type Parsed, readCertificateFile, type Section } from "../../pki/index.ts";
import { caption, knownName, validityText } from "../certificates/captions.ts";
import { type ReadObject, readObjects } from "../certificates/read-objects.ts";
import type { OutlineEntry } from "./api.ts";

/** `now`: milliseconds since 1970. */
export function outlineOf(bytes: Uint8Array, now: number): readonly OutlineEntry[] {
  const file = readCertificateFile(bytes);
  return file.sections.map((section) => {
    const description = describe(file, section, now);
    const { title } = description;
    const { kind, parsed, span, boundary: heading } = section;
    const name = knownName(parsed);
    return {
      kind,
      name: name ?? title,
      title,
      caption: caption(description, name),
      validity: validityText(description),
      span,
      heading,
      fields: placesOf(section),
    };
  });
}

/** The innermost first. */
export function spansAround(bytes: Uint8Array, offset: number): readonly Span[] {
  const file = readCertificateFile(bytes);
  const section = file.sections.find((it) => covers(it.span, span(offset, offset)));
  if (section === undefined) return [];
  const fields = file.format === "pem" && offset > section.boundary.end ? fieldsAround(section, offset) : [];
  return [...fields.toReversed(), section.span];
}

export function objectAt(bytes: Uint8Array, offset: number): ReadObject | undefined {
  const file = readCertificateFile(bytes);
  const at = file.sections.findIndex((it) => covers(it.span, span(offset, offset)));
  return readObjects(file)[at];
}

function placesOf(section: Section): OutlineEntry["fields"] {
  const { der, parsed } = section;
  if (der === undefined || !hasFields(parsed)) return [];
  return fieldsOf(der, parsed).map(({ name, range }) => ({ name, span: section.textSpan(range.start, range.end - range.start) }));
}

function fieldsAround(section: Section, offset: number): readonly Span[] {
  const { der, parsed } = section;
  if (der === undefined || !hasFields(parsed)) return [];
  const byte = byteAt(section, der.length, offset);
  return fieldsAt(der, parsed, byte).map(({ range }) => section.textSpan(range.start, range.end - range.start));
}

type Signed = Extract<Parsed, { readonly kind: "certificate" | "revocation-list" | "request" }>;
const hasFields = (parsed: Parsed | undefined): parsed is Signed =>
  parsed?.kind === "certificate" || parsed?.kind === "revocation-list" || parsed?.kind === "request";

/** Places grow with the bytes: the last byte whose digits start at or before the offset. */
export function byteAt(section: Section, count: number, offset: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (section.textSpan(middle, 1).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
