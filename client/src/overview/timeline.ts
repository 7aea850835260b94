/** The timeline of validity: one panel, drawn anew when the workspace or the day changes. */
import { commands, type Disposable, Disposable as Disposables, ViewColumn, type WebviewPanel, window } from "vscode";
import { INSPECT, SHOW_MORE_TIME, SHOW_TIMELINE } from "../command-names.ts";
import { onNewDay } from "../new-day.ts";
import { nonce } from "../nonce.ts";
import type { ServerProcess } from "../server-process.ts";
import type { ListedCertificate } from "./answers.ts";
import { loadList } from "./load-list.ts";
import { type TimelineOf, timelineMessage, timelinePage } from "./timeline-page.ts";

/** Rows that come at once, and with each "Show more". */
const PORTION = 200;
const PENDING = "Analysing the workspace…";

const drawn = (): TimelineOf => ({ now: Date.now(), nonce: nonce() });

export function registerTimeline(server: ServerProcess): Disposable {
  let panel: WebviewPanel | undefined;
  let wanted = PORTION;
  let asked = 0;
  /** The last question whose answer is shown: an older answer is none, and a newer one may be long in coming while files change. */
  let answered = 0;
  let hasList = false;

  async function draw(): Promise<void> {
    const [mine, shown] = [++asked, panel];
    if (shown === undefined) return;
    const listed = await loadList<ListedCertificate>((from, count) => server.list("certificates", { from, count }), wanted, PORTION);
    if (mine < answered || shown !== panel) return;
    // What was there stays while the server has something else to do.
    if (listed === undefined && (mine < asked || (hasList && server.state === "running"))) return;
    [answered, hasList] = [mine, listed !== undefined];
    if (listed !== undefined) shown.webview.html = timelinePage(listed, drawn());
    else shown.webview.html = timelineMessage(server.state === "starting" ? PENDING : "The workspace could not be analysed.", drawn());
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
    // A page that is blank is none.
    panel.webview.html = timelineMessage(PENDING, drawn());
    panel.onDidDispose(() => {
      panel = undefined;
      [wanted, hasList] = [PORTION, false];
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
