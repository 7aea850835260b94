/** The server without a client library in between, for messages that no library would send. */
import { spawn } from "node:child_process";
import type { TestContext } from "node:test";
import { engineFlags } from "../harness/engine.ts";
import { until } from "./editor.ts";

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

export interface RawServer {
  send(message: unknown): void;
  write(bytes: string): void;
  disconnect(): void;
  answer(id: number): Promise<Answer>;
  readonly exited: Promise<number | null>;
}

export function rawServer(context: TestContext, server: string, ...args: readonly string[]): RawServer {
  const ipc = args.includes("--node-ipc");
  const child = spawn(process.execPath, [...engineFlags, server, ...args], {
    stdio: ipc ? ["ignore", "inherit", "inherit", "ipc"] : ["pipe", "pipe", "inherit"],
  });
  context.after(() => child.kill("SIGKILL"));
  const answers: Answer[] = [];
  let received = Buffer.alloc(0);
  child.on("message", (message) => void answers.push(Object(message)));
  child.stdout?.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(received.toString("latin1"));
      if (!header) return;
      const start = header[0].length;
      const end = start + Number(header[1]);
      if (received.length < end) return;
      answers.push(JSON.parse(received.toString("utf8", start, end)));
      received = received.subarray(end);
    }
  });
  const write = (bytes: string): void => void child.stdin?.write(bytes);
  return {
    write,
    send: (message) => {
      if (ipc) child.send(Object(message));
      else write(`Content-Length: ${Buffer.byteLength(JSON.stringify(message))}\r\n\r\n${JSON.stringify(message)}`);
    },
    disconnect: () => child.disconnect(),
    answer: (id) => until(() => answers.find((it) => it.id === id)),
    exited: new Promise((done) => child.once("exit", done)),
  };
}
