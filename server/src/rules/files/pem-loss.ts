/** Which sections of a PEM file a loader loses, silently or with an error, and which defect is the cause. */
import type { CertificateFile, PemDefect, PemProblem, Section, Stack } from "../../pki/index.ts";
import type { FileContext, FileVerdict, Severity } from "../rule.ts";
import { stacksOf } from "./context.ts";
import { type Fates, fatesIn, STACKS } from "./fates.ts";
import { layoutRepair } from "./layout-repairs.ts";

export interface Loss {
  readonly section: Section;
  readonly cause: PemProblem;
  readonly fates: Fates;
  /** Stacks that lose this section, or another one by the same cause. */
  readonly losers: ReadonlySet<Stack>;
  /** One of the stacks says nothing, though it loads less than there is. */
  readonly silent: boolean;
  /** How many sections after this one are lost along with it. */
  readonly others: number;
}
/** One loss for each cause: sections without a defect of their own suffer from the defect before, or else after them. */
export function pemLosses(file: CertificateFile, context: FileContext): Loss[] {
  if (file.format !== "pem" || losesNothing(file)) return [];
  const known = stacksOf(context);
  const fatesOf = fatesIn(file);
  const ofFile = file.problems.filter((it) => CAUSES.includes(it.defect));
  const losses: Loss[] = [];
  let pending: Omit<Loss, "cause"> | undefined;
  for (const section of file.sections) {
    const fates = withRefusalBefore(fatesOf(section), pending?.fates);
    if (!matters(section, known, context, fates)) continue;
    const losers = new Set(STACKS.filter((stack) => fates[stack].fate !== "loaded"));
    if (losers.size === 0) continue;
    const silent = fates.rustls.fate === "lost" || (fates.OpenSSL.fate === "lost" && fates.rustls.fate !== "refused");
    const onlyBehind = fates.rustls.fate === "loaded" && fates.OpenSSL.fate === "behind";
    const cause = onlyBehind ? undefined : causeOf(ofFile, section);
    const last = losses.at(-1);
    if (last !== undefined && (cause === undefined || (WHOLE_FILE.has(cause.defect) && cause.defect === last.cause.defect))) {
      losses.splice(-1, 1, {
        ...last,
        losers: new Set([...last.losers, ...losers]),
        silent: last.silent || silent,
        others: last.others + 1,
      });
    } else if (cause === undefined) pending ??= { section, fates, losers, silent, others: 0 };
    else losses.push({ section, cause, fates, losers, silent, others: 0 });
  }
  if (pending !== undefined && losses.length === 0) {
    const { boundary } = pending.section;
    losses.push({ ...pending, cause: { defect: "malformed-boundary", span: boundary, message: "layout differs from RFC 7468" } });
  }
  return losses;
}

/** Every reader loads each of its sections: so it is with nearly all files. */
const losesNothing = ({ loadings, sections }: CertificateFile): boolean =>
  loadings.length === STACKS.length &&
  loadings.every((it) =>
    sections.every(({ boundary }, at) => it.sections[at]?.outcome === "loaded" && it.sections[at]?.begin === boundary.start),
  );

/** A repair cures a defect wherever the file has it, and comes with the first of these losses. */
export function lossVerdicts(file: CertificateFile, losses: readonly Loss[], context: FileContext): FileVerdict[] {
  const seen = new Set<PemDefect>();
  return losses.map((it) => {
    const { defect } = it.cause;
    const repair = seen.has(defect) ? undefined : layoutRepair(file, defect);
    seen.add(defect);
    return { ...lossVerdict(it, context), ...(repair && { repairs: [repair] }) };
  });
}

function lossVerdict({ section, cause, fates, losers, others }: Loss, context: FileContext): FileVerdict {
  const along = others === 0 ? "" : others === 1 ? ", and the next section is lost" : `, and ${others} sections after it are lost`;
  return {
    span: cause.span,
    message: `${cause.message}${along}: ${whoLoses(fates)} not load it`,
    notes: [`rustls ${fates.rustls.words}, OpenSSL ${fates.OpenSSL.words}`],
    help: section.kind === "private-key" && cause.defect === "unusual-label" ? CONVERT_KEY : ADVICE[cause.defect],
    severity: severity(losers, stacksOf(context)),
  };
}

function whoLoses(fates: Fates): string {
  const without = STACKS.filter((it) => fates[it].fate !== "loaded");
  return `${without.join(" and ")} ${without.length === 1 ? "does" : "do"}`;
}

/** Defects that each section of a file has, once any has: reported at the first. */
const WHOLE_FILE: ReadonlySet<PemDefect> = new Set(["utf-16", "cr-only"]);

