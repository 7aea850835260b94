/** Start and end of the extension; everything it does lives in the files beside this one. */
import type { ExtensionContext } from "vscode";
import { showBinaryFiles } from "./binary-tabs.ts";
import { CertificateEditors } from "./certificate-editor.ts";
import { registerCommands } from "./commands.ts";
import { registerTools } from "./language-model-tools.ts";
import { showLanguageStatus } from "./language-status.ts";
import { registerViews } from "./overview/views.ts";
import { registerReadOnlyTexts } from "./read-only-texts.ts";
import { ServerProcess } from "./server-process.ts";

let server: ServerProcess | undefined;

/** One bundle is loaded by both: what only one of them has is evaluated there only. */
const IN_BROWSER = "WorkerGlobalScope" in globalThis;

const BROWSER_LIMITS =
  "in a browser files are read through the editor: permissions of files and where links lead are not seen, and signatures are checked by a slower library";

export async function activate(context: ExtensionContext): Promise<void> {
  const { createClient } = await (IN_BROWSER ? import("./web-client.ts") : import("./node-client.ts"));
  server = new ServerProcess(context, createClient);
  if (IN_BROWSER) server.output.info(BROWSER_LIMITS);
  const editors = new CertificateEditors(server);
  context.subscriptions.push(
    showLanguageStatus(server),
    editors,
    showBinaryFiles(),
    registerReadOnlyTexts(),
    registerTools(server),
    ...registerCommands(context, server, editors),
    ...registerViews(server),
  );
  // What is registered is there at once; what needs the server waits for it.
  void server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
