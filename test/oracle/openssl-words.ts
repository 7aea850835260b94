/** Values of an inspection in OpenSSL's words: what `openssl … -text` would print if it read what we read. */
import type { ExtensionValue } from "../../server/src/pki/values/extension-values.ts";
import type { GeneralNameValue } from "../../server/src/pki/values/names.ts";

const NAMES: Readonly<Record<string, string>> = {
  basicConstraints: "X509v3 Basic Constraints",
  keyUsage: "X509v3 Key Usage",
  extKeyUsage: "X509v3 Extended Key Usage",
  subjectAltName: "X509v3 Subject Alternative Name",
  issuerAltName: "X509v3 Issuer Alternative Name",
  subjectKeyIdentifier: "X509v3 Subject Key Identifier",
  authorityKeyIdentifier: "X509v3 Authority Key Identifier",
  certificatePolicies: "X509v3 Certificate Policies",
  policyMappings: "X509v3 Policy Mappings",
  policyConstraints: "X509v3 Policy Constraints",
  inhibitAnyPolicy: "X509v3 Inhibit Any Policy",
  nameConstraints: "X509v3 Name Constraints",
  cRLDistributionPoints: "X509v3 CRL Distribution Points",
  freshestCRL: "X509v3 Freshest CRL",
  issuingDistributionPoint: "X509v3 Issuing Distribution Point",
  authorityInfoAccess: "Authority Information Access",
  subjectInfoAccess: "Subject Information Access",
  cRLNumber: "X509v3 CRL Number",
  deltaCRLIndicator: "X509v3 Delta CRL Indicator",
  cRLReason: "X509v3 CRL Reason Code",
  invalidityDate: "Invalidity Date",
  certificateIssuer: "X509v3 Certificate Issuer",
  privateKeyUsagePeriod: "X509v3 Private Key Usage Period",
  tlsFeature: "TLS Feature",
  nsCertType: "Netscape Cert Type",
  nsComment: "Netscape Comment",
  signedCertificateTimestamps: "CT Precertificate SCTs",
  ocspNoCheck: "OCSP No Check",
};

const WORDS: Readonly<Record<string, string>> = {
  digitalSignature: "Digital Signature",
  nonRepudiation: "Non Repudiation",
  keyEncipherment: "Key Encipherment",
  dataEncipherment: "Data Encipherment",
  keyAgreement: "Key Agreement",
  keyCertSign: "Certificate Sign",
  cRLSign: "CRL Sign",
  encipherOnly: "Encipher Only",
  decipherOnly: "Decipher Only",
  serverAuth: "TLS Web Server Authentication",
  clientAuth: "TLS Web Client Authentication",
  codeSigning: "Code Signing",
  emailProtection: "E-mail Protection",
  timeStamping: "Time Stamping",
  OCSPSigning: "OCSP Signing",
  anyExtendedKeyUsage: "Any Extended Key Usage",
  client: "SSL Client",
  server: "SSL Server",
  email: "S/MIME",
  "object signing": "Object Signing",
  "TLS authority": "SSL CA",
  "email authority": "S/MIME CA",
  "signing authority": "Object Signing CA",
  caIssuers: "CA Issuers",
  "2.5.29.32.0": "X509v3 Any Policy",
  keyCompromise: "Key Compromise",
  cACompromise: "CA Compromise",
  affiliationChanged: "Affiliation Changed",
  superseded: "Superseded",
  cessationOfOperation: "Cessation Of Operation",
  certificateHold: "Certificate Hold",
  removeFromCRL: "Remove From CRL",
  privilegeWithdrawn: "Privilege Withdrawn",
  aACompromise: "AA Compromise",
  unspecified: "Unspecified",
};
const word = (name: string): string => WORDS[name] ?? name;
const words = (names: readonly string[]): string => names.map(word).join(", ");

const colons = (hex: string): string => hex.toUpperCase().replace(/..(?=.)/g, "$&:");

/** "Jan  2 00:00:00 2026 GMT". */
function dateWords(iso: string): string {
  const date = new Date(iso);
  const month = date.toLocaleString("en", { month: "short", timeZone: "UTC" });
  return `${month} ${String(date.getUTCDate()).padStart(2, " ")} ${iso.slice(11, 19)} ${date.getUTCFullYear()} GMT`;
}

