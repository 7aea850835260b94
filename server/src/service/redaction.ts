/**
 * What leaves the service without a private key in it: reports, hovers, inspections, lines of the log. Texts of files go through
 * `withoutKeys` themselves, as a whole, because a line out of the middle of a key looks like nothing.
 */
import { holdsKey, secretSpans, withoutKeys, withoutWholeKeys } from "../pki/secrets/secret-spans.ts";
import type { EncodedField, FileReport, Finding, Fix, Inspection, LintHost } from "./api.ts";
import { piecesInCommon, WORD, withoutPieces } from "./pieces-in-common.ts";

export { withoutKeys, withoutWholeKeys };

/** `text`: of the file that the report is about. */
export function reportWithoutKeys(report: FileReport, text: string | undefined): FileReport {
  const all = [...report.findings, ...(report.suppressed ?? [])];
  const redact = redactionOf(text, [
    ...all.flatMap((it) => [it.message, it.help, ...it.notes, ...it.related.map((place) => place.message)]),
    ...report.gaps.map((it) => it.reason),
  ]);
  return {
    ...report,
    findings: report.findings.map((it) => new FindingWithoutKeys(it, redact)),
    ...(report.suppressed && { suppressed: report.suppressed.map((it) => new FindingWithoutKeys(it, redact)) }),
    gaps: report.gaps.map((it) => ({ ...it, reason: redact(it.reason) })),
  };
}

/** For messages about a text: they may quote a piece out of the middle of a key, which looks like nothing by itself. */
export function redactionOf(text: string | undefined, messages: readonly string[]): (message: string) => string {
  const secrets = text === undefined ? [] : secretSpans(text);
  if (text === undefined || secrets.length === 0) return withoutWholeKeys;
  const told = new Set(messages);
  const found = piecesInCommon(text, secrets, [...told]);
  return (message) => {
    const pieces = told.has(message) ? found : piecesInCommon(text, secrets, [message]);
    return withoutWholeKeys(message).replace(WORD, (word) => withoutPieces(word, pieces));
  };
}

/**
 * Fixes are made when somebody reads them, and looked through then. A class: each literal with a getter would have a shape of its own, which
 * keeps the finding that it was made from until the garbage collector goes through everything.
 */
class FindingWithoutKeys implements Finding {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly place: Finding["place"];
  readonly message: string;
  readonly help: string;
  readonly notes: readonly string[];
  readonly related: Finding["related"];
  readonly reissue?: Finding["reissue"];
  readonly suppressed?: NonNullable<Finding["suppressed"]>;
  #fixes: Fixes | (() => Fixes);

  constructor(finding: Finding, redact: (message: string) => string) {
    const { rule, severity, place, message, help, notes, related, reissue, suppressed } = finding;
    this.rule = rule;
    this.severity = severity;
    this.place = place;
    this.message = redact(message);
    this.help = redact(help);
    this.notes = notes.map(redact);
    this.related = related.map((it) => ({ ...it, message: redact(it.message) }));
    if (reissue !== undefined) this.reissue = reissue;
    if (suppressed !== undefined) this.suppressed = suppressed;
    this.#fixes = () => fixesWithoutKeys(finding, redact);
  }
  get fixes(): Finding["fixes"] {
    return this.#made().fixes;
  }
  get unfixed(): Finding["unfixed"] {
    return this.#made().unfixed;
  }
  /** What they were made from is let go of. */
  #made(): Fixes {
    if (typeof this.#fixes === "function") this.#fixes = this.#fixes();
    return this.#fixes;
  }
}
type Fixes = Pick<Finding, "fixes" | "unfixed">;

/** With its fixes made, as what it is from now on. */
export const withFixes = (finding: Finding, fixes?: Finding["fixes"]): Finding =>
  fixes === undefined && heldFixes(finding) !== undefined ? finding : told(finding, fixes ?? finding.fixes, finding.unfixed);

/** Without making its fixes, as what it is from now on. */
export const withoutFixes = (finding: Finding): Finding =>
  heldFixes(finding)?.length === 0 && finding.unfixed === undefined ? finding : told(finding, [], undefined);

/** Those that are there already; undefined where they would be made to be read. */
function heldFixes(finding: Finding): readonly unknown[] | undefined {
  const held: unknown = Object.getOwnPropertyDescriptor(finding, "fixes")?.value;
  return Array.isArray(held) ? held : undefined;
}

/** Written out: an object that begins with what is spread has a shape of its own, of several times its size. */
const told = (
  { rule, severity, place, message, help, notes, related, reissue, suppressed }: Finding,
  fixes: Finding["fixes"],
  unfixed: Finding["unfixed"],
): Finding => ({
  rule,
  severity,
  place,
  message,
  help,
  notes,
  related,
  fixes,
  ...(unfixed !== undefined && { unfixed }),
  ...(reissue !== undefined && { reissue }),
  ...(suppressed !== undefined && { suppressed }),
});

function fixesWithoutKeys({ fixes, unfixed }: Finding, redact: (message: string) => string): Fixes {
  const open = fixes.filter((it) => !carriesKey(it));
  const reason = open.length < fixes.length && open.length === 0 ? "the change would carry a private key in its text" : unfixed;
  return { fixes: open, ...(reason !== undefined && { unfixed: redact(reason) }) };
}

/** Edits are printed, sent and logged: one that moves a key is none that we make. */
const carriesKey = ({ edits }: Fix): boolean => edits.some((it) => it.edits.some(({ text }) => holdsKey(text)));

export const inspectionWithoutKeys = ({ entries, notAnalysed, ...rest }: Inspection): Inspection => ({
  ...rest,
  entries: entries.map(({ pem, contents, alias, path, parts, ...entry }) => ({
    ...entry,
    label: withoutWholeKeys(entry.label),
    title: withoutWholeKeys(entry.title),
    fields: entry.fields.map(lineWithoutKeys),
    surroundings: entry.surroundings.map(lineWithoutKeys),
    ...(alias !== undefined && { alias: withoutWholeKeys(alias) }),
    ...(path !== undefined && { path: path.map((it) => ({ ...it, name: withoutWholeKeys(it.name) })) }),
    ...(parts !== undefined && { parts: parts.map(partWithoutKeys) }),
    ...(contents !== undefined && { contents: jsonWithoutKeys(contents) }),
    ...(pem !== undefined && !holdsKey(pem) && { pem }),
  })),
  ...(notAnalysed !== undefined && { notAnalysed: withoutWholeKeys(notAnalysed) }),
});

type Line = Inspection["entries"][number]["fields"][number];
const lineWithoutKeys = ({ label, value }: Line): Line => ({ label: withoutWholeKeys(label), value: withoutWholeKeys(value) });

const partWithoutKeys = ({ name, value, ...part }: EncodedField): EncodedField => ({
  ...part,
  name: withoutWholeKeys(name),
  ...(value !== undefined && { value: withoutWholeKeys(value) }),
});

/** In every text of it. Members have names of ours. */
function jsonWithoutKeys(value: unknown): unknown {
  if (typeof value === "string") return withoutWholeKeys(value);
  if (Array.isArray(value)) return value.map(jsonWithoutKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, jsonWithoutKeys(it)]));
}

export const hostWithoutKeys = (host: LintHost): LintHost => ({
  ...host,
  log: (level, message) => host.log(level, withoutWholeKeys(message)),
});
