/** Names as OpenSSL compares them: canonical distinguished names, host names with wildcards, the common name where no DNS name is. */
import { toHex } from "../../der/characters.ts";
import { type ByteRange, type DerError, DerReader, type Element, TAG } from "../../der/der.ts";
import { decodeString, readOid } from "../../der/primitives.ts";
import { parseAddress } from "../host.ts";
import type { OpensslBehaviour } from "./versions.ts";

const COMMON_NAME = "2.5.4.3";
const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
/** The string types that `x509_name_canon` folds (`ASN1_MASK_CANON`). */
const FOLDED: ReadonlySet<number> = new Set([0x0c, 0x1e, 0x1c, 0x13, 0x14, 0x16, 0x1a]);

export interface DistinguishedName {
  /** One text for each relative name; equal texts are equal names for OpenSSL. */
  readonly canonical: readonly string[];
  readonly commonNames: readonly string[];
  /** Of the subject's e-mail addresses: undefined where it is no IA5String. */
  readonly emails: readonly (string | undefined)[];
  readonly count: number;
}

export function distinguishedName(bytes: Uint8Array, range: ByteRange): DistinguishedName {
  const reader = DerReader.lax(bytes, range);
  const outer = reader.inside(reader.read(TAG.sequence, "a name"));
  const canonical: string[] = [];
  const commonNames: string[] = [];
  const emails: (string | undefined)[] = [];
  let count = 0;
  while (outer.more) {
    const attributes = readAttributes(outer.inside(outer.read(TAG.set, "a relative name")));
    canonical.push(canonicalText(attributes));
    for (const { type, tag, text } of attributes) {
      if (type === COMMON_NAME) commonNames.push(text);
      if (type === EMAIL_ADDRESS) emails.push(tag === 0x16 ? text : undefined);
      count++;
    }
  }
  return { canonical, commonNames, emails, count };
}

/** String types that a value of a name may have (`B_ASN1_PRINTABLE`, in which unknown types are). */
const ALLOWED: ReadonlySet<number> = new Set([
  0x03, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x12, 0x13, 0x14, 0x16, 0x1c, 0x1d, 0x1e, 0x30,
]);

/** Why a name cannot be loaded: a value of another type, or one that is not of its type. */
export function nameError(bytes: Uint8Array, range: ByteRange, { demandsCharacters }: OpensslBehaviour): DerError | undefined {
  const reader = DerReader.lax(bytes, range);
  const outer = reader.inside(reader.read(TAG.sequence, "a name"));
  while (outer.more) {
    const set = outer.inside(outer.read(TAG.set, "a relative name"));
    while (set.more) {
      const inner = set.inside(set.read(TAG.sequence, "an attribute"));
      readOid(inner, "an attribute's type");
      checkString(inner, inner.readAny(), demandsCharacters);
    }
  }
  return reader.error;
}

function checkString(inner: DerReader, value: Element, demandsCharacters: boolean): void {
  const content = inner.contents(value);
  if (!ALLOWED.has(value.tag)) inner.fail("BadDer", value.start, "a value of a name is no string of a type that may be there");
  else if (!isOfType(value.tag, content) || (demandsCharacters && !consistsOfCharacters(value.tag, content)))
    inner.fail("BadDer", value.start, "a string of a name is not of its type");
}

function isOfType(tag: number, content: Uint8Array): boolean {
  if (tag === 0x1e) return content.length % 2 === 0;
  if (tag === 0x1c) return content.length % 4 === 0;
  if (tag !== TAG.utf8String) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}

