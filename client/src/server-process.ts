/** The language server as the extension sees it: started, stopped, restarted, asked. */
import { EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, window } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State, Trace, TransportKind } from "vscode-languageclient/node";
import { COPY_TEXT, SELECT_PLACEHOLDER, SHOW_USES } from "./command-names.ts";
import { DOCUMENTS } from "./documents.ts";
import type { Listed } from "./overview/answers.ts";
import type { Silenced } from "./status-text.ts";
import type { Summary } from "./summary-text.ts";

export type ServerState = "starting" | "running" | "stopped";

export class ServerProcess {
  readonly output: LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #overviewChanged = new EventEmitter<void>();
  /** What the views show may be something else now. */
  readonly onDidChangeOverview = this.#overviewChanged.event;
  readonly #summarised = new EventEmitter<Summary>();
  readonly onDidSummarise = this.#summarised.event;
  #summary: Summary | undefined;
  #state: ServerState = "stopped";

  constructor(context: ExtensionContext) {
    this.output = window.createOutputChannel("tlslint", { log: true });
    context.subscriptions.push(this.output, this.#changed, this.#overviewChanged, this.#summarised);
    const module = context.asAbsolutePath("server/out/server.js");
    const options: ServerOptions = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    };
    const clientOptions: LanguageClientOptions = {
      documentSelector: [...DOCUMENTS],
      outputChannel: this.output,
      // VS Code's preview starts with every box unticked, and each edit can be taken alone: nothing for a change that is in full view.
      initializationOptions: {
        selectCommand: SELECT_PLACEHOLDER,
        copyCommand: COPY_TEXT,
        referencesCommand: SHOW_USES,
        confirmElsewhereOnly: true,
        overviewChanges: true,
      },
      // Names in certificates are the attacker's.
      markdown: { isTrusted: false, supportHtml: false },
      diagnosticCollectionName: "tlslint",
    };
    this.#client = new LanguageClient("tlslint", "tlslint", options, clientOptions);
    this.#client.onNotification("tlslint/overviewChanged", () => this.forgetOverview());
    this.#client.onNotification("tlslint/summary", (summary: Summary) => {
      this.#summary = summary;
      this.#summarised.fire(summary);
    });
    this.#client.onDidChangeState(({ newState }) => {
      this.#state = newState === State.Running ? "running" : newState === State.Starting ? "starting" : "stopped";
      this.#changed.fire(this.#state);
    });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Of the last time that the whole workspace was read. */
  get summary(): Summary | undefined {
    return this.#summary;
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  async restart(): Promise<void> {
    await this.#client.restart();
  }

  /** Undefined when the server is not there to answer. */
  async inspect(uri: string, password?: string): Promise<string | undefined> {
    if (!this.#client.isRunning()) return undefined;
    if (password !== undefined) return this.#unlogged(() => this.#inspect({ uri, password }));
    return this.#inspect({ uri });
  }

  /** Undefined when the server is not there to answer, or has something else to do first. */
  async silenced(uri: string): Promise<Silenced | undefined> {
    return this.request<Silenced>("tlslint/silenced", { uri });
  }

  /** A part of a list of the workspace; undefined when the server is not there to answer, or has something else to do first. */
  list<T>(name: "certificates" | "endpoints", from: number, count: number): Promise<Listed<T> | undefined> {
    return this.request<Listed<T>>(`tlslint/${name}`, { from, count });
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

  async #inspect(parameters: { readonly uri: string; readonly password?: string }): Promise<string | undefined> {
    const answer = await this.#client.sendRequest<{ text: string } | null>("tlslint/inspect", parameters);
    return answer?.text;
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
