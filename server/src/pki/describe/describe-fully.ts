/**
 * One section of a certificate file in words, with all that is in it: for those who ask. What people ask first comes first, as in the
 * short description; then what is compared, then extensions, and last the bytes that only programs read.
 */
import type { CertificateFile, Section } from "../section.ts";
import { asn1Text } from "../values/asn1.ts";
import { dateText } from "../values/dates.ts";
import { extensionValue } from "../values/extension-values.ts";
import { bitsAt, modulusOf } from "../values/key-values.ts";
import { attributeValue, entryValue, sha1, signatureBits } from "../values/object-values.ts";
import { pssParameters, pssText } from "../values/signature-values.ts";
import { type Trust, trustBehind } from "../values/trust.ts";
import type { PublicKey } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type RevocationList, revokedEntries } from "../x509/crl.ts";
import type { Extension } from "../x509/extensions.ts";
import type { CertificateRequest } from "../x509/request.ts";
import { type Description, describe, type Field, shown } from "./describe.ts";

/** The bytes of the largest keys and signatures in use (SLH-DSA) stay whole; a list of names or a comment of megabytes is cut. */
const LONGEST_VALUE = 100_000;
/** More entries of a list are counted: nobody reads them, and programs take the JSON. */
const LISTED_ENTRIES = 1000;

export interface FullDescription extends Description {
  /** What follows the fields of the short description. */
  readonly details: readonly Field[];
}

export async function describeFully(file: CertificateFile, section: Section, now: number): Promise<FullDescription> {
  const { parsed, der } = section;
  const short = describe(file, section, now, { names: Number.POSITIVE_INFINITY, characters: LONGEST_VALUE });
  switch (parsed?.kind) {
    case "certificate":
    case "revocation-list":
    case "request":
      return { ...short, details: der === undefined ? [] : shown(await details(der, parsed), LONGEST_VALUE) };
    default:
      return { ...short, details: [] };
  }
}

async function details(der: Uint8Array, object: Certificate | RevocationList | CertificateRequest): Promise<readonly Field[]> {
  const { extensions, signature } = object;
  const critical = extensions.filter((it) => it.critical).map((it) => it.name);
  const pss = pssParameters(der, signature);
  return [
    field("SHA-1", colons(await sha1(der.subarray(object.start, object.end)))),
    field("signature parameters", pss === undefined ? "" : pssText(pss)),
    field("critical extensions", critical.join(", ")),
    ...ownFields(der, object),
    ...extensionFields(der, extensions),
    ...(object.kind === "revocation-list" ? [] : keyFields(der, object.key)),
    field("signature value", signatureBits(der, object)),
  ];
}

function ownFields(der: Uint8Array, object: Certificate | RevocationList | CertificateRequest): readonly Field[] {
  switch (object.kind) {
    case "certificate":
      return [
        field("version", String(object.version.number)),
        // Of most others nobody asks.
        field("authority", object.values.basicConstraints?.ca === false ? "may issue no certificates" : ""),
        field("unique identifiers", object.uniqueIds.map(({ start, end }) => bitsAt(der, start, end)).join(", ")),
        ...(object.trailing === undefined ? [] : trustFields(trustBehind(der, object.trailing))),
      ];
    case "revocation-list":
      return [field("version", String(object.version)), ...entryFields(der, object)];
    case "request":
      return [
        field("version", String(object.version)),
        field("authority", authorityOf(object)),
        ...object.attributes
          .filter(({ name }) => name !== "extensionRequest" && name !== "challengePassword")
          .map((it) => field(it.name, (attributeValue(der, it).values ?? []).map(asn1Text).join(", "))),
      ];
  }
}

function authorityOf({ values: { basicConstraints } }: CertificateRequest): string {
  if (basicConstraints === undefined) return "";
  const { ca, pathLength } = basicConstraints;
  return !ca ? "is to issue no certificates" : `is to issue certificates${pathLength === undefined ? "" : `, path length ${pathLength}`}`;
}

function entryFields(der: Uint8Array, list: RevocationList): readonly Field[] {
  const fields: Field[] = [];
  for (const entry of revokedEntries(der, list)) {
    if (fields.length === LISTED_ENTRIES) return [...fields, field("entry", `and ${list.entries - LISTED_ENTRIES} more`)];
    const { serial, date, reason } = entryValue(der, entry);
    const others = extensionTexts(
      der,
      entry.extensions.filter((it) => it.name !== "cRLReason"),
    ).map(({ label, value }) => `${label} ${value}`);
    fields.push(field("entry", [serial, dateText(date), ...(reason === undefined ? [] : [reason]), ...others].join(", ")));
  }
  return fields;
}

const trustFields = (trust: Trust | undefined): readonly Field[] => [
  field("trusted for", trust?.trusted?.join(", ") ?? ""),
  field("rejected for", trust?.rejected?.join(", ") ?? ""),
  field("alias", trust?.alias ?? ""),
  field("trusted key identifier", trust?.keyIdentifier ?? ""),
];

/** The short description has them, where they can be read. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(["basicConstraints", "keyUsage", "extKeyUsage", "subjectAltName", "cRLNumber"]);

const extensionFields = (der: Uint8Array, extensions: readonly Extension[]): readonly Field[] =>
  extensionTexts(
    der,
    extensions.filter((it) => !SHOWN_ELSEWHERE.has(it.name) || extensionValue(der, it).value === undefined),
  );

const extensionTexts = (der: Uint8Array, extensions: readonly Extension[]): readonly Field[] =>
  extensions.map((it) => field(`${it.name}${it.critical ? " (critical)" : ""}`, extensionValue(der, it).text || "(empty)"));

function keyFields(der: Uint8Array, key: PublicKey): readonly Field[] {
  const pss = pssParameters(der, key.algorithm);
  const modulus = modulusOf(der, key);
  return [
    field("key parameters", pss === undefined ? "" : pssText(pss)),
    modulus === undefined ? field("public key", bitsAt(der, key.algorithm.end, key.end)) : field("modulus", modulus),
    field("exponent", key.exponent === undefined ? "" : String(key.exponent)),
  ];
}

const field = (label: string, value: string): Field => ({ label, value });

const colons = (hex: string): string => hex.toUpperCase().replace(/..(?=.)/g, "$&:");
