/**
 * Diagnostics of the whole workspace. Clients ask again as soon as they are answered, so a request with nothing new to tell
 * stays open until a file or a setting changes.
 */
import type {
  DiagnosticServerCancellationData,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { FileReport } from "../service/api.ts";
import { diagnosticsOf } from "./diagnostic.ts";
import { fingerprint } from "./fingerprint.ts";
import { showProgress } from "./progress.ts";
import type { Session } from "./session.ts";
import { Count } from "./summary.ts";

/** Files a partial result. */
const PORTION = 50;
/** Milliseconds that a change may take to become complete: a checkout changes many files. */
const SETTLED_AFTER = 500;
/** Milliseconds that other requests may have to wait for this one. */
const ANSWER_WITHIN = 10;

export class WorkspaceDiagnostics {
  readonly #session: Session;
  readonly #told: (count: Count) => Promise<void>;
  #answeredFor: number | undefined;
  #moment = 0;
  #wake: (() => void)[] = [];

  /** `told` hears what came of each time that the files were read, to the end or until the user stopped it. */
  constructor(session: Session, told: (count: Count) => Promise<void>) {
    this.#session = session;
    this.#told = told;
    const { connection, runSafe } = session;
    connection.languages.diagnostics.onWorkspace((params, token, _progress, partial) =>
      runSafe.request<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, DiagnosticServerCancellationData>(
        "workspace/diagnostic",
        (it, signal) => this.#answer(it, signal, partial ? (items) => partial.report({ items }) : undefined),
        { items: [] },
      )(params, token),
    );
  }

  /** Files on disk or settings changed. Keys do not count: open documents are asked for one by one. */
  changed(): void {
    this.#moment++;
    for (const wake of this.#wake.splice(0)) wake();
  }

  async #answer(
    { previousResultIds }: WorkspaceDiagnosticParams,
    signal: AbortSignal,
    partial: ((items: WorkspaceDocumentDiagnosticReport[]) => void) | undefined,
  ): Promise<WorkspaceDiagnosticReportPartialResult> {
    await this.#session.reports.ready();
    const previous = new Map(previousResultIds.map(({ uri, value }) => [this.#session.documents.path(uri), value]));
    if (this.#answeredFor === this.#moment) {
      await this.#change(signal);
      await pause(SETTLED_AFTER, signal);
    }
    const moment = this.#moment;
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const count = new Count();
    for await (const item of this.#items(previous, count, signal)) {
      items.push(item);
      if (partial && items.length >= PORTION) partial(items.splice(0));
    }
    if (!signal.aborted) {
      this.#answeredFor = moment;
      this.#session.runSafe.task("tlslint/summary", () => this.#told(count));
    }
    // With partial results, the answer itself has to be empty.
    if (partial && items.length > 0) partial(items.splice(0));
    return { items };
  }

  async *#items(previous: Map<string, string>, count: Count, signal: AbortSignal): AsyncGenerator<WorkspaceDocumentDiagnosticReport> {
    const { connection, documents } = this.#session;
    const files = await this.#files(signal);
    const progress = await showProgress(this.#session, "tlslint: reading the workspace", files.size);
    let done = 0;
    let rested = Date.now();
    try {
      for (const path of files) {
        if (signal.aborted) return;
        if (progress.signal.aborted) {
          count.isWhole = false;
          connection.console.warn(`the workspace was not read to its end: ${done} of ${files.size} files`);
          return;
        }
        const report = await this.#session.service.lint(path, signal);
        count.add(report);
        const item = await this.#item(report, previous.get(path));
        if (item) yield item;
        progress.report(++done);
        if (Date.now() - rested < ANSWER_WITHIN) continue;
        // The files are read without a pause, so keys and cancellations would wait for the last of them.
        await pause(0, signal);
        rested = Date.now();
      }
    } finally {
      progress.end();
    }
    for (const path of previous.keys()) {
      if (!files.has(path) && !documents.at(path)) yield { kind: "full", uri: documents.uri(path), version: null, items: [] };
    }
  }

  async #files(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const files = new Set<string>();
    for (const root of this.#session.roots()) {
      for (const path of (await this.#session.service.files(root, signal)).files) files.add(path);
    }
    return files;
  }

  /** A file without findings is told only when it had some. */
  async #item(report: FileReport, previous: string | undefined): Promise<WorkspaceDocumentDiagnosticReport | undefined> {
    const { documents } = this.#session;
    const { file: path } = report;
    const document = documents.at(path);
    const items = await diagnosticsOf(this.#session, report);
    if (items.length === 0 && previous === undefined) return undefined;
    const target = { uri: documents.uri(path), version: document?.version ?? null };
    const resultId = fingerprint(JSON.stringify(items));
    return resultId === previous ? { ...target, kind: "unchanged", resultId } : { ...target, kind: "full", resultId, items };
  }

  #change(signal: AbortSignal): Promise<void> {
    return unlessAborted(signal, (resolve) => {
      this.#wake.push(resolve);
      return () => {};
    });
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  unlessAborted(signal, (resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    return () => clearTimeout(timer);
  });

/** Until `resolve` is called or the signal raised; what listened to it listens no longer. */
function unlessAborted(signal: AbortSignal, start: (resolve: () => void) => () => void): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const finish = (): void => {
      signal.removeEventListener("abort", finish);
      stop();
      done();
    };
    signal.addEventListener("abort", finish);
    const stop = start(finish);
  });
}
