/** Start and end of the extension; everything it does lives in the files beside this one. */
import type { ExtensionContext } from "vscode";
import { showBinaryFiles } from "./binary-tabs.ts";
import { CertificateEditors } from "./certificate-editor.ts";
import { registerCommands } from "./commands.ts";
import { registerTools } from "./language-model-tools.ts";
import { showLanguageStatus } from "./language-status.ts";
import { ServerProcess } from "./server-process.ts";

let server: ServerProcess | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  server = new ServerProcess(context);
  const editors = new CertificateEditors(server);
  context.subscriptions.push(
    showLanguageStatus(server),
    editors,
    showBinaryFiles(),
    registerTools(server),
    ...registerCommands(context, server, editors),
  );
  await server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
