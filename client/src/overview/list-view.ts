/** One view: a list of the server as a tree of rows, made anew when the server says that it may have changed. */
import {
  commands,
  type Disposable,
  Disposable as Disposables,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from "vscode";
import { SHOW_MORE } from "../command-names.ts";
import type { ServerProcess } from "../server-process.ts";
import { shownPath } from "../shown-path.ts";
import type { Listed } from "./answers.ts";
import { loadList, stateOf } from "./load-list.ts";
import type { Row, RowIcon, Shown } from "./rows.ts";

/** Rows that come at once, and with each "Show more". */
const PORTION = 200;

export interface ListViewOptions<T> {
  /** Of the view and of the server's method. */
  readonly name: "certificates" | "endpoints";
  rows(listed: Listed<T>, shown: Shown): readonly Row[];
  /** What is asked beyond a page. */
  filter?(): { readonly problems: boolean };
  /** What is said above the rows of such a list. */
  filtered?(listed: Listed<T>): string | undefined;
}

export interface ListView extends Disposable {
  more(): void;
  refresh(): void;
}

export function showList<T>(server: ServerProcess, options: ListViewOptions<T>): ListView {
  const { name, rows } = options;
  const changed = new EventEmitter<undefined>();
  let wanted = PORTION;
  let shown: readonly Row[] = [];

  /** What was there stays when the server does not answer, unless it is not running. */
  async function load(): Promise<readonly Row[]> {
    const listed = await loadList<T>((from, count) => server.list(name, { from, count, ...options.filter?.() }), wanted, PORTION);
    void commands.executeCommand("setContext", `tlslint.${name}`, stateOf(listed, server.state));
    if (listed !== undefined) {
      shown = rows(listed, placeWords);
      view.message = options.filtered?.(listed) ?? "";
    } else if (server.state !== "running") shown = [];
    return shown;
  }

  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (row) => itemOf(row, name),
    getChildren: async (row) => [...(row === undefined ? await load() : (row.children ?? []))],
  };
  const view = window.createTreeView(`tlslint.${name}`, { treeDataProvider: provider, showCollapseAll: true });
  const refresh = (): void => changed.fire(undefined);
  const parts = Disposables.from(view, changed, server.onDidChangeOverview(refresh), server.onDidChangeState(refresh));
  return {
    refresh,
    more() {
      wanted += PORTION;
      refresh();
    },
    dispose: () => parts.dispose(),
  };
}

const placeWords: Shown = ({ uri, range }) => {
  const path = shownPath(Uri.parse(uri));
  return range === undefined ? path : `${path}:${range.start.line + 1}`;
};

function itemOf(row: Row, name: string): TreeItem {
  const { children = [] } = row;
  const state =
    children.length === 0
      ? TreeItemCollapsibleState.None
      : row.open === true
        ? TreeItemCollapsibleState.Expanded
        : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(row.label, state);
  item.contextValue = row.uses?.length === 0 ? `${row.kind}-unused` : row.kind;
  if (row.description !== undefined) item.description = row.description;
  if (row.icon !== undefined) item.iconPath = iconOf(row.icon);
  // Names in certificates are the attacker's: text, and never markup.
  if (row.tooltip !== undefined) item.tooltip = new MarkdownString().appendText(row.tooltip.join("\n"));
  if (row.spoken !== undefined) item.accessibilityInformation = { label: row.spoken };
  if (row.kind === "more") item.command = { command: SHOW_MORE, title: "Show More", arguments: [name] };
  else if (row.at !== undefined) item.command = { command: "vscode.open", title: "Open", arguments: [...opening(row.at)] };
  return item;
}

/** As `vscode.open` takes it. */
function opening(at: NonNullable<Row["at"]>): readonly unknown[] {
  if (!("range" in at)) return [Uri.parse(at.uri)];
  const { start, end } = at.range;
  return [Uri.parse(at.uri), { selection: new Range(start.line, start.character, end.line, end.character) }];
}

export const openRow = async (row: Row): Promise<void> => {
  if (row.at !== undefined) await commands.executeCommand("vscode.open", ...opening(row.at));
};

const ICONS: Readonly<Record<RowIcon, readonly [string, string?]>> = {
  error: ["error", "problemsErrorIcon.foreground"],
  warning: ["warning", "problemsWarningIcon.foreground"],
  info: ["info", "problemsInfoIcon.foreground"],
  verified: ["verified"],
  "revocation-list": ["circle-slash"],
  server: ["server"],
  client: ["plug"],
  configuration: ["settings-gear"],
  place: ["references"],
  file: ["file"],
  fact: ["symbol-property"],
  more: ["ellipsis"],
};

function iconOf(icon: RowIcon): ThemeIcon {
  const [id, color] = ICONS[icon];
  return color === undefined ? new ThemeIcon(id) : new ThemeIcon(id, new ThemeColor(color));
}
