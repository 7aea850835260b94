/** A key that is too small, or of a kind that TLS has given up. */
import { type CertificateFile, keyText, rangeSpan, type Section } from "../../pki/index.ts";
import { MINIMUM_CURVE_BITS, MINIMUM_RSA_BITS } from "../../tls/policy.ts";
import type { FileRule, FileVerdict } from "../rule.ts";

export const weakKey: FileRule = {
  id: "weak-key",
  judges: "file",
  onlyIfReachable: true,
  issuedAgain: "new-key",
  summary: "a key is too small or of an obsolete type",
  severity: "error",
  since: "0.1.0",
  cwe: [326],
  sources: [
    { title: "NIST SP 800-131A Rev. 2, table 2", url: "https://doi.org/10.6028/NIST.SP.800-131Ar2" },
    { title: "NIST SP 800-57 Part 1 Rev. 5, table 2", url: "https://doi.org/10.6028/NIST.SP.800-57pt1r5" },
    { title: "FIPS 186-5, on DSA", url: "https://doi.org/10.6028/NIST.FIPS.186-5" },
  ],
  rationale: `An attacker who factors an RSA modulus, or computes the logarithm on a small curve, impersonates the server or client. RSA below
2048 bits and curves below 224 bit are within reach or too near to it. rustls loads no such private key and verifies no
signature by one; OpenSSL rejects them from security level 2 on. DSA was removed from TLS 1.3 and from FIPS 186-5, and rustls
never had it. An RSA exponent of 1, or an even one, makes signatures that are forgeable or unverifiable.`,
  byHand: "a stronger key must be generated and certified",
  examples: [{ bad: "rsa-1024-leaf", good: "server-leaf" }],
  judge(file) {
    const seen = new Set<string>();
    // Certificates first: the key beside its certificate is the same fault.
    const sections = [...file.sections].sort((a, b) => Number(a.kind === "private-key") - Number(b.kind === "private-key"));
    return sections.flatMap((section) => judge(section, seen)).sort((a, b) => a.span.start - b.span.start);
  },
};

interface KeyToJudge {
  readonly type: string;
  readonly bits: number | undefined;
  readonly curve: string | undefined;
  readonly exponent: number | undefined;
}

function judge(section: Section, seen: Set<string>): readonly FileVerdict[] {
  const { parsed } = section;
  if (parsed === undefined || parsed.kind === "revocation-list" || parsed.kind === "key-store" || parsed.key === undefined) return [];
  const fault = weakness(parsed.key);
  if (fault === undefined) return [];
  const pin = "pin" in parsed ? parsed.pin : parsed.key.pin;
  if (parsed.kind === "private-key" && pin !== undefined && seen.has(pin)) return [];
  if (pin !== undefined) seen.add(pin);
  const span = "start" in parsed.key ? rangeSpan(section, parsed.key) : section.boundary;
  return [
    {
      span,
      message: `${NAMES[section.kind]} ${parsed.kind === "private-key" ? "is" : "has"} ${fault}`,
      help: "generate a P-256 key or an RSA key of 3072 bits, and have a certificate issued for it",
    },
  ];
}

const NAMES: Readonly<Record<CertificateFile["sections"][number]["kind"], string>> = {
  certificate: "certificate",
  request: "certificate request",
  "private-key": "private key",
  "public-key": "public key",
  "revocation-list": "revocation list",
  "key-store": "key store",
  other: "section",
};

/** Completes "has …" and "is …". */
function weakness(key: KeyToJudge): string | undefined {
  const { type, bits, exponent } = key;
  if (type === "DSA") return "a DSA key, which TLS 1.3 and rustls do not support";
  if (type === "EC" && bits !== undefined && bits < MINIMUM_CURVE_BITS)
    return `a key on ${key.curve}, below ${MINIMUM_CURVE_BITS} bits: breakable, and rejected by rustls`;
  if (type !== "RSA" && type !== "RSA-PSS") return undefined;
  if (bits !== undefined && bits < MINIMUM_RSA_BITS) return `an RSA key of ${bits} bits: breakable, and rejected by rustls`;
  if (exponent !== undefined && (exponent < 3 || exponent % 2 === 0))
    return `an ${keyText({ type, bits, curve: undefined, exponent })} key with the exponent ${exponent}, which protects nothing`;
  return undefined;
}
