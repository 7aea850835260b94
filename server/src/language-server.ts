/** The language server put together: the service and the Node host behind the protocol. Both mains start it from here. */
import type { ClientFiles } from "./lsp/client-files.ts";
import { isEditorOnly } from "./lsp/paths.ts";
import { serveProcess } from "./lsp/process.ts";
import { nodeHost } from "./node-host.ts";
import type { LintHost } from "./service/api.ts";
import { createLintService } from "./service/index.ts";

/** Over standard streams, for any editor. Ends the process itself, by the protocol's rules. */
export const serveStdio = (version: string): Promise<never> => serve("stdio", version);

/** Over Node's channel to the parent, as the extension starts it. */
export const serveIpc = (version: string): Promise<never> => serve("ipc", version);

async function serve(transport: "stdio" | "ipc", version: string): Promise<never> {
  await serveProcess(transport, {
    version,
    createService: (log, files) => createLintService(withClientFiles(nodeHost(log), files), { roots: [] }),
  });
  return new Promise(() => {});
}

/** What lies on a disk is read there; the rest, as of a virtual workspace, by the editor. */
const withClientFiles = (host: LintHost, files: ClientFiles): LintHost => ({
  ...host,
  readFile: (path) => (isEditorOnly(path) ? files : host).readFile(path),
  readStart: (path, count) =>
    isEditorOnly(path) ? files.readStart(path, count) : host.readStart ? host.readStart(path, count) : host.readFile(path),
  readFolder: (path) => (isEditorOnly(path) ? files : host).readFolder(path),
});
