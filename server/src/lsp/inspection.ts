/** `tlslint/inspect`: what is in a certificate file, in words, for a client that draws it. */
import { RequestType } from "vscode-languageserver";
import type { EncodedField, Finding, Inspection, InspectionEntry, PathLink } from "../service/api.ts";
import { describedFindings, findingsByEntry } from "../service/certificates/findings-by-entry.ts";
import { verdictLabel } from "../service/certificates/outlook-lines.ts";
import type { Session } from "./session.ts";

export interface InspectParameters {
  readonly uri: string;
  /** Of a PKCS#12 file. */
  readonly password?: string;
}

export interface InspectedFile {
  /** What the file is: `PKCS#12 key store`, `DER`, `PEM`. */
  readonly what: string;
  readonly objects: readonly InspectedObject[];
  /** Those of no object in particular. */
  readonly findings: readonly InspectedFinding[];
  /** Objects that are counted only. */
  readonly more: number;
  /** Findings that are: those of such objects, and what goes beyond a bound. */
  readonly moreFindings: number;
  /** A password would show more. */
  readonly sealed: boolean;
  readonly notAnalysed: string | null;
}
export interface InspectedObject extends Pick<InspectionEntry, "kind" | "title" | "fields" | "verdicts"> {
  readonly daysLeft: number | null;
  readonly path: readonly PathLink[];
  readonly parts: readonly EncodedField[];
  readonly findings: readonly InspectedFinding[];
}
export interface InspectedFinding extends Pick<Finding, "rule" | "severity" | "message" | "help" | "notes"> {}

/** Nobody scrolls through more, and a page of all of five thousand would stand still. */
const MOST_OBJECTS = 100;
const MOST_FINDINGS = 200;
/** A value of that many characters fills a screen; all of it is in the JSON of `tlslint inspect`. */
const LONGEST_VALUE = 4000;

const InspectRequest = new RequestType<InspectParameters, InspectedFile | null, void>("tlslint/inspect");

export function offerInspection({ connection, documents, reports, runSafe, service }: Session): void {
  connection.onRequest(
    InspectRequest,
    runSafe.request<InspectParameters, InspectedFile | null>(
      InspectRequest.method,
      async ({ uri, password }, signal) => {
        await reports.ready();
        return inspectedFile(await service.inspect(documents.path(uri), signal, { password, most: MOST_OBJECTS, parts: true }));
      },
      null,
    ),
  );
}

function inspectedFile(inspection: Inspection): InspectedFile {
  const { entries, more = 0, sealed = false, notAnalysed } = inspection;
  const { findings, moreFindings } = describedFindings(inspection, MOST_FINDINGS);
  const found = findingsByEntry(findings, entries);
  const of = (entry: InspectionEntry | undefined): readonly InspectedFinding[] => (found.get(entry) ?? []).map(inspectedFinding);
  return {
    what: whatOf(inspection),
    objects: entries.map((entry) => ({
      kind: entry.kind,
      title: entry.title,
      fields: entry.fields.filter(({ label }) => !drawn(entry).has(label)).map(({ label, value }) => ({ label, value: shortened(value) })),
      verdicts: entry.verdicts,
      daysLeft: entry.daysLeft ?? null,
      path: entry.path ?? [],
      parts: entry.parts ?? [],
      findings: of(entry),
    })),
    findings: of(undefined),
    more,
    moreFindings,
    sealed,
    notAnalysed: notAnalysed ?? null,
  };
}

/** Fields that say in a line what the client draws. */
const drawn = ({ path = [], verdicts }: InspectionEntry): ReadonlySet<string> =>
  new Set([...(path.length > 1 ? ["chain"] : []), ...verdicts.map(verdictLabel)]);

const inspectedFinding = ({ rule, severity, message, help, notes }: Finding): InspectedFinding => ({
  rule,
  severity,
  message,
  help,
  notes,
});

const shortened = (value: string): string =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}… (${value.length} characters)` : value;

const ENCODINGS = { pem: "PEM", der: "DER", json: "JSON Web Keys", ssh: "OpenSSH", unknown: "" } as const;

function whatOf({ entries, format = "unknown" }: Inspection): string {
  const store = entries.find(({ kind }) => kind === "key-store");
  const container = entries.find((it) => it.container !== undefined)?.container;
  const encoding = ENCODINGS[format];
  return store?.title ?? (container === undefined || format === "json" ? encoding : `${container} in ${encoding}`);
}
