/** What a server says in the protocols of the client programs, just far enough that a client takes itself for served. */
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { ANSWER } from "./attempts.ts";

/** A connection before TLS. */
export interface Beginning {
  readonly socket: Socket;
  /** The server offers no TLS. */
  readonly declines: boolean;
  /** The same connection within TLS. */
  readonly secure: () => Socket;
}

type Speech = (socket: Socket) => void;

/** TLS from the first byte on; a server that declines it talks on all the same. */
const within =
  (speech: Speech) =>
  ({ socket, declines, secure }: Beginning): void =>
    speech(declines ? socket : secure());

/** Answers each line that is understood. */
function lines(socket: Socket, answer: (line: string) => string | undefined): void {
  let rest = "";
  socket.on("data", (chunk: Buffer) => {
    // A client that begins TLS where there is none would wait for ever: a handshake's record (RFC 8446, 5.1) is no line.
    if (chunk[0] === 0x16) socket.destroy();
    const parts = (rest + chunk.toString("latin1")).split("\r\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const said = answer(part);
      if (said !== undefined) socket.write(said);
    }
  });
}

const http: Speech = (socket) => {
  socket.once("data", () => {
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${ANSWER.length}\r\nConnection: close\r\n\r\n${ANSWER}`);
  });
};

/** RFC 6455, 4.2.2. */
const websocket: Speech = (socket) => {
  socket.once("data", (request: Buffer) => {
    const key = /sec-websocket-key: *(\S+)/i.exec(request.toString("latin1"))?.[1] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
  });
};

function postgres({ socket, declines, secure }: Beginning): void {
  const ready: Speech = (it) => {
    // AuthenticationOk and ReadyForQuery.
    it.once("data", () => it.end(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])));
  };
  // The request for TLS; what follows is the start of a session, in TLS or not.
  socket.once("data", () => {
    socket.write(declines ? "N" : "S");
    ready(declines ? socket : secure());
  });
}

/** Protocol 10 with mysql_native_password: the greeting, the client's answer, and OK. */
function mysql({ socket, declines, secure }: Beginning): void {
  const packet = (sequence: number, ...payload: readonly (number | string)[]): Buffer => {
    const body = Buffer.concat(payload.map((it) => (typeof it === "string" ? Buffer.from(`${it}\0`) : Buffer.from([it]))));
    return Buffer.concat([Buffer.from([body.length, 0, 0, sequence]), body]);
  };
  const [thread, charset, status, salted] = [[1, 0, 0, 0], 33, [2, 0], 21];
  // LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, SECURE_CONNECTION, and SSL; PLUGIN_AUTH.
  const [lower, upper] = [
    [0x09, declines ? 0x82 : 0x8a],
    [0x08, 0],
  ];
  const names = ["\0".repeat(9), "saltsaltsalt", "mysql_native_password"];
  socket.write(packet(0, 10, "8.0.0", ...thread, "saltsalt", ...lower, charset, ...status, ...upper, salted, ...names));
  const welcome = (it: Socket, sequence: number): void => {
    it.once("data", () => it.write(packet(sequence, 0, 0, 0, 2, 0, 0, 0)));
  };
  if (declines) welcome(socket, 2);
  else
    socket.once("data", (chunk: Buffer) => {
      // The request for TLS is the beginning of the client's answer, and TLS begins right behind it.
      socket.pause();
      socket.unshift(chunk.subarray(4 + chunk.readUIntLE(0, 3)));
      welcome(secure(), 3);
    });
}

const redis: Speech = (socket) => lines(socket, (line) => (line.startsWith("*") ? "+OK\r\n" : undefined));

/** One answer to a bind: success. */
const ldap: Speech = (socket) => {
  socket.once("data", () => socket.write(Buffer.from([0x30, 12, 2, 1, 1, 0x61, 7, 10, 1, 0, 4, 0, 4, 0])));
};

function nats({ socket, declines, secure }: Beginning): void {
  const about = {
    server_id: "proof",
    version: "2.10.0",
    proto: 1,
    host: "localhost",
    port: 4222,
    max_payload: 1024,
    tls_required: !declines,
  };
  socket.write(`INFO ${JSON.stringify({ ...about, server_name: "proof", client_id: 1, go: "go1.22", headers: true })}\r\n`);
  lines(declines ? socket : secure(), (line) => (line === "PING" ? "PONG\r\n" : undefined));
}

/** The end of what is said in the clear: the client has asked for TLS, and the server agrees. */
function upgrade({ socket, secure }: Beginning, agreed: string, then: Speech): void {
  socket.removeAllListeners("data");
  socket.write(agreed);
  then(secure());
}

function smtp(beginning: Beginning): void {
  const { socket, declines } = beginning;
  const answer = (line: string, more: string): string =>
    line.startsWith("EHLO") ? `250-localhost\r\n${more}250 8BITMIME\r\n` : "250 OK\r\n";
  socket.write("220 localhost\r\n");
  lines(socket, (line) => {
    if (line !== "STARTTLS") return answer(line, declines ? "" : "250-STARTTLS\r\n");
    upgrade(beginning, "220 go on\r\n", (it) => lines(it, (next) => answer(next, "")));
    return undefined;
  });
}

function imap(beginning: Beginning): void {
  const { socket, declines } = beginning;
  const answer = (line: string, more: string): string => {
    const [tag = "", command = ""] = line.split(" ");
    return `${command === "CAPABILITY" ? `* CAPABILITY IMAP4rev1${more}\r\n` : ""}${tag} OK done\r\n`;
  };
  socket.write("* OK localhost\r\n");
  lines(socket, (line) => {
    if (!line.endsWith(" STARTTLS")) return answer(line, declines ? "" : " STARTTLS");
    upgrade(beginning, answer(line, ""), (it) => lines(it, (next) => answer(next, "")));
    return undefined;
  });
}

export const CONVERSATIONS = {
  http: within(http),
  websocket: within(websocket),
  postgres,
  mysql,
  redis: within(redis),
  ldap: within(ldap),
  nats,
  smtp,
  imap,
} as const satisfies Readonly<Record<string, (beginning: Beginning) => void>>;

export type Conversation = keyof typeof CONVERSATIONS;
