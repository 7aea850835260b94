/** One section of a certificate file in words, for hover, `inspect` and trees. Hidden characters are made visible; nothing else is escaped. */
import { DAY } from "../../base/duration.ts";
import { visible } from "../../base/visible.ts";
import { type Time, timeText } from "../der/primitives.ts";
import type { PrivateKey } from "../keys/keys.ts";
import type { KeyStore } from "../keys/pkcs12.ts";
import type { CertificateFile, Section } from "../section.ts";
import { keyText, type PublicKey } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { RevocationList } from "../x509/crl.ts";
import type { ExtensionValues } from "../x509/extensions.ts";
import type { GeneralName } from "../x509/names.ts";
import type { LonePublicKey } from "../x509/public-key.ts";
import type { CertificateRequest } from "../x509/request.ts";

export interface Field {
  readonly label: string;
  readonly value: string;
}
export interface Description {
  /** `leaf certificate, 1 of 3`: what it is, and its place. */
  readonly title: string;
  readonly what: string;
  /** Within its file, to stand behind other words: `, 1 of 3`; empty where it is alone. */
  readonly place: string;
  readonly fields: readonly Field[];
  /** The one among the fields that says in days when it ends, or begins. */
  readonly validity?: Field;
  /** Whole days until the end of validity, negative after it. */
  readonly daysLeft?: number;
}

/** How much is shown: names beyond that are counted, longer values are cut, as certificates may hold megabytes. */
interface Extent {
  readonly names: number;
  readonly characters: number;
}
const SHORT: Extent = { names: 20, characters: 1000 };

/** `now`: milliseconds since 1970. */
export function describe(file: CertificateFile, section: Section, now: number, extent: Extent = SHORT): Description {
  const inside = section.container === undefined ? "" : ` in ${section.container}`;
  const place = placeOf(file, section);
  const { what, fields, end, validity } = describeContents(section, now, extent.names);
  const left = end === undefined ? undefined : daysUntil(end, now);
  const all = shown(section.alias === undefined ? fields : [field("alias", section.alias), ...fields], extent.characters);
  const term = all.find((it) => it.label === validity?.label);
  return {
    title: what + inside + place,
    what,
    place: inside + place,
    fields: all,
    ...(term !== undefined && { validity: term }),
    ...(left !== undefined && { daysLeft: left }),
  };
}

/** `, 2 of 3`: among those of its kind. */
function placeOf({ sections }: CertificateFile, section: Section): string {
  const known = places.get(sections) ?? placesIn(sections);
  places.set(sections, known);
  const all = known.counts.get(section.kind) ?? 0;
  return all > 1 ? `, ${known.numbers.get(section) ?? 0} of ${all}` : "";
}

interface SectionPlaces {
  readonly numbers: ReadonlyMap<Section, number>;
  readonly counts: ReadonlyMap<Section["kind"], number>;
}

/** Somebody may ask for each of fifty thousand sections. */
const places = new WeakMap<CertificateFile["sections"], SectionPlaces>();

function placesIn(sections: CertificateFile["sections"]): SectionPlaces {
  const numbers = new Map<Section, number>();
  const counts = new Map<Section["kind"], number>();
  for (const section of sections) {
    const count = (counts.get(section.kind) ?? 0) + 1;
    counts.set(section.kind, count);
    numbers.set(section, count);
  }
  return { numbers, counts };
}

/** Days rounded down, so that 0 means "today" and -1 "since yesterday". */
export const daysUntil = (end: number, now: number): number => Math.floor((end - now) / DAY);

/** As it may be shown: without what is empty, and cut where it is long. */
export const shown = (fields: readonly Field[], longest: number): Field[] =>
  fields
    .filter((it) => it.value !== "")
    .map(({ label, value }) => ({ label: visible(shorten(label, longest)), value: visible(shorten(value, longest)) }));

interface Contents {
  readonly what: string;
  readonly fields: readonly Field[];
  readonly end?: number | undefined;
  readonly validity?: Field;
}

function describeContents(section: Section, now: number, names: number): Contents {
  const { parsed, error } = section;
  if (parsed === undefined) {
    const what = KINDS[section.kind] ?? `\`${visible(section.label)}\` section`;
    return { what, fields: error === undefined ? [] : [field("unreadable", `${error.message}, at byte ${error.offset}`)] };
  }
  switch (parsed.kind) {
    case "certificate":
      return describeCertificate(parsed, now, names);
    case "revocation-list":
      return describeList(parsed, now);
    case "request":
      return describeRequest(parsed, names);
    case "private-key":
      return describePrivateKey(parsed);
    case "public-key":
      return describePublicKey(parsed);
    case "key-store":
      return describeKeyStore(parsed);
  }
}

const KINDS: Partial<Record<Section["kind"], string>> = {
  certificate: "certificate",
  "revocation-list": "revocation list",
  request: "certificate request",
  "private-key": "private key",
  "public-key": "public key",
  "key-store": "key store",
};

function describeCertificate(certificate: Certificate, now: number, names: number): Contents {
  const end = certificate.notAfter.milliseconds;
  const term = validity(certificate.notBefore, certificate.notAfter, now);
  return {
    what: `${certificateRole(certificate)} certificate`,
    end,
    validity: term,
    fields: [
      // What people ask first: who, until when, usable for what.
      field("subject", certificate.subject.text || "(empty)"),
      field("names", namesText(certificate.values.alternativeNames, names)),
      term,
      field("purposes", certificate.values.purposes?.join(", ") ?? ""),
      field(
        "issuer",
        certificate.selfIssued && certificate.subject.text !== "" ? "same as the subject" : certificate.issuer.text || "(empty)",
      ),
      field("valid", `${timeText(certificate.notBefore)} to ${timeText(certificate.notAfter)}`),
      field("key", keyField(certificate.key)),
      field("signature", certificate.signature.name),
      ...usageFields(certificate.values).filter((it) => it.label !== "purposes"),
      field("serial", certificate.serial.hex),
      field("SHA-256", certificate.fingerprint),
      field("key pin", certificate.key.pin),
    ],
  };
}

