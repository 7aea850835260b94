/** What clients may send: a message of another shape is answered as invalid, or dropped, before anything of ours looks into it. */
import type { MessageStrategy } from "vscode-languageserver";

/** `key?`: may be left out. An array holds values of one shape. */
type Shape = "string" | "number" | "boolean" | "object" | readonly [Shape] | { readonly [key: string]: Shape };

const POSITION = { line: "number", character: "number" } as const;
const RANGE = { start: POSITION, end: POSITION } as const;
const DOCUMENT = { uri: "string" } as const;

const SHAPES: Readonly<Record<string, Shape>> = {
  initialize: { capabilities: "object" },
  "textDocument/didOpen": { textDocument: { uri: "string", version: "number", text: "string" } },
  "textDocument/didChange": { textDocument: { uri: "string", version: "number" }, contentChanges: [{ text: "string", "range?": RANGE }] },
  "textDocument/didSave": { textDocument: DOCUMENT },
  "textDocument/didClose": { textDocument: DOCUMENT },
  "textDocument/hover": { textDocument: DOCUMENT, position: POSITION },
  "textDocument/documentLink": { textDocument: DOCUMENT },
  "textDocument/inlayHint": { textDocument: DOCUMENT, range: RANGE },
  "textDocument/definition": { textDocument: DOCUMENT, position: POSITION },
  "textDocument/references": { textDocument: DOCUMENT, position: POSITION },
  "textDocument/documentSymbol": { textDocument: DOCUMENT },
  "textDocument/selectionRange": { textDocument: DOCUMENT, positions: [POSITION] },
  "textDocument/codeLens": { textDocument: DOCUMENT },
  "codeLens/resolve": { range: RANGE },
  "textDocument/codeAction": { textDocument: DOCUMENT, range: RANGE, context: { diagnostics: ["object"], "only?": ["string"] } },
  "codeAction/resolve": { title: "string" },
  "textDocument/diagnostic": { textDocument: DOCUMENT },
  "workspace/diagnostic": { previousResultIds: [{ uri: "string", value: "string" }] },
  "workspace/executeCommand": { command: "string", "arguments?": "object" },
  "workspace/willRenameFiles": { files: [{ oldUri: "string", newUri: "string" }] },
  "workspace/didChangeConfiguration": "object",
  "workspace/didChangeWatchedFiles": { changes: [DOCUMENT] },
  "workspace/didChangeWorkspaceFolders": { event: { added: [DOCUMENT], removed: [DOCUMENT] } },
  "tlslint/certificates": { from: "number", count: "number", "problems?": "boolean" },
  "tlslint/endpoints": { from: "number", count: "number" },
  "tlslint/configuration": { uri: "string" },
  "tlslint/explanation": { uri: "string", line: "number", rule: "string" },
  "tlslint/silenced": { uri: "string" },
  "tlslint/tool": { name: "string", input: "object" },
  "tlslint/inspect": { uri: "string", "password?": "string" },
};

/** The methods whose parameters are known. */
export const CHECKED: readonly string[] = Object.keys(SHAPES);

export const fitsMethod = (method: string, params: unknown): boolean => {
  const shape = SHAPES[method];
  return shape === undefined || fits(params, shape);
};

/** What the library looks into before we can: `null`, and how a client introduces itself. Without parameters it is answered as invalid. */
export const withoutNonsense: MessageStrategy = {
  handleMessage(message, next) {
    const { method, params }: { method?: unknown; params?: unknown } = Object(message);
    const isNonsense = params === null || (method === "initialize" && !fitsMethod(method, params));
    return next(isNonsense ? Object.assign({}, message, { params: undefined }) : message);
  },
};

function fits(value: unknown, shape: Shape): boolean {
  if (shape === "string" || shape === "number" || shape === "boolean") return typeof value === shape;
  if (typeof value !== "object" || value === null) return false;
  if (shape === "object") return true;
  if (isList(shape)) return Array.isArray(value) && value.every((it) => fits(it, shape[0]));
  const known = new Map<string, unknown>(Object.entries(value));
  return Object.entries(shape).every(([key, inner]) => {
    const name = key.endsWith("?") ? key.slice(0, -1) : key;
    const given = known.get(name);
    return (name !== key && given === undefined) || fits(given, inner);
  });
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
