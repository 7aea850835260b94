/** The findings of open documents: one report for each moment of the world, which diagnostics and code actions share. */
import type { FileReport, LintService } from "../service/api.ts";

interface Entry {
  readonly moment: number;
  readonly controller: AbortController;
  readonly report: Promise<FileReport>;
  waiting: number;
}

export class Reports {
  readonly #service: LintService;
  /** The settings have arrived, and what is on disk is known. */
  readonly ready: () => Promise<void>;
  readonly #entries = new Map<string, Entry>();
  #moment = 0;

  constructor(service: LintService, ready: () => Promise<void>) {
    this.#service = service;
    this.ready = ready;
  }

  /** Something changed that any report may depend on. */
  changed(): void {
    this.#moment++;
  }

  forget(path: string): void {
    this.#entries.get(path)?.controller.abort();
    this.#entries.delete(path);
  }

  /**
   * Undefined when the world changed meanwhile, so that the spans would no longer fit, or when `signal` was raised.
   * Work that nobody waits for any more is given up.
   */
  async of(path: string, signal: AbortSignal): Promise<FileReport | undefined> {
    await this.ready();
    const entry = this.#current(path);
    entry.waiting++;
    try {
      const report = await unlessAborted(entry.report, signal);
      return entry.moment === this.#moment ? report : undefined;
    } catch (error) {
      // Given up for a change, or because the document was closed.
      if (entry.controller.signal.aborted) return undefined;
      throw error;
    } finally {
      if (--entry.waiting === 0 && (signal.aborted || entry.moment !== this.#moment)) {
        entry.controller.abort();
        if (this.#entries.get(path) === entry) this.#entries.delete(path);
      }
    }
  }

  #current(path: string): Entry {
    const known = this.#entries.get(path);
    if (known?.moment === this.#moment && !known.controller.signal.aborted) return known;
    const controller = new AbortController();
    const entry: Entry = { moment: this.#moment, controller, report: this.#service.lint(path, controller.signal), waiting: 0 };
    this.#entries.set(path, entry);
    return entry;
  }
}

function unlessAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
