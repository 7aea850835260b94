/** What RFC 5280 asks of policies, of the places of revocation lists and issuers, and of transparency, and no stack refuses. */
import {
  accessOf,
  CA_ISSUERS,
  type Certificate,
  type CertificatePolicy,
  distributionPointsOf,
  policiesOf,
  policyMappingsOf,
} from "../../pki/index.ts";
import { ASN1, extension, type ProfileCheck, repeated, when } from "./profile-check.ts";

const ANY_POLICY = "2.5.29.32.0";
const CPS = "1.3.6.1.5.5.7.2.1";
const USER_NOTICE = "1.3.6.1.5.5.7.2.2";
/** RFC 5280 §4.2.1.4, in characters. */
const LONGEST_NOTICE = 200;

const isFetchable = (uri: string): boolean => /^(?:http|ldap):\/\//i.test(uri);

type Notice = NonNullable<CertificatePolicy["qualifiers"][number]["explicitText"]>;
const notices = (der: Uint8Array, certificate: Certificate): readonly Notice[] =>
  (policiesOf(der, certificate) ?? []).flatMap((it) => it.qualifiers.flatMap(({ explicitText }) => explicitText ?? []));

export const policyProfile: readonly ProfileCheck[] = [
  {
    id: "policy-duplicate",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "duplicate certificate policy",
    find: (certificate, der) => repeated(policiesOf(der, certificate) ?? [], (it) => it.oid),
  },
  {
    id: "any-policy-qualifier",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "`anyPolicy` has a qualifier that is neither a CPS URI nor a user notice",
    find: (certificate, der) =>
      policiesOf(der, certificate)
        ?.filter((it) => it.oid === ANY_POLICY)
        .flatMap((it) => it.qualifiers)
        .find((it) => it.oid !== CPS && it.oid !== USER_NOTICE),
  },
  {
    id: "policy-notice-reference",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "policy refers to a notice by number",
    find: (certificate, der) =>
      policiesOf(der, certificate)
        ?.flatMap((it) => it.qualifiers)
        .find((it) => it.refersToNotice),
  },
  {
    id: "policy-notice-ia5",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "policy notice is an IA5String",
    find: (certificate, der) => notices(der, certificate).find((it) => it.tag === ASN1.ia5String),
  },
  {
    id: "policy-notice-not-utf8",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "policy notice is not a UTF8String",
    find: (certificate, der) => notices(der, certificate).find((it) => it.tag !== ASN1.utf8String && it.tag !== ASN1.ia5String),
  },
  {
    id: "policy-notice-too-long",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: `policy notice is longer than ${LONGEST_NOTICE} characters`,
    find: (certificate, der) => notices(der, certificate).find((it) => [...it.text].length > LONGEST_NOTICE),
  },
  {
    id: "policy-notice-control",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "policy notice has control characters",
    find: (certificate, der) => notices(der, certificate).find((it) => /\p{Cc}/u.test(it.text)),
  },
  {
    id: "policy-notice-not-nfc",
    section: "4.2.1.4",
    on: "certificatePolicies",
    message: "policy notice is not in Unicode normalization form C",
    find: (certificate, der) =>
      notices(der, certificate).find(
        (it) => (it.tag === ASN1.utf8String || it.tag === ASN1.bmpString) && it.text !== it.text.normalize("NFC"),
      ),
  },
  {
    id: "policy-mapping-any",
    section: "4.2.1.5",
    on: "policyMappings",
    message: "policy mapping from or to `anyPolicy`",
    find: (certificate, der) => policyMappingsOf(der, certificate)?.find((it) => it.from === ANY_POLICY || it.to === ANY_POLICY),
  },
  {
    id: "policy-mapping-not-critical",
    section: "4.2.1.5",
    on: "policyMappings",
    message: "policy mappings should be critical",
    find: (certificate) => when(extension(certificate, "policyMappings")?.critical === false, extension(certificate, "policyMappings")),
  },
  {
    id: "policy-mapping-of-unknown",
    section: "4.2.1.5",
    on: "policyMappings",
    message: "policy mapping of a policy that the certificate does not have",
    find: (certificate, der) => {
      const own = new Set(policiesOf(der, certificate)?.map((it) => it.oid));
      return policyMappingsOf(der, certificate)?.find((it) => !own.has(it.from));
    },
  },
  {
    id: "policy-constraints-empty",
    section: "4.2.1.11",
    on: "policyConstraints",
    message: "policy constraints are empty",
    find: (certificate, der) => {
      const it = extension(certificate, "policyConstraints");
      return when(it !== undefined && isEmptySequence(der, it.value.start, it.value.end), it);
    },
  },
  {
    id: "list-point-critical",
    section: "4.2.1.13",
    on: "cRLDistributionPoints",
    message: "CRL distribution points should not be critical",
    find: (certificate) => {
      const it = extension(certificate, "cRLDistributionPoints");
      return when(it?.critical === true, it);
    },
  },
  {
    id: "list-point-incomplete",
    section: "4.2.1.13",
    on: "cRLDistributionPoints",
    message: "CRL distribution point has reasons but neither a location nor an issuer",
    find: (certificate, der) => distributionPointsOf(der, certificate)?.find((it) => !it.named && !it.issuer),
  },
  {
    id: "list-point-not-fetchable",
    section: "4.2.1.13",
    on: "cRLDistributionPoints",
    message: "no CRL distribution point has an `http://` or `ldap://` URI",
    find: (certificate, der) => {
      const points = distributionPointsOf(der, certificate);
      const none = points !== undefined && !points.some((it) => it.names.some((one) => one.kind === "URI" && isFetchable(one.value)));
      return when(none, extension(certificate, "cRLDistributionPoints"));
    },
  },
  {
    id: "issuer-place-not-fetchable",
    section: "4.2.2.1",
    on: "authorityInfoAccess",
    message: "no CA issuers location has an `http://` or `ldap://` URI",
    find: (certificate, der) => {
      const places = accessOf(der, certificate)?.filter((it) => it.method === CA_ISSUERS && it.location.kind === "URI") ?? [];
      return when(places.length > 0 && !places.some((it) => isFetchable(it.location.value)), places[0]);
    },
  },
  {
    id: "extension-empty",
    section: "4.2",
    message: "extension with an empty list",
    find: ({ extensions }, der) => extensions.find((it) => LISTS.has(it.name) && isEmptySequence(der, it.value.start, it.value.end)),
  },
  {
    id: "any-purpose-critical",
    section: "4.2.1.12",
    on: "extKeyUsage",
    message: "critical extended key usage includes `anyExtendedKeyUsage`",
    find: (certificate) => {
      const it = extension(certificate, "extKeyUsage");
      return when(it?.critical === true && certificate.values.purposes?.includes("anyExtendedKeyUsage") === true, it);
    },
  },
  {
    id: "timestamps-empty",
    section: "RFC 6962, 3.3",
    on: "signedCertificateTimestamps",
    message: "list of certificate timestamps is empty",
    find: (certificate, der) => {
      const it = extension(certificate, "signedCertificateTimestamps");
      // An OCTET STRING with a list of TLS, whose length comes first.
      return when(it !== undefined && it.value.end - it.value.start === 4 && der[it.value.start] === 0x04, it);
    },
  },
  {
    id: "timestamps-beside-poison",
    section: "RFC 6962, 3.2",
    on: "ctPoison",
    message: "precertificate already has certificate timestamps",
    find: (certificate) => when(extension(certificate, "ctPoison") !== undefined, extension(certificate, "signedCertificateTimestamps")),
  },
];

/** Sequences that RFC 5280 defines with a size of one at least. */
const LISTS: ReadonlySet<string> = new Set([
  "certificatePolicies",
  "policyMappings",
  "issuerAltName",
  "subjectDirectoryAttributes",
  "cRLDistributionPoints",
  "freshestCRL",
  "authorityInfoAccess",
  "subjectInfoAccess",
]);
const isEmptySequence = (der: Uint8Array, start: number, end: number): boolean =>
  end - start === 2 && der[start] === 0x30 && der[start + 1] === 0;
