/** The server as a process of Node, where the extension runs on a machine. */
import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import type { ServerClient } from "./server-process.ts";

export function createClient(context: ExtensionContext, options: LanguageClientOptions): ServerClient {
  const module = Uri.joinPath(context.extensionUri, "server/out/server.js").fsPath;
  return new LanguageClient(
    "tlslint",
    "tlslint",
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
    },
    options,
  );
}
