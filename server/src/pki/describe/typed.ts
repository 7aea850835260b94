/**
 * Values of the rarer extensions in words, decoded by @peculiar/x509. Loaded only when somebody asks for all there is; a value
 * that the library cannot decode is shown as its size.
 */
import "reflect-metadata";
import { AsnConvert } from "@peculiar/asn1-schema";
import { type GeneralName, NameConstraints } from "@peculiar/asn1-x509";
import { AuthorityInfoAccessExtension, CertificatePolicyExtension, CRLDistributionPointsExtension, Name } from "@peculiar/x509";
import type { Extension } from "../x509/extensions.ts";
import type { Field } from "./describe.ts";
import { rareValue } from "./rare-values.ts";

/** The library's parser makes an object of each element: beyond this size a value is not decoded. */
const LARGEST_VALUE = 65_536;

/** Those extensions that the short description has no field for. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(["basicConstraints", "keyUsage", "extKeyUsage", "subjectAltName", "cRLNumber"]);

export function extensionFields(der: Uint8Array, extensions: readonly Extension[]): Field[] {
  return extensions
    .filter((it) => !SHOWN_ELSEWHERE.has(it.name))
    .map((extension) => ({
      label: `${extension.name}${extension.critical ? " (critical)" : ""}`,
      value: valueText(der, extension),
    }));
}

function valueText(der: Uint8Array, extension: Extension): string {
  const size = extension.value.end - extension.value.start;
  const undecoded = `${size} ${size === 1 ? "byte" : "bytes"}`;
  if (size > LARGEST_VALUE) return undecoded;
  try {
    return decode(der, extension) ?? undecoded;
  } catch {
    return undecoded;
  }
}

/** May throw what the library throws. */
function decode(der: Uint8Array, extension: Extension): string | undefined {
  const { name, start, end, value } = extension;
  // Copies: the library takes whole buffers.
  const whole = der.slice(start, end);
  const inner = der.slice(value.start, value.end);
  switch (name) {
    case "certificatePolicies":
      return new CertificatePolicyExtension(whole).policies.join(", ");
    case "cRLDistributionPoints":
    case "freshestCRL":
      return new CRLDistributionPointsExtension(whole).distributionPoints
        .flatMap((it) => it.distributionPoint?.fullName ?? [])
        .map(nameText)
        .join(", ");
    case "authorityInfoAccess": {
      const access = new AuthorityInfoAccessExtension(whole);
      return [...access.ocsp.map((it) => `OCSP ${it.value}`), ...access.caIssuers.map((it) => `issuer ${it.value}`)].join(", ");
    }
    case "nameConstraints": {
      const { permittedSubtrees = [], excludedSubtrees = [] } = AsnConvert.parse(inner, NameConstraints);
      return [
        ...permittedSubtrees.map((it) => `permitted ${nameText(it.base)}`),
        ...excludedSubtrees.map((it) => `excluded ${nameText(it.base)}`),
      ].join(", ");
    }
    case "subjectKeyIdentifier":
      return hex(inner.subarray(2));
    case "authorityKeyIdentifier":
      // The usual form: one key identifier and nothing else.
      return inner[2] === 0x80 && inner.length === 4 + (inner[3] ?? 0) ? hex(inner.subarray(4)) : undefined;
    default:
      return rareValue(der, extension);
  }
}

function nameText(name: GeneralName): string {
  if (name.dNSName !== undefined) return `DNS ${name.dNSName}`;
  if (name.iPAddress !== undefined) return `IP ${name.iPAddress}`;
  if (name.uniformResourceIdentifier !== undefined) return `URI ${name.uniformResourceIdentifier}`;
  if (name.rfc822Name !== undefined) return `email ${name.rfc822Name}`;
  if (name.directoryName !== undefined) return `directory ${new Name(name.directoryName).toString()}`;
  return "another name";
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
