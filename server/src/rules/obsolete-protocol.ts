/** A floor or a ceiling of the protocol versions that is below the policy's. */
import { isOlder } from "../tls/facts.ts";
import type { CodeRule } from "./rule.ts";

export const obsoleteProtocol: CodeRule<"minimum-version" | "maximum-version"> = {
  id: "obsolete-protocol",
  judges: "code",
  observes: "minimum-version",
  alsoObserves: ["maximum-version"],
  summary: "deprecated protocol versions are allowed",
  severity: "warning",
  since: "0.1.0",
  cwe: [326, 757],
  sources: [
    { title: "RFC 8996: Deprecating TLS 1.0 and TLS 1.1", url: "https://www.rfc-editor.org/rfc/rfc8996" },
    { title: "RFC 7568: Deprecating Secure Sockets Layer Version 3.0", url: "https://www.rfc-editor.org/rfc/rfc7568" },
    { title: "RFC 9325, section 3.1: Protocol Versions", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.1" },
    { title: "CWE-757: Selection of Less-Secure Algorithm During Negotiation", url: "https://cwe.mitre.org/data/definitions/757.html" },
  ],
  rationale: `TLS 1.0 and 1.1 rest on MD5 and SHA-1, and SSL 3.0 is broken. As long as both peers accept them, an on-path attacker can force a
downgrade. A maximum below TLS 1.2 leaves nothing better.

Fine for a device in a closed network that supports nothing newer. Suppress the finding for that connection only, and name the
device.

The required minimum is TLS 1.2; \`minimum-version\` in the configuration raises it. "The library's oldest version" counts as too
low, because it depends on the machine. Where a release has a low minimum by default, the finding stands at the constructor, and is
information unless the configuration raises the minimum: whether such a version is spoken is left to the TLS library that is linked.`,
  examples: [
    {
      bad: `use native_tls::{Protocol, TlsConnector};

pub fn connector() -> native_tls::Result<TlsConnector> {
    TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv10))
        .build()
}
`,
      good: `use native_tls::{Protocol, TlsConnector};

pub fn connector() -> native_tls::Result<TlsConnector> {
    TlsConnector::builder()
        .min_protocol_version(Some(Protocol::Tlsv12))
        .build()
}
`,
    },
  ],

  judge({ fact, byDefault, written, version, endpoint }, { policy }) {
    if (!isOlder(fact.version, policy.minimumVersion)) return undefined;
    const floor = policy.minimumVersion;
    if (fact.kind === "maximum-version")
      return {
        message: `\`${written}\` allows nothing newer than ${fact.version}, below the required ${floor}`,
        help: `remove the maximum, and keep ${floor} as the minimum`,
        remedies: [{ want: { kind: "remove-call" } }, { want: { kind: "maximum-version", version: "TLS 1.3" } }],
      };
    const oldest = fact.version === "oldest" ? "the library's oldest version" : fact.version;
    return {
      // Nobody asked for what is allowed by default, and whether it is spoken depends on the library that is linked.
      ...(byDefault && (endpoint?.role === "client" || floor === USUAL) && { severity: "info" }),
      message: byDefault
        ? `\`${written}\`${version ? ` ${version}` : ""} allows ${oldest} by default, unless the TLS library rejects it`
        : `\`${written}\` accepts ${oldest}: an on-path attacker can force a downgrade`,
      help: `require ${floor} or later`,
      remedies: [{ want: { kind: "minimum-version", version: floor } }],
    };
  },
};

/** What is required where the configuration says nothing. */
const USUAL = "TLS 1.2";
