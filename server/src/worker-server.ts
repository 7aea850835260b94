/** The language server of a browser: the service over files that the editor reads, with nothing of Node. */
import { VERSION } from "./cli/version.ts";
import { serveWorker } from "./lsp/worker.ts";
import { createLintService } from "./service/index.ts";

/** No permissions, no links and no signatures by a library of the system: what is not there is not asked for. */
export const serveBrowser = (): Promise<void> =>
  serveWorker({
    version: VERSION,
    createService: (log, files) =>
      createLintService(
        {
          readFile: (path) => files.readFile(path),
          readStart: (path, count) => files.readStart(path, count),
          readFolder: (path) => files.readFolder(path),
          now: () => Date.now(),
          log,
        },
        { roots: [] },
      ),
  });