/** Keys in formats that only OpenSSL reads are no fault, unless the code shows that rustls is to read this one. */
function matters(section: Section, known: ReadonlySet<Stack>, context: FileContext, fates: Fates): boolean {
  if (section.container !== undefined) return false;
  if (section.kind === "certificate" || section.kind === "revocation-list") return true;
  if (section.kind === "other")
    return section.problems.length > 0 && (section.error !== undefined || section.problems.some((it) => it.defect === "unusual-label"));
  // What was meant as something else may stand under their labels; what can be read is no reader's of TLS.
  if (section.kind === "request" || section.kind === "public-key") return section.parsed === undefined;
  if (section.kind !== "private-key") return false;
  // Under a label that is none of a key, it is one that both would read but for its label.
  const isOpenssls = OPENSSL_KEYS.has(section.label) || !isKeyLabel(section.label);
  if (fates.OpenSSL.fate === "refused" || (isOpenssls && fates.OpenSSL.fate === "lost")) return true;
  return (
    !isForeignKey(section) || (known.has("rustls") && context.usedAs.some((it) => it.stack === "rustls" && it.reads === "private-key"))
  );
}
const isForeignKey = ({ kind, label, parsed }: Section): boolean =>
  kind === "private-key" &&
  // Under a label that is none of a key it is no format of keys either.
  ((isKeyLabel(label) && !RUSTLS_KEYS.has(label)) || (parsed?.kind === "private-key" && parsed.encrypted));
const isKeyLabel = (label: string): boolean => /PRIVATE KEY$/.test(label);
const RUSTLS_KEYS: ReadonlySet<string> = new Set(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"]);
const OPENSSL_KEYS: ReadonlySet<string> = new Set([...RUSTLS_KEYS, "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY"]);

/** `before`: of a section that OpenSSL refused because of what comes here, as with boundaries on one line. */
const withRefusalBefore = (fates: Fates, before: Fates | undefined): Fates =>
  fates.OpenSSL.fate === "behind" && before !== undefined ? { ...fates, OpenSSL: before.OpenSSL } : fates;

/** The defect of the section that explains most. */
function causeOf(ofFile: readonly PemProblem[], section: Section): PemProblem | undefined {
  const own = [...ofFile.filter((it) => it.defect !== "byte-order-mark" || it.span.end === section.boundary.end), ...section.problems];
  if (isForeignKey(section)) {
    const encrypted = section.parsed?.kind === "private-key" && section.parsed.encrypted;
    const message = encrypted ? "private key is encrypted" : `key format is \`${section.label}\``;
    own.push({ defect: "unusual-label", span: section.boundary, message });
  }
  return CAUSES.flatMap((defect) => own.filter((it) => it.defect === defect))[0];
}

/** Most telling first: what makes the line of the boundary unseen explains all that is inside. */
const CAUSES: readonly PemDefect[] = [
  "utf-16",
  "byte-order-mark",
  "glued-boundary",
  "malformed-boundary",
  "indented-boundary",
  "escaped-newlines",
  "single-line",
  "boundary-inside-line",
  "text-after-boundary",
  "missing-end",
  "label-mismatch",
  "unusual-label",
  "bad-character",
  "inner-headers",
  "cr-only",
  "blank-line",
  "bad-padding",
  "empty-body",
];

/** Nothing known of the readers: an error when no stack gets at all of it. Known readers decide alone. */
function severity(losers: ReadonlySet<Stack>, known: ReadonlySet<Stack>): Severity {
  if (known.size === 0) return losers.size === STACKS.length ? "error" : "warning";
  return STACKS.some((stack) => losers.has(stack) && known.has(stack)) ? "error" : "info";
}

const REWRITE = "convert the file again: `openssl x509 -in old.pem -out new.pem`";
const CONVERT_KEY = "convert the key with `openssl pkey -in old.key -out new.key`, readable only by the service";
export const ADVICE: Readonly<Record<PemDefect, string>> = {
  "byte-order-mark": "save the file as UTF-8 without a byte order mark",
  "utf-16": "save the file as UTF-8; in PowerShell use `Set-Content -Encoding ascii` instead of `>`",
  "partly-utf-16": "save the whole file as UTF-8; in PowerShell use `Add-Content -Encoding ascii` instead of `>>`",
  "commented-out": "remove the section, or the comment marks before its lines",
  "indented-boundary": "start the boundary at the beginning of its line",
  "glued-boundary": "insert a line break between the two boundaries",
  "boundary-inside-line": "start the boundary at the beginning of its line",
  "text-after-boundary": "end the line after the boundary",
  "malformed-boundary": "write it as `-----BEGIN CERTIFICATE-----`: five hyphens on each side, capital letters, single spaces",
  "missing-end": "add the `-----END …-----` line, or remove the section",
  "missing-begin": "add the `-----BEGIN …-----` line, or remove the section",
  "label-mismatch": "use the same label in both lines",
  "unusual-label": REWRITE,
  "bad-character": "remove the character, or copy the section again from its source",
  "bad-padding": "copy the section again from its source: it has too few or too many characters at its end",
  "escaped-newlines": "replace each `\\n` with a line break",
  "single-line": "put BEGIN, END and base64 on separate lines, 64 characters each",
  "inner-headers": "remove the header lines",
  "cr-only": "convert the line endings to `\\n`",
  "blank-line": "remove the blank line",
  "empty-body": "fill the section, or remove it",
};
