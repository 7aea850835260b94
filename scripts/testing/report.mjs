/** One report of many test files that run side by side: whole tests in the order in which they end, and one sum. */

import { Readable } from "node:stream";
import { spec, tap } from "node:test/reporters";

const FILTERED = "test name does not match pattern";
const SUM = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/** Milliseconds from which a part of a test is told as soon as it ends. */
const LONG = 4_000;
const seconds = (duration) => `${(duration / 1000).toFixed(1)} s`;

export class Report {
  #queue = [];
  #wake = () => {};
  #ended = false;
  #number = 0;
  #counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  #failures = [];
  #reasons = new Map();
  #told = new Map();
  #notRun = 0;
  #start = Date.now();

  /** Where everything has to run, a part that is not run has failed. */
  get failed() {
    const { fail, cancelled } = this.#counts;
    return fail + cancelled + (process.env.CI === "true" ? this.#notRun : 0) > 0;
  }

  /** Says a line at once. */
  say(message) {
    this.#push([{ type: "test:diagnostic", data: { nesting: 0, message } }]);
  }

  /** The events of one file; a test is handed on when it is whole, so that two files do not mix. */
  async take(events) {
    let block = [];
    for await (const event of events) {
      const { type, data } = event;
      if (type === "test:enqueue" || type === "test:dequeue") continue;
      if (data.nesting === 0 && (type === "test:plan" || (type === "test:diagnostic" && SUM.test(data.message)))) continue;
      block.push(event);
      if (type === "test:diagnostic") this.#told.set(data.message, (this.#told.get(data.message) ?? 0) + 1);
      const ends = type === "test:pass" || type === "test:fail";
      if (ends && data.skip === FILTERED) {
        block.length = block.findLastIndex((it) => it.type === "test:start" && it.data.nesting === data.nesting);
        continue;
      }
      if (ends) this.#count(event);
      if (ends && data.nesting > 0 && data.details?.duration_ms > LONG) this.say(`${data.name}: ${seconds(data.details.duration_ms)}`);
      if (!ends || data.nesting > 0) continue;
      this.#push(this.#numbered(block));
      block = [];
    }
    this.#push(block);
  }

  /** A file that is not run counts as one test. */
  skip(name, reason) {
    const event = { type: "test:pass", data: { name, nesting: 0, testNumber: 0, skip: reason, details: { duration_ms: 0 } } };
    this.#count(event);
    this.#push(this.#numbered([event]));
  }

  /** What is wrong with a process and not with a test of its counts as one test. */
  fail(name, reason) {
    const error = Object.assign(new Error(reason), { failureType: "testCodeFailure" });
    const event = { type: "test:fail", data: { name, nesting: 0, testNumber: 0, file: name, details: { duration_ms: 0, error } } };
    this.#count(event);
    this.#push(this.#numbered([event]));
  }

  end() {
    const notRun = [...this.#reasons].map(([reason, count]) => `skipped: ${count} × ${reason}`);
    // What many tests tell is of the run: how much of it a record spared, and how much it no longer does.
    const told = [...this.#told].filter(([, count]) => count > 1).map(([message, count]) => `told: ${count} × ${message}`);
    const failed = this.#failures.flatMap(({ name, file, line, details }) => {
      const error = details?.error?.cause ?? details?.error;
      const reason = String(error?.message ?? error).slice(0, 2000);
      return [`failed: ${name} (${file ?? "?"}:${line ?? "?"})`, ...reason.split("\n").map((it) => `  ${it}`)];
    });
    const sum = Object.entries({ ...this.#counts, duration_ms: Date.now() - this.#start }).map(([name, count]) => `${name} ${count}`);
    this.#push([{ type: "test:plan", data: { nesting: 0, count: this.#number } }]);
    for (const message of [...notRun, ...told, ...failed, ...sum]) this.say(message);
    this.#ended = true;
    this.#wake();
  }

  /** On a terminal Node's own report; in a file TAP, read from its end. */
  async writeTo(stream) {
    const reporter = stream.isTTY ? new spec() : tap;
    const lines = Readable.from(this.#events()).compose(reporter);
    for await (const line of lines) stream.write(line);
  }

  async *#events() {
    for (;;) {
      const event = this.#queue.shift();
      if (event !== undefined) yield event;
      else if (this.#ended) return;
      else await new Promise((wake) => (this.#wake = wake));
    }
  }

  #push(events) {
    this.#queue.push(...events);
    this.#wake();
  }

  #numbered(block) {
    this.#number++;
    return block.map((event) =>
      event.data.nesting === 0 && "testNumber" in event.data ? { ...event, data: { ...event.data, testNumber: this.#number } } : event,
    );
  }

  /** As Node counts: what holds tests fails with them, and a suite is no test. */
  #count({ type, data }) {
    if (data.details?.type === "suite") this.#counts.suites++;
    else {
      this.#counts.tests++;
      if (data.skip !== undefined) {
        this.#counts.skipped++;
        // Without a reason it is for another system, or for the superuser.
        const bare = data.skip === true || data.skip === "";
        if (!bare || (process.platform === "linux" && process.getuid() === 0)) this.#notRun++;
        const reason = bare ? data.name : data.skip;
        this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
      } else if (data.todo !== undefined) this.#counts.todo++;
      else if (type === "test:pass") this.#counts.pass++;
      else if (/cancelled/i.test(data.details?.error?.failureType ?? "")) this.#counts.cancelled++;
      else this.#counts.fail++;
    }
    if (type === "test:fail" && data.details?.error?.failureType !== "subtestsFailed") this.#failures.push(data);
  }
}
