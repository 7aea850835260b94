/** How far a run is, on a terminal: files, and the time that the rest may take. Elsewhere nothing is written. */

export interface ProgressSink {
  /** In place of what was shown before; nothing where it is empty. */
  show(line: string): void;
  /** In milliseconds. */
  now(): number;
  /** Again and again, whenever so much time is over and the work lets others run; answers how to end it. */
  every(milliseconds: number, run: () => void): () => void;
}

/** Short runs show nothing, and a line is not written more often than somebody can read it. */
const PATIENCE = 500;
const PAUSE = 100;
/** Before that nobody knows how long the rest takes: the first file of a package brings the others' analysis with it. */
const KNOWN_AFTER = 3_000;
const KNOWN_FROM = 0.05;

export class Progress {
  readonly #sink: ProgressSink | undefined;
  readonly #started: number;
  readonly #all: number;
  readonly #stop: (() => void) | undefined;
  #done = 0;
  #written = 0;

  constructor(all: number, sink: ProgressSink | undefined) {
    this.#all = all;
    this.#sink = sink;
    this.#started = sink?.now() ?? 0;
    // While a workspace is analysed, no file of it is done.
    this.#stop = sink?.every(PATIENCE, () => this.#show());
  }

  /** So many are done. */
  at(done: number): void {
    this.#done = done;
    this.#show();
  }

  #show(): void {
    const now = this.#sink?.now() ?? 0;
    if (this.#sink === undefined || now - this.#started < PATIENCE || now - this.#written < PAUSE) return;
    this.#written = now;
    this.#sink.show(`tlslint: ${this.#done} of ${this.#all} files${left(now - this.#started, this.#done / this.#all)}`);
  }

  end(): void {
    this.#stop?.();
    if (this.#written > 0) this.#sink?.show("");
  }
}

function left(elapsed: number, part: number): string {
  if (elapsed < KNOWN_AFTER || part === 1) return "";
  if (part < KNOWN_FROM) return `, ${Math.floor(elapsed / 1000)} s so far`;
  const seconds = Math.ceil((elapsed * (1 - part)) / part / 1000);
  return `, about ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`} left`;
}