/** Of a directory name: `CN = x` or `/CN=x`, as releases differ; compared without either. */
const nameWords = (name: GeneralNameValue, separator = ":"): string => {
  switch (name.type) {
    case "DNS":
    case "URI":
    case "email":
      return `${name.type}:${name.value}`;
    case "IP":
      return `${separator === ":" ? "IP Address" : "IP"}:${addressWords(name.value)}`;
    case "directory":
      return `DirName:${name.value}`;
    case "registeredID":
      return `Registered ID:${name.value}`;
    case "otherName":
      return `othername: ${name.oid}::${String(name.content?.value ?? "<unsupported>")}`;
    default:
      return `${name.type}:<unsupported>`;
  }
};

/** OpenSSL writes addresses of version 6 in full. */
function addressWords(value: string): string {
  return value
    .split("/")
    .map((it) => {
      if (!it.includes(":")) return it;
      const [head = "", tail] = it.split("::");
      const first = head.split(":").filter((group) => group !== "");
      const last = (tail ?? "").split(":").filter((group) => group !== "");
      const zeros = tail === undefined ? [] : new Array<string>(8 - first.length - last.length).fill("0");
      return [...first, ...zeros, ...last].join(":").toUpperCase();
    })
    .join("/");
}

type Names = readonly GeneralNameValue[];
interface Point {
  readonly names?: Names;
  readonly reasons?: readonly string[];
  readonly onlyReasons?: readonly string[];
  readonly scope?: readonly string[];
  readonly issuer?: Names;
}
interface Policy {
  readonly policy: string;
  readonly qualifiers: readonly {
    readonly uri?: string;
    readonly organization?: string;
    readonly numbers?: readonly number[];
    readonly text?: string;
  }[];
}

const list = (names: Names): string => names.map((it) => nameWords(it)).join(", ");
const lines = (names: Names): string => names.map((it) => nameWords(it)).join(" ");
const pointWords = ({ names, reasons, onlyReasons, scope = [], issuer }: Point): string =>
  [
    ...(names === undefined ? [] : [`Full Name: ${lines(names)}`]),
    ...(reasons === undefined ? [] : [`Reasons: ${words(reasons)}`]),
    ...(issuer === undefined ? [] : [`CRL Issuer: ${lines(issuer)}`]),
    ...(scope.includes("onlyUserCertificates") ? ["Only User Certificates"] : []),
    ...(scope.includes("onlyAuthorityCertificates") ? ["Only CA Certificates"] : []),
    ...(scope.includes("indirect") ? ["Indirect CRL"] : []),
    ...(onlyReasons === undefined ? [] : [`Only Some Reasons: ${words(onlyReasons)}`]),
    ...(scope.includes("onlyAttributeCertificates") ? ["Only Attribute Certificates"] : []),
  ].join(" ");

const policyWords = ({ policy, qualifiers }: Policy): string =>
  [
    `Policy: ${word(policy)}`,
    ...qualifiers.flatMap(({ uri, organization, numbers = [], text }) => [
      ...(uri === undefined ? ["User Notice:"] : [`CPS: ${uri}`]),
      ...(organization === undefined
        ? []
        : [`Organization: ${organization} Number${numbers.length > 1 ? "s" : ""}: ${numbers.join(", ")}`]),
      ...(text === undefined ? [] : [`Explicit Text: ${text}`]),
    ]),
  ].join(" ");

