/**
 * The language server: one protocol over the service, one file a capability. A request is turned into offsets and paths, answered by
 * the service, and turned back; nothing is known here of Rust or of certificates.
 */
import {
  type Connection,
  ErrorCodes,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { LintHost, LintService } from "../service/api.ts";
import { withoutWholeKeys } from "../service/redaction.ts";
import { forTyping } from "../service/typing/typing-service.ts";
import { offerLenses, offerOutline } from "./certificate-outline.ts";
import { abilitiesOf, type ClientAbilities } from "./client-abilities.ts";
import type { ClientFiles } from "./client-files.ts";
import { CODE_ACTION_KINDS, offerCodeActions } from "./code-actions.ts";
import { COMPLETION, offerCompletion, registerCompletion } from "./completion.ts";
import { Configuration } from "./configuration.ts";
import { createDiagnostics } from "./diagnostics.ts";
import { Documents } from "./documents.ts";
import { offerConfiguration } from "./effective-configuration.ts";
import { offerExplanation } from "./explanation.ts";
import { offerHover } from "./hover.ts";
import { offerInspection } from "./inspection.ts";
import { keyFileCommands, runKeyFileCommands } from "./key-files.ts";
import { offerTools } from "./language-model-tools.ts";
import { offerOverview } from "./overview.ts";
import { offerHints } from "./path-hints.ts";
import { offerLinks } from "./path-links.ts";
import { offerRenames, RENAMED } from "./renamed-files.ts";
import { Reports } from "./reports.ts";
import { createRunSafe } from "./run-safe.ts";
import type { Session } from "./session.ts";
import { offerSilenced } from "./silenced.ts";
import { tellSummary } from "./summary.ts";
import { UnwatchedFiles } from "./unwatched-files.ts";
import { watchFiles } from "./watched-files.ts";
import { WorkspaceDiagnostics } from "./workspace-diagnostics.ts";

/** Serves until the client says "exit". `files`: those that the client is asked for, if it offers to read them. */
export function startServer(connection: Connection, behind: LintService, version: string, files?: ClientFiles): void {
  const service = forTyping(behind);
  let state: "new" | "running" | "shut down" = "new";
  const runSafe = createRunSafe(connection, () => state === "shut down");
  let dispose = (): void => service.dispose();

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (state !== "new") return new ResponseError(ErrorCodes.InvalidRequest, "initialize was sent twice");
    state = "running";
    const abilities = abilitiesOf(params);
    files?.offered(abilities.readsFiles);
    const stop = serve(params, abilities);
    dispose = () => {
      stop();
      service.dispose();
    };
    return { capabilities: capabilitiesFor(abilities, keyFileCommands({ service, abilities })), serverInfo: { name: "tlslint", version } };
  });
  connection.onShutdown(() => {
    if (state === "running") dispose();
    state = "shut down";
  });
  connection.onRequest((method) => {
    if (state === "new") throw new ResponseError(ErrorCodes.ServerNotInitialized, `${method} came before initialize`);
    if (state === "shut down") throw new ResponseError(ErrorCodes.InvalidRequest, `${method} came after shutdown`);
    throw new ResponseError(ErrorCodes.MethodNotFound, `${method} is not known`);
  });
  connection.listen();

  function serve(params: InitializeParams, abilities: ClientAbilities): () => void {
    const configuration = new Configuration(connection, service, abilities, params);
    const session: Session = {
      connection,
      service,
      abilities,
      runSafe,
      documents: new Documents(service, abilities),
      reports: new Reports(service, async () => {
        await configuration.ready;
        if (!abilities.registerWatchers) await unwatched.look();
      }),
      pause() {
        const isNews = service.pause();
        if (isNews) session.reports.changed();
        return isNews;
      },
      hints: () => configuration.hints,
      roots: () => configuration.roots,
    };
    const diagnostics = createDiagnostics(session);
    const workspace = abilities.pull ? new WorkspaceDiagnostics(session, (count) => tellSummary(session, version, count)) : undefined;
    const overview = offerOverview(session);
    const hints = offerHints(session);
    const worldChanged = (): void => {
      session.reports.changed();
      diagnostics.refresh();
      workspace?.changed();
      overview.changed();
      hints.changed();
    };
    const unwatched = new UnwatchedFiles(service, worldChanged);
    if (keyFileCommands(session).length > 0) runKeyFileCommands(session, worldChanged);
    session.documents.listen(connection, runSafe, {
      changed() {
        session.reports.changed();
        diagnostics.changed();
      },
      saved({ path }) {
        if (session.pause()) diagnostics.refresh();
        if (abilities.registerWatchers) return;
        service.invalidate([path]);
        worldChanged();
      },
      closed(document) {
        session.reports.changed();
        session.reports.forget(document.path);
        diagnostics.closed(document);
      },
    });
    offerHover(session);
    offerCompletion(session);
    offerLinks(session);
    offerRenames(session);
    offerOutline(session);
    offerLenses(session);
    offerCodeActions(session);
    offerInspection(session);
    offerSilenced(session);
    offerConfiguration(session);
    offerExplanation(session);
    offerTools(session);
    connection.onInitialized(
      runSafe.notification("initialized", () => {
        configuration.listen(runSafe, worldChanged);
        watchFiles(session, worldChanged);
        registerCompletion(session);
      }),
    );
    return () => {
      diagnostics.dispose();
      overview.dispose();
    };
  }
}

const capabilitiesFor = (abilities: ClientAbilities, commands: readonly string[]): InitializeResult["capabilities"] => ({
  positionEncoding: abilities.unit,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  hoverProvider: true,
  ...(!abilities.registerCompletion && { completionProvider: COMPLETION }),
  documentLinkProvider: {},
  definitionProvider: true,
  referencesProvider: true,
  documentSymbolProvider: true,
  selectionRangeProvider: true,
  inlayHintProvider: true,
  codeLensProvider: { resolveProvider: true },
  ...(commands.length > 0 && { executeCommandProvider: { commands: [...commands] } }),
  ...(abilities.codeActionLiterals && {
    codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS, resolveProvider: abilities.resolveEdit },
  }),
  ...(abilities.pull && {
    diagnosticProvider: { identifier: "tlslint", interFileDependencies: true, workspaceDiagnostics: true },
  }),
  ...((abilities.workspaceFolders || abilities.willRename) && {
    workspace: {
      ...(abilities.workspaceFolders && { workspaceFolders: { supported: true, changeNotifications: true } }),
      ...(abilities.willRename && { fileOperations: { willRename: { filters: RENAMED } } }),
    },
  }),
});

/** What the service has to say goes to the client's log. */
export function log({ console }: Connection, level: Parameters<LintHost["log"]>[0], text: string): void {
  const message = withoutWholeKeys(text);
  if (level === "error") console.error(message);
  else if (level === "warning") console.warn(message);
  else if (level === "info") console.info(message);
  else console.debug(message);
}
