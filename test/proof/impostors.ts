/** Servers for the client programs, each wrong in one way: Node's own TLS, which is OpenSSL. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";
import { CONVERSATIONS, type Conversation } from "./conversations.ts";
import { WORKSPACE } from "./workshop.ts";

const certificate = (name: string): SecureContextOptions => ({
  cert: readFileSync(join(WORKSPACE, `certs/${name}.pem`)),
  key: readFileSync(join(WORKSPACE, `certs/${name}.key`)),
});

interface ImpostorModel {
  readonly words: string;
  readonly shows: () => SecureContextOptions;
  /** There is no TLS, although the protocol may begin as if there were. */
  readonly declines?: true;
}

export const IMPOSTORS = {
  "wrong-name": { words: "wrong name", shows: () => certificate("server/wrong-name") },
  "unknown-ca": { words: "unknown CA", shows: () => certificate("server/unknown-ca") },
  "self-signed": { words: "self-signed", shows: () => certificate("server/self-signed") },
  expired: { words: "expired", shows: () => certificate("server/expired") },
  "not-yet-valid": { words: "not yet valid", shows: () => certificate("server/not-yet-valid") },
  "client-only": { words: "clientAuth only", shows: () => certificate("server/client-only") },
  revoked: { words: "revoked", shows: () => certificate("server/revoked") },
  "tls-1.0": { words: "TLS 1.0", shows: () => obsolete("TLSv1") },
  "tls-1.1": { words: "TLS 1.1", shows: () => obsolete("TLSv1.1") },
  anonymous: {
    words: "no certificate at all",
    shows: () => ({ ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2", ecdhCurve: "auto" }),
  },
  plaintext: { words: "no TLS", shows: () => certificate("server"), declines: true },
  valid: { words: "valid", shows: () => certificate("server") },
} as const satisfies Readonly<Record<string, ImpostorModel>>;

export type Impostor = keyof typeof IMPOSTORS;
export const impostors: readonly Impostor[] = Object.keys(IMPOSTORS).filter((it): it is Impostor => it in IMPOSTORS);

function obsolete(version: "TLSv1" | "TLSv1.1"): SecureContextOptions {
  return { ...certificate("server"), ciphers: "ALL:@SECLEVEL=0", minVersion: version, maxVersion: version };
}

interface Told {
  readonly answered: boolean;
  readonly said: string;
}

/** Runs a client program against one kind of server, a port for each conversation; what each of its functions told. */
export async function meet(file: string, name: Impostor, conversations: readonly Conversation[]): Promise<ReadonlyMap<string, Told>> {
  const model: ImpostorModel = IMPOSTORS[name];
  const secureContext = createSecureContext(model.shows());
  const servers = conversations.map((conversation) =>
    createServer((socket) => {
      const quiet = <S extends Socket>(it: S): S => it.on("error", () => undefined);
      const secure = (): Socket => quiet(new TLSSocket(socket, { isServer: true, secureContext }));
      CONVERSATIONS[conversation]({ socket: quiet(socket), declines: model.declines === true, secure });
    }),
  );
  try {
    const ports = await Promise.all(servers.map(listen));
    const output = await runClient(file, ports);
    const lines = output.split("\n").filter((it) => it.includes(": "));
    return new Map(
      lines.map((line) => {
        const [who = "", what = "", ...more] = line.split(": ");
        return [who, { answered: what === "answered", said: [what, ...more].join(": ") }];
      }),
    );
  } finally {
    for (const it of servers) it.close();
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** What the machine trusts, for the clients that ask it: OpenSSL and rustls-native-certs both look there. */
const MACHINE = { SSL_CERT_FILE: join(WORKSPACE, "certs/server-ca.pem") } as const;

function runClient(file: string, ports: readonly number[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...MACHINE, PORTS: ports.join(",") };
    const child = spawn(file, [], { cwd: WORKSPACE, stdio: ["ignore", "pipe", "ignore"], env });
    let output = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), 60_000);
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
