/** What a service answered, as data for a file: no text of a source but what findings quote, and nothing that only makes fixes. */
import type { FileReport, Finding, Fix, Gap, LintService } from "../../service/api.ts";
import { withFixes, withoutFixes } from "../../service/redaction.ts";
import { SEVERITIES } from "../loud.ts";
import type { Pieces } from "../pieces.ts";
import { correctionsOf } from "../report/corrections.ts";
import { arrayOf, isNumber, isText, oneOf, optional, record, type Shape } from "../report/shapes.ts";

export type Below = Awaited<ReturnType<LintService["files"]>>;

export interface Answers {
  /** Files below a path, by it. */
  readonly below: ReadonlyMap<string, Below>;
  readonly reports: ReadonlyMap<string, FileReport>;
  /** Files of whose findings no fixes were made: nobody read any. */
  readonly fixless: ReadonlySet<string>;
  /** What the host was to say beside. */
  readonly said: readonly Said[];
  /** Undefined as an answer, too: there is no fault. */
  readonly fault: { readonly is: string | undefined } | undefined;
}
export type Said = readonly [level: "error" | "warning" | "info", message: string];

/** Names stand once. */
interface Stored {
  readonly names: readonly string[];
  readonly below: readonly { readonly path: string; readonly files: readonly number[]; readonly gaps: readonly Gap[] }[];
  /** Of which nothing is said. */
  readonly silent: readonly number[];
  readonly told: readonly FileReport[];
  readonly fixless: readonly number[];
  readonly said: readonly Said[];
  readonly fault?: { readonly is?: string | undefined };
}

/** As JSON. */
export function* answersText({ below, reports, fixless, said, fault }: Answers): Pieces {
  const indices = new Map<string, number>();
  const indexOf = (name: string): number => {
    const known = indices.get(name);
    if (known !== undefined) return known;
    indices.set(name, indices.size);
    return indices.size - 1;
  };
  const silent = [...reports.values()].filter(isSilent).map(({ file }) => indexOf(file));
  const around: Omit<Stored, "told"> = {
    below: [...below].map(([path, { files, gaps }]) => ({ path, files: files.map(indexOf), gaps })),
    silent,
    fixless: [...fixless].map(indexOf),
    said,
    names: [...indices.keys()],
    ...(fault !== undefined && { fault }),
  };
  yield `${JSON.stringify(around).slice(0, -1)},"told":[`;
  let isFirst = true;
  for (const it of reports.values()) {
    if (isSilent(it)) continue;
    yield `${isFirst ? "" : ","}${JSON.stringify(it)}`;
    isFirst = false;
  }
  yield "]}";
}

export function answersIn(text: string): Answers | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isStored(value)) return undefined;
  const { names, below, silent, told, fixless, said, fault } = value;
  const nameAt = (index: number): string => names[index] ?? "";
  const reports = new Map(silent.map((it): [string, FileReport] => [nameAt(it), { file: nameAt(it), findings: [], gaps: [] }]));
  for (const it of told) reports.set(it.file, it);
  return {
    below: new Map(below.map(({ path, files, gaps }) => [path, { files: files.map(nameAt), gaps }])),
    reports,
    fixless: new Set(fixless.map(nameAt)),
    said,
    fault: fault && { is: fault.is },
  };
}

const isSilent = ({ findings, suppressed = [], gaps }: FileReport): boolean =>
  findings.length === 0 && suppressed.length === 0 && gaps.length === 0;

/** Plain data, with fixes as they are shown, if they are. */
export const reportToKeep = ({ file, findings, suppressed, gaps }: FileReport, isWithoutFixes: boolean): FileReport => ({
  file,
  findings: findings.map(isWithoutFixes ? withoutFixes : findingToKeep),
  ...(suppressed && { suppressed: suppressed.map(withoutFixes) }),
  gaps,
});

const findingToKeep = (finding: Finding): Finding => withFixes(finding, correctionsOf(finding).map(fixToKeep));

/** As reports show it. To carry it out it is made anew. */
const fixToKeep = ({ title, applicability, preferred, edits, placeholders, notes, secret }: Fix): Fix => ({
  title,
  applicability,
  preferred,
  edits,
  placeholders,
  notes,
  ...(secret && { secret }),
});

const span = record<Finding["place"]["span"]>({ start: isNumber, end: isNumber });
const isTrue: Shape<true> = (value): value is true => value === true;
const isFlag: Shape<boolean> = (value): value is boolean => typeof value === "boolean";

type Kept<T> = { readonly [K in keyof T]: T[K] };

const fix = record<Pick<Kept<Fix>, "title" | "applicability" | "preferred" | "edits" | "placeholders" | "notes" | "secret">>({
  title: isText,
  applicability: oneOf<Fix["applicability"]>(["safe", "review"]),
  preferred: isFlag,
  edits: arrayOf(
    record<Fix["edits"][number]>({
      file: isText,
      edits: arrayOf(record<Fix["edits"][number]["edits"][number]>({ span, text: isText })),
    }),
  ),
  placeholders: arrayOf(span),
  notes: arrayOf(isText),
  secret: optional(isTrue),
});

const finding = record<Finding>({
  rule: isText,
  severity: oneOf(SEVERITIES),
  place: record<Finding["place"]>({ file: isText, span }),
  message: isText,
  help: isText,
  notes: arrayOf(isText),
  related: arrayOf(record<Finding["related"][number]>({ file: isText, span, message: isText, installs: optional(isText) })),
  fixes: arrayOf(fix),
  unfixed: optional(isText),
  reissue: optional(record<NonNullable<Finding["reissue"]>>({ openssl: isText, step: optional(isText) })),
  suppressed: optional(record<NonNullable<Finding["suppressed"]>>({ by: oneOf(["comment", "configuration", "baseline"]), reason: isText })),
});

const gap = record<Gap>({
  file: isText,
  kind: oneOf<Gap["kind"]>(["failed", "out of reach", "skipped"]),
  reason: isText,
  span: optional(span),
  acknowledged: optional(isText),
});

const said: Shape<Said> = (value): value is Said =>
  Array.isArray(value) && value.length === 2 && oneOf(["error", "warning", "info"])(value[0]) && isText(value[1]);

const isStored = record<Stored>({
  names: arrayOf(isText),
  below: arrayOf(record<Stored["below"][number]>({ path: isText, files: arrayOf(isNumber), gaps: arrayOf(gap) })),
  silent: arrayOf(isNumber),
  told: arrayOf(
    record<FileReport>({ file: isText, findings: arrayOf(finding), suppressed: optional(arrayOf(finding)), gaps: arrayOf(gap) }),
  ),
  fixless: arrayOf(isNumber),
  said: arrayOf(said),
  fault: optional(record<NonNullable<Stored["fault"]>>({ is: optional(isText) })),
});
