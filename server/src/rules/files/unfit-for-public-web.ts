/** What public authorities and browsers do not allow, and private ones may: judged with the profile `public-web` only. */
import { DAY } from "../../base/duration.ts";
import { type ByteRange, type Certificate, days, rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const unfitForPublicWeb: FileRule = {
  id: "unfit-for-public-web",
  judges: "file",
  summary: "a certificate violates the rules of the public web",
  severity: "warning",
  since: "0.1.0",
  cwe: [295],
  sources: [
    {
      title: "CA/Browser Forum Baseline Requirements",
      url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/",
    },
    {
      title: "CA/Browser Forum ballot SC-081v3: shorter lifetimes",
      url: "https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/",
    },
    { title: "Apple: certificate transparency policy", url: "https://support.apple.com/en-us/103214" },
  ],
  rationale: `Browsers hold public CAs to the Baseline Requirements: short lifetimes, names of the public DNS only, random serial numbers,
logged issuance. A private CA for mutual TLS is free to do otherwise, so all this is said only where the configuration sets
\`profile = "public-web"\`.

The longest lifetime depends on the day of issue: 398 days from 2020-09-01, 200 from 2026-03-15, 100 from 2027-03-15, 47 from
2029-03-15.`,
  byHand: "a certificate is signed: it must be reissued",
  examples: [{ bad: "public-of-399-days", good: "public-of-398-days" }],
  judge: (file, { policy }) => (policy.profile === "public-web" ? certificatesOf(file).flatMap(judge) : []),
};

/** Baseline Requirements 6.3.2, newest first. Before the first day 825 days were allowed. */
const LIFETIMES: readonly (readonly [from: number, days: number])[] = [
  [Date.UTC(2029, 2, 15), 47],
  [Date.UTC(2027, 2, 15), 100],
  [Date.UTC(2026, 2, 15), 200],
  [Date.UTC(2020, 8, 1), 398],
  [Date.UTC(2018, 2, 1), 825],
];

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  if (isAuthority(certificate)) return [];
  const verdict = (range: ByteRange, message: string, help: string): FileVerdict => ({
    span: rangeSpan(section, range),
    message,
    help,
  });
  const { key, serial, values, extensions } = certificate;
  const found: FileVerdict[] = [];
  const lifetime = lifetimeFault(certificate);
  if (lifetime !== undefined)
    found.push(verdict(certificate.notAfter.element, lifetime, "issue certificates for less, and renew them automatically"));
  if (serial.length < 8)
    found.push(verdict(serial, "serial number has fewer than 64 bits (Baseline Requirements, 7.1)", "let the CA generate it at random"));
  if (key.type === "RSA" && (key.bits ?? 0) % 8 !== 0)
    found.push(verdict(key, `RSA modulus has ${key.bits} bits, not a multiple of 8 (6.1.6)`, "generate a key of 2048 or 3072 bits"));
  if (key.type === "RSA" && key.exponent !== undefined && key.exponent >= 3 && key.exponent < 65_537)
    found.push(verdict(key, `RSA exponent is ${key.exponent}, below 65537 (6.1.6)`, "generate a key with exponent 65537"));
  for (const name of values.alternativeNames ?? []) {
    if (name.kind === "DNS" && isInternal(name.value)) {
      found.push(
        verdict(name, `\`${visible(name.value).replaceAll("`", "'")}\` is not a public DNS name (7.1.2.7.12)`, "use a private CA for it"),
      );
    }
    if (name.kind === "DNS" && name.value.includes("_"))
      found.push(
        verdict(name, `\`${visible(name.value).replaceAll("`", "'")}\` has an underscore, which hostnames must not have`, "use a hyphen"),
      );
    if (name.kind === "IP" && isPrivateAddress(name.value))
      found.push(verdict(name, `${name.value} is a private address (7.1.2.7.12)`, "use a private CA for it"));
  }
  const common = certificate.subject.attributes.find((it) => it.type === "CN");
  if (common !== undefined && !values.alternativeNames?.some((it) => it.value.toLowerCase() === common.value.toLowerCase()))
    found.push(verdict(common, "common name is not among the SANs (7.1.4.3)", "add it there, or omit the common name"));
  const has = (name: string): boolean => extensions.some((it) => it.name === name);
  if (!has("signedCertificateTimestamps") && !has("ctPoison"))
    found.push({
      span: section.boundary,
      message: "certificate has no embedded SCTs: Chrome and Safari require two or three",
      help: "have it issued by a CA that logs certificates (Certificate Transparency)",
      severity: "info",
    });
  if (values.purposes?.includes("clientAuth") && values.purposes.includes("serverAuth")) {
    const purposes = extensions.find((it) => it.name === "extKeyUsage");
    if (purposes)
      found.push(
        verdict(
          purposes,
          "certificate also has `clientAuth`, which public CAs are ending: renewal breaks mutual TLS",
          "use a private CA for clients",
        ),
      );
  }
  return found.slice(0, 20);
}

function lifetimeFault({ notBefore, notAfter }: Certificate): string | undefined {
  const [start, end] = [notBefore.milliseconds, notAfter.milliseconds];
  if (start === undefined || end === undefined) return undefined;
  const limit = LIFETIMES.find(([from]) => start >= from)?.[1];
  // Both ends count in: a second more than whole days is a further day (6.3.2).
  const length = Math.ceil((end - start + 1000) / DAY);
  if (limit === undefined || length <= limit) return undefined;
  return `certificate is valid for ${days(length)}, but public CAs may issue for ${limit} (6.3.2)`;
}

const isInternal = (name: string): boolean =>
  !name.includes(".") || /\.(local|internal|lan|intranet|corp|home|localdomain|test|invalid|localhost)$/i.test(name);

/** RFC 1918, RFC 4193 and loopback. */
const isPrivateAddress = (address: string): boolean =>
  /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address) || /^(f[cd][0-9a-f]{2}:|fe80:|::1$)/i.test(address);
