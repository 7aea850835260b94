/** Which field of a certificate, list or request a byte belongs to: the way down through the DER, in the words of RFC 5280. */

import { type ByteRange, DerReader, type Element } from "../der/der.ts";
import { timeText } from "../der/primitives.ts";
import { keyText } from "./algorithms.ts";
import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import type { Extension, ExtensionValues } from "./extensions.ts";
import type { CertificateRequest } from "./request.ts";

export interface FieldPlace {
  readonly name: string;
  readonly range: ByteRange;
  /** What it says, where that is not in its name and has a short text. */
  readonly value?: string;
}
type Signed = Certificate | RevocationList | CertificateRequest;

type Named = readonly [
  name: string,
  range: ByteRange | undefined,
  inner?: (() => readonly Named[]) | undefined,
  value?: string | undefined,
];

const holds = (range: ByteRange, offset: number): boolean => range.start <= offset && offset < range.end;

/** Outermost first: `extensions`, `subjectAltName`, `DNS api.example`. Empty outside of the object, and between its fields. */
export function fieldsAt(der: Uint8Array, parsed: Signed, offset: number): readonly FieldPlace[] {
  const found: FieldPlace[] = [];
  for (let level = holds(parsed, offset) ? namedIn(der, parsed) : []; ; ) {
    const field = level.find(([, it]) => it !== undefined && holds(it, offset));
    if (field?.[1] === undefined) return found;
    const [name, range, inner, value] = field;
    found.push({ name, range, ...(value !== undefined && { value }) });
    level = inner?.() ?? [];
  }
}

/** Those that are in no other, in the order of RFC 5280. */
export const fieldsOf = (der: Uint8Array, parsed: Signed): readonly FieldPlace[] =>
  namedIn(der, parsed).flatMap(([name, range]) => (range === undefined ? [] : [{ name, range }]));

export interface FieldPart extends FieldPlace {
  /** How many others it is in. */
  readonly depth: number;
  /** Whether others are in it. */
  readonly outer: boolean;
}

/** All of them, each before those in it; no more than `most`. */
export function fieldParts(der: Uint8Array, parsed: Signed, most: number): readonly FieldPart[] {
  const found: FieldPart[] = [];
  const add = (fields: readonly Named[], depth: number): void => {
    for (const [name, range, inner, value] of fields) {
      if (range === undefined || found.length >= most) continue;
      const within = inner?.() ?? [];
      found.push({ name, range, depth, outer: within.length > 0, ...(value !== undefined && { value }) });
      add(within, depth + 1);
    }
  };
  add(namedIn(der, parsed), 0);
  return found;
}

function namedIn(der: Uint8Array, parsed: Signed): readonly Named[] {
  const [, outer, signature] = children(der, parsed);
  const last: readonly Named[] = [
    ["signatureAlgorithm", outer],
    ["signature", signature],
  ];
  const extensions: Named = ["extensions", around(parsed.extensions), () => parsed.extensions.map((it) => extensionField(it, parsed))];
  switch (parsed.kind) {
    case "certificate": {
      const { algorithm } = parsed.key;
      return [
        ["version", parsed.version, undefined, `v${parsed.version.number}`],
        ["serialNumber", parsed.serial, undefined, parsed.serial.hex],
        ["signature algorithm", parsed.signature, undefined, parsed.signature.name],
        ["issuer", parsed.issuer, () => parsed.issuer.attributes.map((it): Named => [`${it.type}=${it.value}`, it])],
        [
          "validity",
          parsed.validity,
          () => [
            ["notBefore", parsed.notBefore.element, undefined, timeText(parsed.notBefore)],
            ["notAfter", parsed.notAfter.element, undefined, timeText(parsed.notAfter)],
          ],
        ],
        ["subject", parsed.subject, () => parsed.subject.attributes.map((it): Named => [`${it.type}=${it.value}`, it])],
        [
          "subjectPublicKeyInfo",
          parsed.key,
          () => [
            ["algorithm", algorithm],
            ["subjectPublicKey", { start: algorithm.end, end: parsed.key.end }],
          ],
          keyText(parsed.key),
        ],
        extensions,
        ...last,
      ];
    }
    case "revocation-list":
      return [
        ["issuer", parsed.issuer],
        ["thisUpdate", parsed.thisUpdate.element, undefined, timeText(parsed.thisUpdate)],
        ["nextUpdate", parsed.nextUpdate?.element, undefined, parsed.nextUpdate && timeText(parsed.nextUpdate)],
        ["revokedCertificates", parsed.revoked],
        extensions,
        ...last,
      ];
    case "request":
      return [
        ["subject", parsed.subject, () => parsed.subject.attributes.map((it): Named => [`${it.type}=${it.value}`, it])],
        ["subjectPublicKeyInfo", parsed.key, undefined, keyText(parsed.key)],
        extensions,
        ["attributes", around(parsed.attributes), () => parsed.attributes.map((it): Named => [it.name, it])],
        ...last,
      ];
  }
}

function extensionField(extension: Extension, parsed: Signed): Named {
  const name = `${extension.name}${extension.critical ? " (critical)" : ""}`;
  if (extension.name !== "subjectAltName") return [name, extension, undefined, extensionText(extension.name, parsed.values)];
  return [name, extension, () => (parsed.values.alternativeNames ?? []).map((it): Named => [`${it.kind} ${it.value}`, it])];
}

function extensionText(
  name: string,
  { basicConstraints, keyUsage, purposes, subjectKeyId, authorityKeyId }: ExtensionValues,
): string | undefined {
  switch (name) {
    case "basicConstraints":
      return basicConstraints && (basicConstraints.ca ? "may issue certificates" : "may not issue certificates");
    case "keyUsage":
      return keyUsage?.join(", ");
    case "extKeyUsage":
      return purposes?.join(", ");
    case "subjectKeyIdentifier":
      return subjectKeyId;
    case "authorityKeyIdentifier":
      return authorityKeyId;
    default:
      return undefined;
  }
}

function around(extensions: readonly ByteRange[]): ByteRange | undefined {
  const [first] = extensions;
  const last = extensions.at(-1);
  return first && last && { start: first.start, end: last.end };
}

/** The three parts of what is signed. */
function children(der: Uint8Array, { start, end }: ByteRange): readonly Element[] {
  const reader = new DerReader(der, { start, end });
  const inner = reader.inside(reader.readAny());
  const found: Element[] = [];
  while (inner.more && found.length < 3) found.push(inner.readAny());
  return found;
}
