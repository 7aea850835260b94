/** Commands of the palette, of menus, and the one that the server's code actions call. */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  Location,
  languages,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import { type CertificateEditors, showCertificate } from "./certificate-editor.ts";
import {
  COPY_EXAMPLES,
  COPY_REPORT,
  COPY_TEXT,
  COPY_VALUE,
  EXPLAIN,
  EXPLAIN_FINDING,
  INSPECT,
  OPEN_KEY_STORE,
  RESTART,
  SELECT_PLACEHOLDER,
  SHOW_CONFIGURATION,
  SHOW_OUTPUT,
  SHOW_REPORT,
  SHOW_USES,
} from "./command-names.ts";
import { copyExamples } from "./examples.ts";
import { copyReport, showConfiguration, showPage, showReport } from "./read-only-texts.ts";
import { pageOfRule, ruleNames } from "./rule-names.ts";
import type { ServerProcess } from "./server-process.ts";
import { shownPath } from "./shown-path.ts";
import { unlinked } from "./unlinked.ts";

export function registerCommands(context: ExtensionContext, server: ServerProcess, editors: CertificateEditors): Disposable[] {
  return [
    commands.registerCommand(RESTART, () => server.restart()),
    commands.registerCommand(SHOW_OUTPUT, () => server.output.show()),
    commands.registerCommand(SHOW_REPORT, () => showReport(server)),
    commands.registerCommand(COPY_REPORT, () => copyReport(server)),
    commands.registerCommand(SHOW_CONFIGURATION, (file: unknown) => showConfiguration(server, file)),
    commands.registerCommand(COPY_EXAMPLES, () => copyExamples(context)),
    commands.registerCommand(EXPLAIN, (rule: unknown) => explainRule(context, rule)),
    commands.registerCommand(EXPLAIN_FINDING, (uri: unknown, line: unknown, rule: unknown) =>
      explainFinding(context, server, { uri, line, rule }),
    ),
    commands.registerCommand(INSPECT, (file: unknown) => inspectCertificate(file)),
    commands.registerCommand(OPEN_KEY_STORE, (file: unknown) => openKeyStore(editors, file)),
    commands.registerCommand(SELECT_PLACEHOLDER, selectPlaceholder),
    commands.registerCommand(COPY_TEXT, copyText),
    commands.registerCommand(COPY_VALUE, copyValue),
    commands.registerCommand(SHOW_USES, showUses),
  ];
}

/** Pages are part of the extension, so that they can be read without a network. */
async function explainRule(context: ExtensionContext, given: unknown): Promise<void> {
  const docs = Uri.joinPath(context.extensionUri, "docs");
  const name = typeof given === "string" ? pageOfRule(given) : (pageAtCursor() ?? (await pickPage(context)));
  if (name === undefined) return;
  const page = Uri.joinPath(docs, name);
  if (PAGE.test(name) && (await exists(page))) await commands.executeCommand("markdown.showPreview", page);
  else await window.showErrorMessage(`tlslint has no page ${unlinked(name)}`);
}

interface FindingAt {
  readonly uri: unknown;
  readonly line: unknown;
  readonly rule: unknown;
}

/** The page of the rule is there without a server, too. */
async function explainFinding(context: ExtensionContext, server: ServerProcess, at: FindingAt): Promise<void> {
  const ask = () => server.request<{ readonly markdown: string }>("tlslint/explanation", at);
  // Something may have changed while it was made.
  const told = (await ask()) ?? (await ask());
  if (told === undefined) await explainRule(context, at.rule);
  else await showPage(`explanation of ${String(at.rule)}.md`, told.markdown);
}

/** Nothing else may be opened by way of an argument. */
const PAGE = /^(rules\/[a-z][a-z-]*|configuration)\.md$/;

/** Findings link to their page in the repository; the same page is here. */
function pageAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const found = languages
    .getDiagnostics(editor.document.uri)
    .find((it) => it.source === "tlslint" && it.range.contains(editor.selection.active));
  const path = typeof found?.code === "object" ? found.code.target.path : "";
  const docs = path.indexOf("/docs/");
  return docs >= 0 && path.endsWith(".md") ? path.slice(docs + "/docs/".length) : undefined;
}

async function pickPage({ extension }: ExtensionContext): Promise<string | undefined> {
  const rule = await window.showQuickPick(ruleNames(extension.packageJSON), { placeHolder: "Rule to explain" });
  return rule && pageOfRule(rule);
}

const exists = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

async function inspectCertificate(given: unknown): Promise<void> {
  const file = given instanceof Uri ? given : (uriOfRow(given) ?? window.activeTextEditor?.document.uri);
  if (file) await showCertificate(file);
  else await window.showErrorMessage("open a certificate file first");
}

/** A row of a view is what its menu is about. */
function uriOfRow(given: unknown): Uri | undefined {
  const { at }: { at?: { uri?: unknown } } = Object(given);
  return typeof at?.uri === "string" ? Uri.parse(at.uri) : undefined;
}

/** Links of a page name a file by its text. */
const fileOf = (given: unknown): Uri | undefined =>
  given instanceof Uri ? given : typeof given === "string" ? Uri.parse(given) : undefined;

async function openKeyStore(editors: CertificateEditors, given: unknown): Promise<void> {
  const named = fileOf(given);
  const [file] = named ? [named] : ((await window.showOpenDialog({ filters: { "PKCS#12": ["p12", "pfx"] } })) ?? []);
  if (!file) return;
  const password = await window.showInputBox({
    title: "Open PKCS#12",
    prompt: `Password of ${unlinked(shownPath(file))}. It is used once and kept nowhere.`,
    password: true,
  });
  if (password !== undefined) await editors.open(file, password);
}

async function copyText(text: unknown): Promise<void> {
  if (typeof text !== "string") return;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage("tlslint: copied; read it before you run it", 5000);
}

async function copyValue(value: unknown, what: unknown): Promise<void> {
  if (typeof value !== "string" || typeof what !== "string") return;
  await env.clipboard.writeText(value);
  window.setStatusBarMessage(`tlslint: ${what} copied`, 5000);
}

/** As VS Code lists references: it wants its own classes. */
async function showUses(uri: string, position: LspRange["start"], places: readonly LspLocation[]): Promise<void> {
  const found = places.map(({ uri: file, range }) => new Location(Uri.parse(file), rangeOf(range)));
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), new Position(position.line, position.character), found);
}

interface LspLocation {
  readonly uri: string;
  readonly range: LspRange;
}
const rangeOf = ({ start, end }: LspRange): Range => new Range(start.line, start.character, end.line, end.character);

interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

async function selectPlaceholder(uri: string, ranges: readonly LspRange[]): Promise<void> {
  const selections = ranges.map(({ start, end }) => new Selection(start.line, start.character, end.line, end.character));
  const [first] = selections;
  if (!first) return;
  const editor = await window.showTextDocument(await workspace.openTextDocument(Uri.parse(uri)));
  editor.selections = selections;
  editor.revealRange(new Range(first.start, first.end), TextEditorRevealType.InCenterIfOutsideViewport);
}
