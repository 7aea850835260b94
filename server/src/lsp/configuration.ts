/** The editor's settings and workspace folders on their way to the service. */
import { type Connection, DidChangeConfigurationNotification, type InitializeParams } from "vscode-languageserver";
import type { LintOptions, LintService } from "../service/api.ts";
import { type ClientAbilities, property } from "./client-abilities.ts";
import { hintsWished } from "./path-hints.ts";
import { pathOf } from "./paths.ts";
import type { RunSafe } from "./run-safe.ts";

const SECTION = "tlslint";
/** Milliseconds that findings wait for settings from a client that said it has them. */
const PATIENCE = 3000;

export class Configuration {
  /** The first settings have arrived, or will not. */
  readonly ready: Promise<void>;
  readonly #connection: Connection;
  readonly #service: LintService;
  readonly #abilities: ClientAbilities;
  #roots: readonly string[];
  #settings: LintOptions["settings"];
  #arrived: () => void = () => {};

  constructor(connection: Connection, service: LintService, abilities: ClientAbilities, params: InitializeParams) {
    this.#connection = connection;
    this.#service = service;
    this.#abilities = abilities;
    this.#roots = rootsOf(params);
    this.#settings = record(property(params.initializationOptions, "settings"));
    this.ready = abilities.configuration ? new Promise((resolve) => (this.#arrived = resolve)) : Promise.resolve();
    this.#apply();
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  get hints(): ReturnType<typeof hintsWished> {
    return hintsWished(this.#settings);
  }

  /** `changed` is called when settings or folders differ from before. To be called when the client has said "initialized". */
  listen(runSafe: RunSafe, changed: () => void): void {
    const connection = this.#connection;
    connection.onDidChangeConfiguration(
      runSafe.notification("workspace/didChangeConfiguration", async ({ settings }) => {
        if (await this.#take(() => this.#ask(property(settings, SECTION)))) changed();
      }),
    );
    if (this.#abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
        this.#roots = [...this.#roots.filter((root) => !gone.has(root)), ...added.map(({ uri }) => pathOf(uri))];
        this.#apply();
        changed();
      });
    }
    if (this.#abilities.registerConfiguration) {
      runSafe.task("client/registerCapability", async () => {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      });
    }
    if (this.#abilities.configuration) {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        this.#arrived();
      }, PATIENCE);
      runSafe.task("workspace/configuration", async () => {
        const different = await this.#take(() => this.#ask(undefined));
        clearTimeout(timer);
        this.#arrived();
        // Whoever waited has not seen other settings.
        if (different && late) changed();
      });
    }
  }

  /** A client that answers questions sends no values of its own accord. */
  async #ask(sent: unknown): Promise<unknown> {
    return this.#abilities.configuration ? this.#connection.workspace.getConfiguration(SECTION) : sent;
  }

  async #take(read: () => Promise<unknown>): Promise<boolean> {
    const settings = record(await read());
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return false;
    this.#settings = settings;
    this.#apply();
    return true;
  }

  #apply(): void {
    this.#service.setOptions({
      roots: this.#roots,
      ...(this.#settings && { settings: this.#settings }),
      ...(!this.#abilities.registerWatchers && { unwatched: true }),
    });
  }
}

function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => pathOf(uri));
  if (rootUri) return [pathOf(rootUri)];
  return rootPath ? [rootPath.replaceAll("\\", "/")] : [];
}

const record = (value: unknown): LintOptions["settings"] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
