/** Values of extensions in words that @peculiar/x509 leaves as bytes: for those who ask for all there is. */
import { latin1 } from "../der/characters.ts";
import { context, DerReader, type Element, TAG } from "../der/der.ts";
import { decodeString, readOid, readSmallInteger } from "../der/primitives.ts";
import type { Extension } from "../x509/extensions.ts";
import { readGeneralName, readGeneralNames } from "../x509/names.ts";

const READERS: Readonly<Record<string, (value: DerReader) => string>> = {
  issuerAltName: (value) => list(readGeneralNames(value).map(({ kind, value: name }) => `${kind} ${name}`)),
  policyMappings: (value) =>
    list(
      inSequence(value, (inner) => {
        const mapping = inner.inside(inner.read(TAG.sequence, "a mapping"));
        return `${readOid(mapping, "a policy")} is ${readOid(mapping, "a policy")}`;
      }),
    ),
  policyConstraints(value) {
    const inner = value.inside(value.read(TAG.sequence, "policy constraints"));
    return list([...count(inner, 0, "a policy is required after"), ...count(inner, 1, "policies are not mapped after")]);
  },
  inhibitAnyPolicy: (value) => `after ${certificates(readSmallInteger(value, "a number") ?? 0)}`,
  tlsFeature: (value) =>
    list(
      inSequence(value, (inner) => {
        const feature = readSmallInteger(inner, "a feature") ?? 0;
        // RFC 7633 and RFC 6961.
        return feature === 5 ? "must staple" : feature === 17 ? "must staple for the whole chain" : `feature ${feature}`;
      }),
    ),
  privateKeyUsagePeriod(value) {
    const inner = value.inside(value.read(TAG.sequence, "a period"));
    return list(
      (["from", "to"] as const).flatMap((word, number) => {
        const time = inner.optional(context(number, false), "a time");
        return time === undefined ? [] : [`${word} ${timeOf(inner, time)}`];
      }),
    );
  },
  subjectInfoAccess: (value) =>
    list(
      inSequence(value, (inner) => {
        const access = inner.inside(inner.read(TAG.sequence, "an access description"));
        const method = readOid(access, "a method");
        const { kind, value: place } = readGeneralName(access);
        return `${method} ${kind} ${place}`;
      }),
    ),
  deltaCRLIndicator: (value) => `over the list of number ${readSmallInteger(value, "a number") ?? "that is too large"}`,
  issuingDistributionPoint: scopeText,
  nsComment: (value) => stringOf(value),
  signedCertificateTimestamps: (value) => timestamps(value.contents(value.read(TAG.octetString, "timestamps"))),
};

/** Undefined: another extension, or one that cannot be read. */
export function rareValue(der: Uint8Array, { name, value }: Extension): string | undefined {
  const read = READERS[name];
  if (read === undefined) return undefined;
  const reader = new DerReader(der, value);
  const text = read(reader);
  reader.finish("the value");
  return reader.error === undefined ? text : undefined;
}

const list = (parts: readonly string[]): string => parts.join(", ");
const certificates = (number: number): string => `${number} ${number === 1 ? "certificate" : "certificates"}`;

function inSequence(value: DerReader, read: (inner: DerReader) => string): readonly string[] {
  const inner = value.inside(value.read(TAG.sequence, "a list"));
  const found: string[] = [];
  while (inner.more) found.push(read(inner));
  return found;
}

/** An implicitly tagged INTEGER of one byte. */
function count(inner: DerReader, number: number, words: string): readonly string[] {
  const field = inner.optional(context(number, false), "a number");
  return field === undefined ? [] : [`${words} ${certificates(inner.contents(field).at(-1) ?? 0)}`];
}

/** The date of a GeneralizedTime. */
const timeOf = (reader: DerReader, { content, end }: Element): string =>
  latin1(reader.bytes, content, end).replace(/^(\d{4})(\d\d)(\d\d).*/, "$1-$2-$3");

function stringOf(value: DerReader): string {
  const { tag, content, end } = value.readAny();
  return decodeString(tag, value.bytes, content, end);
}

/** RFC 5280 §5.2.5. */
function scopeText(value: DerReader): string {
  const inner = value.inside(value.read(TAG.sequence, "a distribution point"));
  const parts: string[] = [];
  const point = inner.optional(context(0), "a name");
  const full = point && inner.inside(point).optional(context(0), "a full name");
  if (full !== undefined) {
    const names = inner.inside(full);
    while (names.more) parts.push(`at ${readGeneralName(names).value}`);
  }
  for (const [number, words] of [
    [1, "end entities only"],
    [2, "authorities only"],
    [3, "some reasons only"],
    [4, "of other issuers, too"],
    [5, "attribute certificates only"],
  ] as const)
    if (inner.optional(context(number, false), words) !== undefined) parts.push(words);
  return list(parts);
}

/** RFC 6962 §3.3: a list of its own encoding, each with a length of two bytes. */
function timestamps(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: string[] = [];
  for (let at = 2; at + 2 <= bytes.length; ) {
    const length = view.getUint16(at);
    const start = at + 2;
    at = start + length;
    // Version, the log's identifier, milliseconds since 1970.
    if (length < 41 || at > bytes.length) break;
    const log = btoa(String.fromCharCode(...bytes.subarray(start + 1, start + 33)));
    const time = Number(view.getBigUint64(start + 33));
    const date = time <= LAST_TIME ? new Date(time).toISOString().slice(0, 10) : "no date";
    found.push(`log ${log.slice(0, 8)}… on ${date}`);
  }
  return `${found.length}: ${list(found)}`;
}
/** The end of the year 9999. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
