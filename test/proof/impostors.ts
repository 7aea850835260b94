/** Servers for the client programs, each wrong in one way: Node's own TLS, which is OpenSSL. HTTP, or the database's beginning. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";
import { ANSWER } from "./attempts.ts";
import { WORKSPACE } from "./workshop.ts";

const certificate = (name: string): SecureContextOptions => ({
  cert: readFileSync(join(WORKSPACE, `certs/${name}.pem`)),
  key: readFileSync(join(WORKSPACE, `certs/${name}.key`)),
});

interface ImpostorModel {
  readonly words: string;
  readonly shows: () => SecureContextOptions;
  /** Only where the protocol lets a server decline TLS. */
  readonly declines?: true;
}

export const IMPOSTORS = {
  "wrong-name": { words: "wrong name", shows: () => certificate("server/wrong-name") },
  "unknown-ca": { words: "unknown CA", shows: () => certificate("server/unknown-ca") },
  "self-signed": { words: "self-signed", shows: () => certificate("server/self-signed") },
  expired: { words: "expired", shows: () => certificate("server/expired") },
  "not-yet-valid": { words: "not yet valid", shows: () => certificate("server/not-yet-valid") },
  "client-only": { words: "clientAuth only", shows: () => certificate("server/client-only") },
  "tls-1.0": { words: "TLS 1.0", shows: () => obsolete("TLSv1") },
  "tls-1.1": { words: "TLS 1.1", shows: () => obsolete("TLSv1.1") },
  anonymous: {
    words: "no certificate at all",
    shows: () => ({ ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2", ecdhCurve: "auto" }),
  },
  plaintext: { words: "TLS declined", shows: () => certificate("server"), declines: true },
  valid: { words: "valid", shows: () => certificate("server") },
} as const satisfies Readonly<Record<string, ImpostorModel>>;

export type Impostor = keyof typeof IMPOSTORS;
export const impostors: readonly Impostor[] = Object.keys(IMPOSTORS).filter((it): it is Impostor => it in IMPOSTORS);

function obsolete(version: "TLSv1" | "TLSv1.1"): SecureContextOptions {
  return { ...certificate("server"), ciphers: "ALL:@SECLEVEL=0", minVersion: version, maxVersion: version };
}

export type Conversation = "http" | "postgres";

interface Told {
  readonly answered: boolean;
  readonly said: string;
}

/** Runs a client program against one server; what each of its functions told. None where the server cannot be played. */
export async function meet(file: string, name: Impostor, conversation: Conversation): Promise<ReadonlyMap<string, Told>> {
  const model: ImpostorModel = IMPOSTORS[name];
  if (model.declines && conversation !== "postgres") return new Map();
  const context = createSecureContext(model.shows());
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    const secure = (): void => speak(new TLSSocket(socket, { isServer: true, secureContext: context }), conversation);
    if (conversation === "http") secure();
    else
      socket.once("data", () => {
        // The request for TLS; what follows is the start of a session, in TLS or not.
        socket.write(model.declines ? "N" : "S");
        if (model.declines) speak(socket, conversation);
        else secure();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  try {
    const output = await runClient(file, typeof address === "object" && address !== null ? address.port : 0);
    const lines = output.split("\n").filter((it) => it.includes(": "));
    return new Map(
      lines.map((line) => {
        const [who = "", what = "", ...more] = line.split(": ");
        return [who, { answered: what === "answered", said: [what, ...more].join(": ") }];
      }),
    );
  } finally {
    server.close();
  }
}

function speak(socket: Socket, conversation: Conversation): void {
  socket.on("error", () => undefined);
  socket.once("data", () => {
    if (conversation === "http") socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${ANSWER.length}\r\nConnection: close\r\n\r\n${ANSWER}`);
    // AuthenticationOk and ReadyForQuery.
    else socket.end(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]));
  });
}

function runClient(file: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(file, [], { cwd: WORKSPACE, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, PORTS: String(port) } });
    let output = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", () => undefined);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(output);
    });
  });
}
