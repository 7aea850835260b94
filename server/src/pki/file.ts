/** A certificate file as data: its PEM sections or DER, with every byte's place in the text. */

import { type Span, span } from "../base/span.ts";
import type { Octets } from "./der/ber.ts";
import { latin1 } from "./der/characters.ts";
import { type ByteRange, type DerError, readWhole, TAG } from "./der/der.ts";
import { type JavaKeyStore, javaKeyStore, readJavaKeyStore } from "./keys/java-key-store.ts";
import { type KeyWork, keyWork, readPrivateKey } from "./keys/keys.ts";
import { MESSAGES, MOST_CONTAINED, pkcs7Error, readPkcs7 } from "./keys/pkcs7.ts";
import { looksLikeKeyStore, readKeyStore, readShell } from "./keys/pkcs12.ts";
import { keysInText } from "./keys/text-keys.ts";
import { kindOf, meantLabel, type SectionKind, seemsMeant } from "./labels.ts";
import { decodeText, encodingProblems } from "./pem/encoding.ts";
import { loadings } from "./pem/loaders.ts";
import { MAXIMUM_SECTIONS, readPem } from "./pem/pem.ts";
import { ContentsOfPem, PemFile } from "./pem-file.ts";
import type { CertificateFile, Parsed, Section } from "./section.ts";
import { readCertificate } from "./x509/certificate.ts";
import { readRevocationList } from "./x509/crl.ts";
import { readLonePublicKey } from "./x509/public-key.ts";
import { readRequest } from "./x509/request.ts";

/** Certificates have a few kilobytes, bundles of all public roots 200; this is room for revocation lists, and takes seconds. */
export const MAXIMUM_FILE_BYTES = 50 * 1024 * 1024;

export function readCertificateFile(bytes: Uint8Array): CertificateFile {
  if (bytes.length > MAXIMUM_FILE_BYTES) {
    return unreadable("", `the file has ${bytes.length} bytes; certificate files of more than ${MAXIMUM_FILE_BYTES} are not read`);
  }
  if (bytes.length === 0) return unreadable("", "the file is empty");
  if (bytes[0] === 0x30) {
    const whole = readContainer(bytes, "DER", span(0, bytes.length), span(0, 1), (offset, length) => byteSpan(bytes, offset, length));
    if (whole !== undefined) return { format: "der", text: latin1(bytes), ...whole, problems: [], loadings: [] };
    const section = readDer(bytes);
    if (section !== undefined) return new DerFile(bytes, section);
  }
  const java = readJavaKeyStore(bytes);
  if (java !== undefined) return javaStore(bytes, java);
  const { text, utf16 } = decodeText(bytes);
  const pem = readPem(text);
  const { sections, problems, cut } = pem;
  if (sections.length === 0 && problems.length === 0) return keysInText(text) ?? nothingIn(bytes, text);
  let contained: string | undefined;
  const work = keyWork();
  const contents = sections.flatMap((section): readonly Section[] => {
    const inside = MESSAGES.test(section.label)
      ? readContainer(section.base64.bytes, section.label, section.span, section.begin, (offset, length) =>
          section.base64.textSpan(offset, length),
        )
      : undefined;
    contained ??= inside?.unread;
    if (inside !== undefined && inside.sections.length > 0) return inside.sections;
    const { bytes } = section.base64;
    const meant = meantLabel(section);
    const { kind, parsed, error } = MESSAGES.test(meant)
      ? { kind: "other" as const, parsed: undefined, error: pkcs7Error(bytes) }
      : readContents(kindOf(meant), meant, bytes, section.headers, work);
    const unknown = meant !== section.label || (kind === "other" && error === undefined && seemsMeant(section));
    return [new ContentsOfPem(section, { kind, parsed, error }, unknown)];
  });
  const unread = cut ? `the file has more than ${MAXIMUM_SECTIONS} sections; the rest was not read` : contained;
  return new PemFile(text, pem, contents, [...encodingProblems(text, utf16, sections[0]?.begin), ...problems], utf16, unread);
}

/** One object in DER. */
class DerFile implements CertificateFile {
  readonly format = "der";
  readonly sections: readonly Section[];
  readonly problems = [];
  readonly loadings = [];
  readonly #bytes: Uint8Array;
  #text: string | undefined;

  constructor(bytes: Uint8Array, section: Section) {
    this.sections = [section];
    this.#bytes = bytes;
  }
  /** For those who print places: it costs as much as a tenth of reading. */
  get text(): string {
    this.#text ??= latin1(this.#bytes);
    return this.#text;
  }
}

const byteSpan = (bytes: Uint8Array, offset: number, length: number): Span =>
  span(Math.min(offset, bytes.length), Math.min(offset + Math.max(0, length), bytes.length));

