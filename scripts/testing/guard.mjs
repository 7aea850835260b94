/**
 * No test process keeps a run from ending. The limits are far above what anything needs: no result depends on them, and what meets one is
 * a failure of its own, told with what was running.
 */

import { askTest, endTest, keeping } from "./trees.mjs";

const MINUTE = 60_000;

/** Of one process; of a process whose tests have all ended; of the whole run; and for output after its writers were ended. */
export const LIMITS = { process: 30 * MINUTE, end: 2 * MINUTE, run: 60 * MINUTE, output: MINUTE / 6 };

export class Guard {
  #bundled;
  #limits;
  #deadline;
  #start = Date.now();
  #lastEnd = 0;
  #declared = 0;
  #ended = 0;
  #open = [];
  #failure;
  #isAsked = false;

  constructor(bundled, { limits, deadline }) {
    this.#bundled = bundled;
    this.#limits = limits;
    this.#deadline = deadline;
  }

  /** Why the process was ended, and what of it ran then. */
  get failure() {
    return this.#failure;
  }

  /** The names of the tests that run now. */
  get open() {
    return this.#open.map(({ name }) => name);
  }

  /** Hands the events on until there are no more, or the process had to be ended. */
  async *watch(events) {
    const iterator = events[Symbol.asyncIterator]();
    let giveUp;
    const givenUp = new Promise((resolve) => {
      giveUp = () => resolve({ done: true });
    });
    const timer = setInterval(() => this.#look(giveUp), Math.min(1000, this.#limits.end / 2));
    try {
      for (;;) {
        const { done, value } = await Promise.race([iterator.next(), givenUp]);
        if (done) return;
        this.#note(value);
        yield value;
      }
    } finally {
      clearInterval(timer);
    }
  }

  #note({ type, data }) {
    // The file is a test as well, to Node.
    if (data.name === this.#bundled) return;
    if (type === "test:enqueue" && data.nesting === 0) this.#declared++;
    if (type === "test:dequeue") this.#open.push(data);
    if (type !== "test:complete") return;
    const at = this.#open.findLastIndex(({ name, nesting }) => name === data.name && nesting === data.nesting);
    if (at >= 0) this.#open.splice(at, 1);
    if (data.nesting > 0) return;
    this.#ended++;
    this.#lastEnd = Date.now();
  }

  #look(giveUp) {
    const reason = this.#reason();
    if (reason === undefined || this.#failure !== undefined) return;
    if (!this.#isAsked) {
      // Until the next look it may answer.
      this.#isAsked = true;
      askTest(this.#bundled);
      return;
    }
    const tests = this.#open.length === 0 ? [] : [`test: ${this.open.join(" > ")}`];
    const kept = `kept by: ${keeping(this.#bundled)}`;
    this.#failure = [reason, ...tests, kept, ...endTest(this.#bundled).map((it) => `process: ${it}`)].join("\n");
    setTimeout(giveUp, this.#limits.output).unref();
  }

  #reason() {
    const now = Date.now();
    const seconds = (time) => `${Math.round(time / 1000)} s`;
    if (now > this.#deadline) return `ended: the whole run took more than ${seconds(this.#limits.run)}`;
    if (now - this.#start > this.#limits.process) return `ended: still running after ${seconds(this.#limits.process)}`;
    const silent = this.#declared > 0 && this.#ended >= this.#declared && now - this.#lastEnd > this.#limits.end;
    return silent
      ? `ended: its tests were over ${seconds(now - this.#lastEnd)} ago, but a process had not ended or kept its output open`
      : undefined;
  }
}
