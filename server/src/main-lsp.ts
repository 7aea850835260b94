/**
 * The language server's start. One bundle is both a process of Node, over Node's channel as the extension starts it, else over standard
 * streams, and a web worker: what only one of them has is evaluated there only.
 */
import { VERSION } from "./cli/version.ts";

void (async () => {
  if ("WorkerGlobalScope" in globalThis) return (await import("./worker-server.ts")).serveBrowser();
  const { serveIpc, serveStdio } = await import("./language-server.ts");
  return process.argv.includes("--node-ipc") ? serveIpc(VERSION) : serveStdio(VERSION);
})();
