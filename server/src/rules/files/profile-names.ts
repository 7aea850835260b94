/** What RFC 5280 asks of the names in a certificate and no stack refuses: distinguished names and alternative names. */
import { attributeValue, certificateRole, type GeneralName, issuerNamesOf } from "../../pki/index.ts";
import { ASN1, attribute, extension, type ProfileCheck, when } from "./profile-check.ts";

const isPrintable = /^[A-Za-z0-9 '()+,./:=?-]*$/;
/** RFC 5280, appendix A.1: upper bounds, in characters; of street addresses X.520's. */
const BOUNDS: Readonly<Record<string, number>> = {
  CN: 64,
  O: 64,
  OU: 64,
  L: 128,
  ST: 128,
  STREET: 128,
  serialNumber: 64,
  title: 64,
  emailAddress: 255,
  postalCode: 16,
  GN: 32_768,
  SN: 32_768,
};

/** A field of the subject's or the issuer's alternative names, which follow the same section. */
interface NameCheck {
  readonly id: string;
  readonly message: string;
  readonly isAtFault: (name: GeneralName) => boolean;
}
const nameChecks: readonly NameCheck[] = [
  {
    id: "empty-name",
    message: "is empty",
    isAtFault: ({ kind, value }) => value === "" && kind !== "other" && kind !== "directory",
  },
  {
    id: "not-ascii",
    message: "has non-ASCII characters",
    isAtFault: ({ kind, value }) => (kind === "DNS" || kind === "URI" || kind === "email") && /\P{ASCII}/u.test(value),
  },
  {
    id: "relative-uri",
    message: "is a URI without a scheme",
    isAtFault: ({ kind, value }) => kind === "URI" && value !== "" && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value),
  },
  {
    id: "uri-without-content",
    message: "is a URI with only a scheme",
    isAtFault: ({ kind, value }) => kind === "URI" && /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/)?$/.test(value),
  },
  {
    id: "uri-host",
    message: "is a URI without a fully qualified host or address",
    isAtFault: ({ kind, value }) => kind === "URI" && hasOddHost(value),
  },
  {
    id: "email-form",
    message: "is not a plain e-mail address",
    isAtFault: ({ kind, value }) => kind === "email" && value !== "" && /\s|^<|\)$/.test(value),
  },
  { id: "blank-dns-name", message: "is a space instead of a DNS name", isAtFault: ({ kind, value }) => kind === "DNS" && value === " " },
];

/** RFC 5280: an authority within a URI has a fully qualified name or an address. A SPIFFE trust domain is neither, by its own standard. */
function hasOddHost(uri: string): boolean {
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined || scheme.toLowerCase() === "spiffe") return false;
  const host = rest.replace(/^[^@]*@/, "").replace(/:\d*$/, "");
  if (host === "" || /^\[[0-9a-f:.]+\]$/i.test(host)) return false;
  return !/^(?:\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)+[A-Za-z0-9-]+$/.test(host);
}

const ofIssuer: readonly NameCheck[] = [
  ...nameChecks,
  {
    id: "wildcard",
    message: "has a wildcard that is not the whole first label",
    isAtFault: ({ kind, value }) => kind === "DNS" && (value === "*" || value.lastIndexOf("*") > 0),
  },
  { id: "leading-dot", message: "starts with a dot", isAtFault: ({ kind, value }) => kind === "DNS" && value.startsWith(".") },
  { id: "null", message: "contains NUL", isAtFault: ({ kind, value }) => kind === "DNS" && value.includes("\0") },
];

/** Of authorities it is told apart, and of servers by `missing-subject-alternative-name`. */
export const subjectWithoutNames: ProfileCheck = {
  id: "subject-empty-without-names",
  section: "4.1.2.6",
  message: "certificate has neither a subject nor SANs",
  find: (certificate) => {
    const nameless = certificate.subject.attributes.length === 0 && extension(certificate, "subjectAltName") === undefined;
    const { purposes = ["serverAuth"], basicConstraints } = certificate.values;
    return when(nameless && basicConstraints?.ca !== true && !purposes.includes("serverAuth"), certificate.subject);
  },
};

