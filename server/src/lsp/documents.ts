/** The documents that are open in the editor: their texts as typed, and the news of each change for the service. */
import type { Connection, DidChangeTextDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import { type ColumnUnit, LineIndex } from "../base/line-index.ts";
import type { Span } from "../base/span.ts";
import type { LintService } from "../service/api.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { pathOf, uriOf } from "./paths.ts";
import { spanOf } from "./positions.ts";
import type { RunSafe } from "./run-safe.ts";

/** Immutable: a change makes a new one. */
export interface OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

export interface DocumentEvents {
  /** Opened or changed. */
  changed(document: OpenDocument): void;
  closed(document: OpenDocument): void;
  saved(document: OpenDocument): void;
}

export class Documents {
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();
  readonly #service: LintService;
  readonly #unit: ColumnUnit;
  /** What waits while it is typed can be told later. */
  readonly #waits: boolean;

  constructor(service: LintService, { unit, pull, refreshDiagnostics }: Pick<ClientAbilities, "unit" | "pull" | "refreshDiagnostics">) {
    this.#service = service;
    this.#unit = unit;
    this.#waits = !pull || refreshDiagnostics;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#byUri.get(uri);
  }

  at(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): OpenDocument[] {
    return [...this.#byUri.values()];
  }

  /** The name that the service has for a document, open or not. */
  path(uri: string): string {
    return this.#byUri.get(uri)?.path ?? pathOf(uri);
  }

  /** The client's own spelling for an open document. */
  uri(path: string): string {
    return this.#byPath.get(path)?.uri ?? uriOf(path);
  }

  listen(connection: Connection, runSafe: RunSafe, events: DocumentEvents): void {
    connection.onDidOpenTextDocument(
      runSafe.notification("textDocument/didOpen", ({ textDocument }) => events.changed(this.#open(textDocument))),
    );
    connection.onDidChangeTextDocument(
      runSafe.notification("textDocument/didChange", (params) => {
        const document = this.#change(params);
        if (document) events.changed(document);
      }),
    );
    connection.onDidSaveTextDocument(
      runSafe.notification("textDocument/didSave", ({ textDocument }) => {
        const document = this.#byUri.get(textDocument.uri);
        if (document) events.saved(document);
      }),
    );
    connection.onDidCloseTextDocument(
      runSafe.notification("textDocument/didClose", ({ textDocument }) => {
        const document = this.#close(textDocument.uri);
        if (document) events.closed(document);
      }),
    );
  }

  #open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
    const document = this.#keep({ uri, path: pathOf(uri, languageId), version, text, lines: new LineIndex(text) });
    this.#service.open(document.path, text);
    return document;
  }

  #change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenDocument | undefined {
    const before = this.#byUri.get(textDocument.uri);
    if (!before) return undefined;
    const { text, changes } = applyChanges(before, contentChanges, this.#unit);
    const document = this.#keep({ ...before, version: textDocument.version, text, lines: new LineIndex(text) });
    this.#service.change(document.path, text, this.#waits ? changes : undefined);
    return document;
  }

  #close(uri: string): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    if (!document) return undefined;
    this.#byUri.delete(uri);
    this.#byPath.delete(document.path);
    this.#service.close(document.path);
    return document;
  }

  #keep(document: OpenDocument): OpenDocument {
    this.#byUri.set(document.uri, document);
    this.#byPath.set(document.path, document);
    return document;
  }
}

interface Change {
  readonly span: Span;
  readonly text: string;
}

/**
 * Each change is stated against the text that the one before it left. Editors send them from the end of the text to its start;
 * as long as they do, the places of the original text still hold, and its line index is not made again for each.
 * `changes` is undefined where the whole text was replaced, or where the places of changes depend on one another.
 */
export function applyChanges(
  before: { readonly text: string; readonly lines: LineIndex },
  events: readonly TextDocumentContentChangeEvent[],
  unit: ColumnUnit,
): { readonly text: string; readonly changes: readonly Change[] | undefined } {
  let { text, lines } = before;
  let untouched = Number.POSITIVE_INFINITY;
  let changes: Change[] | undefined = [];
  for (const event of events) {
    if (!("range" in event)) {
      text = event.text;
      lines = new LineIndex(text);
      changes = undefined;
      untouched = Number.POSITIVE_INFINITY;
      continue;
    }
    let span = spanOf(lines, event.range, unit);
    if (span.end >= untouched) {
      lines = new LineIndex(text);
      changes = undefined;
      span = spanOf(lines, event.range, unit);
    }
    text = text.slice(0, span.start) + event.text + text.slice(span.end);
    changes?.push({ span, text: event.text });
    untouched = span.start;
  }
  return { text, changes };
}
