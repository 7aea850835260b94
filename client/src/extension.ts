/** Start and end of the extension; everything it does lives in the files beside this one. */
import type { ExtensionContext } from "vscode";
import { registerCertificateView } from "./certificate-view.ts";
import { registerCommands } from "./commands.ts";
import { showLanguageStatus } from "./language-status.ts";
import { registerViews } from "./overview/views.ts";
import { registerReadOnlyTexts } from "./read-only-texts.ts";
import { ServerProcess } from "./server-process.ts";

let server: ServerProcess | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  server = new ServerProcess(context);
  context.subscriptions.push(
    showLanguageStatus(server),
    registerCertificateView(server),
    registerReadOnlyTexts(),
    ...registerCommands(context, server),
    ...registerViews(server),
  );
  await server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
