/**
 * What a key file needs and no workspace edit can do, as commands of the server: permissions for its owner alone, and a file of its
 * own that nobody else can read, not even for the moment in which an editor would create it.
 */
import type { Command } from "vscode-languageserver";
import type { FileReport, Fix } from "../service/api.ts";
import type { OpenDocument } from "./documents.ts";
import { workspaceEdit } from "./edits.ts";
import type { Session } from "./session.ts";

const OWNER_ONLY_COMMAND = "tlslint.setOwnerOnly";
const MOVE_KEY_COMMAND = "tlslint.moveKey";

export function keyFileCommands({ service, abilities }: Pick<Session, "service" | "abilities">): readonly string[] {
  return [
    ...(service.setsPermissions ? [OWNER_ONLY_COMMAND] : []),
    // Without a version an edit could meet another text than the one that the key was taken from.
    ...(service.createsFiles && abilities.appliesEdits && abilities.versionedEdits ? [MOVE_KEY_COMMAND] : []),
  ];
}

/** Undefined: the fix is an edit, or nobody can carry it out here. */
export function keyFileCommand(session: Session, { uri, version }: OpenDocument, fix: Fix): Command | undefined {
  const [command, ...rest] = isMove(fix) ? [MOVE_KEY_COMMAND, version, fix.creates?.file] : isMode(fix) ? [OWNER_ONLY_COMMAND] : [];
  if (command === undefined || !keyFileCommands(session).includes(command)) return undefined;
  return { title: fix.title, command, arguments: [uri, ...rest] };
}

const isMode = ({ permissions, edits }: Fix): boolean => permissions !== undefined && edits.length === 0;
const isMove = ({ creates }: Fix): boolean => creates !== undefined;

/** Does what a finding of the document offers now, and nothing else that a caller could ask for. */
export function runKeyFileCommands(session: Session, changed: () => void): void {
  const { connection, documents, reports, runSafe } = session;
  const done = (file: string): void => {
    session.service.invalidate([file]);
    changed();
  };
  connection.onExecuteCommand(
    runSafe.request<{ readonly command: string; readonly arguments?: unknown[] }, null>(
      "workspace/executeCommand",
      async ({ command, arguments: [uri, version, file] = [] }, signal) => {
        const document = typeof uri === "string" && keyFileCommands(session).includes(command) ? documents.get(uri) : undefined;
        const report = document && (await reports.of(document.path, signal));
        if (!document || !report) return null;
        if (command === OWNER_ONLY_COMMAND) await setOwnerOnly(session, report, done);
        else if (document.version === version && documents.get(document.uri) === document)
          await moveKey(session, document, report, file, done);
        else connection.window.showErrorMessage("tlslint: the document changed meanwhile; nothing was done");
        return null;
      },
      null,
    ),
  );
}

async function setOwnerOnly({ connection, service }: Session, report: FileReport, done: (file: string) => void): Promise<void> {
  const fix = fixesOf(report).find(isMode);
  if (!fix?.permissions) return;
  const refused = await service.setPermissions(fix.permissions.file, fix.permissions.mode);
  if (refused !== undefined) connection.window.showErrorMessage(unlinked(`tlslint: the permissions could not be set: ${refused}`));
  else done(fix.permissions.file);
}

/** First the key's new file, then the edit that takes the key out of the old one: whatever fails, the key is there at least once. */
async function moveKey(
  session: Session,
  { path }: OpenDocument,
  report: FileReport,
  file: unknown,
  done: (file: string) => void,
): Promise<void> {
  const { connection, service } = session;
  const fix = fixesOf(report).find((it) => isMove(it) && it.creates?.file === file);
  if (!fix?.creates) return;
  const edit = await workspaceEdit(session, path, fix);
  const refused = await service.createFile(fix.creates.file, fix.creates.text, fix.creates.mode);
  if (refused !== undefined) {
    connection.window.showErrorMessage(unlinked(`tlslint: the key was not moved: ${refused}`));
    return;
  }
  const { applied, failureReason } = await connection.workspace.applyEdit({ label: fix.title, edit });
  if (!applied)
    connection.window.showErrorMessage(
      unlinked(
        `tlslint: the key is in ${fix.creates.file} now, and still in the file that it was in: ${failureReason ?? "the edit was refused"}`,
      ),
    );
  done(fix.creates.file);
}

const fixesOf = (report: FileReport): readonly Fix[] => report.findings.flatMap((it) => it.fixes);

/** Editors draw links and run their commands in messages, and files may be called `[text](command:…)`. */
const unlinked = (text: string): string => text.replace(/([\]$])\(/g, "$1 (");
