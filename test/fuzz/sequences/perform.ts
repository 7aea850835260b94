/** Operations as what an editor does: the messages that it sends, the files that change with them, and what it makes of the answers. */
import type { CodeAction, Diagnostic } from "vscode-languageserver-protocol/node";
import { pathOf, uriOf } from "../../../server/src/lsp/paths.ts";
import { actionsIn, type OpenText, type SequenceEditor } from "./editor.ts";
import type { Operation, Question } from "./operations.ts";
import { positionAt } from "./positions.ts";

const LANGUAGE: Readonly<Record<string, string>> = { rs: "rust", toml: "toml", pem: "pem", key: "pem", crt: "pem" };
const languageOf = (path: string): string => LANGUAGE[path.slice(path.lastIndexOf(".") + 1)] ?? "plaintext";

const around = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

/** Nothing happens where there is no file to do it to. `late`: what is answered when it is. */
export async function perform(editor: SequenceEditor, operation: Operation, late: Promise<void>[]): Promise<void> {
  const { disk } = editor;
  const open = [...editor.documents.values()];
  const closed = [...disk.contents.keys()].filter((path) => editor.textOnDisk(path) !== undefined && !open.some((it) => it.path === path));
  switch (operation.kind) {
    case "open": {
      const path = around(closed, operation.file);
      if (path !== undefined) editor.open(uriOf(path), languageOf(path), editor.textOnDisk(path) ?? "");
      return;
    }
    case "open new": {
      const { name, language, text, untitled } = operation;
      const uri = untitled ? `untitled:${name}` : uriOf(`/w/${name}`);
      if (editor.documents.has(uri) || open.some((it) => it.path === pathOf(uri, language))) return;
      return editor.open(uri, language, text);
    }
    case "write": {
      const path = around([...disk.contents.keys()], operation.file);
      if (path === undefined) return;
      disk.contents.set(path, operation.text);
      return editor.watched([path]);
    }
    case "delete": {
      const path = around([...disk.contents.keys()], operation.file);
      if (path === undefined) return;
      disk.contents.delete(path);
      return editor.watched([path]);
    }
    case "unheard":
      disk.contents.set(operation.path, operation.text);
      return;
    case "configure":
      return editor.configure(operation.settings);
    case "folders":
      return changeFolders(editor);
    case "ask":
      return ask(editor, operation, late);
    default: {
      const document = around(open, operation.file);
      if (document !== undefined) return performOn(editor, document, operation);
    }
  }
}

function performOn(editor: SequenceEditor, document: OpenText, operation: Operation): void {
  const { kind } = operation;
  if (kind === "save") editor.save(document);
  else if (kind === "close") editor.close(document);
  else if (kind === "restore") editor.change(document, editor.textOnDisk(document.path) ?? document.text);
  else if (kind === "rename") rename(editor, document, `/w/${operation.to}`);
  else if (kind === "change" && operation.whole) editor.change(document, operation.edits.map((it) => it.text).join(document.text));
  else if (kind === "change") editor.edit(document, operation.edits);
}

/** As editors rename what is open: it is closed under the one name and opened under the other. */
function rename(editor: SequenceEditor, document: OpenText, to: string): void {
  if (!document.uri.startsWith("file:") || editor.documents.has(uriOf(to))) return;
  editor.close(document);
  const content = editor.disk.contents.get(document.path);
  editor.disk.contents.delete(document.path);
  editor.disk.contents.set(to, content ?? document.text);
  editor.watched([document.path, to]);
  editor.open(uriOf(to), languageOf(to), document.text);
}

/** Another folder comes, and the next time goes. */
function changeFolders(editor: SequenceEditor): void {
  if (editor.kind.plain) return;
  const other = { uri: uriOf("/x"), name: "x" };
  const isThere = editor.roots.includes("/x");
  editor.roots = isThere ? ["/w"] : ["/w", "/x"];
  const event = isThere ? { added: [], removed: [other] } : { added: [other], removed: [] };
  editor.channel.notify("workspace/didChangeWorkspaceFolders", { event });
}

async function ask(
  editor: SequenceEditor,
  { question, file, at, manner }: Extract<Operation, { kind: "ask" }>,
  late: Promise<void>[],
): Promise<void> {
  const document = around([...editor.documents.values()], file);
  if (question === "nonsense") return nonsense(editor, at);
  if (question === "workspace") return askWorkspace(editor);
  if (document === undefined) return;
  if (manner === "awaited") return answered(editor, document, question, at);
  const { method, params } = messageOf(editor, document, question, at);
  const request = editor.channel.request(method, params);
  if (manner === "cancelled") request.cancel();
  late.push(request.answer.then((it) => void editor.resultOf(method, it, true)));
}

type Plain = Exclude<Question, "nonsense" | "workspace">;

