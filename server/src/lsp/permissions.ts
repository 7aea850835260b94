/** "Let only its owner read it" for key files: a command of the server, because permissions are no part of a workspace edit. */
import type { Command } from "vscode-languageserver";
import type { Fix } from "../service/api.ts";
import type { Session } from "./session.ts";

export const OWNER_ONLY_COMMAND = "tlslint.setOwnerOnly";

/** Undefined: the fix has nothing to do with permissions, or nobody can set them here. */
export const permissionsCommand = (session: Session, uri: string, { permissions, edits, title }: Fix): Command | undefined =>
  permissions === undefined || edits.length > 0 || !session.service.setsPermissions
    ? undefined
    : { title, command: OWNER_ONLY_COMMAND, arguments: [uri] };

/** Does what a finding of the document offers now, and nothing else that a caller could ask for. */
export function runPermissions(session: Session, changed: () => void): void {
  const { connection, documents, reports, runSafe, service } = session;
  connection.onExecuteCommand(
    runSafe.request<{ readonly command: string; readonly arguments?: unknown[] }, null>(
      "workspace/executeCommand",
      async ({ command, arguments: [uri] = [] }, signal) => {
        const document = command === OWNER_ONLY_COMMAND && typeof uri === "string" ? documents.get(uri) : undefined;
        const report = document && (await reports.of(document.path, signal));
        const fix = report?.findings.flatMap((it) => it.fixes).find((it) => it.permissions !== undefined && it.edits.length === 0);
        if (!fix?.permissions) return null;
        const refused = await service.setPermissions(fix.permissions.file, fix.permissions.mode);
        if (refused !== undefined) connection.window.showErrorMessage(`tlslint: the permissions could not be set: ${refused}`);
        else {
          service.invalidate([fix.permissions.file]);
          changed();
        }
        return null;
      },
      null,
    ),
  );
}
