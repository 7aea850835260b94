/** The language server as the extension sees it: started, stopped, restarted, asked. */
import { type CancellationToken, EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, window, workspace } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State, Trace } from "vscode-languageclient";
import { COPY_TEXT, EXPLAIN_FINDING, SELECT_PLACEHOLDER, SHOW_USES } from "./command-names.ts";
import { documentsOf } from "./documents.ts";
import type { InspectedFile } from "./inspected-file.ts";
import type { Listed } from "./overview/answers.ts";
import { answerReads } from "./read-files.ts";
import type { Silenced } from "./status-text.ts";
import type { Summary } from "./summary-text.ts";

export type ServerState = "starting" | "running" | "stopped";

export interface ListPage {
  readonly from: number;
  readonly count: number;
  /** Of certificates, those with problems alone. */
  readonly problems?: boolean;
}

/** The client of either kind of server. */
export type ServerClient = BaseLanguageClient & { restart(): Promise<void> };

export class ServerProcess {
  readonly output: LogOutputChannel;
  readonly #client: ServerClient;
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #overviewChanged = new EventEmitter<void>();
  /** What the views show may be something else now. */
  readonly onDidChangeOverview = this.#overviewChanged.event;
  readonly #summarised = new EventEmitter<void>();
  readonly onDidSummarise = this.#summarised.event;
  #summary: Summary | undefined;
  #state: ServerState = "stopped";

  constructor(context: ExtensionContext, createClient: (context: ExtensionContext, options: LanguageClientOptions) => ServerClient) {
    this.output = window.createOutputChannel("tlslint", { log: true });
    context.subscriptions.push(this.output, this.#changed, this.#overviewChanged, this.#summarised);
    const documentSelector = documentsOf(schemes());
    const clientOptions: LanguageClientOptions = {
      documentSelector,
      outputChannel: this.output,
      // VS Code's preview starts with every box unticked, and each edit can be taken alone: nothing for a change that is in full view.
      initializationOptions: {
        selectCommand: SELECT_PLACEHOLDER,
        copyCommand: COPY_TEXT,
        explainCommand: EXPLAIN_FINDING,
        referencesCommand: SHOW_USES,
        confirmElsewhereOnly: true,
        overviewChanges: true,
        readFiles: true,
      },
      // Names in certificates are the attacker's.
      markdown: { isTrusted: false, supportHtml: false },
      diagnosticCollectionName: "tlslint",
    };
    this.#client = createClient(context, clientOptions);
    context.subscriptions.push(answerReads(this.#client));
    context.subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(() => {
        const now = documentsOf(schemes());
        if (now.length <= documentSelector.length) return;
        // The client looks at it when it starts, and at no other time.
        documentSelector.splice(0, documentSelector.length, ...now);
        this.restart().catch((error: unknown) => this.output.error(`the language server did not start again: ${String(error)}`));
      }),
    );
    this.#client.onNotification("tlslint/overviewChanged", () => this.forgetOverview());
    this.#client.onNotification("tlslint/summary", (summary: Summary) => {
      this.#summary = summary;
      this.#summarised.fire();
    });
    this.#client.onDidChangeState(({ newState }) => {
      this.#state = newState === State.Running ? "running" : newState === State.Starting ? "starting" : "stopped";
      // What another run found is not what this one will.
      if (this.#state !== "running") this.#summary = undefined;
      this.#changed.fire(this.#state);
    });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Of the last time that the workspace was analysed by the server that runs. */
  get summary(): Summary | undefined {
    return this.#summary;
  }

  /** To be waited for by nobody: a failure is in the log, and the state says it. */
  async start(): Promise<void> {
    try {
      await this.#client.start();
    } catch (error) {
      this.output.error(`the language server did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  async restart(): Promise<void> {
    await this.#client.restart();
  }

  /** Undefined when the server is not there to answer, failed, or has something else to do first. */
  async inspect(uri: string, password?: string): Promise<InspectedFile | undefined> {
    await this.#started();
    if (password === undefined || !this.#client.isRunning()) return this.request<InspectedFile>("tlslint/inspect", { uri });
    try {
      return await this.#unlogged(() => this.request<InspectedFile>("tlslint/inspect", { uri, password }));
    } catch {
      // It stopped meanwhile, and takes no level for its log.
      return undefined;
    }
  }

  /** Undefined when the server is not there to answer. */
  async askTool(name: string, input: object, token: CancellationToken): Promise<string | undefined> {
    await this.#started();
    if (!this.#client.isRunning()) return undefined;
    return (await this.#client.sendRequest<{ text: string } | null>("tlslint/tool", { name, input }, token))?.text;
  }

  /** Undefined when the server is not there to answer, or has something else to do first. */
  async silenced(uri: string): Promise<Silenced | undefined> {
    return this.request<Silenced>("tlslint/silenced", { uri });
  }

  /** A part of a list of the workspace; undefined when the server is not there to answer, or has something else to do first. */
  list<T>(name: "certificates" | "endpoints", page: ListPage): Promise<Listed<T> | undefined> {
    return this.request<Listed<T>>(`tlslint/${name}`, page);
  }

  /** Undefined when the server is not there to answer, or has something else to do first. */
  async request<T>(method: string, parameters: object): Promise<T | undefined> {
    if (!this.#client.isRunning()) return undefined;
    try {
      return (await this.#client.sendRequest<T | null>(method, parameters)) ?? undefined;
    } catch {
      // Something changed meanwhile: what was asked for is asked for again.
      return undefined;
    }
  }

  forgetOverview(): void {
    this.#overviewChanged.fire();
  }

  /** Until it is known whether the server runs. */
  async #started(): Promise<void> {
    while (this.#state === "starting") {
      await new Promise<void>((done) => {
        const listener = this.onDidChangeState(() => {
          listener.dispose();
          done();
        });
      });
    }
  }

  /** At the log level `trace` messages are written with their parameters: not while one of them holds a password. */
  async #unlogged<T>(work: () => Promise<T>): Promise<T> {
    await this.#client.setTrace(Trace.Off);
    try {
      return await work();
    } finally {
      if (this.#client.traceOutputChannel.logLevel === LogLevel.Trace) await this.#client.setTrace(Trace.Messages);
    }
  }
}

/** Of the workspace's folders; a file beside them lies on a disk. */
export const schemes = (): readonly string[] => [
  ...new Set(["file", "untitled", ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]),
];
