/** Code actions as the protocol has them: titles at once, edits when one is chosen, and none for a text that changed meanwhile. */
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
import type { FileReport, Finding, Fix, FixWish } from "../service/api.ts";
import { property } from "./client-abilities.ts";
import { diagnosticOf } from "./diagnostic.ts";
import type { OpenDocument } from "./documents.ts";
import { isConfirmed, placeholderRanges, workspaceEdit } from "./edits.ts";
import { keyFileCommand } from "./key-files.ts";
import { allowedAtOnce, FIX_ALL, isEdit, keyOf, type Offer, type Plan, quickFixes } from "./offers.ts";
import { spanOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL];
const SAFE_OF_FILE: Plan = { title: "Fix all safe problems (tlslint)", scope: "file" };

/** What a request to resolve an action brings back: how to find its fix again in the same text. */
interface Origin {
  readonly uri: string;
  readonly version: number;
  readonly key: string;
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
        // Who saves has typed what he means.
        if (context.only?.some((it) => it.startsWith(CodeActionKind.Source)) === true) session.pause();
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

async function offersOf(
  session: Session,
  document: OpenDocument,
  signal: AbortSignal,
  wanted: (finding: Finding) => boolean,
  asked: (kind: CodeActionKind) => boolean,
): Promise<readonly Offer[]> {
  const report = await session.reports.of(document.path, signal);
  if (!report) throw changed();
  return [
    ...(await quickFixes(session, document, report, report.findings.filter(wanted))).filter(({ kind }) => asked(kind)),
    ...(asked(FIX_ALL) && hasSafe(report) ? [{ key: "all", kind: FIX_ALL, plan: SAFE_OF_FILE }] : []),
  ];
}

const hasSafe = ({ findings }: FileReport): boolean =>
  findings.some(({ fixes }) => fixes.some((it) => it.applicability === "safe" && isEdit(it)));

/** What `--fix` makes of the files, but for what is no edit. */
async function planned(session: Session, { path }: OpenDocument, { title, scope, rule }: Plan, signal: AbortSignal): Promise<Fix> {
  const { service } = session;
  session.pause();
  const wish: FixWish = {
    allowed: rule === undefined ? "safe" : allowedAtOnce(session),
    accepts: (fix, finding) => isEdit(fix) && (rule === undefined || finding.rule === rule),
  };
  const { applied, groups } = await service.planFixes(scope === "file" ? [path] : await filesBelow(session, signal), wish, signal);
  const files = groups.flat();
  return {
    title,
    applicability: scope === "file" && applied.every(({ fix }) => fix.applicability === "safe") ? "safe" : "review",
    preferred: false,
    edits: files.map(({ file, edits }) => ({ file, edits })),
    against: new Map(files.map(({ file, before }) => [file, before])),
    placeholders: [],
    notes: [...new Set(applied.flatMap(({ fix }) => fix.notes))],
  };
}

async function filesBelow({ roots, service }: Session, signal: AbortSignal): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const folder of roots()) for (const it of (await service.files(folder, signal)).files) found.add(it);
  return [...found];
}

async function codeAction(
  session: Session,
  document: OpenDocument,
  offer: Offer,
  given: readonly Diagnostic[],
  signal: AbortSignal,
): Promise<CodeAction> {
  const { kind, finding, others = [], fix, plan, command: ofClient } = offer;
  const all = finding === undefined ? undefined : [finding, ...others];
  const diagnostics = all && (await Promise.all(all.map((it) => diagnosticFor(session, document, it, given))));
  const base = { kind, ...(diagnostics && { diagnostics }) };
  // With an edit, an empty one, VS Code asks for nothing more before it runs the command: meanwhile it may drop the list that has it.
  if (ofClient) return { ...base, title: ofClient.title, edit: {}, command: ofClient };
  if (plan) {
    const action = { ...base, title: plan.title };
    if (session.abilities.resolveEdit) return { ...action, data: originOf(document, offer) };
    return { ...action, ...(await effects(session, document, await planned(session, document, plan, signal))) };
  }
  if (!fix) return { ...base, title: kind };
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
  // A command has nothing to resolve.
  if (action.command) return action;
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
  const fix = offer?.plan ? await planned(session, document, offer.plan, signal) : offer?.fix;
  if (!fix) throw changed();
  const result = { ...action, ...(await effects(session, document, fix)) };
  if (session.documents.get(document.uri) !== document) throw changed();
  return result;
}

/** Kinds form a tree by their dots: who asks for `source` asks for `source.fixAll.tlslint`, who asks for nothing gets quick fixes. */
function isAsked(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  if (!only) return kind !== FIX_ALL;
  return only.some((it) => it === CodeActionKind.Empty || kind === it || kind.startsWith(`${it}.`));
}

const changed = (): ResponseError<void> => new ResponseError(LSPErrorCodes.ContentModified, "the document changed meanwhile");
