/** The two views, their commands, and the context that their welcome texts depend on. */
import { commands, type Disposable, Uri } from "vscode";
import {
  COPY_FINGERPRINT,
  COPY_PIN,
  COPY_VALUE,
  FIND_USES,
  OPEN_ROW,
  REFRESH_VIEWS,
  SHOW_ALL,
  SHOW_MORE,
  SHOW_PROBLEMS,
  SHOW_USES,
} from "../command-names.ts";
import { onNewDay } from "../new-day.ts";
import type { ServerProcess } from "../server-process.ts";
import type { ListedCertificate, ListedEndpoint } from "./answers.ts";
import { certificateRows, filterWords } from "./certificate-rows.ts";
import { endpointRows } from "./endpoint-rows.ts";
import { openRow, showList } from "./list-view.ts";
import type { Row } from "./rows.ts";
import { registerTimeline } from "./timeline.ts";

/** Read by `when` clauses of the manifest. */
const STATE = "tlslint.server";
const FILTER = "tlslint.certificatesWithProblems";

export function registerViews(server: ServerProcess): Disposable[] {
  let problems = false;
  const views = {
    certificates: showList<ListedCertificate>(server, {
      name: "certificates",
      rows: certificateRows,
      filter: () => ({ problems }),
      filtered: (listed) => (problems ? filterWords(listed) : undefined),
    }),
    endpoints: showList<ListedEndpoint>(server, { name: "endpoints", rows: endpointRows }),
  };
  const setState = (): void => void commands.executeCommand("setContext", STATE, server.state);
  setState();
  const filterBy = (wanted: boolean): void => {
    problems = wanted;
    void commands.executeCommand("setContext", FILTER, wanted);
    views.certificates.refresh();
  };
  return [
    ...Object.values(views),
    server.onDidChangeState(setState),
    onNewDay(() => server.forgetOverview()),
    commands.registerCommand(SHOW_MORE, (name: keyof typeof views) => views[name].more()),
    commands.registerCommand(REFRESH_VIEWS, () => server.forgetOverview()),
    commands.registerCommand(SHOW_PROBLEMS, () => filterBy(true)),
    commands.registerCommand(SHOW_ALL, () => filterBy(false)),
    registerTimeline(server),
    commands.registerCommand(OPEN_ROW, (row: Row) => openRow(row)),
    commands.registerCommand(COPY_FINGERPRINT, ({ fingerprint }: Row) => copy(fingerprint, "SHA-256 fingerprint")),
    commands.registerCommand(COPY_PIN, ({ pin }: Row) => copy(pin, "SPKI pin")),
    commands.registerCommand(FIND_USES, findUses),
  ];
}

const copy = (value: string | undefined, what: string): Thenable<void> => commands.executeCommand(COPY_VALUE, value, what);

async function findUses({ at, uses = [] }: Row): Promise<void> {
  if (at === undefined || !("range" in at) || uses.length === 0) return;
  await commands.executeCommand("vscode.open", Uri.parse(at.uri));
  await commands.executeCommand(SHOW_USES, at.uri, at.range.start, uses);
}
