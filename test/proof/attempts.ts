/** The attempts to get in, each made by every real client that can make it: `openssl s_client` and a rustls client. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Protocol } from "./servers.ts";
import { WORKSPACE } from "./workshop.ts";

export const ANSWER = "proof: answered";
const PATIENCE = 10_000;

export interface AttemptModel {
  readonly words: string;
  /** The certificate shown, below `certs/client`. */
  readonly shows?: string;
  /** The key is another's, below `certs/client` as well: the certificate was only copied. OpenSSL's client refuses to try. */
  readonly signsWith?: string;
  /** A session is made first, with the same certificate: at the same listener, or at the one that trusts another CA. */
  readonly resumes?: "here" | "elsewhere";
  /** Arguments of s_client: what rustls does not speak is tried with OpenSSL alone. */
  readonly offers?: readonly string[];
  /** The request goes with the first flight, which an attacker can send again. OpenSSL's client needs a file for it, and is not asked. */
  readonly early?: true;
  /** No TLS at all. */
  readonly bare?: true;
}

export const ATTEMPTS = {
  none: { words: "no certificate" },
  "unknown-ca": { words: "unknown CA", shows: "unknown-ca" },
  "self-signed": { words: "self-signed", shows: "self-signed" },
  expired: { words: "expired", shows: "expired" },
  "not-yet-valid": { words: "not yet valid", shows: "not-yet-valid" },
  "server-only": { words: "serverAuth only", shows: "server-only" },
  revoked: { words: "revoked", shows: "revoked" },
  copied: { words: "copied, without its key", shows: "valid", signsWith: "self-signed" },
  "resumed-elsewhere": { words: "session of another CA's client", shows: "valid", resumes: "elsewhere" },
  "tls-1.0": { words: "TLS 1.0", shows: "valid", offers: ["-tls1", "-cipher", "ALL:@SECLEVEL=0"] },
  "tls-1.1": { words: "TLS 1.1", shows: "valid", offers: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"] },
  bare: { words: "no TLS", bare: true },
  weak: { words: "no encryption", shows: "valid", offers: ["-tls1_2", "-cipher", "eNULL:@SECLEVEL=0"] },
  early: { words: "early data", shows: "valid", resumes: "here", early: true },
  valid: { words: "valid", shows: "valid" },
  resumed: { words: "valid, resumed", shows: "valid", resumes: "here" },
} as const satisfies Readonly<Record<string, AttemptModel>>;

export type Attempt = keyof typeof ATTEMPTS;
export const attempts: readonly Attempt[] = Object.keys(ATTEMPTS).filter((it): it is Attempt => it in ATTEMPTS);

export interface Outcome {
  readonly client: "openssl" | "rustls" | "none";
  readonly answered: boolean;
  readonly said: string;
}

const REQUESTS: Readonly<Record<Protocol, Buffer>> = {
  http: Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
  grpc: grpcRequest(),
  quic: Buffer.from("GET /"),
};

/** HTTP/2 by hand: preface, empty settings, and one request in a single frame. */
function grpcRequest(): Buffer {
  const literal = (text: string): number[] => [text.length, ...Buffer.from(text)];
  // RFC 7541, appendix A: 3 POST, 7 https, 4 :path, 1 :authority, 31 content-type.
  const block = [0x83, 0x87, 0x04, ...literal("/proof.Proof/Ask"), 0x01, ...literal("localhost")];
  block.push(0x0f, 0x10, ...literal("application/grpc"), 0x00, ...literal("te"), ...literal("trailers"));
  const settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
  const headers = [0, 0, block.length, 1, 5, 0, 0, 0, 1];
  return Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Buffer.from([...settings, ...headers, ...block])]);
}

export interface Door {
  readonly protocol: Protocol;
  readonly port: number;
  /** The listener that trusts another CA. */
  readonly elsewhere: number | undefined;
}

/** Every client's outcome; none where the attempt cannot be made at this door. */
export async function attempt(name: Attempt, door: Door, client: string): Promise<readonly Outcome[]> {
  const model: AttemptModel = ATTEMPTS[name];
  const { protocol, port, elsewhere } = door;
  if (model.bare) return protocol === "quic" ? [] : [await askBare(port, REQUESTS[protocol])];
  if (model.resumes === "elsewhere" && elsewhere === undefined) return [];
  // The session is made at this door, and offered at the other.
  const ports = model.resumes === "here" ? [port, port] : model.resumes === "elsewhere" ? [port, elsewhere ?? port] : [port];
  const outcomes: Outcome[] = [];
  if (model.offers === undefined) outcomes.push(await askRustls(client, protocol, ports, model));
  if (protocol !== "quic" && model.signsWith === undefined && !model.early) outcomes.push(await askOpenssl(protocol, ports, model));
  return outcomes;
}

const certificate = (name: string): string => `certs/client/${name}.pem`;
const key = (name: string): string => `certs/client/${name}.key`;

async function askRustls(client: string, protocol: Protocol, ports: readonly number[], model: AttemptModel): Promise<Outcome> {
  const { shows } = model;
  const identity = shows === undefined ? [] : [certificate(shows), key(model.signsWith ?? shows)];
  const kind = model.early ? `${protocol}-early` : protocol;
  const { output } = await run(client, [kind, "certs/server-ca.pem", ports.join(","), ...identity], REQUESTS[protocol], "close");
  return { client: "rustls", answered: output.startsWith("answered"), said: output.trim() };
}

async function askOpenssl(protocol: Protocol, ports: readonly number[], model: AttemptModel): Promise<Outcome> {
  const folder = ports.length > 1 ? mkdtempSync(join(tmpdir(), "proof-")) : undefined;
  try {
    const session = folder === undefined ? undefined : join(folder, "session.pem");
    let last: Outcome = { client: "openssl", answered: false, said: "" };
    for (const [index, port] of ports.entries()) {
      const args = ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", "localhost", "-quiet", "-no_ign_eof"];
      args.push("-CAfile", "certs/server-ca.pem", "-verify_return_error", ...(model.offers ?? []));
      if (model.shows !== undefined) args.push("-cert", certificate(model.shows), "-key", key(model.shows));
      if (protocol === "grpc") args.push("-alpn", "h2");
      if (session !== undefined) args.push(index === 0 ? "-sess_out" : "-sess_in", session);
      const { output, errors } = await run("openssl", args, REQUESTS[protocol], "open");
      last = { client: "openssl", answered: output.includes(ANSWER), said: errors.trim().split("\n").at(-1) ?? "" };
      if (!last.answered) break;
    }
    return last;
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function askBare(port: number, request: Buffer): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let read = "";
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      read += chunk.toString("latin1");
      if (read.includes(ANSWER)) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ client: "none", answered: read.includes(ANSWER), said: "hung up" }));
    socket.write(request);
  });
}

interface Ran {
  readonly output: string;
  readonly errors: string;
}

/** `open`: standard input stays open until the answer is there, since s_client hangs up with it. */
function run(file: string, args: readonly string[], input: Buffer, stdin: "open" | "close"): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: WORKSPACE, stdio: ["pipe", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("latin1");
      if (stdin === "open" && output.includes(ANSWER)) child.stdin.end();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString("latin1");
    });
    // A server that refuses hangs up before it was asked.
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => {
      errors += error.message;
    });
    child.on("close", () => {
      clearTimeout(timer);
      resolve({ output, errors });
    });
    child.stdin.write(input);
    if (stdin === "close") child.stdin.end();
  });
}
