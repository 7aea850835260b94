/** What the client said that it can do, reduced to the questions that the server asks. */
import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import type { ColumnUnit } from "../base/line-index.ts";
import { negotiatedUnit } from "./positions.ts";

export interface ClientAbilities {
  readonly unit: ColumnUnit;
  /** Diagnostics are asked for; else they are published. Never both. */
  readonly pull: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshHints: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: boolean;
  readonly markdownHover: boolean;
  /** Without it only commands may be offered, and we have none: no code actions then. */
  readonly codeActionLiterals: boolean;
  readonly resolveEdit: boolean;
  readonly confirmChanges: boolean;
  /** A change of nothing but the document in front is made at once: the user sees it there, and can undo it. */
  readonly confirmElsewhereOnly: boolean;
  readonly versionedEdits: boolean;
  /** An edit may make a file. */
  readonly createsResources: boolean;
  /** Edits that the server asks for, outside of an action. */
  readonly appliesEdits: boolean;
  readonly snippetEdits: boolean;
  /** A command of the client that selects ranges of a document after an edit. */
  readonly selectCommand: string | undefined;
  /** A command of the client that puts a text on the clipboard. */
  readonly copyCommand: string | undefined;
  /** A command of the client that shows a page about a finding. */
  readonly explainCommand: string | undefined;
  /** A command of the client that shows a list of places, as its own lenses do. */
  readonly referencesCommand: string | undefined;
  /** It shows lists of the workspace, and wants to be told when they may have changed. */
  readonly overviewChanges: boolean;
  /** A definition may say what it is the definition of. */
  readonly definitionLinks: boolean;
  /** Says that a file will be renamed, and makes the edits that this asks for. */
  readonly willRename: boolean;
  readonly configuration: boolean;
  readonly registerConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly registerWatchers: boolean;
  readonly registerCompletion: boolean;
  readonly progress: boolean;
  /** Answers what is in files and folders that only the editor can read. */
  readonly readsFiles: boolean;
}

export function abilitiesOf(params: InitializeParams): ClientAbilities {
  const { general, textDocument, window, workspace, experimental }: ClientCapabilities = params.capabilities;
  const action = textDocument?.codeAction;
  const diagnostics = [textDocument?.diagnostic, textDocument?.publishDiagnostics];
  const resolve = action?.dataSupport === true && (action.resolveSupport?.properties.includes("edit") ?? false);
  return {
    unit: negotiatedUnit(general?.positionEncodings),
    pull: textDocument?.diagnostic !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshHints: workspace?.inlayHint?.refreshSupport === true,
    relatedInformation: diagnostics.some((it) => it?.relatedInformation === true),
    codeDescription: diagnostics.some((it) => it?.codeDescriptionSupport === true),
    diagnosticTags: diagnostics.some((it) => it?.tagSupport !== undefined),
    markdownHover: textDocument?.hover?.contentFormat?.includes("markdown") ?? false,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    resolveEdit: resolve,
    confirmChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined && action?.honorsChangeAnnotations === true,
    confirmElsewhereOnly: property(params.initializationOptions, "confirmElsewhereOnly") === true,
    appliesEdits: workspace?.applyEdit === true,
    createsResources: workspace?.workspaceEdit?.resourceOperations?.includes("create") ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true || property(experimental, "snippetTextEdit") === true,
    copyCommand: text(property(params.initializationOptions, "copyCommand")),
    explainCommand: text(property(params.initializationOptions, "explainCommand")),
    selectCommand: text(property(params.initializationOptions, "selectCommand")),
    referencesCommand: text(property(params.initializationOptions, "referencesCommand")),
    overviewChanges: property(params.initializationOptions, "overviewChanges") === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    willRename: workspace?.fileOperations?.willRename === true,
    configuration: workspace?.configuration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    registerWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registerCompletion: textDocument?.completion?.dynamicRegistration === true,
    progress: window?.workDoneProgress === true,
    readsFiles: property(params.initializationOptions, "readFiles") === true,
  };
}

/** A property of something that a client sent and nobody has checked. */
export function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
