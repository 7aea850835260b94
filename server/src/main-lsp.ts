/** The language server's process: over Node's channel as the extension starts it, else over standard streams. */
import { VERSION } from "./cli/version.ts";
import { serveIpc, serveStdio } from "./language-server.ts";

void (process.argv.includes("--node-ipc") ? serveIpc(VERSION) : serveStdio(VERSION));
