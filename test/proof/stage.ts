/** Starts a program of the proof on loopback ports that are free, and stops it. */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { WORKSPACE } from "./workshop.ts";

export interface Running {
  readonly ports: readonly number[];
  readonly stop: () => Promise<void>;
}

const PATIENCE = 60_000;

/** What the machine trusts: an authority that is none of the servers'. */
const MACHINE = { SSL_CERT_FILE: join(WORKSPACE, "certs/stranger.pem") } as const;

/** `closed`: ports at which nobody is to listen. */
export async function startServer(
  file: string,
  listeners: number,
  transport: "tcp" | "udp",
  closed: ReadonlySet<number> = new Set(),
): Promise<Running> {
  const ports = await freePorts(listeners, transport);
  const child = spawn(file, [], {
    cwd: WORKSPACE,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...MACHINE, HOST: "127.0.0.1", PORTS: ports.join(",") },
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.stdin.end();
    await Promise.race([gone, pause(2000)]);
    child.kill("SIGKILL");
    await gone;
  };
  // What waits for UDP says so: nobody can see it from outside.
  const ready = async (): Promise<boolean> =>
    transport === "udp"
      ? said.includes("proof: ready")
      : (await Promise.all(ports.filter((_, index) => !closed.has(index)).map(answers))).every((it) => it);
  for (const end = Date.now() + PATIENCE; !(await ready()); await pause(25)) {
    if (ended(child) || Date.now() > end) {
      await stop();
      throw new Error(`${file} does not listen: ${said.trim()}`);
    }
  }
  return { ports, stop };
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function freePorts(count: number, transport: "tcp" | "udp"): Promise<number[]> {
  const held = Array.from({ length: count }, () => (transport === "tcp" ? createServer() : createSocket("udp4")));
  const ports: number[] = [];
  for (const it of held) {
    const listening = once(it, "listening");
    if ("listen" in it) it.listen(0, "127.0.0.1");
    else it.bind(0, "127.0.0.1");
    await listening;
    const address: AddressInfo | string | null = it.address();
    if (typeof address === "object" && address !== null) ports.push(address.port);
  }
  await Promise.all(held.map((it) => new Promise<void>((resolve) => it.close(() => resolve()))));
  return ports;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
