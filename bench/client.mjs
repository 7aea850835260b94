/** A small language client for measuring: starts a server over stdio and times requests and notifications. */
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";

export function startClient(command, args) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  const listeners = [];
  let buffer = Buffer.alloc(0);
  let id = 0;

  child.stdout.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const split = buffer.indexOf("\r\n\r\n");
      if (split < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, split).toString())?.[1]);
      if (buffer.length < split + 4 + length) return;
      const message = JSON.parse(buffer.subarray(split + 4, split + 4 + length).toString("utf8"));
      buffer = buffer.subarray(split + 4 + length);
      receive(message);
    }
  });

  function receive(message) {
    if (message.method !== undefined && message.id !== undefined) {
      // The server asks the editor: configuration is empty, everything else is granted.
      send({
        jsonrpc: "2.0",
        id: message.id,
        result: message.method === "workspace/configuration" ? message.params.items.map(() => null) : null,
      });
    } else if (message.method !== undefined) for (const listener of listeners) listener(message);
    else {
      waiting.get(message.id)?.(message.result ?? message.error);
      waiting.delete(message.id);
    }
  }
  function send(message) {
    const body = JSON.stringify(message);
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
  return {
    started,
    pid: child.pid,
    request: (method, params) =>
      new Promise((resolve) => {
        waiting.set(++id, resolve);
        send({ jsonrpc: "2.0", id, method, params });
      }),
    notify: (method, params) => send({ jsonrpc: "2.0", method, params }),
    onNotification: (listener) => listeners.push(listener),
    stop: async () => {
      await new Promise((resolve) => {
        waiting.set(++id, resolve);
        send({ jsonrpc: "2.0", id, method: "shutdown" });
      });
      send({ jsonrpc: "2.0", method: "exit" });
      await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}