/** By the name of the extension; `value` is JSON, whose shape the schema says. */
const SAID: Readonly<Record<string, (value: never) => string>> = {
  basicConstraints: ({ ca, pathLength }: { ca: boolean; pathLength?: number }) =>
    `CA:${ca ? "TRUE" : "FALSE"}${pathLength === undefined ? "" : `, pathlen:${pathLength}`}`,
  keyUsage: words,
  extKeyUsage: words,
  nsCertType: words,
  nsComment: (text: string) => text,
  subjectAltName: list,
  issuerAltName: list,
  certificateIssuer: lines,
  subjectKeyIdentifier: colons,
  authorityKeyIdentifier: ({ keyIdentifier, issuer, serial }: { keyIdentifier?: string; issuer?: Names; serial?: string }) =>
    [
      ...(keyIdentifier === undefined
        ? []
        : [issuer === undefined && serial === undefined ? colons(keyIdentifier) : `keyid:${colons(keyIdentifier)}`]),
      ...(issuer === undefined ? [] : [lines(issuer)]),
      ...(serial === undefined ? [] : [`serial:${colons(serial)}`]),
    ].join(" "),
  certificatePolicies: (policies: readonly Policy[]) => policies.map(policyWords).join(" "),
  policyMappings: (mappings: readonly { issuerPolicy: string; subjectPolicy: string }[]) =>
    mappings.map((it) => `${it.issuerPolicy}:${it.subjectPolicy}`).join(", "),
  policyConstraints: ({ requireExplicitPolicy: required, inhibitPolicyMapping: mapped }: Readonly<Record<string, number>>) =>
    [
      ...(required === undefined ? [] : [`Require Explicit Policy:${required}`]),
      ...(mapped === undefined ? [] : [`Inhibit Policy Mapping:${mapped}`]),
    ].join(", "),
  inhibitAnyPolicy: String,
  nameConstraints: ({ permitted, excluded }: Readonly<Record<string, readonly { base: GeneralNameValue }[]>>) =>
    [
      ...(permitted?.length ? ["Permitted:", ...permitted.map((it) => nameWords(it.base, "/"))] : []),
      ...(excluded?.length ? ["Excluded:", ...excluded.map((it) => nameWords(it.base, "/"))] : []),
    ].join(" "),
  cRLDistributionPoints: (points: readonly Point[]) => points.map(pointWords).join(" "),
  freshestCRL: (points: readonly Point[]) => points.map(pointWords).join(" "),
  issuingDistributionPoint: pointWords,
  authorityInfoAccess: accessWords,
  subjectInfoAccess: accessWords,
  cRLNumber: numberWords,
  deltaCRLIndicator: numberWords,
  cRLReason: (reason: string) => word(reason),
  invalidityDate: dateWords,
  privateKeyUsagePeriod: ({ notBefore, notAfter }: { notBefore?: string; notAfter?: string }) =>
    [
      ...(notBefore === undefined ? [] : [`Not Before: ${dateWords(notBefore)}`]),
      ...(notAfter === undefined ? [] : [`Not After: ${dateWords(notAfter)}`]),
    ].join(", "),
  tlsFeature: (features: readonly number[]) =>
    features.map((it) => (it === 5 ? "status_request" : it === 17 ? "status_request_v2" : it)).join(", "),
  ocspNoCheck: () => "",
  signedCertificateTimestamps: (stamps: readonly Readonly<Record<string, string>>[]) => stamps.map(stampWords).join(" "),
};

function accessWords(places: readonly { method: string; location: GeneralNameValue }[]): string {
  return places.map(({ method, location }) => `${word(method)} - ${nameWords(location)}`).join(" ");
}
function numberWords(hex: string): string {
  return hex.length > 32 ? `0x${hex.toUpperCase()}` : String(BigInt(`0x${hex}`));
}
function stampWords(stamp: Readonly<Record<string, string>>): string {
  const { version, log = "", time = "", extensions, hash = "", algorithm = "", signature = "" } = stamp;
  const seconds = dateWords(time).replace(/ (\d{4}) GMT$/, `.${time.slice(20, 23)} $1 GMT`);
  const scheme = algorithm === "ECDSA" ? `ecdsa-with-${hash.replace("-", "")}` : `${hash}With${algorithm}`;
  const more = extensions === "" ? "none" : extensions;
  return `Signed Certificate Timestamp: Version : v${version} (0x${Number(version) - 1}) Log ID : ${colons(log)} Timestamp : ${seconds} Extensions: ${more} Signature : ${scheme} ${colons(signature)}`;
}

/** Undefined: an extension whose contents OpenSSL does not decode. */
export function extensionWords({ name = "", critical, value }: ExtensionValue): string | undefined {
  const said = SAID[name];
  if (value === undefined || said === undefined) return undefined;
  // The value of an extension has the shape of its name.
  const told: string = Reflect.apply(said, undefined, [value]);
  // What has nothing in it is shown as bytes.
  return told === "" && name !== "ocspNoCheck" ? undefined : `${NAMES[name]}${critical ? " (critical)" : ""} | ${told}`.trim();
}