export const nameProfile: readonly ProfileCheck[] = [
  {
    id: "issuer-empty",
    section: "4.1.2.4",
    message: "issuer name is empty, so no path can be built",
    find: ({ issuer }) => when(issuer.attributes.length === 0, issuer),
  },
  {
    id: "dn-printable-string",
    section: "4.1.2.4",
    message: "PrintableString has an invalid character",
    find: (certificate, der) =>
      attribute(certificate, (it) => !isPrintable.test(it.value) && attributeValue(der, it)?.tag === ASN1.printableString),
  },
  {
    id: "dn-empty-value",
    section: "A.1",
    message: "name attribute is empty",
    find: (certificate) => attribute(certificate, (it) => it.value === ""),
  },
  {
    id: "dn-undecodable",
    section: "4.1.2.4",
    message: "name attribute is not in its declared encoding",
    find: (certificate) => attribute(certificate, (it) => it.value.includes("\ufffd")),
  },
  {
    id: "dn-too-long",
    section: "A.1",
    message: "name attribute is longer than its upper bound",
    find: ({ subject }) =>
      subject.attributes.find(({ type, value }) => {
        const bound = BOUNDS[type] ?? Number.POSITIVE_INFINITY;
        // Characters of two code units are one.
        return value.length > bound && [...value].length > bound;
      }),
  },
  {
    id: "country-not-two-letters",
    section: "A.1",
    message: "country is not a two-letter code",
    find: (certificate) => attribute(certificate, (it) => it.type === "C" && !/^[A-Za-z]{2}$/.test(it.value)),
  },
  {
    id: "country-not-upper-case",
    section: "A.1",
    message: "country code is not in upper case (ISO 3166)",
    find: ({ subject }) => subject.attributes.find((it) => it.type === "C" && it.value !== it.value.toUpperCase()),
  },
  {
    id: "country-not-printable-string",
    section: "A.1",
    message: "country is not a PrintableString",
    find: (certificate, der) => attribute(certificate, (it) => it.type === "C" && attributeValue(der, it)?.tag !== ASN1.printableString),
  },
  {
    id: "dn-serial-number-not-printable-string",
    section: "A.1",
    message: "serial number in the subject is not a PrintableString",
    find: ({ subject }, der) =>
      subject.attributes.find((it) => it.type === "serialNumber" && attributeValue(der, it)?.tag !== ASN1.printableString),
  },
  {
    id: "dn-blank-at-end",
    section: "7.1",
    message: "name attribute starts or ends with a space, which only some verifiers ignore",
    find: (certificate) => attribute(certificate, (it) => /^[\s]|[\s]$/.test(it.value)),
  },
  {
    id: "email-not-in-san",
    section: "4.1.2.6",
    message: "e-mail address of the subject is not among the SANs",
    find: (certificate) =>
      certificateRole(certificate) === "root"
        ? undefined
        : certificate.subject.attributes.find(
            (it) =>
              it.type === "emailAddress" &&
              !certificate.values.alternativeNames?.some((one) => one.kind === "email" && one.value === it.value),
          ),
  },
  {
    id: "san-empty",
    section: "4.2.1.6",
    on: "subjectAltName",
    message: "SAN extension is empty",
    find: (certificate) => when(certificate.values.alternativeNames?.length === 0, extension(certificate, "subjectAltName")),
  },
  {
    id: "san-duplicate",
    section: "4.2.1.6",
    on: "subjectAltName",
    message: "duplicate SAN entry",
    find: ({ values }) => {
      if ((values.alternativeNames?.length ?? 0) < 2) return undefined;
      const seen = new Set<string>();
      return values.alternativeNames?.find(({ kind, value }) => {
        const key = `${kind} ${kind === "DNS" ? value.toLowerCase() : value}`;
        const known = seen.has(key);
        seen.add(key);
        return known && kind === "DNS";
      });
    },
  },
  ...nameChecks.map(
    ({ id, message, isAtFault }): ProfileCheck => ({
      id: `san-${id}`,
      section: "4.2.1.6",
      on: "subjectAltName",
      message: `SAN entry ${message}`,
      find: ({ values }) => values.alternativeNames?.find(isAtFault),
    }),
  ),
  {
    id: "ian-critical",
    section: "4.2.1.7",
    on: "issuerAltName",
    message: "issuer alternative names should not be critical",
    find: (certificate) => when(extension(certificate, "issuerAltName")?.critical === true, extension(certificate, "issuerAltName")),
  },
  ...ofIssuer.map(
    ({ id, message, isAtFault }): ProfileCheck => ({
      id: `ian-${id}`,
      section: "4.2.1.7",
      on: "issuerAltName",
      message: `issuer alternative name ${message}`,
      find: (certificate, der) => issuerNamesOf(der, certificate)?.find(isAtFault),
    }),
  ),
];
