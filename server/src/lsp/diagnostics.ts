/** Diagnostics of open documents: answered where the client asks for them, else published a moment after the last key. */
import {
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { diagnosticsOf } from "./diagnostic.ts";
import type { OpenDocument } from "./documents.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a key until diagnostics are published, and without news until the client is told to ask again. */
const PUBLISH_AFTER = 150;
const REFRESH_AFTER = 200;
/** Milliseconds without a key until a line that was not ended is taken for what is meant: when VS Code saves by itself (`files.autoSaveDelay`). */
const PAUSE_AFTER = 1000;

export interface Diagnostics {
  /** A document was opened or changed. */
  changed(): void;
  closed(document: OpenDocument): void;
  /** Files or settings changed that every document may depend on. */
  refresh(): void;
  dispose(): void;
}

export function createDiagnostics(session: Session): Diagnostics {
  return session.abilities.pull ? pulled(session) : published(session);
}

function pulled(session: Session): Diagnostics {
  const { abilities, connection, documents, reports, runSafe, service } = session;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    if (abilities.refreshDiagnostics) runSafe.task("workspace/diagnostic/refresh", () => connection.languages.diagnostics.refresh());
  };

  connection.languages.diagnostics.on(
    runSafe.request<DocumentDiagnosticParams, DocumentDiagnosticReport, DiagnosticServerCancellationData>(
      "textDocument/diagnostic",
      async ({ textDocument, previousResultId }, signal) => {
        const path = documents.path(textDocument.uri);
        // Clients ask once more for a document that they closed; when its file is gone, too, there is nothing to be told of.
        if (!documents.at(path) && (await service.text(path)) === undefined) return { kind: "full", items: [] };
        const report = await reports.of(path, signal);
        // "Content modified" would make clients clear what they show; this makes them keep it and ask again.
        if (!report) throw new ResponseError(LSPErrorCodes.ServerCancelled, "the document changed meanwhile", { retriggerRequest: true });
        const items = await diagnosticsOf(session, report);
        const resultId = fingerprint(JSON.stringify(items));
        return resultId === previousResultId ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
      },
      { kind: "full", items: [] },
    ),
  );

  return {
    changed() {
      clearTimeout(pause);
      pause = setTimeout(() => session.pause() && refresh(), PAUSE_AFTER);
    },
    closed() {},
    refresh() {
      clearTimeout(timer);
      timer = setTimeout(refresh, REFRESH_AFTER);
    },
    dispose() {
      clearTimeout(timer);
      clearTimeout(pause);
    },
  };
}

function published(session: Session): Diagnostics {
  const { connection, documents, reports, runSafe } = session;
  const pending = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly controller: AbortController }>();

  function schedule({ uri }: OpenDocument): void {
    stop(uri);
    const controller = new AbortController();
    const publishSoon = (): void => runSafe.task("textDocument/publishDiagnostics", () => publish(uri, controller.signal));
    pending.set(uri, { timer: setTimeout(publishSoon, PUBLISH_AFTER), controller });
  }

  async function publish(uri: string, signal: AbortSignal): Promise<void> {
    const document = documents.get(uri);
    if (!document) return;
    session.pause();
    const report = await reports.of(document.path, signal);
    // The change that made it out of date has scheduled the next one.
    if (!report) return;
    const diagnostics = await diagnosticsOf(session, report);
    if (documents.get(uri) === document) await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  function stop(uri: string): void {
    clearTimeout(pending.get(uri)?.timer);
    pending.get(uri)?.controller.abort();
    pending.delete(uri);
  }

  // Certificates and code speak of one another: a change in one document may change the findings of all.
  const scheduleAll = (): void => documents.all().forEach(schedule);
  return {
    changed: scheduleAll,
    refresh: scheduleAll,
    closed({ uri }) {
      stop(uri);
      runSafe.task("textDocument/publishDiagnostics", () => connection.sendDiagnostics({ uri, diagnostics: [] }));
      scheduleAll();
    },
    dispose: () => [...pending.keys()].forEach(stop),
  };
}