function messageOf({ kind }: SequenceEditor, { uri, text }: OpenText, question: Plain, at: number) {
  const textDocument = { uri };
  const position = positionAt(text, Math.floor((text.length * at) / 1_000_000), kind.unit);
  const end = { line: position.line + (at % 7), character: at % 50 };
  switch (question) {
    case "diagnostics":
      return kind.pull ? { method: "textDocument/diagnostic", params: { textDocument } } : messageFor("hover", textDocument, position);
    case "hover":
      return messageFor("hover", textDocument, position);
    case "definition":
      return messageFor("definition", textDocument, position);
    case "references":
      return { method: "textDocument/references", params: { textDocument, position, context: { includeDeclaration: true } } };
    case "links":
      return { method: "textDocument/documentLink", params: { textDocument } };
    case "hints":
      return { method: "textDocument/inlayHint", params: { textDocument, range: at % 3 === 0 ? WHOLE : { start: position, end } } };
    case "outline":
      return { method: "textDocument/documentSymbol", params: { textDocument } };
    case "selection":
      return { method: "textDocument/selectionRange", params: { textDocument, positions: [position, end] } };
    case "lenses":
      return { method: "textDocument/codeLens", params: { textDocument } };
    case "renaming":
      return { method: "workspace/willRenameFiles", params: { files: [{ oldUri: uri, newUri: `${uri}.pem` }] } };
    case "inspect":
      return { method: "tlslint/inspect", params: { uri, ...(at % 2 === 0 && { password: "changeit" }) } };
    case "configuration":
      return { method: "tlslint/configuration", params: { uri } };
    case "silenced":
      return { method: "tlslint/silenced", params: { uri } };
    case "explanation":
      return { method: "tlslint/explanation", params: { uri, line: position.line, rule: RULES[at % RULES.length] } };
    case "certificates":
      return { method: "tlslint/certificates", params: { from: at % 3, count: at % 50, problems: at % 2 === 0 } };
    case "endpoints":
      return { method: `tlslint/${question}`, params: { from: at % 3, count: at % 50 } };
    case "actions":
    case "fix all": {
      const range = at % 3 === 0 ? WHOLE : { start: position, end };
      const only = question === "fix all" ? ["source.fixAll"] : undefined;
      return { method: "textDocument/codeAction", params: { textDocument, range, context: { diagnostics: [], ...(only && { only }) } } };
    }
  }
}

const RULES = ["disabled-verification", "optional-client-auth", "expired-certificate"];
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 1_000_000 } };
const messageFor = (name: string, textDocument: object, position: object) => ({
  method: `textDocument/${name}`,
  params: { textDocument, position },
});

async function answered(editor: SequenceEditor, document: OpenText, question: Plain, at: number): Promise<void> {
  const { method, params } = messageOf(editor, document, question, at);
  // Settings may be on their way: who is told of a change asks once more.
  let result = await editor.ask(method, params, true);
  if (result === undefined) {
    await editor.idle();
    result = await editor.ask(method, params);
  }
  if (method === "textDocument/codeLens" && Array.isArray(result) && result.length > 0)
    await editor.ask("codeLens/resolve", around(result, at));
  const actions = method === "textDocument/codeAction" ? actionsIn(result) : [];
  const action = actions[at % Math.max(1, actions.length)];
  if (action) await follow(editor, action, at);
}

/** What a user does with an offer: nothing, or it is carried out. */
async function follow(editor: SequenceEditor, offered: CodeAction, at: number): Promise<void> {
  const isWhole = offered.edit !== undefined || offered.disabled !== undefined || offered.command !== undefined;
  const action = isWhole ? offered : { ...offered, ...Object(await editor.ask("codeAction/resolve", offered)) };
  if (at % 2 === 0) return;
  const { edit, command }: CodeAction = action;
  if (edit) editor.apply(edit);
  if (command?.command.startsWith("tlslint."))
    await editor.ask("workspace/executeCommand", { command: command.command, arguments: command.arguments });
}

/** The client asks with what it knows; where there is no news the answer waits, and the client gives up. */
async function askWorkspace(editor: SequenceEditor): Promise<void> {
  if (!editor.kind.pull) return;
  const previousResultIds = [...editor.workspace].flatMap(([uri, { resultId }]) =>
    resultId === undefined ? [] : [{ uri, value: resultId }],
  );
  const request = editor.channel.request("workspace/diagnostic", { previousResultIds });
  await editor.idle();
  if (!request.isAnswered()) request.cancel();
  const result = editor.resultOf("workspace/diagnostic", await request.answer, true);
  const items: readonly Reported[] = Object(result).items ?? [];
  for (const { uri, kind, resultId, items: diagnostics = [] } of items)
    if (kind === "full") editor.workspace.set(uri, { resultId, items: diagnostics });
}

interface Reported {
  readonly uri: string;
  readonly kind: string;
  readonly resultId?: string;
  readonly items?: readonly Diagnostic[];
}

/** What no client should send: it is answered, and nothing fails of it. */
async function nonsense(editor: SequenceEditor, at: number): Promise<void> {
  const uri = around(["file:///w/none.rs", "file:///etc/passwd", "untitled:none", "%", ""], at) ?? "";
  const position = { line: 4_000_000, character: 4_000_000 };
  const [method, params] = around(
    [
      ["textDocument/hover", { textDocument: { uri }, position }],
      [
        "textDocument/codeAction",
        { textDocument: { uri }, range: { start: position, end: { line: 0, character: 0 } }, context: { diagnostics: [] } },
      ],
      ["textDocument/diagnostic", { textDocument: { uri } }],
      ["tlslint/inspect", { uri }],
      ["tlslint/tool", { name: "inspect_certificate", input: { file: uri, pem: 7 } }],
      ["codeAction/resolve", { title: "none", data: { uri, version: 1, key: "fix 0 none 0 0" } }],
      ["workspace/executeCommand", { command: "tlslint.setOwnerOnly", arguments: [uri] }],
      ["textDocument/hover", { textDocument: 7 }],
      ["textDocument/codeAction", null],
    ] as const,
    at >> 3,
  ) ?? ["none", {}];
  await editor.channel.request(method, params).answer;
  editor.channel.notify("textDocument/didChange", {
    textDocument: { uri: "file:///w/none.rs", version: 2 },
    contentChanges: [{ text: "" }],
  });
  editor.channel.notify("textDocument/didClose", { textDocument: { uri: "file:///w/none.rs" } });
}
