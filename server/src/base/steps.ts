/** Long work that stops now and then, so that whoever does it may let others go on: a generator that yields nothing. */

export type Steps<T> = Generator<undefined, T, undefined>;

/** Without a pause. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
