/** What a certificate that is issued again should say: the names, purposes and time of the old one, without what was wrong with it. */
import { DAY } from "../../../base/duration.ts";
import { covers, type Span } from "../../../base/span.ts";
import {
  type Certificate,
  type CertificateFile,
  certificateRole,
  daysUntil,
  rangeSpan,
  type Section,
  visible,
} from "../../../pki/index.ts";
import { isConfusable } from "../../../rules/files/confusable-name.ts";
import { fileWords } from "../../../rules/files/context.ts";
import type { FileContext, IssuedAgain } from "../../../rules/rule.ts";
import { type FilesOfIssue, filesOf } from "./files.ts";
import { type IssuedName, issuedNames } from "./names.ts";

export interface IssuePlan {
  /** Who signs it: an authority, or the certificate's own key. */
  readonly signer: "issuer" | "itself";
  readonly authority: boolean;
  readonly subject: readonly SubjectAttribute[];
  readonly names: readonly IssuedName[];
  readonly purposes: readonly string[];
  readonly pathLength: number | undefined;
  /** Taken over as they are. */
  readonly extensions: readonly CopiedExtension[];
  readonly days: number;
  /** Of the new key. Undefined: the certificate's own key is kept, so that what it issued stays good. */
  readonly newKey: NewKey | undefined;
  readonly files: FilesOfIssue;
  /** What the user should know of it, a line each. No text of the certificate's. */
  readonly notes: readonly string[];
}
export interface SubjectAttribute {
  readonly type: string;
  readonly value: string;
}
export interface CopiedExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}
export type NewKey = { readonly type: "RSA"; readonly bits: number } | { readonly type: "EC"; readonly curve: "P-256" | "P-384" };

/** Undefined: what this fault asks for is no certificate that could be described from the old one. */
export function planOf(
  file: CertificateFile,
  section: Section,
  certificate: Certificate,
  wanted: IssuedAgain,
  context: FileContext,
  fault: Span | undefined,
): IssuePlan | undefined {
  const { path } = context;
  if (path === undefined || section.der === undefined) return undefined;
  const role = certificateRole(certificate);
  const isAuthority = role === "root" || role === "intermediate";
  if (wanted === "end-entity" && isAuthority) return undefined;
  // Of an intermediate that is served it is not known whose certificate was meant; of a leaf that is trusted, its authority is.
  if (wanted === "as-end-entity" && !certificate.selfIssued) return undefined;
  const authority = isAuthority && wanted !== "as-end-entity";
  const signer = certificate.selfIssued && wanted !== "as-end-entity" ? "itself" : "issuer";
  const copied = copiedExtensions(section, certificate, authority, fault);
  if (copied === undefined) return undefined;
  const files = filesOf(file, section, certificate, signer, context);
  const newKey = authority && wanted !== "new-key" ? undefined : keyLike(certificate);
  const subject = subjectOf(certificate);
  const purposes = authority ? tlsPurposes(certificate) : endEntityPurposes(certificate, path);
  const { names, notes } = authority ? { names: [], notes: [] } : issuedNames(certificate, purposes.includes("serverAuth"));
  const lost = certificate.subject.attributes.length - subject.length;
  return {
    signer,
    authority,
    subject,
    names,
    purposes,
    pathLength: authority ? certificate.values.basicConstraints?.pathLength : undefined,
    extensions: copied,
    days: lifetime(certificate, authority, files, context.policy.now),
    newKey,
    files,
    notes: [
      ...notes,
      ...(lost > 0 ? [`${lost} ${lost === 1 ? "part" : "parts"} of the subject could not be taken over`] : []),
      ...(authority && newKey !== undefined ? ["with a new key all that this authority has issued must be issued again, too"] : []),
    ],
  };
}

/** What OpenSSL takes in a subject, and up to which length (RFC 5280, appendix A.1). */
const LENGTHS: Readonly<Record<string, number>> = { CN: 64, O: 64, OU: 64, L: 128, ST: 128, serialNumber: 64, DC: 63, UID: 256, C: 2 };