/** `UTF8_putc` takes neither halves of pairs nor what lies beyond Unicode. */
function consistsOfCharacters(tag: number, content: Uint8Array): boolean {
  const width = tag === 0x1e ? 2 : tag === 0x1c ? 4 : 0;
  if (width === 0) return true;
  for (let at = 0; at + width <= content.length; at += width) {
    const code = content.subarray(at, at + width).reduce((sum, byte) => sum * 256 + byte, 0);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

/** The canonical text of one relative name, of which nothing was read before: `set` is inside of its SET. */
export const relativeName = (set: DerReader): string => canonicalText(readAttributes(set, true));

interface Attribute {
  readonly type: string;
  readonly tag: number;
  readonly text: string;
  readonly hex: string;
}

function readAttributes(set: DerReader, checked = false): Attribute[] {
  const attributes: Attribute[] = [];
  while (set.more) {
    const inner = set.inside(set.read(TAG.sequence, "an attribute"));
    const type = readOid(inner, "an attribute's type");
    const value = inner.readAny();
    if (checked) checkString(inner, value, false);
    const content = set.contents(value);
    attributes.push({ type, tag: value.tag, text: decodeString(value.tag, content), hex: toHex(content) });
  }
  return attributes;
}

const canonicalText = (attributes: readonly Attribute[]): string =>
  attributes
    .map(({ type, tag, text, hex }) => `${type}=${FOLDED.has(tag) ? fold(text) : `#${tag}:${hex}`}`)
    .sort()
    .join("+");

/** Blanks at the ends go, those within become one space, ASCII letters small. */
const fold = (text: string): string =>
  text
    .replace(/[ \t\n\v\f\r]+/g, " ")
    .replace(/^ | $/g, "")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

export const sameName = (a: DistinguishedName, b: DistinguishedName): boolean =>
  a.canonical.length === b.canonical.length && a.canonical.every((part, index) => part === b.canonical[index]);

/** `X509_check_host`, without flags or with `X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS`. */
export function matchesHostName(pattern: string, host: string, partialWildcards: boolean): boolean {
  const star = host.length > 1 && host.startsWith(".") ? undefined : starOf(pattern, partialWildcards);
  if (star === undefined)
    return !pattern.includes("\0") && equal(host.startsWith(".") && host.length > 1 ? pattern.slice(-host.length) : pattern, host);
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  if (host.length < prefix.length + suffix.length) return false;
  const end = host.length - suffix.length;
  if (!equal(host.slice(0, prefix.length), prefix) || !equal(host.slice(end), suffix)) return false;
  const matched = host.slice(prefix.length, end);
  const wholeLabel = prefix === "" && suffix.startsWith(".");
  if (wholeLabel && matched === "") return false;
  if (!wholeLabel && /^xn--/i.test(host)) return false;
  return matched === "*" || /^[0-9A-Za-z-]*$/.test(matched);
}

/** Where the one wildcard of a pattern stands, when it is one (`valid_star`). */
function starOf(pattern: string, partial: boolean): number | undefined {
  const labels = pattern.split(".");
  const [first = ""] = labels;
  const star = first.indexOf("*");
  if (star < 0 || pattern.lastIndexOf("*") !== star || labels.length < 3) return undefined;
  if (star !== 0 && star !== first.length - 1) return undefined;
  if (!partial && first !== "*") return undefined;
  if (/^xn--/i.test(first)) return undefined;
  const plain = first.replace("*", "");
  const rest = labels.slice(1).every((label) => /^[0-9A-Za-z](?:[-0-9A-Za-z]*[0-9A-Za-z])?$/.test(label));
  // A hyphen may follow the star, but neither begin nor end the label.
  return rest && /^[-0-9A-Za-z]*$/.test(plain) && !first.startsWith("-") && !plain.endsWith("-") ? star : undefined;
}

/** `validate_hostname_part` of 4.0, and addresses, which are set otherwise. */
export function isHost(host: string): boolean {
  if (parseAddress(host) !== undefined) return true;
  const labels = (host.startsWith(".") ? host.slice(1) : host).split(".");
  const wellFormed = labels.every((it) => it.length <= 63 && /^[0-9A-Za-z_](?:[0-9A-Za-z_-]*[0-9A-Za-z_])?$/.test(it));
  return host.length >= 2 && host.length <= 256 && wellFormed;
}

const equal = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A common name that is a DNS name of at least two labels, and is therefore judged as one (`cn2dnsid`). */
export function isDnsCommonName(text: string): boolean {
  return /^[0-9A-Za-z_](?:[-0-9A-Za-z_.]*[0-9A-Za-z_])?$/.test(text) && text.includes(".") && !/\.\.|-\.|\.-/.test(text);
}
