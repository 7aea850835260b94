/** How the layout of a PEM file is put right, so that its readers find what is in it: the bytes inside stay what they are. */
import { type Span, span } from "../../base/span.ts";
import { applyEdits, type TextEdit } from "../../base/text-edit.ts";
import { type CertificateFile, type PemDefect, readCertificateFile, type Section, sameRange } from "../../pki/index.ts";
import type { Repair } from "../rule.ts";

/** What remains to be looked at: something is dropped, or guessed. */
const TO_BE_REVIEWED: ReadonlySet<PemDefect> = new Set(["inner-headers", "unusual-label", "text-after-boundary", "boundary-inside-line"]);

/** Defects that writing a section again cures, when what it holds could be read. */
const TITLES: Partial<Record<PemDefect, string>> = {
  "indented-boundary": "Remove indentation of the section",
  "boundary-inside-line": "Put the section on its own lines",
  "text-after-boundary": "Put boundaries on their own lines",
  "malformed-boundary": "Rewrite boundaries as in RFC 7468",
  "missing-end": "Add missing END boundary",
  "label-mismatch": "Use the same label in both boundaries",
  "unusual-label": "Use the standard label",
  "bad-padding": "Complete base64 padding",
  "escaped-newlines": "Replace `\\n` with line breaks",
  "single-line": "Wrap base64 at 64 characters",
  "inner-headers": "Remove header lines",
  "cr-only": "Convert line endings to `\\n`",
  "blank-line": "Remove blank lines",
};

/** Keys are never printed, not even in an edit: only blanks and line ends around their text are changed. */
const OF_BLANKS: ReadonlySet<PemDefect> = new Set(["indented-boundary", "cr-only", "blank-line"]);

/** A revocation list that no reader found rejects nobody, and may reject somebody once it is read. */
const applicabilityIn = ({ sections }: CertificateFile, isGuessed = false): Repair["applicability"] =>
  isGuessed || sections.some((it) => it.kind === "revocation-list") ? "review" : "safe";

/** Of one defect, else of all that is wrong with the layout; only what both loaders read afterwards is offered. */
export function layoutRepair(file: CertificateFile, defect: PemDefect): Repair | undefined {
  const one = repairOf(file, defect);
  if (one?.edits !== undefined && isReadAfter(file, one.edits, defect)) return one;
  const all = rewriting(file);
  return all?.edits !== undefined && isReadAfter(file, all.edits, defect) ? all : undefined;
}

/** Every section that anything is wrong with, on lines of its own. */
function rewriting(file: CertificateFile): Repair | undefined {
  const damaged = file.sections.filter((it) => it.problems.length > 0);
  if (file.problems.some((it) => it.defect === "utf-16") || damaged.length === 0 || damaged.length > MOST_SECTIONS) return undefined;
  const edits: TextEdit[] = file.text.startsWith("\ufeff") ? [{ span: span(0, 1), text: "" }] : [];
  for (const section of damaged) {
    const written = writtenAgain(section);
    if (section.container !== undefined || written === undefined) return undefined;
    edits.push(inPlace(file, section, written));
  }
  const reviewed = damaged.some((it) => it.problems.some((one) => TO_BE_REVIEWED.has(one.defect)));
  return { title: "Rewrite sections, each on its own lines", applicability: applicabilityIn(file, reviewed), edits };
}

/** The defect is gone, the contents and their order are the same, and each of the loaders loads them all. */
function isReadAfter(file: CertificateFile, edits: readonly TextEdit[], defect: PemDefect): boolean {
  const after = readCertificateFile(new TextEncoder().encode(applyEdits(file.text, edits)));
  const wanted = file.sections.filter((it) => it.parsed !== undefined);
  const read = after.sections.filter((it) => it.parsed !== undefined);
  const loadable = read.filter(isLoadable).length;
  return (
    after.sections.every((it) => it.problems.every((one) => one.defect !== defect)) &&
    read.length === wanted.length &&
    read.every((it, at) => hasContents(it, wanted[at])) &&
    after.loadings.every(({ sections }) => sections.filter((it) => it.outcome === "loaded").length >= loadable)
  );
}

/** Keys in formats that only one of the stacks reads are what they were. */
const isLoadable = ({ kind, parsed, label }: Section): boolean =>
  kind === "certificate" || kind === "revocation-list"
    ? true
    : kind === "private-key" && parsed?.kind === "private-key" && !parsed.encrypted && /^(?:RSA |EC )?PRIVATE KEY$/.test(label);

