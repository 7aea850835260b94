/** What RFC 5280 asks of a certificate and no stack refuses: a table of checks, each with its section. */
import { type ByteRange, type Certificate, certificateRole, nameConstraintsOf, type PublicKey, type Subtree } from "../../pki/index.ts";
import { isAuthority } from "./chain.ts";
import { isCrookedMask } from "./name-constraints.ts";
import { extension, isNull, type ProfileCheck, repeated, when } from "./profile-check.ts";
import { nameProfile, subjectWithoutNames } from "./profile-names.ts";
import { policyProfile } from "./profile-policies.ts";

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

const ownProfile: readonly ProfileCheck[] = [
  subjectWithoutNames,
  {
    id: "serial-not-positive",
    section: "4.1.2.2",
    message: "serial number is not positive",
    find: ({ serial }) => when(serial.negative || /^0*$/.test(serial.hex), serial),
  },
  {
    id: "serial-too-long",
    section: "4.1.2.2",
    message: "serial number is longer than 20 octets",
    find: ({ serial }) => when(serial.length > 20, serial),
  },
  {
    id: "ca-subject-empty",
    section: "4.1.2.6",
    message: "CA has no name, so no path can be built to it",
    find: (certificate) => when(isAuthority(certificate) && certificate.subject.attributes.length === 0, certificate.subject),
  },
  {
    id: "subject-empty-without-san",
    section: "4.1.2.6",
    on: "subjectAltName",
    message: "subject is empty and the SAN extension is not critical",
    find: (certificate) => {
      const names = extension(certificate, "subjectAltName");
      return when(certificate.subject.attributes.length === 0 && names !== undefined && !names.critical, names);
    },
  },
  {
    id: "ca-constraints-not-critical",
    section: "4.2.1.9",
    on: "basicConstraints",
    message: "basic constraints of a CA are not critical",
    find: (certificate) => {
      const it = extension(certificate, "basicConstraints");
      return when(isAuthority(certificate) && it !== undefined && !it.critical, it);
    },
  },
  {
    id: "path-length-on-leaf",
    section: "4.2.1.9",
    on: "basicConstraints",
    message: "end-entity certificate has a path length",
    find: (certificate) =>
      when(
        certificate.values.basicConstraints?.ca === false && certificate.values.basicConstraints.pathLength !== undefined,
        extension(certificate, "basicConstraints"),
      ),
  },
  {
    id: "path-length-without-cert-sign",
    section: "4.2.1.9",
    on: "keyUsage",
    message: "path length without `keyCertSign` in the key usage",
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
    message: "CA has no key usage",
    find: (certificate) =>
      when(
        isAuthority(certificate) && certificate.version.number === 3 && extension(certificate, "keyUsage") === undefined,
        extension(certificate, "basicConstraints") ?? certificate.version,
      ),
  },
  {
    id: "key-usage-not-critical",
    section: "4.2.1.3",
    on: "keyUsage",
    message: "key usage is not critical",
    find: (certificate) => {
      const it = extension(certificate, "keyUsage");
      return when(it !== undefined && !it.critical, it);
    },
  },
  {
    id: "key-usage-empty",
    section: "4.2.1.3",
    on: "keyUsage",
    message: "key usage is empty",
    find: (certificate) => when(certificate.values.keyUsage?.length === 0, extension(certificate, "keyUsage")),
  },
  {
    id: "encipher-only-without-agreement",
    section: "4.2.1.3",
    on: "keyUsage",
    message: "`encipherOnly` or `decipherOnly` without `keyAgreement`",
    find: (certificate) => {
      const usage = certificate.values.keyUsage ?? [];
      const odd = (usage.includes("encipherOnly") || usage.includes("decipherOnly")) && !usage.includes("keyAgreement");
      return when(odd, extension(certificate, "keyUsage"));
    },
  },
  {
    id: "aki-missing",
    section: "4.2.1.1",
    message: "authority key identifier is missing: OpenSSL's `X509_STRICT` and Python 3.13 reject it",
    find: (certificate) => {
      const it = extension(certificate, "authorityKeyIdentifier");
      const unread = certificate.values.malformed.some(({ extension: one }) => one === it);
      const lacks = it === undefined || (certificate.values.authorityKeyId === undefined && !unread);
      return when(certificateRole(certificate) !== "root" && lacks, it ?? certificate.issuer);
    },
  },
  {
    id: "ski-missing",
    section: "4.2.1.2",
    message: "CA has no subject key identifier: OpenSSL's `X509_STRICT` and Python 3.13 reject it",
    find: (certificate) =>
      when(isAuthority(certificate) && extension(certificate, "subjectKeyIdentifier") === undefined, certificate.subject),
  },
  ...(
    [
      ["aki-critical", "4.2.1.1", "authorityKeyIdentifier", "authority key identifier"],
      ["ski-critical", "4.2.1.2", "subjectKeyIdentifier", "subject key identifier"],
      ["aia-critical", "4.2.2.1", "authorityInfoAccess", "authority information access"],
      ["sia-critical", "4.2.2.2", "subjectInfoAccess", "subject information access"],
      ["freshest-crl-critical", "4.2.1.15", "freshestCRL", "freshest CRL extension"],
      ["directory-attributes-critical", "4.2.1.8", "subjectDirectoryAttributes", "subject directory attributes"],
    ] as const
  ).map(
    ([id, section, name, what]): ProfileCheck => ({
      id,
      section,
      on: name,
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
      on: name,
      message: `${what} must be critical, or some verifiers ignore them`,
      find: (certificate) => when(extension(certificate, name)?.critical === false, extension(certificate, name)),
    }),
  ),
  {
    id: "name-constraints-on-leaf",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "end-entity certificate has name constraints",
    find: (certificate) => when(!isAuthority(certificate), extension(certificate, "nameConstraints")),
  },
  {
    id: "name-constraints-empty",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "name constraints are empty",
    find: (certificate, der) => {
      const it = nameConstraintsOf(der, certificate);
      return when(it !== undefined && it.permitted.length + it.excluded.length === 0, extension(certificate, "nameConstraints"));
    },
  },
  {
    id: "name-constraints-crooked-mask",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "name constraint has an invalid address mask",
    find: (certificate, der) => {
      const it = nameConstraintsOf(der, certificate);
      const all: readonly Subtree[] = it === undefined ? [] : [...it.permitted, ...it.excluded];
      return all.find(isCrookedMask);
    },
  },
  {
    id: "unique-id",
    section: "4.1.2.8",
    message: "certificate has a unique identifier",
    find: ({ uniqueIds }) => uniqueIds[0],
  },
  {
    id: "version-not-3",
    section: "4.1.2.1",
    message: "certificate has extensions but is not version 3",
    find: ({ version, extensions }) => when(version.number !== 3 && extensions.length > 0, version),
  },
  {
    id: "extension-duplicate",
    section: "4.2",
    message: "duplicate extension",
    find: ({ extensions }) => repeated(extensions, (it) => it.oid),
  },
  {
    id: "time-encoding",
    section: "4.1.2.5",
    message: "time is encoded as GeneralizedTime before 2050, or as UTCTime after it",
    find: timeFault,
  },
  {
    id: "name-constraints-distances",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "name constraint has a minimum or maximum",
    find: (certificate, der) => subtreesOf(certificate, der).find((it) => it.distances),
  },
  {
    id: "name-constraints-odd-kind",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "name constraint on an unsupported name type, such as X.400 addresses",
    find: (certificate, der) => subtreesOf(certificate, der).find((it) => it.kind === "other"),
  },
  {
    id: "name-constraints-uri-host",
    section: "4.2.1.10",
    on: "nameConstraints",
    message: "URI name constraint is not a host or domain",
    find: (certificate, der) => subtreesOf(certificate, der).find((it) => it.kind === "URI" && !isDomain(it.text)),
  },
  {
    id: "key-usage-encoding",
    section: "4.2.1.3",
    on: "keyUsage",
    message: "key usage is not DER: trailing zero bits",
    find: (certificate, der) => {
      const it = extension(certificate, "keyUsage");
      // Tag, length and the number of unused bits come first.
      if (it === undefined || it.value.end - it.value.start < 4 || der[it.value.start] !== 0x03) return undefined;
      const { start, end } = { start: it.value.start + 3, end: it.value.end };
      const unused = der[start - 1] ?? 0;
      const last = der[end - 1] ?? 0;
      let first = start;
      while (first < end && der[first] === 0) first++;
      // No bit at all is an error of its own.
      return when(first < end && (last === 0 || (last & (1 << unused)) === 0), it);
    },
  },
  {
    id: "key-usage-unknown-bits",
    section: "4.2.1.3",
    on: "keyUsage",
    message: "key usage has undefined bits",
    find: (certificate, der) => {
      const it = extension(certificate, "keyUsage");
      if (it === undefined) return undefined;
      const bits = it.value.start + 3;
      // Nine bits are defined.
      return when(it.value.end - bits > 2 || (it.value.end - bits === 2 && ((der[bits + 1] ?? 0) & 0x7f) !== 0), it);
    },
  },
  {
    id: "signature-parameters",
    section: "RFC 4055, 5; RFC 5758, 3.2; RFC 8410, 3",
    message: "signature algorithm parameters are not NULL (RSA) or absent (others)",
    find: ({ signature }) => when(hasOddParameters(signature.name, signature), signature),
  },
  {
    id: "key-parameters",
    section: "RFC 3279, 2.3.1; RFC 8410, 3",
    message: "key algorithm parameters are not NULL (RSA) or absent (EdDSA)",
    find: ({ key }) =>
      when(key.type !== "EC" && hasOddParameters(key.type === "RSA" ? "RSA with" : key.type, key.algorithm), key.algorithm),
  },
];

const subtreesOf = (certificate: Certificate, der: Uint8Array): readonly Subtree[] => {
  const it = nameConstraintsOf(der, certificate);
  return it === undefined ? [] : [...it.permitted, ...it.excluded];
};

/** A host, or a domain with a dot in front (RFC 5280, 4.2.1.10). */
const isDomain = (text: string): boolean => /^\.?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)*[A-Za-z0-9-]+$/.test(text);

/** By the signature's name, as `pki/` gives it. Of RSA-PSS and DSA the parameters say something. */
function hasOddParameters(name: string, { parameters }: PublicKey["algorithm"]): boolean {
  if (name.startsWith("RSA with")) return !isNull(parameters);
  return parameters !== undefined && /^(?:ECDSA with|Ed25519$|Ed448$|ML-DSA)/.test(name);
}

export const profileChecks: readonly ProfileCheck[] = [...ownProfile, ...nameProfile, ...policyProfile];
