/** The server as a process of its own, behind standard streams or Node's channel to the parent. */
import { createConnection, IPCMessageReader, IPCMessageWriter, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { crashPlace, isAbort } from "../base/crash.ts";
import { ClientFiles } from "./client-files.ts";
import { withoutNonsense } from "./incoming.ts";
import { visibleWriter } from "./outgoing.ts";
import type { Product } from "./product.ts";
import { log, startServer } from "./server.ts";

/** The process ends with the protocol's "exit", or when its parent is gone. */
export async function serveProcess(transport: "stdio" | "ipc", { version, createService }: Product): Promise<void> {
  const [reader, writer] =
    transport === "ipc"
      ? [new IPCMessageReader(process), new IPCMessageWriter(process)]
      : [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
  const connection = createConnection(reader, visibleWriter(writer), { messageStrategy: withoutNonsense });
  // As the library does with streams that it is given: a client that is gone without a word has no more use for us.
  if (transport === "stdio") for (const event of ["end", "close"]) process.stdin.on(event, () => process.exit(1));
  if (transport === "ipc") process.on("disconnect", () => process.exit(1));
  // A promise that nobody waits for is a fault of ours, but no reason to take the user's other findings away.
  process.on("unhandledRejection", (reason) => {
    if (!isAbort(reason)) log(connection, "error", `something failed that nobody waited for, please report this: ${crashPlace(reason)}`);
  });
  const files = new ClientFiles(connection);
  startServer(connection, await createService((level, message) => log(connection, level, message), files), version, files);
}
