/** Departures from RFC 5280 that the stacks of today overlook. */
import { rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf } from "./context.ts";
import { profileChecks } from "./profile-checks.ts";

export const nonconformingCertificate: FileRule = {
  id: "nonconforming-certificate",
  judges: "file",
  issuedAgain: "alike",
  summary: "a certificate departs from RFC 5280 where no stack minds today",
  severity: "info",
  since: "0.1.0",
  cwe: [1286],
  sources: [
    { title: "RFC 5280: certificate and CRL profile", url: "https://www.rfc-editor.org/rfc/rfc5280" },
    { title: "ZLint, whose RFC 5280 lints these checks are compared with", url: "https://github.com/zmap/zlint" },
  ],
  rationale: `rustls and OpenSSL look at what their verdict needs and at no more. What RFC 5280 asks beyond that other verifiers ask for, or
the next version of these will: rustls-webpki has begun to look at key usage, OpenSSL's strict mode and Python's default context refuse
certificates without key identifiers. Each finding names the section.

These are things to put right when a certificate is issued again, no reason to issue one. In the profile \`private-mtls\`, key identifiers
and an authority's key usage may be missing: most private authorities do without, and both stacks let them.`,
  examples: [{ bad: "constraints-not-critical", good: "server-leaf" }],
  judge(file, { policy }) {
    const checks = policy.profile === "private-mtls" ? privateChecks : publicChecks;
    return certificatesOf(file).flatMap(({ section, certificate }) => {
      const { der } = section;
      if (der === undefined || certificate.version.number !== 3) return [];
      const verdicts: FileVerdict[] = [];
      for (const { section: clause, message, find } of checks) {
        const range = find(certificate, der);
        if (range === undefined) continue;
        verdicts.push({
          span: range.start === range.end ? section.boundary : rangeSpan(section, range),
          message: `${message} (${clause.startsWith("RFC") ? clause : `RFC 5280, ${clause}`})`,
          advice: "put it right when the certificate is issued again",
        });
      }
      return verdicts;
    });
  },
};

/** Reported by other rules, because a stack refuses or might refuse it. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "serial-not-positive",
  "serial-too-long",
  "unique-id",
  "extension-duplicate",
  "version-not-3",
  "name-constraints-crooked-mask",
  "san-empty",
  "ian-critical",
]);
/** What most private authorities do without. */
const QUIET: ReadonlySet<string> = new Set(["aki-missing", "ski-missing", "ca-key-usage-missing", "key-usage-not-critical"]);

const publicChecks = profileChecks.filter(({ id }) => !ELSEWHERE.has(id));
const privateChecks = publicChecks.filter(({ id }) => !QUIET.has(id));
