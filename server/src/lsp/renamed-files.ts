/** `workspace/willRenameFiles`: paths in code and settings follow a certificate file, or a folder with such files, that is renamed. */
import type { RenameFilesParams, WorkspaceEdit } from "vscode-languageserver";
import { rangeOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";

/** As the client is asked to watch for them. */
export const RENAMED: { scheme: string; pattern: { glob: string; matches: "file" | "folder" } }[] = [
  {
    scheme: "file",
    pattern: { glob: "**/*.{pem,crt,cer,cert,der,key,crl,csr,p7b,p7c,p12,pfx,jks,jceks,keystore,truststore}", matches: "file" },
  },
  { scheme: "file", pattern: { glob: "**/*", matches: "folder" } },
];

export function offerRenames(session: Session): void {
  const { abilities, connection, documents, reports, runSafe, service } = session;
  connection.workspace.onWillRenameFiles(
    runSafe.request<RenameFilesParams, WorkspaceEdit | null, never>(
      "workspace/willRenameFiles",
      async ({ files }) => {
        await reports.ready();
        const read = lineReader(session);
        const changes: NonNullable<WorkspaceEdit["changes"]> = {};
        for (const { oldUri, newUri } of files)
          for (const { file, edits } of await service.navigation.renamed(documents.path(oldUri), documents.path(newUri))) {
            const lines = await read(file);
            const made = edits.map(({ span, text }) => ({ range: rangeOf(lines, span, abilities.unit), newText: text }));
            changes[documents.uri(file)] = [...(changes[documents.uri(file)] ?? []), ...made];
          }
        return Object.keys(changes).length === 0 ? null : { changes };
      },
      null,
    ),
  );
}
