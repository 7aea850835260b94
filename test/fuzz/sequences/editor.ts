/**
 * An editor's side of a sequence: its documents, the disk below them, and what the server told it. It counts positions by itself, and
 * notes down whatever no server should say.
 */
import type {
  ApplyWorkspaceEditParams,
  ApplyWorkspaceEditResult,
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import type { ColumnUnit } from "../../../server/src/base/line-index.ts";
import { pathOf, uriOf } from "../../../server/src/lsp/paths.ts";
import { LIKE_VSCODE, PLAIN } from "../../lsp/editor.ts";
import type { BusyService } from "./busy-service.ts";
import { type Answer, Channel } from "./channel.ts";
import type { Disk } from "./disk.ts";
import type { HurriedTimers } from "./hurried-timers.ts";
import type { Edit } from "./operations.ts";
import { offsetAt, positionAt, snapped } from "./positions.ts";

export interface ClientKind {
  readonly unit: ColumnUnit;
  /** Diagnostics are asked for; else they are published. */
  readonly pull: boolean;
  /** An editor that has only what is oldest in the protocol. */
  readonly plain: boolean;
  /** It applies what the server asks it to. */
  readonly obliging: boolean;
}

export interface OpenText {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** Cancelled, content modified, cancelled by the server: what somebody may hear whose document changed, or who gave up. */
const EXCUSES: ReadonlySet<number> = new Set([-32800, -32801, -32802]);

export class SequenceEditor {
  readonly documents = new Map<string, OpenText>();
  readonly published = new Map<string, readonly Diagnostic[]>();
  /** Of the whole workspace, as the client remembers it. */
  readonly workspace = new Map<string, { readonly resultId: string | undefined; readonly items: readonly Diagnostic[] }>();
  readonly channel: Channel;
  readonly disk: Disk;
  readonly kind: ClientKind;
  /** The first thing that is wrong. */
  wrong: string | undefined;
  settings: Readonly<Record<string, unknown>> = {};
  roots: readonly string[] = ["/w"];
  readonly #timers: HurriedTimers;
  readonly #busy: BusyService;
  #received = 0;

  constructor(busy: BusyService, disk: Disk, kind: ClientKind, timers: HurriedTimers) {
    this.disk = disk;
    this.kind = kind;
    this.#timers = timers;
    this.#busy = busy;
    this.channel = new Channel(busy.service, {
      notified: (method, params) => this.#notified(method, Object(params)),
      asked: (method, params) => this.#asked(method, Object(params)),
    });
  }

  async start(): Promise<void> {
    const folders = this.roots.map((it) => ({ uri: uriOf(it), name: "w" }));
    const { answer } = this.channel.request("initialize", {
      processId: null,
      rootUri: uriOf("/w"),
      workspaceFolders: folders,
      capabilities: capabilitiesOf(this.kind),
      initializationOptions: { settings: {}, ...(!this.kind.plain && { copyCommand: "copy" }) },
    });
    const { result } = await answer;
    const { positionEncoding } = Object(Object(result).capabilities);
    if (positionEncoding !== this.kind.unit) this.complain(`the server counts in ${positionEncoding}`);
    this.channel.notify("initialized", {});
  }

  complain(what: string): void {
    this.wrong ??= what;
  }

  /** The client's answer to a request of its own; an error is one only where nothing happened meanwhile. */
  async ask(method: string, params: unknown, meanwhile = false): Promise<unknown> {
    return this.resultOf(method, await this.channel.request(method, params).answer, meanwhile);
  }

  resultOf(method: string, { result, error }: Answer, meanwhile: boolean): unknown {
    if (error !== undefined && !(meanwhile && EXCUSES.has(error.code))) this.complain(`${method}: ${error.code} ${error.message}`);
    return result;
  }

  open(uri: string, languageId: string, text: string): void {
    const document = { uri, path: pathOf(uri, languageId), version: 1, text };
    this.documents.set(uri, document);
    this.channel.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** One after the other, each stated against what the one before it left. */
  edit(document: OpenText, edits: readonly Edit[]): void {
    let { text } = document;
    const changes = edits.map(({ at, remove, text: newText }) => {
      const start = snapped(text, Math.floor((text.length * at) / 1_000_000));
      const end = snapped(text, Math.max(start, Math.min(text.length, start + remove)));
      const change = {
        range: { start: positionAt(text, start, this.kind.unit), end: positionAt(text, end, this.kind.unit) },
        text: newText,
      };
      text = text.slice(0, start) + newText + text.slice(end);
      return change;
    });
    this.change(document, text, changes);
  }

  change(document: OpenText, text: string, contentChanges: readonly TextDocumentContentChangeEvent[] = [{ text }]): void {
    const version = document.version + 1;
    this.documents.set(document.uri, { ...document, version, text });
    this.channel.notify("textDocument/didChange", { textDocument: { uri: document.uri, version }, contentChanges });
  }

  close({ uri }: OpenText): void {
    this.documents.delete(uri);
    this.channel.notify("textDocument/didClose", { textDocument: { uri } });
  }

  save(document: OpenText): void {
    if (!document.uri.startsWith("file:")) return;
    this.disk.contents.set(document.path, document.text);
    this.channel.notify("textDocument/didSave", { textDocument: { uri: document.uri } });
    if (!this.kind.plain) this.watched([document.path]);
  }

  watched(paths: readonly string[]): void {
    this.channel.notify("workspace/didChangeWatchedFiles", { changes: paths.map((it) => ({ uri: uriOf(it), type: 2 })) });
  }

  configure(settings: Readonly<Record<string, unknown>>): void {
    this.settings = settings;
    this.channel.notify("workspace/didChangeConfiguration", { settings: { tlslint: settings } });
  }

  /** False where the edit does not fit what the editor has. */
  apply({ documentChanges, changes }: WorkspaceEdit): boolean {
    const all = [
      ...Object.entries(changes ?? {}).map(([uri, edits]) => ({ uri, version: null, edits })),
      ...(documentChanges ?? []).flatMap((it) => ("edits" in it ? [{ ...it.textDocument, edits: it.edits }] : [])),
    ];
    for (const { uri, version, edits } of all) {
      const document = this.documents.get(uri);
      const path = document?.path ?? pathOf(uri);
      const before = document?.text ?? this.textOnDisk(path);
      if (before === undefined) return this.#refuse(`an edit is for ${uri}, which is nowhere`);
      if (document && version !== null && version !== undefined && version !== document.version)
        return this.#refuse(`an edit is for version ${version} of ${uri}, which has ${document.version}`);
      const text = this.#edited(
        before,
        edits.map((it) => ("newText" in it ? it : { range: it.range, newText: it.snippet.value })),
      );
      if (text === undefined) return this.#refuse(`an edit of ${uri} stands where there is no text`);
      if (document) this.change(document, text);
      else {
        this.disk.contents.set(path, text);
        this.watched([path]);
      }
    }
    return true;
  }

  textOnDisk(path: string): string | undefined {
    const content = this.disk.contents.get(path);
    return typeof content === "string" ? content : undefined;
  }

  /** Until the server has nothing more to do: neither timers nor calls of the service, for some turns. */
  async idle(): Promise<void> {
    // Messages are taken one a turn: what answers this has taken all before it.
    await this.channel.request("tlslint/no-such-request", {}).answer;
    for (let calm = 0; calm < 3; ) {
      const before = this.#received;
      await new Promise((done) => setImmediate(done));
      calm = this.#timers.pending() + this.#busy.pending() === 0 && before === this.#received ? calm + 1 : 0;
    }
  }

  #refuse(what: string): false {
    this.complain(what);
    return false;
  }

  #edited(text: string, edits: readonly TextEdit[]): string | undefined {
    const placed = edits.map(({ range, newText }) => ({
      start: offsetAt(text, range.start, this.kind.unit),
      end: offsetAt(text, range.end, this.kind.unit),
      newText,
    }));
    let edited = text;
    for (const { start, end, newText } of placed.sort((a, b) => (b.start ?? 0) - (a.start ?? 0))) {
      if (start === undefined || end === undefined || end < start) return undefined;
      edited = edited.slice(0, start) + newText + edited.slice(end);
    }
    return edited;
  }

  #notified(method: string, params: { readonly [name: string]: unknown }): void {
    this.#received++;
    if (method === "window/logMessage" && params["type"] === 1) this.complain(`failed inside: ${params["message"]}`);
    if (method !== "textDocument/publishDiagnostics") return;
    const { uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] } = JSON.parse(JSON.stringify(params));
    if (this.kind.pull) this.complain("diagnostics are published to a client that asks for them");
    this.published.set(uri, diagnostics);
  }

  #asked(method: string, params: object): unknown {
    this.#received++;
    if (method === "workspace/configuration") return [this.settings];
    if (method !== "workspace/applyEdit") return null;
    const { edit }: ApplyWorkspaceEditParams = JSON.parse(JSON.stringify(params));
    const answer: ApplyWorkspaceEditResult = { applied: this.kind.obliging && this.apply(edit) };
    return answer;
  }
}

/** The kinds of actions that are asked for. */
export const actionsIn = (result: unknown): readonly CodeAction[] => (Array.isArray(result) ? result : []);

function capabilitiesOf({ unit, pull, plain }: ClientKind): ClientCapabilities {
  const general = { positionEncodings: [unit] };
  const { diagnostic, ...others } = LIKE_VSCODE.textDocument;
  if (plain) return { general, textDocument: { ...PLAIN.textDocument, ...(pull && { diagnostic }) } };
  return { ...LIKE_VSCODE, general, textDocument: { ...others, ...(pull && { diagnostic }) } };
}
