/** Code actions: each finding's fixes, why there is none, "allow with a reason", and all safe fixes of the file at once. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { touches } from "../base/span.ts";
import type { FileReport, Finding, Fix } from "../service/api.ts";
import { property } from "./client-abilities.ts";
import { diagnosticOf } from "./diagnostic.ts";
import type { OpenDocument } from "./documents.ts";
import { isConfirmed, placeholderRanges, workspaceEdit } from "./edits.ts";
import { keyFileCommand } from "./key-files.ts";
import { spanOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";

/** Contained in `source.fixAll`, so that a client which asks for that one gets it, too. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.tlslint`;
export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, FIX_ALL];
const FIX_ALL_TITLE = "Fix all safe problems (tlslint)";

/** What a request to resolve an action brings back: how to find its fix again in the same text. */
interface Origin {
  readonly uri: string;
  readonly version: number;
  /** Place of the action in the list that the document as a whole has. */
  readonly key: string;
}

interface Offer {
  readonly key: string;
  readonly kind: CodeActionKind;
  readonly finding?: Finding;
  readonly fix?: Fix;
  /** All that is safe: worked out when somebody wants it. */
  readonly all?: true;
  readonly refused?: { readonly title: string; readonly reason: string };
  /** Done by the client. */
  readonly command?: Command;
}

export function offerCodeActions(session: Session): void {
  const { abilities, connection, documents, runSafe } = session;
  if (!abilities.codeActionLiterals) return;

  connection.onCodeAction(
    runSafe.request<CodeActionParams, CodeAction[]>(
      "textDocument/codeAction",
      async ({ textDocument, range, context }, signal) => {
        const document = documents.get(textDocument.uri);
        if (!document) return [];
        const span = spanOf(document.lines, range, abilities.unit);
        const named = new Set(context.diagnostics.map(({ data }) => keyOf(data)));
        const wanted = (finding: Finding): boolean =>
          touches(finding.place.span, span) || named.has(keyOf(finding.place.span, finding.rule));
        const offers = await offersOf(session, document, signal, wanted, (kind) => isAsked(kind, context.only));
        return Promise.all(offers.map((offer) => codeAction(session, document, offer, context.diagnostics, signal)));
      },
      [],
    ),
  );

  if (!abilities.resolveEdit) return;
  connection.onCodeActionResolve((action, token) =>
    runSafe.request<CodeAction, CodeAction>(
      "codeAction/resolve",
      async (it, signal) => resolved(session, it, signal),
      action,
    )(action, token),
  );
}

/** In the order of showing: fixes, the preferred ones first; refusals; suppressions; all at once. */
async function offersOf(
  session: Session,
  document: OpenDocument,
  signal: AbortSignal,
  wanted: (finding: Finding) => boolean,
  asked: (kind: CodeActionKind) => boolean,
): Promise<Offer[]> {
  const report = await session.reports.of(document.path, signal);
  if (!report) throw changed();
  const offers: Offer[] = [];
  if (asked(CodeActionKind.QuickFix)) {
    const findings = report.findings.filter(wanted);
    for (const finding of findings)
      offers.push(
        ...finding.fixes.filter((it) => isOffered(session, document, it)).map((fix, index) => quickFix(finding, fix, `fix ${index}`)),
      );
    offers.sort((a, b) => Number(b.fix?.preferred ?? false) - Number(a.fix?.preferred ?? false));
    if (session.abilities.copyCommand !== undefined)
      for (const finding of findings) offers.push(...copies(finding, session.abilities.copyCommand));
    if (session.abilities.disabledActions) offers.push(...findings.flatMap(refusal));
    for (const finding of findings) {
      const fix = await session.service.suppression(document.path, finding);
      if (fix) offers.push(quickFix(finding, { ...fix, preferred: false }, "allow"));
    }
  }
  if (asked(FIX_ALL)) {
    if (hasSafe(report)) offers.push({ key: "all", kind: FIX_ALL, all: true });
  }
  return offers;
}

/** Permissions are no part of an edit, and neither is a file that only its owner may read. */
const isEdit = ({ edits, creates }: Fix): boolean => edits.length > 0 && creates === undefined;

const isOffered = (session: Session, document: OpenDocument, fix: Fix): boolean =>
  isEdit(fix) || keyFileCommand(session, document, fix) !== undefined;

const quickFix = (finding: Finding, fix: Fix, name: string): Offer => ({
  key: `${name} ${keyOf(finding.place.span, finding.rule)}`,
  kind: CodeActionKind.QuickFix,
  finding,
  fix,
});

function refusal(finding: Finding): Offer[] {
  if (finding.unfixed === undefined || finding.fixes.length > 0) return [];
  const refused = { title: `Fix \`${finding.rule}\``, reason: finding.unfixed };
  return [{ key: `refused ${keyOf(finding.place.span, finding.rule)}`, kind: CodeActionKind.QuickFix, finding, refused }];
}

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

const hasSafe = ({ findings }: FileReport): boolean =>
  findings.some(({ fixes }) => fixes.some((it) => it.applicability === "safe" && isEdit(it)));

