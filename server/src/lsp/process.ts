/** The server as a process of its own, behind standard streams or Node's channel to the parent. */
import { createConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import type { LintHost, LintService } from "../service/api.ts";
import { log, startServer } from "./server.ts";

export interface Product {
  readonly version: string;
  createService(log: LintHost["log"]): Promise<LintService>;
}

/** The process ends with the protocol's "exit", or when its parent is gone. */
export async function serveProcess(transport: "stdio" | "ipc", { version, createService }: Product): Promise<void> {
  const connection =
    transport === "ipc"
      ? createConnection(new IPCMessageReader(process), new IPCMessageWriter(process))
      : createConnection(process.stdin, process.stdout);
  if (transport === "ipc") process.on("disconnect", () => process.exit(1));
  // A promise that nobody waits for is a fault of ours, but no reason to take the user's other findings away.
  process.on("unhandledRejection", (reason) =>
    log(connection, "error", `unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`),
  );
  startServer(connection, await createService((level, message) => log(connection, level, message)), version);
}
