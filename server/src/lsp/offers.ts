/** What the light bulb offers, as data and in the order of showing; edits are worked out when one is chosen. */
import { CodeActionKind, type Command } from "vscode-languageserver";
import type { FileReport, Finding, Fix } from "../service/api.ts";
import { property } from "./client-abilities.ts";
import type { OpenDocument } from "./documents.ts";
import { keyFileCommand } from "./key-files.ts";
import type { Session } from "./session.ts";

/** Contained in `source.fixAll`, so that a client which asks for that one gets it, too. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tlslint`;

/** Many fixes, made one after the other. */
export interface Plan {
  readonly title: string;
  readonly scope: "file" | "workspace";
  /** Of one rule, and what a person has to look at, too; without it what is safe of all rules. */
  readonly rule?: string;
}

export interface Offer {
  /** Place of the action in the list that the document as a whole has. */
  readonly key: string;
  readonly kind: CodeActionKind;
  readonly finding?: Finding;
  /** Findings that the same change corrects. */
  readonly others?: readonly Finding[];
  readonly fix?: Fix;
  readonly plan?: Plan;
  /** Done by the client. */
  readonly command?: Command;
}

/** In the order of showing: fixes, the preferred ones first, fixes of many places, suppressions, the explanation. */
export async function quickFixes(
  session: Session,
  document: OpenDocument,
  report: FileReport,
  findings: readonly Finding[],
): Promise<Offer[]> {
  const { copyCommand, explainCommand } = session.abilities;
  const fixes = shownOnce(
    findings.flatMap((finding) =>
      finding.fixes.filter((it) => isOffered(session, document, it)).map((fix, index) => quickFix(finding, fix, `fix ${index}`)),
    ),
  );
  const allowed = await Promise.all(
    findings.map(async (finding) => ({ finding, fixes: await session.service.suppressions(document.path, finding) })),
  );
  const silencing = [
    ...allowed.flatMap(({ finding, fixes: all }) => all.map((fix, index) => ({ index, offer: quickFix(finding, fix, `allow ${index}`) }))),
    ...(await switches(session, document, findings)).map((offer) => ({ index: 2, offer })),
  ];
  return [
    ...fixes.toSorted((a, b) => Number(b.fix?.preferred ?? false) - Number(a.fix?.preferred ?? false)),
    ...(copyCommand === undefined ? [] : findings.flatMap((it) => copies(it, copyCommand))),
    ...firstOfRule(findings).flatMap((it) => plans(session, report, it)),
    ...silencing.toSorted((a, b) => a.index - b.index).map(({ offer }) => offer),
    ...(explainCommand === undefined ? [] : findings.map((it) => explanation(document, it, findings.length, explainCommand))),
  ];
}

/** What is one change for several findings is one offer. */
function shownOnce(offers: readonly Offer[]): readonly Offer[] {
  const found = new Map<string, Offer>();
  for (const offer of offers) {
    const { fix, kind, key, finding } = offer;
    const change = fix !== undefined && isEdit(fix) ? JSON.stringify([kind, fix.title, fix.edits]) : key;
    const same = found.get(change);
    found.set(change, same === undefined || finding === undefined ? offer : { ...same, others: [...(same.others ?? []), finding] });
  }
  return [...found.values()];
}

/** Permissions are no part of an edit, and neither is a file that only its owner may read. */
export const isEdit = ({ edits, creates }: Fix): boolean => edits.length > 0 && creates === undefined;

const isOffered = (session: Session, document: OpenDocument, fix: Fix): boolean =>
  isEdit(fix) || keyFileCommand(session, document, fix) !== undefined;

const quickFix = (finding: Finding, fix: Fix, name: string): Offer => ({
  key: `${name} ${keyOf(finding.place.span, finding.rule)}`,
  kind: fix.applicability === "choice" ? CodeActionKind.RefactorRewrite : CodeActionKind.QuickFix,
  finding,
  fix,
});

/** Of a certificate that has to be issued again: the commands, as text for a terminal. */
function copies(finding: Finding, command: string): Offer[] {
  const { openssl, step } = finding.reissue ?? {};
  return [...(openssl === undefined ? [] : [["openssl", openssl] as const]), ...(step === undefined ? [] : [["step", step] as const])].map(
    ([tool, text]) => ({
      key: `copy ${tool} ${keyOf(finding.place.span, finding.rule)}`,
      kind: CodeActionKind.QuickFix,
      finding,
      command: { title: `Copy the \`${tool}\` command that reissues this certificate`, command, arguments: [text] },
    }),
  );
}

const firstOfRule = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((it, at) => findings.findIndex(({ rule }) => rule === it.rule) === at);

/** What a person has to look at is made in many places only where the client shows it before. */
export const allowedAtOnce = ({ abilities }: Session): "safe" | "review" =>
  abilities.confirmChanges && abilities.versionedEdits ? "review" : "safe";

const isMadeAtOnce = (session: Session, fix: Fix): boolean =>
  isEdit(fix) && (fix.applicability === "safe" || fix.applicability === allowedAtOnce(session));

function plans(session: Session, report: FileReport, finding: Finding): readonly Offer[] {
  const { rule } = finding;
  if (!finding.fixes.some((it) => isMadeAtOnce(session, it))) return [];
  const offer = (plan: Plan): Offer => ({
    key: `all ${plan.scope} ${keyOf(finding.place.span, rule)}`,
    kind: CodeActionKind.QuickFix,
    finding,
    plan,
  });
  // Whether the others have fixes, and what is in other files, is worked out when somebody wants it.
  const inFile = report.findings.some((it) => it !== finding && it.rule === rule);
  const inWorkspace = session.abilities.resolveEdit && allowedAtOnce(session) === "review" && session.roots().length > 0;
  return [
    ...(inFile ? [offer({ title: `Fix all \`${rule}\` in this file`, scope: "file", rule })] : []),
    ...(inWorkspace ? [offer({ title: `Fix all \`${rule}\` in the workspace…`, scope: "workspace", rule })] : []),
  ];
}

async function switches(session: Session, document: OpenDocument, findings: readonly Finding[]): Promise<readonly Offer[]> {
  const offers: Offer[] = [];
  for (const finding of firstOfRule(findings)) {
    const fix = await session.service.switchOff(document.path, finding);
    const isThere = fix?.against?.size !== 0;
    if (fix && (isThere || session.abilities.createsResources)) offers.push(quickFix(finding, fix, "off"));
  }
  return offers;
}

function explanation({ uri, lines }: OpenDocument, finding: Finding, count: number, command: string): Offer {
  const { rule, place } = finding;
  return {
    key: `explain ${keyOf(place.span, rule)}`,
    kind: CodeActionKind.QuickFix,
    finding,
    command: {
      title: count === 1 ? "Explain this finding" : `Explain this finding of \`${rule}\``,
      command,
      arguments: [uri, lines.position(place.span.start).line, rule],
    },
  };
}

export const keyOf = (place: unknown, rule = property(place, "rule")): string =>
  `${String(rule)} ${String(property(place, "start"))} ${String(property(place, "end"))}`;
