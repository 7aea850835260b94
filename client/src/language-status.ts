/** What the language status says of the document in front: how much was found, and whether it was looked at at all. */
import {
  type Disposable,
  Disposable as Disposables,
  LanguageStatusSeverity,
  languages,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { RESTART, SHOW_OUTPUT, SHOW_REPORT } from "./command-names.ts";
import { documentsOf } from "./documents.ts";
import { type ServerProcess, schemes } from "./server-process.ts";
import { type Silenced, statusOf } from "./status-text.ts";
import { workspaceStatus } from "./summary-text.ts";

/** Code of the server's diagnostic that says why a document was not analysed. */
const NOT_ANALYSED = "not-analysed";
/** And of those that say what nothing can see. */
const OUT_OF_REACH = "out-of-reach";

export function showLanguageStatus(server: ServerProcess): Disposable {
  const item = languages.createLanguageStatusItem("tlslint", documentsOf(schemes()));
  item.name = "tlslint";

  function update(): void {
    item.busy = server.state === "starting";
    item.severity = LanguageStatusSeverity.Information;
    item.command = { command: SHOW_OUTPUT, title: "Show Output" };
    if (server.state === "running") {
      showDocument(window.activeTextEditor?.document);
      return;
    }
    item.text = server.state === "starting" ? "TLS: starting" : "TLS: not analysed";
    item.detail = server.state === "starting" ? "" : "the server is not running";
    if (server.state === "stopped") {
      item.severity = LanguageStatusSeverity.Error;
      item.command = { command: RESTART, title: "Restart Server" };
    }
  }

  function showDocument(document: TextDocument | undefined): void {
    show(document, undefined);
    if (document) void server.silenced(document.uri.toString()).then((it) => it && isInFront(document) && show(document, it));
  }

  function show(document: TextDocument | undefined, silenced: Silenced | undefined): void {
    const ours = document ? languages.getDiagnostics(document.uri).filter((it) => it.source === "tlslint") : [];
    const failed = ours.find((it) => it.code === NOT_ANALYSED)?.message;
    const outOfReach = ours.filter((it) => it.code === OUT_OF_REACH).map((it) => it.message);
    const findings = ours.filter((it) => it.code !== NOT_ANALYSED && it.code !== OUT_OF_REACH).length;
    const about = { findings, outOfReach, silenced, trusted: workspace.isTrusted };
    const { text, detail, warning } = statusOf(failed === undefined ? about : { ...about, failed });
    item.text = text;
    item.detail = detail;
    item.severity = warning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  }

  const isInFront = (document: TextDocument): boolean => server.state === "running" && window.activeTextEditor?.document === document;

  const workspaceItem = languages.createLanguageStatusItem("tlslint.workspace", documentsOf(schemes()));
  workspaceItem.name = "tlslint: workspace";
  workspaceItem.command = { command: SHOW_REPORT, title: "Show Report" };
  const showWorkspace = (): void => {
    const { text, warning } = workspaceStatus(server.state, server.summary);
    workspaceItem.text = text;
    workspaceItem.severity = warning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  };
  update();
  showWorkspace();
  const selectDocuments = (): void => {
    item.selector = documentsOf(schemes());
    workspaceItem.selector = documentsOf(schemes());
  };
  return Disposables.from(
    item,
    workspaceItem,
    server.onDidSummarise(showWorkspace),
    server.onDidChangeState(showWorkspace),
    server.onDidChangeState(update),
    workspace.onDidChangeWorkspaceFolders(selectDocuments),
    languages.onDidChangeDiagnostics(update),
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidGrantWorkspaceTrust(update),
  );
}
