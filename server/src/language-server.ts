/** The language server put together: the service and the Node host behind the protocol. Both mains start it from here. */
import { serveProcess } from "./lsp/process.ts";
import { nodeHost } from "./node-host.ts";
import { createLintService } from "./service/index.ts";

/** Over standard streams, for any editor. Ends the process itself, by the protocol's rules. */
export const serveStdio = (version: string): Promise<never> => serve("stdio", version);

/** Over Node's channel to the parent, as the extension starts it. */
export const serveIpc = (version: string): Promise<never> => serve("ipc", version);

async function serve(transport: "stdio" | "ipc", version: string): Promise<never> {
  await serveProcess(transport, { version, createService: (log) => createLintService(nodeHost(log), { roots: [] }) });
  return new Promise(() => {});
}
