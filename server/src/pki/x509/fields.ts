/** Which field of a certificate, list or request a byte belongs to: the way down through the DER, in the words of RFC 5280. */

import { type ByteRange, DerReader, type Element } from "../der/der.ts";
import type { Certificate } from "./certificate.ts";
import type { RevocationList } from "./crl.ts";
import type { Extension } from "./extensions.ts";
import type { CertificateRequest } from "./request.ts";

export interface FieldPlace {
  /** Outermost first: `["extensions", "subjectAltName", "DNS api.example"]`. */
  readonly path: readonly string[];
  /** The innermost element that was named. */
  readonly range: ByteRange;
}

type Named = readonly [name: string, range: ByteRange | undefined, inner?: () => readonly Named[]];

const holds = (range: ByteRange, offset: number): boolean => range.start <= offset && offset < range.end;

/** Undefined outside of the object. */
export function fieldAt(
  der: Uint8Array,
  parsed: Certificate | RevocationList | CertificateRequest,
  offset: number,
): FieldPlace | undefined {
  if (!holds(parsed, offset)) return undefined;
  const path: string[] = [];
  let range: ByteRange = parsed;
  for (let level: readonly Named[] = fieldsOf(der, parsed); ; ) {
    const found = level.find(([, it]) => it !== undefined && holds(it, offset));
    if (found?.[1] === undefined) return { path, range };
    path.push(found[0]);
    range = found[1];
    level = found[2]?.() ?? [];
  }
}

function fieldsOf(der: Uint8Array, parsed: Certificate | RevocationList | CertificateRequest): readonly Named[] {
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

function extensionField(extension: Extension, parsed: Certificate | RevocationList | CertificateRequest): Named {
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
