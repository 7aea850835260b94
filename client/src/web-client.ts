/** The server as a web worker, where the extension runs in a browser. */
import { type ExtensionContext, Uri } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type LanguageClientOptions } from "vscode-languageclient/browser";
import type { ServerClient } from "./server-process.ts";

export function createClient(context: ExtensionContext, options: LanguageClientOptions): ServerClient {
  let worker: Worker | undefined;
  const stop = (): void => worker?.terminate();
  context.subscriptions.push({ dispose: stop });
  // Each start has a worker of its own: one that was told to end answers no more.
  const client = new LanguageClient(
    "tlslint",
    "tlslint",
    async () => {
      stop();
      worker = new Worker(Uri.joinPath(context.extensionUri, "server/out/server.js").toString(true));
      // VS Code puts a function of its own in the place of `Worker`: the library would not know one by its class.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    },
    options,
  );
  return Object.assign(client, {
    async restart(): Promise<void> {
      if (client.needsStop()) await client.stop();
      await client.start();
    },
  });
}