/** "root", "intermediate", "self-signed" or "leaf", by what the certificate says of itself. */
export function certificateRole({ values, selfIssued, version }: Certificate): "root" | "intermediate" | "self-signed" | "leaf" {
  const ca = values.basicConstraints?.ca ?? (version.number < 3 && selfIssued);
  if (ca) return selfIssued ? "root" : "intermediate";
  return selfIssued ? "self-signed" : "leaf";
}

function usageFields(values: ExtensionValues): Field[] {
  const constraints = values.basicConstraints;
  const length = constraints?.pathLength === undefined ? "" : `, at most ${constraints.pathLength} further below it`;
  return [
    field("authority", constraints?.ca === true ? `may issue certificates${length}` : ""),
    field("key usage", values.keyUsage?.join(", ") ?? ""),
    field("purposes", values.purposes?.join(", ") ?? ""),
  ];
}

function describeList(list: RevocationList, now: number): Contents {
  const end = list.nextUpdate?.milliseconds;
  const next = list.nextUpdate === undefined ? "no next update" : `next update ${timeText(list.nextUpdate)}`;
  const term = validity(list.thisUpdate, list.nextUpdate, now);
  return {
    what: "revocation list",
    end,
    validity: term,
    fields: [
      field("issuer", list.issuer.text),
      term,
      field("valid", `${timeText(list.thisUpdate)}, ${next}`),
      field("revoked", `${list.entries} ${list.entries === 1 ? "certificate" : "certificates"}`),
      field("number", list.number ?? ""),
      field("signature", list.signature.name),
      field("SHA-256", list.fingerprint),
    ],
  };
}

function describeRequest(request: CertificateRequest, names: number): Contents {
  return {
    what: "certificate request",
    fields: [
      field("subject", request.subject.text || "(empty)"),
      field("names", namesText(request.values.alternativeNames, names)),
      field("key", keyField(request.key)),
      field("signature", request.signature.name),
      ...usageFields(request.values),
      // Its value stays where it is.
      field("challenge password", request.attributes.some((it) => it.name === "challengePassword") ? "there is one, unencrypted" : ""),
      field("SHA-256", request.fingerprint),
      field("key pin", request.key.pin),
    ],
  };
}

function describePrivateKey(key: PrivateKey): Contents {
  return {
    what: key.encrypted ? "encrypted private key" : "private key",
    fields: [
      field("key", key.key === undefined ? "" : keyText(key.key)),
      field("encoding", key.encoding),
      field("encrypted", key.encrypted ? `yes${key.encryption === undefined ? "" : `, ${key.encryption}`}` : "no"),
      field("key pin", key.pin ?? ""),
    ],
  };
}

function describePublicKey(key: LonePublicKey): Contents {
  return { what: "public key", fields: [field("key", keyText(key.key)), field("key pin", key.pin ?? "")] };
}

function describeKeyStore({ format, encryptions, iterations, integrity, contents }: KeyStore): Contents {
  return {
    what: `${format} key store`,
    fields: [
      field("encrypted", encryptions.length === 0 ? "no" : encryptions.join(", ")),
      field("iterations", iterations === undefined ? "" : String(iterations)),
      field("integrity", integrity === undefined ? "none" : checkText(format, integrity)),
      field(
        "contents",
        contents === "open"
          ? "opened with the password"
          : encryptions.length === 0
            ? "not encrypted"
            : format === "PKCS#12"
              ? "what is encrypted was not read: that takes the password"
              : "private keys were not read: they are encrypted",
      ),
    ],
  };
}

const checkText = (format: KeyStore["format"], { hash, iterations }: NonNullable<KeyStore["integrity"]>): string =>
  format === "PKCS#12" ? `HMAC with ${hash}, ${iterations} iterations` : `${hash} with the password`;

const field = (label: string, value: string): Field => ({ label, value });

const keyField = (key: PublicKey): string =>
  key.exponent === undefined || key.exponent === 65537 ? keyText(key) : `${keyText(key)}, exponent ${key.exponent}`;

function namesText(names: readonly GeneralName[] | undefined, most: number): string {
  if (names === undefined) return "";
  const listed = names.slice(0, most).map((it) => `${it.kind} ${it.value}`);
  return [...listed, ...(names.length > most ? [`and ${names.length - most} more`] : [])].join(", ");
}

/** In days, with the date. */
function validity(from: Time, until: Time | undefined, now: number): Field {
  const [start, end] = [from.milliseconds, until?.milliseconds];
  if (start !== undefined && now < start) return field("starts", `in ${days(daysUntil(start, now))} (${dateText(start)})`);
  if (end === undefined) return field("expires", "");
  if (end < now) return field("expired", `${days(Math.floor((now - end) / DAY))} ago (${dateText(end)})`);
  return field("expires", `in ${days(daysUntil(end, now))} (${dateText(end)})`);
}
const dateText = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, "2026-01-01".length);

/** "1 day", "12 days". */
export const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

const shorten = (value: string, longest: number): string =>
  value.length > longest ? `${value.slice(0, longest)}… (${value.length} characters)` : value;
