/** A browser without a screen: the server's bundle in a worker that has what web workers have and nothing of Node, and files in memory. */
import type { TestContext } from "node:test";
import { Worker } from "node:worker_threads";

/** What the bundle finds there. Node's own `require`, `process` and `Buffer` are not among it. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const vm = require("node:vm");
const { readFileSync } = require("node:fs");
const names = ["setTimeout", "clearTimeout", "queueMicrotask", "structuredClone", "performance", "crypto", "TextEncoder", "TextDecoder", "URL",
  "AbortController", "AbortSignal", "atob", "btoa", "console", "DOMException", "Event", "EventTarget", "MessageChannel"];
const scope = Object.fromEntries(names.map((it) => [it, globalThis[it]]));
Object.assign(scope, { WorkerGlobalScope: class {}, addEventListener() {}, onmessage: null, postMessage: (it) => parentPort.postMessage(it) });
scope.self = scope;
vm.createContext(scope);
vm.runInContext(readFileSync(workerData, "utf8"), scope, { filename: workerData });
parentPort.on("message", (data) => scope.onmessage?.({ data }));
`;

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly uri?: string };
  readonly result?: unknown;
  readonly error?: unknown;
}

export class WorkerEditor {
  /** What the server asked to read. */
  readonly read: string[] = [];
  readonly #worker: Worker;
  readonly #files: ReadonlyMap<string, string>;
  readonly #waiting = new Map<number, (answer: Message) => void>();
  #next = 1;

  readonly #links: ReadonlySet<string>;

  /** `files`: by their URIs; `links`: those of files and folders that are links. */
  constructor(context: TestContext, server: string, files: Readonly<Record<string, string>>, links: readonly string[] = []) {
    this.#files = new Map(Object.entries(files));
    this.#links = new Set(links);
    this.#worker = new Worker(WORKER, { eval: true, workerData: server });
    context.after(() => this.#worker.terminate());
    this.#worker.on("message", (message: Message) => this.#receive(message));
  }

  notify(method: string, params: object): void {
    this.#worker.postMessage({ jsonrpc: "2.0", method, params });
  }

  async ask(method: string, params: object) {
    const id = this.#next++;
    const answer = await new Promise<Message>((done) => {
      this.#waiting.set(id, done);
      this.#worker.postMessage({ jsonrpc: "2.0", id, method, params });
    });
    return Object(answer.result ?? answer.error);
  }

  #receive(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      if (typeof id === "number") this.#waiting.get(id)?.(message);
    } else if (id !== undefined) this.#worker.postMessage({ jsonrpc: "2.0", id, result: this.#answer(method, params?.uri ?? "") });
  }

  #answer(method: string, uri: string): unknown {
    if (method === "workspace/configuration") return [null];
    if (method === "tlslint/readFile") {
      this.read.push(uri);
      const content = this.#files.get(uri);
      return content === undefined ? null : { base64: btoa(content) };
    }
    if (method === "tlslint/readFolder") {
      const inside = [...this.#files.keys()].flatMap((it) => (it.startsWith(`${uri}/`) ? [it.slice(uri.length + 1).split("/")] : []));
      const names = new Map(inside.map(([name = "", ...rest]) => [name, rest.length > 0]));
      return names.size === 0
        ? null
        : [...names].map(([name, folder]) => ({ name, folder, ...(this.#links.has(`${uri}/${name}`) && { link: true }) }));
    }
    return null;
  }
}
