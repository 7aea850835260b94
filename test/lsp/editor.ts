/** An editor without a screen: speaks the protocol with the bundled server over standard streams, and keeps what it is told. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  type Hover,
  HoverRequest,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { type ColumnUnit, LineIndex } from "../../server/src/base/line-index.ts";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { engineFlags } from "../harness/engine.ts";

/** What VS Code says of itself, as far as the server asks. */
export const LIKE_VSCODE = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: { dynamicRegistration: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "source"] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit", "command"] },
      honorsChangeAnnotations: true,
    },
  },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true }, snippetEditSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
  },
  window: { workDoneProgress: true },
} as const satisfies ClientCapabilities;

/** An editor that has only what is oldest in the protocol. */
export const PLAIN = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } } } },
} as const satisfies ClientCapabilities;

export interface EditorOptions {
  readonly server: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: Record<string, unknown>;
  readonly settings?: unknown;
}

/** Starts the server in a folder with these files and introduces itself. Both are gone after the test. */
export async function startEditor(context: TestContext, options: EditorOptions): Promise<Editor> {
  const folder = folderWith(context, options.files ?? {});
  const child = spawn(process.execPath, [...engineFlags, options.server, "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  const editor = new Editor(child, folder, options);
  context.after(() => editor.kill());
  await editor.initialize();
  return editor;
}

function folderWith(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-editor-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) write(join(folder, name), content);
  return folder;
}

export function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

export class Editor {
  readonly folder: string;
  readonly connection: ProtocolConnection;
  readonly exited: Promise<number | null>;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly registered: string[] = [];
  readonly log: string[] = [];
  /** What the process wrote on standard error. */
  complaints = "";
  /** A promise: the answer comes when it is kept. */
  settings: unknown;
  refreshes = 0;
  result: InitializeResult | undefined;
  readonly #child: ChildProcess;
  readonly #options: EditorOptions;
  readonly #documents = new Map<string, { version: number; text: string }>();

  constructor(
    child: ChildProcess & { stdin: NonNullable<ChildProcess["stdin"]>; stdout: NonNullable<ChildProcess["stdout"]> },
    folder: string,
    options: EditorOptions,
  ) {
    this.#child = child;
    this.#options = options;
    this.folder = folder;
    this.settings = options.settings ?? {};
    this.exited = new Promise((done) => child.once("exit", done));
    child.stderr?.on("data", (data: Buffer) => {
      this.complaints += data;
      process.stderr.write(data);
    });
    const reader = new StreamMessageReader(child.stdout);
    // Its timer starts itself anew for ever where a server is ended within a message, and no test process would end.
    reader.partialMessageTimeout = 0;
    const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
    this.connection = connection;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => void this.published.push(params));
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => void this.log.push(message));
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => Promise.all(items.map(async () => this.settings)));
    connection.onRequest("client/registerCapability", ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations.map(({ method }) => method));
    });
    connection.onRequest("workspace/diagnostic/refresh", () => void this.refreshes++);
    connection.listen();
  }

  async initialize(): Promise<void> {
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: this.uri(""),
      workspaceFolders: [{ uri: this.uri(""), name: "workspace" }],
      capabilities: this.#options.capabilities ?? LIKE_VSCODE,
      ...(this.#options.initializationOptions && { initializationOptions: this.#options.initializationOptions }),
    };
    this.result = await this.connection.sendRequest(InitializeRequest.type, params);
    await this.connection.sendNotification("initialized", {});
  }

  get unit(): ColumnUnit {
    const unit = this.result?.capabilities.positionEncoding;
    return unit === "utf-8" || unit === "utf-32" ? unit : "utf-16";
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href.replace(/\/$/, "");
  }

  text(uri: string): string {
    return this.#documents.get(uri)?.text ?? "";
  }

  async open(name: string, text: string, languageId = "rust"): Promise<string> {
    const uri = name.includes(":") ? name : this.uri(name);
    this.#documents.set(uri, { version: 1, text });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
    return uri;
  }

  /** Types over `from` up to `to`, as offsets of the text as it is. */
  async type(uri: string, from: number, to: number, text: string): Promise<void> {
    const before = this.text(uri);
    const lines = new LineIndex(before);
    const range = { start: lines.position(from, this.unit), end: lines.position(to, this.unit) };
    await this.change(uri, [{ range, text }], before.slice(0, from) + text + before.slice(to));
  }

  async change(uri: string, contentChanges: TextDocumentContentChangeEvent[], text: string): Promise<void> {
    const version = (this.#documents.get(uri)?.version ?? 0) + 1;
    this.#documents.set(uri, { version, text });
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  }

  /** Tells that it was saved. */
  async save(uri: string): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    return report.kind === "full" ? report.items : [];
  }

  /** The diagnostics that were published for this version, once they are. */
  async pushed(uri: string, version = this.#documents.get(uri)?.version): Promise<Diagnostic[]> {
    const found = await until(() => this.published.findLast((it) => it.uri === uri && it.version === version));
    return found.diagnostics;
  }

  async hover(uri: string, offset: number): Promise<Hover | null> {
    const position = new LineIndex(this.text(uri)).position(offset, this.unit);
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
  }

  async codeActions(uri: string, range: Range, only?: string[], diagnostics: Diagnostic[] = []): Promise<CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics, ...(only && { only }) },
    });
    return (actions ?? []).filter((it): it is CodeAction => !("arguments" in it) || "kind" in it);
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest("codeAction/resolve", action);
  }

  /** The document as it is after the action's edit. */
  applied(uri: string, { edit }: CodeAction): string {
    const changes = [
      ...(edit?.changes?.[uri] ?? []),
      ...(edit?.documentChanges ?? []).flatMap((it) => ("edits" in it && it.textDocument.uri === uri ? it.edits : [])),
    ];
    return this.edited(
      uri,
      changes.map((it) => ("newText" in it ? it : { range: it.range, newText: it.snippet.value })),
    );
  }

  edited(uri: string, edits: readonly TextEdit[]): string {
    const lines = new LineIndex(this.text(uri));
    const offset = (position: Position): number => lines.offset(position, this.unit);
    return applyEdits(
      this.text(uri),
      edits.map(({ range, newText }) => ({ span: { start: offset(range.start), end: offset(range.end) }, text: newText })),
    );
  }

  covered(uri: string, { start, end }: Range): string {
    const lines = new LineIndex(this.text(uri));
    return this.text(uri).slice(lines.offset(start, this.unit), lines.offset(end, this.unit));
  }

  /** The process's streams and end, for what a well-behaved editor does not do. */
  get process(): ChildProcess {
    return this.#child;
  }

  /** What it still had to say keeps nobody waiting: nothing reads its pipes any more. */
  kill(): void {
    this.connection.dispose();
    if (this.#child.exitCode === null) this.#child.kill("SIGKILL");
    for (const it of this.#child.stdio) it?.destroy();
  }
}

/** Waits until there is a value, for a bounded time. */
export async function until<T>(read: () => T | undefined | Promise<T | undefined>, limit = 60_000): Promise<T> {
  const start = Date.now();
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() - start > limit) throw new Error(`waited ${limit} ms in vain`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
