/** Departures from RFC 5280 that the stacks of today overlook. */
import { type ByteRange, type Certificate, rangeSpan, type Section } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf } from "./context.ts";
import { extension, type ProfileCheck } from "./profile-check.ts";
import { profileChecks } from "./profile-checks.ts";

export const nonconformingCertificate: FileRule = {
  id: "nonconforming-certificate",
  judges: "file",
  issuedAgain: "alike",
  summary: "a certificate violates RFC 5280 in a way that stacks accept today",
  severity: "info",
  since: "0.1.0",
  cwe: [1286],
  sources: [
    { title: "RFC 5280: certificate and CRL profile", url: "https://www.rfc-editor.org/rfc/rfc5280" },
    { title: "ZLint, whose RFC 5280 lints these checks are compared with", url: "https://github.com/zmap/zlint" },
  ],
  rationale: `rustls and OpenSSL look at what their verdict needs and at no more. What RFC 5280 asks beyond that other verifiers ask for, or
the next version of these will: rustls-webpki has begun to look at key usage, OpenSSL's strict mode and Python's default context
reject certificates without key identifiers. Each finding names the section.

These are things to put right when a certificate is reissued, no reason to issue one. In the profile \`private-mtls\`, key
identifiers and a CA's key usage may be missing: most private CAs do without, and both stacks let them.`,
  examples: [{ bad: "constraints-not-critical", good: "server-leaf" }],
  judge(file, { policy }) {
    const checks = policy.profile === "private-mtls" ? privateChecks : publicChecks;
    return certificatesOf(file).flatMap(({ section, certificate }) =>
      section.der === undefined || certificate.version.number !== 3 ? [] : judge(section, certificate, section.der, checks),
    );
  },
};

function judge(section: Section, certificate: Certificate, der: Uint8Array, { always, on }: Checks): readonly FileVerdict[] {
  const found: { readonly check: ProfileCheck; readonly range: ByteRange }[] = [];
  const ask = (check: ProfileCheck): void => {
    const range = check.find(certificate, der);
    if (range !== undefined) found.push({ check, range });
  };
  always.forEach(ask);
  for (const it of certificate.extensions) {
    const asked = on.get(it.name);
    // Of an extension that is there twice, the checks look at the first.
    if (asked !== undefined && extension(certificate, it.name) === it) asked.forEach(ask);
  }
  if (found.length === 0) return NOTHING;
  return found
    .sort((a, b) => profileChecks.indexOf(a.check) - profileChecks.indexOf(b.check))
    .map(({ check, range }) => ({
      span: range.start === range.end ? section.boundary : rangeSpan(section, range),
      message: check.message,
      notes: [check.section.startsWith("RFC") ? check.section : `RFC 5280, section ${check.section}`],
      help: "fix it when the certificate is reissued",
    }));
}

const NOTHING: readonly FileVerdict[] = [];

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

/** Most checks are about one extension, and most certificates have few. */
interface Checks {
  readonly always: readonly ProfileCheck[];
  /** By the name of the extension. */
  readonly on: ReadonlyMap<string, readonly ProfileCheck[]>;
}

function checksWithout(...left: readonly ReadonlySet<string>[]): Checks {
  const always: ProfileCheck[] = [];
  const on = new Map<string, ProfileCheck[]>();
  for (const check of profileChecks) {
    if (left.some((it) => it.has(check.id))) continue;
    if (check.on === undefined) always.push(check);
    else on.set(check.on, [...(on.get(check.on) ?? []), check]);
  }
  return { always, on };
}
const publicChecks = checksWithout(ELSEWHERE);
const privateChecks = checksWithout(ELSEWHERE, QUIET);
