/** Whatever the server sends to be read is made visible here, on its way out: no capability can forget it. */
import type { Message, MessageWriter } from "vscode-languageserver";
import { visibleLines } from "../base/visible.ts";

/** What is for the client and not for people: addresses, texts that are put into documents, and what the client sends back. */
const EXACT: ReadonlySet<string> = new Set([
  "arguments",
  "changes",
  "code",
  "command",
  "data",
  "globPattern",
  "href",
  "id",
  "jsonrpc",
  "kind",
  "method",
  "newText",
  "resultId",
  "snippet",
  "target",
  "targetUri",
  "token",
  "uri",
]);

export const visibleWriter = (writer: MessageWriter): MessageWriter => ({
  onError: writer.onError,
  onClose: writer.onClose,
  write: (message) => writer.write(visibleMessage(message)),
  end: () => writer.end(),
  dispose: () => writer.dispose(),
});

export const visibleMessage = (message: Message): Message => Object.assign({}, message, Object(shown(message)));

function shown(value: unknown): unknown {
  if (typeof value === "string") return visibleLines(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  // Errors have properties of their own that a copy of their entries would not have.
  const entries = value instanceof Error ? Object.entries({ ...value, message: value.message }) : Object.entries(value);
  return Object.fromEntries(entries.map(([key, it]) => [key, EXACT.has(key) ? it : shown(it)]));
}