/** What `--fix` makes of the file, but for what is no edit. */
async function fixAll({ service }: Session, { path }: OpenDocument, signal: AbortSignal): Promise<Fix> {
  const { groups } = await service.planFixes([path], { allowed: "safe", accepts: isEdit }, signal);
  const files = groups.flat();
  return {
    title: FIX_ALL_TITLE,
    applicability: "safe",
    preferred: false,
    edits: files.map(({ file, edits }) => ({ file, edits })),
    against: new Map(files.map(({ file, before }) => [file, before])),
    placeholders: [],
    notes: [],
  };
}

async function codeAction(
  session: Session,
  document: OpenDocument,
  offer: Offer,
  given: readonly Diagnostic[],
  signal: AbortSignal,
): Promise<CodeAction> {
  const { kind, finding, fix, refused, command: ofClient } = offer;
  const diagnostics = finding && [await diagnosticFor(session, document, finding, given)];
  const base = { kind, ...(diagnostics && { diagnostics }) };
  if (ofClient) return { ...base, title: ofClient.title, command: ofClient };
  if (offer.all) {
    const action = { kind, title: FIX_ALL_TITLE };
    if (session.abilities.resolveEdit) return { ...action, data: originOf(document, offer) };
    return { ...action, ...(await effects(session, document, await fixAll(session, document, signal))) };
  }
  if (!fix) return { ...base, title: refused?.title ?? kind, ...(refused && { disabled: { reason: refused.reason } }) };
  const action: CodeAction = { ...base, title: titleOf(session, document, fix), ...(fix.preferred && { isPreferred: true }) };
  const command = keyFileCommand(session, document, fix);
  if (command) return { ...action, command };
  return session.abilities.resolveEdit
    ? { ...action, data: originOf(document, offer) }
    : { ...action, ...(await effects(session, document, fix)) };
}

const originOf = ({ uri, version }: OpenDocument, { key }: Offer): Origin => ({ uri, version, key });

/** The client's own copy where it sent one: some compare by identity of content. */
async function diagnosticFor(
  session: Session,
  document: OpenDocument,
  finding: Finding,
  given: readonly Diagnostic[],
): Promise<Diagnostic> {
  const key = keyOf(finding.place.span, finding.rule);
  return given.find(({ data }) => keyOf(data) === key) ?? diagnosticOf(session, finding, document.lines, lineReader(session));
}

/** Notes that no annotation will show are part of the title. */
const titleOf = (session: Session, { path }: OpenDocument, fix: Fix): string =>
  fix.notes.length === 0 || isConfirmed(session, path, fix) ? fix.title : `${fix.title} (${fix.notes.join("; ")})`;

async function effects(session: Session, { path }: OpenDocument, fix: Fix): Promise<Pick<CodeAction, "edit" | "command">> {
  // Places in a text that changed meanwhile, unseen by the editor, too, are others.
  for (const [file, text] of fix.against ?? []) if ((await session.service.text(file)) !== text) throw changed();
  const { selectCommand } = session.abilities;
  const placeholders = selectCommand === undefined ? undefined : await placeholderRanges(session, fix);
  const command: Command | undefined =
    selectCommand !== undefined && placeholders
      ? { title: "Select the placeholder", command: selectCommand, arguments: [placeholders.uri, placeholders.ranges] }
      : undefined;
  return { edit: await workspaceEdit(session, path, fix), ...(command && { command }) };
}

async function resolved(session: Session, action: CodeAction, signal: AbortSignal): Promise<CodeAction> {
  // A refusal has nothing to resolve, and neither has a command.
  if (action.disabled || action.command) return action;
  const uri = property(action.data, "uri");
  const document = typeof uri === "string" ? session.documents.get(uri) : undefined;
  if (!document || document.version !== property(action.data, "version")) throw changed();
  const key = property(action.data, "key");
  const offers = await offersOf(
    session,
    document,
    signal,
    (finding) => String(key).endsWith(keyOf(finding.place.span, finding.rule)),
    (kind) => kind === action.kind,
  );
  const offer = offers.find((it) => it.key === key);
  const fix = offer?.all ? await fixAll(session, document, signal) : offer?.fix;
  if (!fix) throw changed();
  const result = { ...action, ...(await effects(session, document, fix)) };
  if (session.documents.get(document.uri) !== document) throw changed();
  return result;
}

function keyOf(place: unknown, rule = property(place, "rule")): string {
  return `${String(rule)} ${String(property(place, "start"))} ${String(property(place, "end"))}`;
}

/** Kinds form a tree by their dots: who asks for `source` asks for `source.fixAll.tlslint`, who asks for nothing gets quick fixes. */
function isAsked(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (!only) return kind === CodeActionKind.QuickFix;
  return only.some((it) => it === CodeActionKind.Empty || kind === it || kind.startsWith(`${it}.`));
}

const changed = (): ResponseError<void> => new ResponseError(LSPErrorCodes.ContentModified, "the document changed meanwhile");
