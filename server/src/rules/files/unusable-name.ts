/** An alternative name that never matches anything. */
import { type GeneralName, rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { isConfusable } from "./confusable-name.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const unusableName: FileRule = {
  id: "unusable-name",
  judges: "file",
  issuedAgain: "end-entity",
  summary: "a SAN entry matches no host",
  severity: "warning",
  since: "0.1.0",
  cwe: [297],
  sources: [
    { title: "RFC 9525, 6.3 Matching the DNS domain name portion", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.3" },
    { title: "RFC 5280, 4.2.1.6 Subject alternative name", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6" },
    { title: "SPIFFE: X.509-SVID, 2 and 4", url: "https://spiffe.io/docs/latest/spiffe-specs/x509-svid/" },
    { title: "RFC 1034, 3.5 Preferred name syntax", url: "https://www.rfc-editor.org/rfc/rfc1034#section-3.5" },
  ],
  rationale: `Clients compare the host they called with the names of the certificate, by fixed rules: an address only with an \`IP\` entry, a
wildcard only as the whole first label and, for rustls, with two labels behind it, a name without scheme and port. An entry that
breaks them is skipped without an error, and what is seen is \`CertNotValidForName\` for a certificate that "has the name in it".

A SPIFFE identity is one URI of the form \`spiffe://trust-domain/path\`: verifiers reject another form, or a second one.`,
  byHand: "names are signed: the certificate must be reissued",
  examples: [{ bad: "address-as-dns-name", good: "server-leaf" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

/** Of one certificate: those who generate names by the thousand make the same mistake in each. */
const MOST = 5;

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  const names = certificate.values.alternativeNames;
  if (names === undefined) return [];
  const isIdentity = ({ kind, value }: GeneralName): boolean => kind === "URI" && /^spiffe:/i.test(value);
  const identities = names.filter(isIdentity);
  const faultOf = (name: GeneralName): Fault | undefined => {
    // A name that deceives is told as such.
    if (name.kind === "DNS") return isConfusable(name.value) ? undefined : dnsFault(name.value);
    return isIdentity(name) ? spiffeFault(name, identities.length, isAuthority(certificate)) : undefined;
  };
  const verdicts: FileVerdict[] = [];
  for (const name of names) {
    if (verdicts.length >= MOST) break;
    const fault = faultOf(name);
    if (fault !== undefined) verdicts.push({ span: rangeSpan(section, name), message: fault.message, help: fault.help });
  }
  return verdicts;
}

interface Fault {
  readonly message: string;
  readonly help: string;
}

/** RFC 1035 §2.3.4. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

/** Nearly all names are such, and have no fault but for the length of a label. */
const USUAL = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$/i;

export function dnsFault(value: string): Fault | undefined {
  if (value.length <= LONGEST_LABEL && USUAL.test(value)) return undefined;
  const fault = (why: string, help: string): Fault => {
    const shown = `\`${visible(value.length > 80 ? `${value.slice(0, 80)}…` : value).replaceAll("`", "'")}\``;
    return { message: `DNS name ${shown} matches no host: ${why}`, help };
  };
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(value) || /^\[?[0-9a-f]*:[0-9a-f:.]*\]?$/i.test(value))
    return fault("addresses are matched by IP entries only", "reissue the certificate with an `IP:` entry instead");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return fault("it starts with a scheme", "write the host alone");
  if (/:\d+$/.test(value)) return fault("it has a port", "write the host alone");
  if (/[\s/]/.test(value)) return fault("it contains a space or slash", "write the host alone");
  if (value === "") return fault("it is empty", "remove it, or use the hostname");
  const wildcard = wildcardFault(value);
  if (wildcard !== undefined) return fault(wildcard, "list the hosts, or use a wildcard as the whole first label of a domain");
  const labels = value.replace(/^\*\./, "").split(".");
  if (value.startsWith(".")) return fault("only name constraints start with a dot", "use the hostname, or a wildcard");
  if (value.endsWith(".")) return fault("it ends with a dot", "remove the last dot");
  if (labels.includes("")) return fault("a label is empty", "use the hostname as clients connect to it");
  if (labels.some((it) => it.length > LONGEST_LABEL))
    return fault(`a label has more than ${LONGEST_LABEL} characters`, "use a shorter name");
  if (value.length > LONGEST_NAME) return fault(`it has more than ${LONGEST_NAME} characters`, "use a shorter name");
  if (labels.some((it) => /^-|-$/.test(it)))
    return fault("a label starts or ends with a hyphen", "use the hostname as clients connect to it");
  const strange = /[^A-Za-z0-9_.*-]/.exec(value)?.[0];
  return strange === undefined
    ? undefined
    : fault(
        `\`${visible(strange).replaceAll("`", "'")}\` is not allowed in hostnames; international names are written as \`xn--…\``,
        "write the hostname in ASCII",
      );
}

/** As rustls and OpenSSL match: the whole first label, and for rustls two labels behind it. */
function wildcardFault(value: string): string | undefined {
  if (!value.includes("*")) return undefined;
  if (value === "*") return "a wildcard alone matches nothing";
  if (!/^\*\.[^*]*$/.test(value)) {
    return value.startsWith("*") || /\.[^.]*\*/.test(value)
      ? "a wildcard may only be the whole first label"
      : "OpenSSL matches partial wildcards only with a flag, rustls never";
  }
  return value.split(".").length < 3 ? "rustls requires two labels after a wildcard" : undefined;
}

function spiffeFault({ value }: GeneralName, count: number, authority: boolean): Fault | undefined {
  const shown = `\`${visible(value.length > 120 ? `${value.slice(0, 120)}…` : value).replaceAll("`", "'")}\``;
  const fault = (why: string): Fault => ({
    message: `${shown} is not a valid SPIFFE ID: ${why}`,
    help: "reissue the certificate with one URI of the form `spiffe://trust-domain/path`",
  });
  if (count > 1) return fault("exactly one URI is allowed");
  const [, domain, path] = /^spiffe:\/\/([^/?#]*)((?:\/[^?#]*)?)$/.exec(value) ?? [];
  if (domain === undefined || path === undefined) return fault("it must start with `spiffe://`, without query or fragment");
  if (!/^[a-z0-9._-]+$/.test(domain)) return fault("the trust domain allows `a-z`, `0-9`, `.`, `-` and `_` only");
  if (!authority && path === "") return fault("an end entity needs a path");
  if (path !== "" && !/^(\/[A-Za-z0-9._-]+)+$/.test(path))
    return fault("a path segment is empty or has characters other than `A-Z`, `a-z`, `0-9`, `.`, `-` and `_`");
  return /(^|\/)\.\.?(\/|$)/.test(path) ? fault("a path segment is `.` or `..`") : undefined;
}
