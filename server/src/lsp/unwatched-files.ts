/** Files that change on disk where the client watches none: they are looked at when something is asked. */
import type { LintService } from "../service/api.ts";

/** Milliseconds for which a look holds: whoever types asks with each key. */
const HOLDS = 1000;

export class UnwatchedFiles {
  readonly #service: LintService;
  readonly #changed: () => void;
  #looking: Promise<void> | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** `changed` is called after the service has forgotten what is no longer so. */
  constructor(service: LintService, changed: () => void) {
    this.#service = service;
    this.#changed = changed;
  }

  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#last < HOLDS) return;
    const different = await this.#service.lookAgain();
    this.#last = performance.now();
    if (different) this.#changed();
  }
}
