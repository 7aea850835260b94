/** Long work lets others run: a pause at an await point as soon as a slice of time is used up, and an end when it is not wanted any more. */
import type { Steps } from "../base/steps.ts";

/** About a frame at 60 Hz: longer, and typing feels it. */
const SLICE_MILLISECONDS = 12;

/** A browser has timers alone, which take their time. */
const turn: (go: () => void) => void = typeof setImmediate === "undefined" ? (go) => setTimeout(go, 0) : setImmediate;

export interface Breath {
  /** Throws the signal's reason when the caller gave up. Undefined where no pause is due: to wait for nothing is work, too. */
  take(): Promise<void> | undefined;
}

export function breath(signal: AbortSignal | undefined): Breath {
  let since = performance.now();
  const pause = async (): Promise<void> => {
    await new Promise<void>(turn);
    since = performance.now();
    signal?.throwIfAborted();
  };
  return {
    take() {
      signal?.throwIfAborted();
      return performance.now() - since < SLICE_MILLISECONDS ? undefined : pause();
    },
  };
}

/** With a pause wherever one is due. */
export async function inBreaths<T>(work: Steps<T>, breath: Breath): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const pause = breath.take();
    if (pause !== undefined) await pause;
  }
}
