/** The timeline of validity: one panel, drawn anew when the workspace or the day changes. */
import { commands, type Disposable, Disposable as Disposables, ViewColumn, type WebviewPanel, window } from "vscode";
import { INSPECT, SHOW_MORE_TIME, SHOW_TIMELINE } from "../command-names.ts";
import { onNewDay } from "../new-day.ts";
import { nonce } from "../nonce.ts";
import type { ServerProcess } from "../server-process.ts";
import type { ListedCertificate } from "./answers.ts";
import { loadList } from "./load-list.ts";
import { timelineMessage, timelinePage } from "./timeline-page.ts";

/** Rows that come at once, and with each "Show more". */
const PORTION = 200;

export function registerTimeline(server: ServerProcess): Disposable {
  let panel: WebviewPanel | undefined;
  let wanted = PORTION;
  /** Of several questions the last one's answer counts. */
  let asked = 0;

  async function draw(): Promise<void> {
    const [mine, shown] = [++asked, panel];
    if (shown === undefined) return;
    const listed = await loadList<ListedCertificate>((from, count) => server.list("certificates", { from, count }), wanted, PORTION);
    if (mine !== asked || shown !== panel) return;
    const of = { now: Date.now(), nonce: nonce() };
    if (listed !== undefined) shown.webview.html = timelinePage(listed, of);
    // What was there stays while the server has something else to do.
    else if (server.state !== "running" || shown.webview.html === "")
      shown.webview.html = timelineMessage(
        server.state === "starting" ? "Analysing the workspace…" : "The workspace could not be analysed.",
        of,
      );
  }

  function show(): void {
    if (panel !== undefined) {
      panel.reveal();
      return;
    }
    panel = window.createWebviewPanel("tlslint.timeline", "Validity of Certificates", ViewColumn.Active, {
      enableScripts: false,
      localResourceRoots: [],
      enableCommandUris: [INSPECT, SHOW_MORE_TIME],
    });
    panel.onDidDispose(() => {
      panel = undefined;
      wanted = PORTION;
    });
    void draw();
  }

  return Disposables.from(
    commands.registerCommand(SHOW_TIMELINE, show),
    commands.registerCommand(SHOW_MORE_TIME, () => {
      wanted += PORTION;
      void draw();
    }),
    server.onDidChangeOverview(() => void draw()),
    server.onDidChangeState(() => void draw()),
    onNewDay(() => void draw()),
    { dispose: () => panel?.dispose() },
  );
}