interface Container {
  readonly sections: readonly Section[];
  readonly unread?: string;
}

/** What lies in PKCS#7, and PKCS#12 as a whole with what is open in it; undefined when it is neither. */
function readContainer(der: Uint8Array, label: string, whole: Span, boundary: Span, textSpan: Section["textSpan"]): Container | undefined {
  if (looksLikeKeyStore(der)) return { sections: readStore(der, whole, boundary, textSpan) };
  // An identifier stands first in PKCS#7, a sequence in most other things.
  const first = der[2 + ((der[1] ?? 0) > 0x80 ? (der[1] ?? 0) & 0x7f : 0)];
  if (der[0] !== TAG.sequence || first !== TAG.oid) return undefined;
  const found = readPkcs7(der);
  if (!("certificates" in found))
    return { sections: [{ kind: "other", label, span: whole, boundary, error: found, problems: [], textSpan }] };
  const inside =
    (kind: "certificate" | "revocation-list", inner: string) =>
    (range: ByteRange): Section => {
      const bytes = der.subarray(range.start, range.end);
      return {
        ...readContents(kind, inner, bytes, []),
        container: "PKCS#7",
        label,
        span: whole,
        boundary,
        der: bytes,
        problems: [],
        textSpan: (offset, length) => textSpan(range.start + offset, length),
      };
    };
  return {
    sections: [...found.certificates.map(inside("certificate", "CERTIFICATE")), ...found.lists.map(inside("revocation-list", "X509 CRL"))],
    ...(found.cut && { unread: `the file holds more than ${MOST_CONTAINED} certificates or lists; the rest was not read` }),
  };
}

function readStore(der: Uint8Array, whole: Span, boundary: Span, textSpan: Section["textSpan"]): Section[] {
  const store = readKeyStore(der);
  const outside = { kind: "key-store", label: "PKCS12", span: whole, boundary, problems: [], textSpan } as const;
  if (store.kind !== "key-store") return [{ ...outside, error: store }];
  const shell = readShell(der);
  const bags = "message" in shell ? [] : shell.parts.flatMap((it) => (it.kind === "plain" ? it.bags : []));
  const work = keyWork();
  const open = bags.flatMap((it) => (it.kind === "encrypted-key" ? [] : [containedSection(it.kind, it.der, textSpan, it.alias, work)]));
  return [{ ...outside, parsed: store }, ...open];
}

function javaStore(bytes: Uint8Array, { format, entries, unread }: JavaKeyStore): CertificateFile {
  const textSpan: Section["textSpan"] = (offset, length) => byteSpan(bytes, offset, length);
  const work = keyWork();
  const inside = entries.map(({ kind, alias, start, end }): Section => {
    const octets = { bytes: bytes.subarray(start, end), place: (offset: number) => start + offset };
    const label = kind === "private-key" ? "ENCRYPTED PRIVATE KEY" : LABELS[kind];
    return { ...containedSection(kind, octets, textSpan, alias, work, label), container: format };
  });
  const store = javaKeyStore(
    format,
    bytes.length,
    inside.flatMap(({ parsed }) => (parsed?.kind === "private-key" ? [parsed] : [])),
  );
  const whole = { kind: "key-store", label: format, span: span(0, bytes.length), boundary: span(0, 4), problems: [], textSpan } as const;
  const sections = [{ ...whole, parsed: store }, ...inside];
  return { format: "der", text: latin1(bytes), sections, problems: [], loadings: [], ...(unread !== undefined && { unread }) };
}

/** An object of PKCS#12, at the bytes of the file that hold it, encrypted or not. */
export function containedSection(
  kind: "certificate" | "revocation-list" | "private-key",
  { bytes, place }: Octets,
  textSpan: Section["textSpan"],
  alias: string | undefined,
  work: KeyWork,
  label: string = LABELS[kind],
): Section {
  const range = (offset: number, length: number): Span => {
    const last = Math.max(0, bytes.length - 1);
    const start = place(Math.min(offset, last));
    return textSpan(start, length <= 0 ? 0 : place(Math.min(offset + length - 1, last)) + 1 - start);
  };
  return {
    ...readContents(kind, label, bytes, [], work),
    container: "PKCS#12",
    label,
    span: range(0, bytes.length),
    boundary: range(0, 1),
    ...(kind !== "private-key" && { der: bytes }),
    ...(alias !== undefined && { alias }),
    problems: [],
    textSpan: range,
  };
}
const LABELS = { certificate: "CERTIFICATE", "revocation-list": "X509 CRL", "private-key": "PRIVATE KEY" } as const;

