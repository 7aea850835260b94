/** What RFC 5280 asks of a certificate and no stack refuses: a table of checks, each with its section. */
import { type ByteRange, type Certificate, type Extension, nameConstraintsOf, type Subtree } from "../../pki/index.ts";
import { isAuthority } from "./chain.ts";
import { isCrookedMask } from "./name-constraints.ts";

export interface ProfileCheck {
  /** Names the departure; used by comparisons with other linters, not shown. */
  readonly id: string;
  readonly section: string;
  /** A main clause, lower case. */
  readonly message: string;
  /** The field at fault; undefined when there is none. */
  find(certificate: Certificate, der: Uint8Array): ByteRange | undefined;
}

const extension = ({ extensions }: Certificate, name: string): Extension | undefined => extensions.find((it) => it.name === name);
const when = (fault: boolean, range: ByteRange | undefined): ByteRange | undefined => (fault ? range : undefined);

const isPrintable = /^[A-Za-z0-9 '()+,./:=?-]*$/;
/** RFC 5280, appendix A.1: upper bounds, in characters. */
const BOUNDS: Readonly<Record<string, number>> = {
  CN: 64,
  O: 64,
  OU: 64,
  L: 128,
  ST: 128,
  C: 2,
  serialNumber: 64,
  title: 64,
  emailAddress: 255,
};
const PRINTABLE_STRING = 0x13;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** 2050-01-01, from which on GeneralizedTime is to be used. */
const YEAR_2050 = Date.UTC(2050, 0, 1);

function timeFault(certificate: Certificate, der: Uint8Array): ByteRange | undefined {
  for (const { element, milliseconds } of [certificate.notBefore, certificate.notAfter]) {
    const tag = der[element.start];
    if (milliseconds === undefined) continue;
    if (tag === GENERALIZED_TIME && milliseconds < YEAR_2050) return element;
    if (tag === UTC_TIME && milliseconds >= YEAR_2050) return element;
  }
  return undefined;
}

const attributes = ({ subject, issuer }: Certificate) => [...subject.attributes, ...issuer.attributes];

/** The tag of an attribute's value, which is its last element. */
function valueTag(der: Uint8Array, { start, end, value }: ByteRange & { readonly value: string }): number | undefined {
  // SEQUENCE, OID, value: short lengths, as names have.
  const oidLength = der[start + 3];
  const at = start + 2 + 2 + (oidLength ?? 0);
  return (der[start + 1] ?? 0x80) < 0x80 && at < end && value.length >= 0 ? der[at] : undefined;
}

export const profileChecks: readonly ProfileCheck[] = [
  {
    id: "serial-not-positive",
    section: "4.1.2.2",
    message: "the serial number is not positive",
    find: ({ serial }) => when(serial.negative || /^0*$/.test(serial.hex), serial),
  },
  {
    id: "serial-too-long",
    section: "4.1.2.2",
    message: "the serial number has more than 20 octets",
    find: ({ serial }) => when(serial.length > 20, serial),
  },
  {
    id: "issuer-empty",
    section: "4.1.2.4",
    message: "the issuer has no name, so that no path can be built by it",
    find: ({ issuer }) => when(issuer.attributes.length === 0, issuer),
  },
  {
    id: "ca-subject-empty",
    section: "4.1.2.6",
    message: "this authority has no name, so that no path can be built to it",
    find: (certificate) => when(isAuthority(certificate) && certificate.subject.attributes.length === 0, certificate.subject),
  },
  {
    id: "subject-empty-without-san",
    section: "4.1.2.6",
    message: "the subject is empty, and the alternative names that stand for it are not critical",
    find: (certificate) => {
      const names = extension(certificate, "subjectAltName");
      return when(certificate.subject.attributes.length === 0 && names !== undefined && !names.critical, names);
    },
  },
  {
    id: "ca-constraints-not-critical",
    section: "4.2.1.9",
    message: "the basic constraints of this authority are not critical",
    find: (certificate) => {
      const it = extension(certificate, "basicConstraints");
      return when(isAuthority(certificate) && it !== undefined && !it.critical, it);
    },
  },
  {
    id: "path-length-on-leaf",
    section: "4.2.1.9",
    message: "a path length stands in the certificate of an end entity",
    find: (certificate) =>
      when(
        certificate.values.basicConstraints?.ca === false && certificate.values.basicConstraints.pathLength !== undefined,
        extension(certificate, "basicConstraints"),
      ),
  },
  {
    id: "path-length-without-cert-sign",
    section: "4.2.1.9",
    message: "a path length stands beside a key usage that does not allow to sign certificates",
    find: ({ values, extensions }) =>
      when(
        values.basicConstraints?.pathLength !== undefined &&
          values.basicConstraints.ca &&
          values.keyUsage !== undefined &&
          !values.keyUsage.includes("keyCertSign"),
        extensions.find((it) => it.name === "basicConstraints"),
      ),
  },
  {
    id: "ca-key-usage-missing",
    section: "4.2.1.3",
    message: "this authority has no key usage",
    find: (certificate) =>
      when(
        isAuthority(certificate) && certificate.version.number === 3 && extension(certificate, "keyUsage") === undefined,
        extension(certificate, "basicConstraints") ?? certificate.version,
      ),
  },
  {
    id: "ca-key-usage-not-critical",
    section: "4.2.1.3",
    message: "the key usage of this authority is not critical",
    find: (certificate) => {
      const it = extension(certificate, "keyUsage");
      return when(isAuthority(certificate) && it !== undefined && !it.critical, it);
    },
  },
  {
    id: "key-usage-empty",
    section: "4.2.1.3",
    message: "the key usage allows nothing",
    find: (certificate) => when(certificate.values.keyUsage?.length === 0, extension(certificate, "keyUsage")),
  },
  {
    id: "encipher-only-without-agreement",
    section: "4.2.1.3",
    message: "`encipherOnly` or `decipherOnly` means nothing without `keyAgreement`",
    find: (certificate) => {
      const usage = certificate.values.keyUsage ?? [];
      const odd = (usage.includes("encipherOnly") || usage.includes("decipherOnly")) && !usage.includes("keyAgreement");
      return when(odd, extension(certificate, "keyUsage"));
    },
  },
  {
    id: "aki-missing",
    section: "4.2.1.1",
    message: "the authority key identifier is missing, and strict verifiers (OpenSSL with X509_STRICT, Python from 3.13 on) refuse that",
    find: (certificate) => {
      const it = extension(certificate, "authorityKeyIdentifier");
      const unread = certificate.values.malformed.some(({ extension: one }) => one === it);
      const lacks = it === undefined || (certificate.values.authorityKeyId === undefined && !unread);
      return when(certificate.version.number === 3 && !certificate.selfIssued && lacks, it ?? certificate.issuer);
    },
  },
  {
    id: "ski-missing",
    section: "4.2.1.2",
    message:
      "this authority has no subject key identifier, and strict verifiers (OpenSSL with X509_STRICT, Python from 3.13 on) refuse that",
    find: (certificate) =>
      when(
        certificate.version.number === 3 && isAuthority(certificate) && extension(certificate, "subjectKeyIdentifier") === undefined,
        certificate.subject,
      ),
  },
  ...(
    [
      ["aki-critical", "4.2.1.1", "authorityKeyIdentifier", "the authority key identifier"],
      ["ski-critical", "4.2.1.2", "subjectKeyIdentifier", "the subject key identifier"],
      ["aia-critical", "4.2.2.1", "authorityInfoAccess", "the authority information access"],
      ["sia-critical", "4.2.2.2", "subjectInfoAccess", "the subject information access"],
      ["freshest-crl-critical", "4.2.1.15", "freshestCRL", "the place of the freshest CRL"],
      ["directory-attributes-critical", "4.2.1.8", "subjectDirectoryAttributes", "the directory attributes"],
    ] as const
  ).map(
    ([id, section, name, what]): ProfileCheck => ({
      id,
      section,
      message: `${what} must not be critical`,
      find: (certificate) => when(extension(certificate, name)?.critical === true, extension(certificate, name)),
    }),
  ),
  ...(
    [
      ["name-constraints-not-critical", "4.2.1.10", "nameConstraints", "name constraints"],
      ["policy-constraints-not-critical", "4.2.1.11", "policyConstraints", "policy constraints"],
      ["inhibit-any-policy-not-critical", "4.2.1.14", "inhibitAnyPolicy", "`inhibitAnyPolicy`"],
    ] as const
  ).map(
    ([id, section, name, what]): ProfileCheck => ({
      id,
      section,
      message: `${what} must be critical, else a verifier that does not know them passes over them`,
      find: (certificate) => when(extension(certificate, name)?.critical === false, extension(certificate, name)),
    }),
  ),
  {
    id: "name-constraints-on-leaf",
    section: "4.2.1.10",
    message: "name constraints stand in the certificate of an end entity",
    find: (certificate) => when(!isAuthority(certificate), extension(certificate, "nameConstraints")),
  },
  {
    id: "name-constraints-empty",
    section: "4.2.1.10",
    message: "the name constraints constrain nothing",
    find: (certificate, der) => {
      const it = nameConstraintsOf(der, certificate);
      return when(it !== undefined && it.permitted.length + it.excluded.length === 0, extension(certificate, "nameConstraints"));
    },
  },
  {
    id: "name-constraints-crooked-mask",
    section: "4.2.1.10",
    message: "an address range of the name constraints is none",
    find: (certificate, der) => {
      const it = nameConstraintsOf(der, certificate);
      const all: readonly Subtree[] = it === undefined ? [] : [...it.permitted, ...it.excluded];
      return all.find(isCrookedMask);
    },
  },
  {
    id: "san-empty",
    section: "4.2.1.6",
    message: "the list of alternative names is empty",
    find: (certificate) => when(certificate.values.alternativeNames?.length === 0, extension(certificate, "subjectAltName")),
  },
  {
    id: "san-empty-name",
    section: "4.2.1.6",
    message: "an alternative name is empty",
    find: ({ values }) => values.alternativeNames?.find((it) => it.value === "" && it.kind !== "other" && it.kind !== "directory"),
  },
  {
    id: "san-duplicate",
    section: "4.2.1.6",
    message: "an alternative name is there twice",
    find: ({ values }) => {
      const seen = new Set<string>();
      return values.alternativeNames?.find(({ kind, value }) => {
        const key = `${kind} ${kind === "DNS" ? value.toLowerCase() : value}`;
        const known = seen.has(key);
        seen.add(key);
        return known && kind === "DNS";
      });
    },
  },
  {
    id: "san-not-ascii",
    section: "4.2.1.6",
    message: "an alternative name has characters beyond ASCII",
    find: ({ values }) =>
      values.alternativeNames?.find(
        ({ kind, value }) => (kind === "DNS" || kind === "URI" || kind === "email") && /\P{ASCII}/u.test(value),
      ),
  },
  {
    id: "san-relative-uri",
    section: "4.2.1.6",
    message: "a URI among the alternative names has no scheme",
    find: ({ values }) => values.alternativeNames?.find(({ kind, value }) => kind === "URI" && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value)),
  },
  {
    id: "unique-id",
    section: "4.1.2.8",
    message: "the certificate has a unique identifier",
    find: ({ uniqueIds }) => uniqueIds[0],
  },
  {
    id: "version-not-3",
    section: "4.1.2.1",
    message: "there are extensions in a certificate that is not of version 3",
    find: ({ version, extensions }) => when(version.number !== 3 && extensions.length > 0, version),
  },
  {
    id: "extension-duplicate",
    section: "4.2",
    message: "an extension occurs twice",
    find: ({ extensions }) => extensions.find((it, index) => extensions.findIndex((other) => other.oid === it.oid) < index),
  },
  {
    id: "time-encoding",
    section: "4.1.2.5",
    message: "a time is written as GeneralizedTime before 2050, or as UTCTime from then on",
    find: timeFault,
  },
  {
    id: "dn-printable-string",
    section: "4.1.2.4",
    message: "a PrintableString holds a character that it must not",
    find: (certificate, der) => attributes(certificate).find((it) => !isPrintable.test(it.value) && valueTag(der, it) === PRINTABLE_STRING),
  },
  {
    id: "dn-too-long",
    section: "A.1",
    message: "a part of a name is longer than its upper bound",
    find: ({ subject }) => subject.attributes.find((it) => [...it.value].length > (BOUNDS[it.type] ?? Number.POSITIVE_INFINITY)),
  },
  {
    id: "country-not-two-letters",
    section: "A.1",
    message: "the country is no code of two letters",
    find: (certificate) => attributes(certificate).find((it) => it.type === "C" && !/^[A-Za-z]{2}$/.test(it.value)),
  },
];
