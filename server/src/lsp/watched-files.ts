/** Files that change on disk, where the client watches them for us; where it does not, see `unwatched-files.ts`. */
import { DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { pathOf } from "./paths.ts";
import type { Session } from "./session.ts";

/** Whatever a finding can depend on: code, manifests, lock files, configuration and settings, certificates. */
const PATTERNS = [
  // Braces within braces are not for every client.
  "**/*.{rs,toml,env,lock,conf,cfg,yml,yaml,pem,crt,cer,der,key,crl,csr,p7b,p7c,p12,pfx,jks,jceks,keystore}",
  "**/{.env,.env.*}",
];

/** `changed` is called after the service has heard. To be called when the client has said "initialized". */
export function watchFiles({ abilities, connection, runSafe, service }: Session, changed: () => void): void {
  connection.onDidChangeWatchedFiles(
    runSafe.notification("workspace/didChangeWatchedFiles", ({ changes }) => {
      if (changes.length === 0) return;
      service.invalidate(changes.map(({ uri }) => pathOf(uri)));
      changed();
    }),
  );
  if (abilities.registerWatchers) {
    runSafe.task("client/registerCapability", async () => {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: PATTERNS.map((globPattern) => ({ globPattern })),
      });
    });
  }
}
