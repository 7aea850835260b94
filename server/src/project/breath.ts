/** Long work lets others run: a pause at an await point as soon as a slice of time is used up, and an end when it is not wanted any more. */
import type { Steps } from "../base/steps.ts";

/** About a frame at 60 Hz: longer, and typing feels it. */
const SLICE_MILLISECONDS = 12;

/** A browser has timers alone, which take their time. */
const turn: (go: () => void) => void = typeof setImmediate === "undefined" ? (go) => setTimeout(go, 0) : setImmediate;

export interface Breath {
  /** Throws the signal's reason when the caller gave up. */
  take(): Promise<void>;
}

export function breath(signal: AbortSignal | undefined): Breath {
  let since = performance.now();
  return {
    async take() {
      signal?.throwIfAborted();
      if (performance.now() - since < SLICE_MILLISECONDS) return;
      await new Promise<void>(turn);
      since = performance.now();
      signal?.throwIfAborted();
    },
  };
}

/** With a pause wherever one is due. */
export async function inBreaths<T>(work: Steps<T>, breath: Breath): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await breath.take();
  }
}
