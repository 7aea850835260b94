/** The server in a web worker: messages come from whoever started it. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { ClientFiles } from "./client-files.ts";
import { withoutNonsense } from "./incoming.ts";
import { visibleWriter } from "./outgoing.ts";
import type { Product } from "./product.ts";
import { log, startServer } from "./server.ts";

declare global {
  /** As far as messages go: the types of the DOM are those of a window. */
  interface DedicatedWorkerGlobalScope extends EventTarget {
    onmessage: ((event: MessageEvent) => unknown) | null;
    postMessage(message: unknown): void;
  }
}
declare const self: DedicatedWorkerGlobalScope;

/** Nothing is waited for before it listens: the first message comes with the next turn of the loop. */
export async function serveWorker({ version, createService }: Product): Promise<void> {
  const connection = createConnection(new BrowserMessageReader(self), visibleWriter(new BrowserMessageWriter(self)), {
    messageStrategy: withoutNonsense,
  });
  const files = new ClientFiles(connection);
  startServer(connection, await createService((level, message) => log(connection, level, message), files), version, files);
}