function hasContents(one: Section, other: Section | undefined): boolean {
  if (one.parsed?.kind === "private-key" || one.der === undefined)
    return one.parsed?.kind === "private-key" && other?.parsed?.kind === "private-key" && one.parsed.pin === other.parsed.pin;
  const end = one.parsed !== undefined && "end" in one.parsed ? one.parsed.end : one.der.length;
  return other?.der !== undefined && sameRange(one.der, { start: 0, end }, other.der, { start: 0, end });
}

function repairOf(file: CertificateFile, defect: PemDefect): Repair | undefined {
  if (defect === "byte-order-mark")
    return { title: "Remove byte order mark", applicability: applicabilityIn(file), edits: [{ span: span(0, 1), text: "" }] };
  if (defect === "glued-boundary") {
    const places = file.sections.flatMap((it) => it.problems).filter((it) => it.defect === defect);
    const edits = places.map((it) => ({ span: span(it.span.start, it.span.start), text: "\n" }));
    return { title: "Insert a line break between the boundaries", applicability: applicabilityIn(file), edits };
  }
  const title = TITLES[defect];
  const sections = file.sections.filter((it) => it.problems.some((one) => one.defect === defect));
  if (title === undefined || sections.length === 0 || sections.length > MOST_SECTIONS) return undefined;
  const edits: TextEdit[] = [];
  for (const section of sections) {
    if (section.kind === "private-key") {
      if (!OF_BLANKS.has(defect)) return undefined;
      edits.push(...blanks(file, section, defect));
    } else {
      const written = writtenAgain(section);
      if (written === undefined) return undefined;
      edits.push(inPlace(file, section, written));
    }
  }
  return { title, applicability: applicabilityIn(file, TO_BE_REVIEWED.has(defect)), edits };
}

const MOST_SECTIONS = 500;

const USUAL_LABELS: Partial<Record<Section["kind"], string>> = {
  certificate: "CERTIFICATE",
  request: "CERTIFICATE REQUEST",
  "revocation-list": "X509 CRL",
};

/** RFC 7468: 64 digits a line. Undefined when the contents could not be read, so that nobody takes a cut piece for the whole. */
function writtenAgain({ label, kind, der, parsed }: Section): string | undefined {
  if (der === undefined || parsed === undefined || !("end" in parsed)) return undefined;
  // OpenSSL's trust settings follow the certificate in a section of theirs.
  const bytes = label === "TRUSTED CERTIFICATE" ? der.subarray(0, parsed.end) : der;
  const usual = USUAL_LABELS[kind] ?? label;
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${usual}-----`, ...lines, `-----END ${usual}-----`].join("\n");
}

/** On lines of its own: a lone carriage return is no line end to OpenSSL, and an escaped one to nobody. */
function inPlace(file: CertificateFile, section: Section, written: string): TextEdit {
  const place = withIndentation(file, section.span);
  const before = place.start === 0 || /[\r\n\ufeff]/.test(file.text[place.start - 1] ?? "") ? "" : "\n";
  const after = file.text.slice(place.end, place.end + 2);
  if (after === "" || after.startsWith("\n") || after === "\r\n") return { span: place, text: `${before}${written}` };
  return { span: span(place.start, place.end + (after.startsWith("\r") ? 1 : 0)), text: `${before}${written}\n` };
}

function withIndentation({ text }: CertificateFile, section: Span): Span {
  let start = section.start;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  const begins = start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
  return begins ? span(start, section.end) : section;
}

function blanks(file: CertificateFile, section: Section, defect: PemDefect): TextEdit[] {
  const { start, end } = withIndentation(file, section.span);
  const part = file.text.slice(start, Math.min(file.text.length, end + 1));
  const matches =
    defect === "indented-boundary"
      ? [...part.matchAll(/(?<=^|[\r\n])[ \t]+/g)]
      : defect === "cr-only"
        ? [...part.matchAll(/\r(?!\n)/g)]
        : [...part.matchAll(/(?<=\n)[ \t]*\r?\n/g)];
  const text = defect === "cr-only" ? "\n" : "";
  return matches.map((it) => ({ span: span(start + it.index, start + it.index + it[0].length), text }));
}
