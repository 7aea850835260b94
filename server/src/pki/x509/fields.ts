/** Which field of a certificate, list or request a byte belongs to: the way down through the DER, in the words of RFC 5280. */

import { type ByteRange, DerReader, type Element } from "../der/der.ts";
import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import type { Extension } from "./extensions.ts";
import type { CertificateRequest } from "./request.ts";

export interface FieldPlace {
  readonly name: string;
  readonly range: ByteRange;
}
type Signed = Certificate | RevocationList | CertificateRequest;

type Named = readonly [name: string, range: ByteRange | undefined, inner?: () => readonly Named[]];

const holds = (range: ByteRange, offset: number): boolean => range.start <= offset && offset < range.end;

/** Outermost first: `extensions`, `subjectAltName`, `DNS api.example`. Empty outside of the object, and between its fields. */
export function fieldsAt(der: Uint8Array, parsed: Signed, offset: number): readonly FieldPlace[] {
  const found: FieldPlace[] = [];
  for (let level = holds(parsed, offset) ? namedIn(der, parsed) : []; ; ) {
    const field = level.find(([, it]) => it !== undefined && holds(it, offset));
    if (field?.[1] === undefined) return found;
    found.push({ name: field[0], range: field[1] });
    level = field[2]?.() ?? [];
  }
}

/** Those that are in no other, in the order of RFC 5280. */
export const fieldsOf = (der: Uint8Array, parsed: Signed): readonly FieldPlace[] =>
  namedIn(der, parsed).flatMap(([name, range]) => (range === undefined ? [] : [{ name, range }]));

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
        ["version", parsed.version],
        ["serialNumber", parsed.serial],
        ["signature algorithm", parsed.signature],
        ["issuer", parsed.issuer, () => parsed.issuer.attributes.map((it): Named => [`${it.type}=${it.value}`, it])],
        [
          "validity",
          parsed.validity,
          () => [
            ["notBefore", parsed.notBefore.element],
            ["notAfter", parsed.notAfter.element],
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
        ],
        extensions,
        ...last,
      ];
    }
    case "revocation-list":
      return [
        ["issuer", parsed.issuer],
        ["thisUpdate", parsed.thisUpdate.element],
        ["nextUpdate", parsed.nextUpdate?.element],
        ["revokedCertificates", parsed.revoked],
        extensions,
        ...last,
      ];
    case "request":
      return [
        ["subject", parsed.subject, () => parsed.subject.attributes.map((it): Named => [`${it.type}=${it.value}`, it])],
        ["subjectPublicKeyInfo", parsed.key],
        extensions,
        ["attributes", around(parsed.attributes), () => parsed.attributes.map((it): Named => [it.name, it])],
        ...last,
      ];
  }
}

function extensionField(extension: Extension, parsed: Signed): Named {
  const name = `${extension.name}${extension.critical ? " (critical)" : ""}`;
  if (extension.name !== "subjectAltName") return [name, extension];
  return [name, extension, () => (parsed.values.alternativeNames ?? []).map((it): Named => [`${it.kind} ${it.value}`, it])];
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
