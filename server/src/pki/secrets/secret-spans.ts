/**
 * Where private keys stand in a text: as base64 of any layout (PEM, one line, a literal with `\n`, base64url), as hexadecimal digits,
 * as a JSON Web Key, or as bytes read one by one. The one place that knows what must not be shown of a text; every surface asks it.
 */
import { mergedSpans, type Span, span } from "../../base/span.ts";
import { latin1 } from "../der/characters.ts";
import { type PemText, readPem } from "../pem/pem.ts";
import type { PemSection } from "../pem/pem-section.ts";
import { inBase64, isDigit, isLayout, LEAST_DIGITS } from "./in-base64.ts";
import { inNestedBase64 } from "./nested-base64.ts";
import { isPublic, secretRanges } from "./secret-ranges.ts";

interface Known {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Asked for by one surface after the other, of a file and by turns of what a fix makes of it: those of the last two texts are kept. */
let latest: Known = { text: "", spans: [] };
let before: Known = latest;

/** Of a text as it stands in its file; in order, without overlaps. */
export function secretSpans(text: string): readonly Span[] {
  if (text === latest.text) return latest.spans;
  const known = text === before.text ? before : { text, spans: text.length < LEAST_DIGITS ? [] : findSecrets(text) };
  before = latest;
  latest = known;
  return latest.spans;
}

function findSecrets(text: string): readonly Span[] {
  const pem = /BEGIN/i.test(text) ? readPem(text) : undefined;
  if (pem?.isStrict) return mergedSpans(pem.sections.flatMap(inStrictSection));
  return mergedSpans([...inWords(text, pem), ...inBytes(text)]);
}

const inWords = (text: string, pem: PemText | undefined): readonly Span[] => [
  ...recognised(text),
  ...(pem?.sections ?? []).flatMap(inSection),
];

/** What is a key by itself, wherever it stands. */
const recognised = (text: string): readonly Span[] => [
  ...inBase64(text),
  ...inNestedBase64(text),
  ...inHexadecimal(text),
  ...encrypted(text),
  ...inWebKeys(text),
];

/** The same text, unit for unit, with a `*` for each character of a secret; line ends stay. */
export const withoutKeys = (text: string): string => blotted(text, secretSpans(text));

/** The same of a part of it. */
export function partWithoutKeys(text: string, { start, end }: Span): string {
  const secrets = secretSpans(text);
  const inside: Span[] = [];
  for (let at = firstBehind(secrets, start); at < secrets.length; at++) {
    const secret = secrets[at];
    if (secret === undefined || secret.start >= end) break;
    inside.push(span(Math.max(secret.start, start) - start, Math.min(secret.end, end) - start));
  }
  return blotted(text.slice(start, end), inside);
}

/** The first of spans in order that ends behind a place. */
function firstBehind(spans: readonly Span[], place: number): number {
  let from = 0;
  for (let to = spans.length; from < to; ) {
    const middle = (from + to) >> 1;
    if ((spans[middle]?.end ?? 0) > place) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Likewise of what is made from texts, such as messages, reports and patches: boundaries in it have no sections of theirs. */
export function withoutWholeKeys(text: string): string {
  if (text.length < LEAST_DIGITS || harmless.has(text)) return text;
  const secrets = mergedSpans(recognised(text));
  if (secrets.length > 0) return blotted(text, secrets);
  if (harmless.size >= MOST_HARMLESS) harmless.clear();
  if (text.length <= SENTENCES) harmless.add(text);
  return text;
}
/** Of one thing many files are told in the same words: they are looked through once. */
const harmless = new Set<string>();
const MOST_HARMLESS = 1000;
const SENTENCES = 1000;

export const holdsKey = (text: string): boolean => secretSpans(text).length > 0;

/** Of a part of an object that everybody may see: there is no secret in it but what is a key by itself, as bytes or as text. */
export function hidesKey(bytes: Uint8Array): boolean {
  if (secretRanges(bytes).length > 0) return true;
  const text = latin1(bytes);
  return text.includes(SSH) || inWords(text, /BEGIN/i.test(text) ? readPem(text) : undefined).length > 0;
}

export function blotted(text: string, secrets: readonly Span[]): string {
  if (secrets.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of secrets) {
    parts.push(text.slice(from, start));
    for (let at = start; at < end; ) {
      let line = at;
      while (line < end && !isLineEnd(text.charCodeAt(line))) line++;
      let next = line;
      while (next < end && isLineEnd(text.charCodeAt(next))) next++;
      parts.push(starsOf(line - at), text.slice(line, next));
      at = next;
    }
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

const isLineEnd = (code: number): boolean => code === 0x0a || code === 0x0d;

/** Lines of a key are mostly of one length: a large one shares the text of all its lines. */
const starsOf = (length: number): string => (length === STARS.length ? STARS : "*".repeat(length));
const STARS = "*".repeat(64);

const SSH = "openssh-key-v1\0";

/** DER read as Latin-1, as the text of a binary file is. */
const looksBinary = (text: string): boolean => text.startsWith("0") && (text.charCodeAt(1) >= 0x80 || text.charCodeAt(2) < 0x20);

function inBytes(text: string): readonly Span[] {
  const ssh = text.indexOf(SSH);
  if (ssh >= 0) return [span(ssh, text.length)];
  if (!looksBinary(text)) return [];
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // It was no Latin-1: which character is which byte nobody can tell.
    if (code > 0xff) return [span(0, text.length)];
    bytes[at] = code;
  }
  return isPublic(bytes) ? secretRanges(bytes).map(({ start, end }) => span(start, end)) : [span(0, text.length)];
}

/** What is labelled as an object and is no public one is taken for secret, even if it is garbled or encrypted beyond recognition. */
const inSection = ({ base64, body }: PemSection): readonly Span[] => (base64.digits === 0 || isPublic(base64.bytes) ? [] : [body]);

/** The same, with the keys in public objects: where the base64 begins is known. */
function inStrictSection(section: PemSection): readonly Span[] {
  const { base64 } = section;
  const whole = inSection(section);
  return whole.length > 0 ? whole : secretRanges(base64.bytes).map(({ start, end }) => base64.textSpan(start, end - start));
}

/** What follows the header of RFC 1421 that says how it is encrypted: noise, whatever boundaries are around it. */
function encrypted(text: string): readonly Span[] {
  return [...text.matchAll(/DEK-Info:[ \t]{0,80}[\w-]{1,40}(?:,[0-9A-F]{1,80})?/gi)].map(({ index, 0: header }) => {
    let end = index + header.length;
    while (end < text.length && (isDigit(text, end) || text[end] === "=" || isLayout(text.charCodeAt(end)))) end++;
    return span(index + header.length, end);
  });
}

/** Members of RFC 7518 §6 and of the draft for ML-DSA that are the private part, in JSON or YAML. */
function inWebKeys(text: string): readonly Span[] {
  if (!/\bkty\b/.test(text)) return [];
  const member = /\b(?:d|p|q|dp|dq|qi|k|t|r|priv)["'\\]*\s*:\s*["'\\]*([\w-]{16,})/g;
  return [...text.matchAll(member)].map(({ index, 0: whole, 1: value = "" }) =>
    span(index + whole.length - value.length, index + whole.length),
  );
}

function inHexadecimal(text: string): readonly Span[] {
  const found: Span[] = [];
  for (let at = 0; at + LEAST_HEXADECIMAL <= text.length; ) {
    // From its end: one strange character rules out all stretches that would hold it.
    let last = at + LEAST_HEXADECIMAL - 1;
    while (last >= at && isHexDigit(text.charCodeAt(last))) last--;
    if (last >= at) at = last + 1;
    else {
      let end = at + LEAST_HEXADECIMAL;
      while (isHexDigit(text.charCodeAt(end))) end++;
      found.push(...inDigits(text, at, end));
      at = end;
    }
  }
  return found;
}
const LEAST_HEXADECIMAL = 32;

/** Where a byte begins nobody knows. */
const inDigits = (text: string, from: number, to: number): readonly Span[] =>
  [from, from + 1].flatMap((first) => {
    const bytes = new Uint8Array((to - first) >> 1);
    for (let at = 0; at < bytes.length; at++) bytes[at] = (hexDigit(text, first + 2 * at) << 4) | hexDigit(text, first + 2 * at + 1);
    return secretRanges(bytes).map(({ start, end }) => span(first + 2 * start, first + 2 * end));
  });

/** NaN, behind the end, is none. */
const isHexDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

function hexDigit(digits: string, at: number): number {
  const code = digits.charCodeAt(at);
  return code <= 0x39 ? code - 0x30 : (code & 0x1f) + 9;
}