function subjectOf({ subject }: Certificate): readonly SubjectAttribute[] {
  return subject.attributes
    .map(({ type, value }) => ({ type, value: type === "C" ? value.trim().toUpperCase() : value.trim() }))
    .filter(({ type, value }) => {
      const most = LENGTHS[type];
      const plain = visible(value) === value && !value.includes("\u{fffd}") && !isConfusable(value);
      if (most === undefined || value === "" || value.length > most || !plain) return false;
      return type !== "C" || /^[A-Za-z]{2}$/.test(value);
    });
}

const TLS = ["serverAuth", "clientAuth"];
const tlsPurposes = ({ values }: Certificate): readonly string[] => TLS.filter((it) => values.purposes?.includes(it));

/** What a file is named after counts where the certificate is for the other side only. */
function endEntityPurposes(certificate: Certificate, path: string): readonly string[] {
  const own = tlsPurposes(certificate);
  const words = fileWords(path);
  const [server, client] = ["server", "client"].map((word) => words.some((it) => it === word || it === `${word}s`));
  const named = server === client ? undefined : server ? "serverAuth" : "clientAuth";
  if (named !== undefined) return own.includes(named) ? own : [named];
  return own.length > 0 ? own : TLS;
}

/** Extensions that say where things lie, or limit an authority. Others are of the old certificate alone, or part of what was wrong. */
const COPIED = ["cRLDistributionPoints", "authorityInfoAccess"];
const COPIED_OF_AUTHORITIES = [...COPIED, "nameConstraints", "certificatePolicies"];
const LONGEST_COPY = 2000;

/** Undefined: an authority would lose what limits it. `fault`: where the finding stands, and nothing is taken over from. */
function copiedExtensions(
  section: Section,
  { extensions, values }: Certificate,
  authority: boolean,
  fault: Span | undefined,
): readonly CopiedExtension[] | undefined {
  const copied: CopiedExtension[] = [];
  for (const extension of extensions) {
    const { oid, name, value } = extension;
    const wrong = values.malformed.some((it) => it.extension === extension) || (fault && covers(rangeSpan(section, extension), fault));
    const fits =
      (authority ? COPIED_OF_AUTHORITIES : COPIED).includes(name) &&
      !wrong &&
      value.end - value.start <= LONGEST_COPY &&
      copied.every((it) => it.oid !== oid);
    // Policies that are critical are what rustls refuses; what they say stays.
    if (fits) copied.push({ oid, critical: name === "nameConstraints", value: section.der?.subarray(value.start, value.end) ?? EMPTY });
    else if (authority && LIMITS.includes(name)) return undefined;
  }
  return copied;
}

const LIMITS = ["nameConstraints", "policyConstraints", "inhibitAnyPolicy"];
const EMPTY = new Uint8Array();

function keyLike({ key }: Certificate): NewKey {
  if (key.type === "RSA") return { type: "RSA", bits: key.bits !== undefined && key.bits > 3072 && key.bits <= 4096 ? 4096 : 3072 };
  return { type: "EC", curve: key.curve === "P-384" ? "P-384" : "P-256" };
}

/** Where the old one says nothing of use. */
const USUAL_DAYS = { endEntity: 90, authority: 3650 } as const;
/** A year and a bit, as the Baseline Requirements had it until 2026; twenty years. */
const MOST_DAYS = { endEntity: 398, authority: 7300 } as const;

/** As long as the old one, and no longer than whoever signs. */
function lifetime({ notBefore, notAfter }: Certificate, authority: boolean, { issuerEnds }: FilesOfIssue, now: number): number {
  const kind = authority ? "authority" : "endEntity";
  const own =
    notBefore.milliseconds === undefined || notAfter.milliseconds === undefined
      ? 0
      : Math.round((notAfter.milliseconds - notBefore.milliseconds) / DAY);
  const days = Math.min(own > 0 ? own : USUAL_DAYS[kind], MOST_DAYS[kind]);
  const left = issuerEnds === undefined ? days : daysUntil(issuerEnds, now);
  return left > 0 ? Math.min(days, left) : days;
}
