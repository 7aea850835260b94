/** A server in this process and a client that speaks to it in plain messages, each turned to JSON and back on its way. */
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createConnection,
  type DataCallback,
  type Disposable,
  type Message,
} from "vscode-languageserver/node";
import { withoutNonsense } from "../../../server/src/lsp/incoming.ts";
import { visibleWriter } from "../../../server/src/lsp/outgoing.ts";
import { startServer } from "../../../server/src/lsp/server.ts";
import type { LintService } from "../../../server/src/service/api.ts";

export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Incoming extends Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
}

export interface Client {
  notified(method: string, params: unknown): void;
  /** What the client answers when the server asks. */
  asked(method: string, params: unknown): unknown;
}

class Inbox extends AbstractMessageReader {
  #listener: DataCallback | undefined;
  listen(listener: DataCallback): Disposable {
    this.#listener = listener;
    return { dispose: () => (this.#listener = undefined) };
  }
  deliver(message: Message): void {
    this.#listener?.(message);
  }
}

class Outbox extends AbstractMessageWriter {
  readonly #receive: (message: Incoming) => void;
  constructor(receive: (message: Incoming) => void) {
    super();
    this.#receive = receive;
  }
  async write(message: Message): Promise<void> {
    this.#receive(JSON.parse(JSON.stringify(message)));
  }
  end(): void {}
}

export class Channel {
  /** The methods that were sent. */
  readonly sent = new Set<string>();
  readonly #inbox = new Inbox();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #client: Client;
  readonly #dispose: () => void;
  #requests = 0;

  constructor(service: LintService, client: Client) {
    this.#client = client;
    const connection = createConnection(this.#inbox, visibleWriter(new Outbox((message) => this.#receive(message))), {
      messageStrategy: withoutNonsense,
    });
    startServer(connection, service, "0.0.0");
    this.#dispose = () => connection.dispose();
  }

  notify(method: string, params: unknown): void {
    this.sent.add(method);
    this.#send({ method, params });
  }

  request(method: string, params: unknown): { readonly answer: Promise<Answer>; cancel(): void; isAnswered(): boolean } {
    this.sent.add(method);
    const id = ++this.#requests;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method, params });
    return {
      answer,
      cancel: () => this.#send({ method: "$/cancelRequest", params: { id } }),
      isAnswered: () => !this.#waiting.has(id),
    };
  }

  dispose(): void {
    this.#dispose();
  }

  #send(message: object): void {
    this.#inbox.deliver(JSON.parse(JSON.stringify({ jsonrpc: "2.0", ...message })));
  }

  #receive(message: Incoming): void {
    const { id, method, params } = message;
    if (method === undefined) {
      const resolve = id === undefined ? undefined : this.#waiting.get(id);
      if (id !== undefined) this.#waiting.delete(id);
      resolve?.(message);
    } else if (id === undefined) this.#client.notified(method, params);
    // As from another process: not within the server's own call.
    else setImmediate(() => this.#send({ id, result: this.#client.asked(method, params) ?? null }));
  }
}