/** By its name, and where the name says nothing by how it begins. */
export function looksLikeCertificateFile(name: string, bytes: Uint8Array): boolean {
  if (/\.(pem|crt|cer|cert|der|ca-bundle|crl|csr|p8|pk8)$/i.test(name)) return true;
  const head = latin1(bytes.subarray(0, 4096));
  const boundary = /-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PRIVATE KEY|X509 CRL|CERTIFICATE REQUEST)-----/;
  return /\.(key|txt|bundle|chain)$|(^|[/\\])[^./\\]+$/i.test(name) && boundary.test(head);
}

interface Contents {
  readonly kind: SectionKind;
  readonly parsed?: Parsed;
  readonly error?: DerError;
}

function readContents(kind: SectionKind, label: string, der: Uint8Array, headers: readonly string[], work: KeyWork = keyWork()): Contents {
  const read = readAs(kind, label, der, headers, work);
  if (read === undefined) return { kind };
  return "kind" in read && "offset" in read ? { kind, error: read } : { kind, parsed: read };
}

function readAs(
  kind: SectionKind,
  label: string,
  der: Uint8Array,
  headers: readonly string[],
  work: KeyWork,
): Parsed | DerError | undefined {
  switch (kind) {
    case "certificate":
      return readCertificate(der);
    case "revocation-list":
      return readRevocationList(der);
    case "request":
      return readRequest(der);
    case "private-key":
      return readPrivateKey(der, label, headers, work);
    case "public-key":
      return readLonePublicKey(der, label);
    case "key-store":
    case "other":
      return undefined;
  }
}

/** What the bytes are, whatever their label says; undefined when they are nothing that is known. */
export function shapeOf(der: Uint8Array): SectionKind | undefined {
  return DER_SHAPES.find(({ kind, label }) => readContents(kind, label, der, []).parsed !== undefined)?.kind;
}

/** What a DER file holds, most usual first. When nothing fits, the error that stands furthest inside tells the most. */
const DER_SHAPES = [
  "CERTIFICATE",
  "X509 CRL",
  "CERTIFICATE REQUEST",
  "PRIVATE KEY",
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
  "PUBLIC KEY",
  "ENCRYPTED PRIVATE KEY",
].map((label) => ({ kind: kindOf(label), label }));

function readDer(bytes: Uint8Array): Section | undefined {
  let best: { readonly label: string; readonly contents: Contents } | undefined;
  for (const { kind, label } of DER_SHAPES) {
    const contents = readContents(kind, label, bytes, []);
    if (contents.parsed !== undefined) return wholeFile(bytes, label, contents);
    if (best === undefined || reached(contents) > reached(best.contents)) best = { label, contents };
  }
  if (best === undefined) return undefined;
  // Less than the first few fields read: something else that happens to start with 0x30, such as text.
  if (reached(best.contents) >= 24) return wholeFile(bytes, best.label, best.contents);
  const error = frameError(bytes);
  return error && wholeFile(bytes, "DER", { kind: "other", error });
}

const reached = ({ error }: Contents): number => error?.offset ?? Number.POSITIVE_INFINITY;

const wholeFile = (bytes: Uint8Array, label: string, { kind, parsed, error }: Contents): Section => ({
  kind,
  label,
  span: span(0, bytes.length),
  boundary: span(0, 1),
  ...(kind !== "private-key" && kind !== "other" && { der: bytes }),
  ...(parsed !== undefined && { parsed }),
  ...(error !== undefined && { error }),
  problems: [],
  textSpan: (offset, length) => byteSpan(bytes, offset, length),
});

/** What is wrong with the outermost element, of a file that begins as DER does: cut off, or BER. Text has no such second byte. */
function frameError(bytes: Uint8Array): DerError | undefined {
  if ((bytes[1] ?? 0) < 0x80 || (bytes[1] ?? 0) > 0x84) return undefined;
  return readWhole(bytes, TAG.sequence, "an object").reader.error;
}

export const rangeSpan = (section: Section, range: ByteRange): Span => section.textSpan(range.start, range.end - range.start);

const unreadable = (text: string, unread: string): CertificateFile => ({
  format: "unknown",
  text,
  sections: [],
  problems: [],
  loadings: [],
  unread,
});

function nothingIn(bytes: Uint8Array, text: string): CertificateFile {
  const sample = bytes.subarray(0, 4096);
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80)
    return {
      ...unreadable(text, "the file is DER, but not a certificate, revocation list, request, key, PKCS#7 or PKCS#12"),
      foreign: true,
    };
  if (sample.includes(0) || text.slice(0, 1024).includes("\ufffd"))
    return { ...unreadable(text, "the file is binary, but not DER"), foreign: true };
  // Readers are content with less than a boundary, and may refuse what follows.
  const unread = unreadable(text, "no PEM boundary such as `-----BEGIN CERTIFICATE-----` is in the file");
  return text.includes("-----BEGIN ") ? { ...unread, loadings: loadings(text, []) } : unread;
}
